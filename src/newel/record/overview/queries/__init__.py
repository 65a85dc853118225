"""What the overview reads: always the same number of queries, however many children."""

from newel.record.overview.queries.handover import (
    Handover,
    HandoverChild,
    handover,
    names_of_other_children,
    names_on_setting,
    newest_note,
    newest_unit_note,
    note,
    notes_ever,
    unit_note,
)
from newel.record.overview.queries.shift import (
    MY_CHILDREN_SHOWS,
    SHIFT_SHOWS,
    ShiftChild,
    my_children,
    shift,
    unit_open_to,
    units,
    works_on,
)
from newel.record.overview.queries.shift_times import settings_with_times, shift_times
from newel.record.overview.queries.taking_over import TakingOver, taken_rows, taking_over

__all__ = [
    "MY_CHILDREN_SHOWS",
    "SHIFT_SHOWS",
    "Handover",
    "HandoverChild",
    "ShiftChild",
    "TakingOver",
    "handover",
    "my_children",
    "names_of_other_children",
    "names_on_setting",
    "newest_note",
    "newest_unit_note",
    "note",
    "notes_ever",
    "settings_with_times",
    "shift",
    "shift_times",
    "taken_rows",
    "taking_over",
    "unit_note",
    "unit_open_to",
    "units",
    "works_on",
]
