"""The addresses of measures about one child, under children/<id>/."""

from django.urls import path

from newel.record.outcomes.views import handing

app_name = "outcomes"

urlpatterns = [
    path("measures/<public_id:form_id>/hand-over/", handing.hand_over, name="hand_over"),
]
