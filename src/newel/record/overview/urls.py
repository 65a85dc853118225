from django.urls import path

from newel.record.overview.views import handover, notes, shift, shift_times

app_name = "overview"
CHILD = "children/<public_id:child_id>"
UNIT = "handover/<public_id:unit_id>"

urlpatterns = [
    path("", shift.home, name="home"),
    path("shift/", shift.shift, name="shift"),
    path("shift/<public_id:unit_id>/", shift.shift, name="unit_shift"),
    path("my-children/", shift.my_children, name="my_children"),
    path("handover/", handover.handover, name="handover"),
    path(f"{UNIT}/", handover.handover, name="unit_handover"),
    path(f"{UNIT}/about-the-unit/", notes.write_unit_note, name="write_unit_note"),
    path(
        f"{UNIT}/about-the-unit/<public_id:note_id>/",
        notes.change_unit_note,
        name="change_unit_note",
    ),
    path(f"{CHILD}/for-the-next-shift/", notes.write_note, name="write_note"),
    path(f"{CHILD}/for-the-next-shift/<public_id:note_id>/", notes.change_note, name="change_note"),
    path(f"{CHILD}/handovers/", notes.notes, name="notes"),
    path("shift-times/", shift_times.shift_times, name="shift_times"),
    path(
        "shift-times/<public_id:setting_id>/", shift_times.set_shift_times, name="set_shift_times"
    ),
]
