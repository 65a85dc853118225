"""Addresses of places and posts."""

from django.urls import path

from newel.record.establishments import readiness_views, set_up_views, views
from newel.record.establishments.one_shift import views as one_shift

app_name = "establishments"
ON_RECORD = "ready/<public_id:setting_id>/<slug:kind>"
SETTING = "places/settings/<public_id:setting_id>"
POST = "staff/<public_id:staff_id>/posts/<public_id:post_id>"
AGENCY_WORKER = "agency-staff/<public_id:staff_id>"

urlpatterns = [
    path("places/", views.places, name="places"),
    path("places/settings/add/", views.add_setting, name="add_setting"),
    path("places/settings/<public_id:setting_id>/units/add/", views.add_unit, name="add_unit"),
    path(f"{SETTING}/", set_up_views.set_up, name="set_up"),
    path(f"{SETTING}/units/", set_up_views.units, name="set_up_units"),
    path(f"{SETTING}/staff/", set_up_views.bring_in_staff, name="staff_list"),
    path(f"{SETTING}/slips/", set_up_views.slips, name="slips"),
    path(f"{SETTING}/sharing/", set_up_views.sharing_choice, name="sharing_choice"),
    path(f"{SETTING}/confirm-days/", set_up_views.confirm_days, name="confirm_days"),
    path("places/agencies/add/", views.add_agency, name="add_agency"),
    path("ready/", readiness_views.ready, name="ready"),
    path(f"{ON_RECORD}/", readiness_views.put_on_record, name="put_on_record"),
    path(f"{ON_RECORD}/before/", readiness_views.on_record_before, name="on_record_before"),
    path(
        f"{ON_RECORD}/<public_id:row_id>/",
        readiness_views.replace_on_record,
        name="replace_on_record",
    ),
    path(
        f"{ON_RECORD}/<public_id:row_id>/withdraw/",
        readiness_views.withdraw_on_record,
        name="withdraw_on_record",
    ),
    path("staff/<public_id:staff_id>/posts/", views.posts, name="posts"),
    path(f"{POST}/move/", views.move_post, name="move_post"),
    path(f"{POST}/end/", views.end_post, name="end_post"),
    path("agency-staff/", one_shift.one_shift, name="one_shift"),
    path("agency-staff/let-in/", one_shift.let_in, name="let_in"),
    path(f"{AGENCY_WORKER}/again/", one_shift.let_in_again, name="let_in_again"),
    path(f"{AGENCY_WORKER}/close/", one_shift.let_out, name="let_out"),
    path(f"{AGENCY_WORKER}/slip/", one_shift.slip, name="slip"),
]
