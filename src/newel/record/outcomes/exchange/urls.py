"""Addresses of files of questionnaires, all about one child."""

from django.urls import path

from newel.record.outcomes.exchange.views import bringing, giving

app_name = "exchange"

_FILES = "children/<public_id:child_id>/measures/files/"

urlpatterns = [
    path(_FILES, giving.files, name="files"),
    path(f"{_FILES}give-out/", giving.give_out, name="give_out"),
    path(f"{_FILES}given-out/<public_id:made_id>/", giving.given_out, name="given_out"),
    path(f"{_FILES}bring-in/", bringing.choose_file, name="choose_file"),
    path(f"{_FILES}bring-in/look/", bringing.check_file, name="check_file"),
    path(f"{_FILES}brought-in/<public_id:file_id>/", bringing.brought, name="brought"),
]
