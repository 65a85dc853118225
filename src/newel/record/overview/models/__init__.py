"""What the overview keeps: visits, shift times, words for the next shift, and who took over."""

from newel.record.overview.models.handover import HandoverNote, Takeover, UnitNote
from newel.record.overview.models.last_here import LastHere
from newel.record.overview.models.shift_times import ShiftTimes

__all__ = ["HandoverNote", "LastHere", "ShiftTimes", "Takeover", "UnitNote"]
