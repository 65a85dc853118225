"""The pages of the overview as text and data."""

from newel.record.overview.presenters.handover import HandoverPage, handover_page
from newel.record.overview.presenters.notes import (
    address_of,
    note_page,
    notes_page,
    unit_note_page,
)
from newel.record.overview.presenters.shift import my_children_page, shift_page
from newel.record.overview.presenters.shift_times import (
    set_shift_times_page,
    shift_times_page,
    typed_times,
)

__all__ = [
    "HandoverPage",
    "address_of",
    "handover_page",
    "my_children_page",
    "note_page",
    "notes_page",
    "set_shift_times_page",
    "shift_page",
    "shift_times_page",
    "typed_times",
    "unit_note_page",
]
