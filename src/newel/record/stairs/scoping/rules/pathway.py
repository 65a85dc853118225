"""Stretches of a life: where nothing is written, and what was in two places at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from newel.record.stairs.scoping.rules.dates import Span

LONGEST_VAGUE = 3  # years; what may have been any time in more of them fills none of them


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A time from … to …, each end as exactly as it is known. `still`: it has not ended."""

    name: str
    starts: Span
    ends: Span
    still: bool = False

    def surely(self, today: date) -> tuple[date, date] | None:
        """The days that are in it however its ends are read."""
        last = today if self.still else self.ends.earliest
        if self.starts.latest is None or last is None or last < self.starts.latest:
            return None
        return self.starts.latest, last

    def perhaps(self, today: date) -> tuple[date, date] | None:
        """The days that may be in it."""
        last = today if self.still else self.ends.latest or self.starts.latest
        first = self.starts.earliest or self.ends.earliest
        return (first, max(last or first, first)) if first else None


def gaps(
    spans: Iterable[Span], stretches: Iterable[Stretch], *, born_on: date | None, today: date
) -> list[tuple[int, int]]:
    """Whole years of the life of which nothing is written, as first and last year of each gap."""
    written = {year for span in spans for year in _years(span.earliest, span.latest)}
    for stretch in stretches:
        known = stretch.perhaps(today)
        if known:
            written.update(range(known[0].year, known[1].year + 1))
    if not written and born_on is None:
        return []
    first = born_on.year if born_on else min(written)
    return _runs([year for year in range(first, today.year) if year not in written])


def _years(first: date | None, last: date | None) -> Iterable[int]:
    if first is None or last is None or last.year - first.year >= LONGEST_VAGUE:
        return ()
    return range(first.year, last.year + 1)


def _runs(years: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def at_once(stretches: Sequence[Stretch], *, today: date) -> list[tuple[Stretch, Stretch]]:
    """Two places to live that surely overlap by more than the day of the move."""
    sure = [(one, one.surely(today)) for one in stretches]
    return [
        (one, other)
        for (one, first), (other, second) in combinations(sure, 2)
        if first and second and first[0] < second[1] and second[0] < first[1]
    ]
