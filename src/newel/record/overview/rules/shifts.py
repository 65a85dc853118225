"""Which shift it is. Shifts begin by the clock on the wall in London: when the clocks go forward a
night is an hour shorter, and when they go back an hour longer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newel.definitions import choices, read

LONDON = ZoneInfo("Europe/London")
_DEFINED = read("places/shifts.yaml")
NAMES = dict(choices("places/shifts.yaml", "shifts"))
SHORTEST = timedelta(hours=int(_DEFINED["shortest_hours"]))
EARLY = timedelta(minutes=int(_DEFINED["takes_over_early_minutes"]))
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Times:
    """When the shifts of a day begin. `confirmed`: the setting itself has said so."""

    early: time
    late: time | None
    night: time
    confirmed: bool = False

    def begins(self) -> list[tuple[str, time]]:
        every = (("early", self.early), ("late", self.late), ("night", self.night))
        return [(code, begins) for code, begins in every if begins is not None]


@dataclass(frozen=True, kw_only=True)
class Shift:
    code: str
    starts_at: datetime
    ends_at: datetime

    @property
    def name(self) -> str:
        return NAMES[self.code]


_BEGINS = {one["code"]: time.fromisoformat(one["begins"]) for one in _DEFINED["shifts"]}
PROPOSED = Times(early=_BEGINS["early"], late=_BEGINS["late"], night=_BEGINS["night"])


def shift_at(moment: datetime, times: Times) -> Shift:
    """The shift that goes on at this moment: a night shift at 3am began yesterday."""
    starts = _starts(moment, times)
    now = max(index for index, (begins, _) in enumerate(starts) if begins <= moment)
    (starts_at, code), (ends_at, _) = starts[now], starts[now + 1]
    return Shift(code=code, starts_at=starts_at, ends_at=ends_at)


def shift_to_take_over(moment: datetime, times: Times) -> Shift:
    """People come a little before their shift begins, and read what they will work with."""
    return shift_at(moment + EARLY, times)


def shifts_between(first: datetime, last: datetime, times: Times) -> int:
    """How many shifts began after the one that began first, and before the last."""
    count, shift = 0, shift_at(first, times)
    while (shift := shift_at(shift.ends_at, times)).starts_at < last:
        count += 1
    return count


def _starts(moment: datetime, times: Times) -> list[tuple[datetime, str]]:
    today = moment.astimezone(LONDON).date()
    days = (today - _A_DAY, today, today + _A_DAY)
    return sorted((_at(day, begins), code) for day in days for code, begins in times.begins())


def _at(day: date, begins: time) -> datetime:
    """In UTC, because two times of a day in London are compared without looking at the clocks."""
    return datetime.combine(day, begins, tzinfo=LONDON).astimezone(ZoneInfo("UTC"))


def too_close(times: Times) -> bool:
    """Whether two shifts begin so close to each other that one could not be worked."""
    minutes = sorted(begins.hour * 60 + begins.minute for _, begins in times.begins())
    shortest = SHORTEST.total_seconds() / 60
    gaps = [b - a for a, b in zip(minutes, [*minutes[1:], minutes[0] + 24 * 60], strict=True)]
    return min(gaps) < shortest
