"""Shifts, and from when on something is new: computed without a database."""

from newel.record.overview.rules.shifts import (
    PROPOSED,
    Shift,
    Times,
    shift_at,
    shift_to_take_over,
    shifts_between,
    too_close,
)
from newel.record.overview.rules.since import since_when
from newel.record.overview.rules.window import FIRST_LOOK_BACK, KEPT_FOR, Taken, Window, window

__all__ = [
    "FIRST_LOOK_BACK",
    "KEPT_FOR",
    "PROPOSED",
    "Shift",
    "Taken",
    "Times",
    "Window",
    "shift_at",
    "shift_to_take_over",
    "shifts_between",
    "since_when",
    "too_close",
    "window",
]
