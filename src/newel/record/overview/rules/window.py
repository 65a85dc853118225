"""From when on the coming shift has to be told what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newel.definitions import read
from newel.record.overview.rules.shifts import NAMES, Shift, Times, shifts_between

_BACK = read("places/shifts.yaml")["looking_back"]
FIRST_LOOK_BACK = timedelta(hours=int(_BACK["first_hours"]))
AT_MOST = timedelta(days=int(_BACK["at_most_days"]))
KEPT_FOR = timedelta(days=int(read("places/shifts.yaml")["kept_days"]))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One person's taking over of one shift."""

    staff_id: int
    name: str
    shift: str
    shift_starts_at: datetime
    taken_at: datetime
    read_until: datetime
    read_all: bool = True  # not by somebody to whom the record is closed

    @property
    def shift_name(self) -> str:
        return NAMES.get(self.shift, "Shift")


@dataclass(frozen=True, kw_only=True)
class Window:
    """What is told: everything from `since` on."""

    since: datetime
    taken: tuple[Taken, ...] = ()  # this shift, by whom so far
    before: tuple[Taken, ...] = ()  # the last shift that anybody took over, by whom
    missed: int = 0  # shifts in between that nobody took over
    in_part: tuple[Taken, ...] = ()  # taken over in between by people who are told a part alone
    cut: bool = False  # it would go back further, and does not

    @property
    def first(self) -> bool:
        return not self.before


def window(*, shift: Shift, rows: Sequence[Taken], times: Times) -> Window:
    """Since the last shift was taken over first: whoever took it over later read more, but the
    coming shift is told all that happened during it. It stands still while the shift lasts.

    What was read in part is not over: a shift that only an agency worker took over is told again.
    """
    taken = tuple(row for row in rows if row.shift_starts_at >= shift.starts_at)
    earlier = [row for row in rows if row.shift_starts_at < shift.starts_at]
    whole = [row for row in earlier if row.read_all]
    if not whole:
        in_part = tuple(earlier)
        return Window(since=shift.starts_at - FIRST_LOOK_BACK, taken=taken, in_part=in_part)
    last = max(row.shift_starts_at for row in whole)
    before = tuple(row for row in whole if row.shift_starts_at == last)
    in_part = tuple(row for row in earlier if row.shift_starts_at > last)
    furthest = shift.starts_at - AT_MOST
    since = min(row.read_until for row in before)
    return Window(
        since=max(since, furthest),
        taken=taken,
        before=before,
        missed=shifts_between(last, shift.starts_at, times)
        - len({row.shift_starts_at for row in in_part}),
        in_part=in_part,
        cut=since < furthest,
    )
