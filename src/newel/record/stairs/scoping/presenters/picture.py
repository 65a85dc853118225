"""The life timeline as a picture: time runs across, each kind of event has a lane, and every mark
carries the number of its row in the table.

Places across are shares of the width, so that the picture fits a screen, a tablet and a sheet with
letters of one size. What overlaps is decided for the narrowest of these, and is airier elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newel.record.stairs.scoping.presenters.axis import (
    NARROWEST,
    Axis,
    Happening,
    Tick,
    age_ticks,
    axis_of,
    percent,
    year_ticks,
)
from newel.record.stairs.scoping.presenters.bands import BandLane, band_lanes
from newel.record.stairs.scoping.presenters.places import PlaceRow
from newel.record.stairs.scoping.presenters.placing import (
    AWAY,
    PADDING,
    ROW,
    Bar,
    Mark,
    Placed,
    place_close,
    place_with_words,
    short,
    tip,
)
from newel.record.stairs.scoping.rules import NOBODY_KNOWS

TOP = 54
BOTTOM = 30
# Up to here there is room for words beside the marks; beyond, the table has them.
WITH_WORDS = 16
LANE_LETTERS = 13
LINE = 19
SHEET = 880


@dataclass(frozen=True, kw_only=True)
class Lane:
    lines: tuple[str, ...]
    y: int
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    dated: bool = True


@dataclass(frozen=True, kw_only=True)
class Picture:
    description: str
    height: int
    lanes: tuple[Lane, ...]
    years: tuple[Tick, ...]
    year_lines: tuple[str, ...]
    ages: tuple[Tick, ...]
    born: str
    today: str
    bottom: int
    by_need: bool
    bands: tuple[BandLane, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()

    @property
    def is_tall(self) -> bool:
        """Taller than a sheet has room for under the heading."""
        return self.height > SHEET


def picture(
    happenings: Sequence[Happening],
    *,
    lanes: Iterable[str],
    born_on: date | None,
    today: date,
    places: Sequence[PlaceRow] = (),
    gaps: Sequence[tuple[int, int]] = (),
) -> Picture | None:
    if not happenings and not places:
        return None
    few = len(happenings) <= WITH_WORDS
    begins = [found[0] for row in places if (found := row.stretch.perhaps(today))]
    axis = axis_of(happenings, begins, born_on=born_on, today=today, by_need=not few)
    place = place_with_words if few else place_close
    drawn: list[Lane] = []
    y = TOP
    for name in lanes:
        here = [one for one in happenings if one.lane == name and one.span.earliest]
        if here:
            drawn.append(_lane(name, place(here, axis, y)))
            y += drawn[-1].height
    bands = band_lanes(places, axis, y=y, today=today)
    y += sum(lane.height for lane in bands)
    bottom, y = y, y + BOTTOM
    undated = [one for one in happenings if one.span.earliest is None]
    if undated:
        drawn.append(_lane(NOBODY_KNOWS, _in_a_row(undated, y + PADDING, few), dated=False))
        y += drawn[-1].height + PADDING
    return Picture(
        description=_description(happenings, undated),
        height=y,
        lanes=tuple(drawn),
        years=year_ticks(axis),
        year_lines=tuple(percent(start) for start in axis.starts),
        ages=age_ticks(axis, born_on),
        born=percent(axis.share(born_on)) if born_on else "",
        today=percent(axis.share(today)),
        bottom=bottom,
        by_need=not few,
        bands=bands,
        gaps=tuple(_gap(axis, *years) for years in gaps if years[0] in axis.years),
    )


def _gap(axis: Axis, first: int, last: int) -> tuple[str, str]:
    """Where it begins and how wide it is."""
    start, end = axis.edges(first)[0], axis.edges(min(last, axis.last))[1]
    return percent(start), percent(end - start)


def _lane(name: str, placed: Placed, *, dated: bool = True) -> Lane:
    lines = tuple(_in_lines(name))
    return Lane(
        lines=lines,
        y=placed.y,
        height=max(placed.rows * ROW, len(lines) * LINE + PADDING) + 2 * PADDING,
        bars=tuple(placed.bars),
        marks=tuple(placed.marks),
        dated=dated,
    )


def _in_a_row(here: list[Happening], y: int, few: bool) -> Placed:
    """What nobody can date: one after the other, because there is no before and after."""
    placed = Placed(y)
    a_row = 1 if few else NARROWEST // (ROW + 5)
    for index, one in enumerate(here):
        x = ROW // 2 + (index % a_row) * (ROW + 5)
        placed.marks.append(
            Mark(
                number=one.number,
                public_id=one.public_id,
                shape="unknown",
                x=str(x),
                y=placed.middle(index // a_row),
                tip=tip(one),
                label=short(one.title, 95) if few else "",
                label_x=str(x),
                label_dx=AWAY,
            )
        )
    return placed


def _in_lines(words: str) -> list[str]:
    """A lane's name in lines that fit the narrow column beside the picture."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LANE_LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _description(happenings: Sequence[Happening], undated: list[Happening]) -> str:
    years = [one.span.earliest.year for one in happenings if one.span.earliest]
    said = f"{len(happenings)} event{'s' if len(happenings) != 1 else ''}"
    if years:
        first, last = min(years), max(years)
        said += f" from {first} to {last}" if first != last else f" in {first}"
    said += ", in a lane for each kind."
    if undated:
        said += f" Of {len(undated)} nobody knows when."
    return f"{said} The number on each mark is its number in the table below, which says it all."
