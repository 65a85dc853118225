"""What is done from the overview."""

from newel.record.overview.actions.handover import (
    change_note,
    change_unit_note,
    take_over,
    write_note,
    write_unit_note,
)
from newel.record.overview.actions.shift import come_to_shift
from newel.record.overview.actions.shift_times import set_shift_times

__all__ = [
    "change_note",
    "change_unit_note",
    "come_to_shift",
    "set_shift_times",
    "take_over",
    "write_note",
    "write_unit_note",
]
