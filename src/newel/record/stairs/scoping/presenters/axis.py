"""The years of a life across the picture, and what is written along them.

Shares are hundredths of the width; pixels are those of the narrowest place, a sheet of paper.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.rules import Span

NARROWEST = 570
MARK = 23
QUIET = 14  # px of a year in which nothing happened, beside years in which much did
YEAR_ROOM = 38
AGE_ROOM = 13


@dataclass(slots=True, kw_only=True)
class Happening:
    """What the picture has to know of one event."""

    number: int
    public_id: str
    title: str
    when: str
    lane: str
    precision: str
    span: Span


@dataclass(slots=True, kw_only=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True)
class Axis:
    """Whole years, each as wide as it needs: a year in which much happened has more room."""

    first: int
    starts: tuple[float, ...]

    @property
    def years(self) -> range:
        return range(self.first, self.first + len(self.starts) - 1)

    @property
    def last(self) -> int:
        return self.first + len(self.starts) - 2

    def edges(self, year: int) -> tuple[float, float]:
        index = year - self.first
        return self.starts[index], self.starts[index + 1]

    def share(self, on: date) -> float:
        """Where this day begins."""
        if on.year > self.last:
            return 100.0
        start, end = self.edges(on.year)
        return start + (end - start) * (on - date(on.year, 1, 1)).days / 366

    def extent(self, span: Span) -> tuple[float, float]:
        """Where a span begins, and how wide it is."""
        first, last = span.earliest or date.min, span.latest or date.min
        start = self.share(first)
        return start, self.share(last + timedelta(days=1)) - start


def share_of(pixels: float) -> float:
    return 100 * pixels / NARROWEST


def percent(share: float) -> str:
    return f"{share:.2f}%"


def axis_of(
    happenings: Sequence[Happening],
    begins: Sequence[date] = (),
    *,
    born_on: date | None,
    today: date,
    by_need: bool,
) -> Axis:
    """`begins`: when other things on it began, that are not marks."""
    days = [one.span.earliest for one in happenings if one.span.earliest]
    days += [*begins, born_on or today]
    years = range(min(days).year, today.year + 1)
    needs = _needs(happenings, years) if by_need else dict.fromkeys(years, 1)
    starts = [0.0]
    for width in _widths(list(needs.values())):
        starts.append(starts[-1] + width)
    return Axis(first=years[0], starts=tuple(starts))


def _needs(happenings: Iterable[Happening], years: range) -> dict[int, int]:
    """How many marks the fullest lane has in each year."""
    counts = Counter((one.lane, one.span.earliest.year) for one in happenings if one.span.earliest)
    needs = dict.fromkeys(years, 0)
    for (_, year), count in counts.items():
        needs[year] = max(needs[year], count)
    return needs


def _widths(needs: list[int]) -> list[float]:
    """Each year its least, and the rest to those that need it."""
    least = [MARK + 1 if need else QUIET for need in needs]
    squeezed = min(1.0, NARROWEST / sum(least))
    rest = max(NARROWEST - sum(least), 0)
    wanted = sum(needs) or 1
    return [
        share_of(one * squeezed + rest * need / wanted)
        for one, need in zip(least, needs, strict=True)
    ]


def year_ticks(axis: Axis) -> tuple[Tick, ...]:
    return _apart([(axis.share(date(year, 7, 1)), str(year)) for year in axis.years], YEAR_ROOM)


def age_ticks(axis: Axis, born_on: date | None) -> tuple[Tick, ...]:
    """Each year of age, named in its middle."""
    if born_on is None:
        return ()
    ages = range(axis.last - born_on.year + 1)
    edges = [axis.share(rules.birthday(born_on, age)) for age in (*ages, len(ages))]
    middles = [(edges[age] + edges[age + 1]) / 2 for age in ages]
    return _apart([(middle, str(age)) for age, middle in zip(ages, middles, strict=True)], AGE_ROOM)


def _apart(labels: list[tuple[float, str]], room: int) -> tuple[Tick, ...]:
    """Those that do not run into the one before."""
    kept: list[Tick] = []
    free_from = 0.0
    for share, text in labels:
        if share >= free_from:
            kept.append(Tick(x=percent(share), text=text))
            free_from = share + share_of(room)
    return tuple(kept)
