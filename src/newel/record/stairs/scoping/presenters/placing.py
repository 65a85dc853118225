"""Where each mark of a lane goes, so that none covers another: with words beside the marks while
there are few, and close together when there are many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from newel.record.stairs.scoping.presenters.axis import (
    MARK,
    NARROWEST,
    Axis,
    Happening,
    percent,
    share_of,
)
from newel.record.stairs.scoping.rules import Span

ROW = 25
PADDING = 6
AWAY = 16
LETTER = 7.4
SHAPES = {
    "exact": "day",
    "month": "month",
    "year": "range",
    "about_age": "range",
    "between": "range",
}


@dataclass(slots=True, kw_only=True)
class Bar:
    """The time in which something must have happened."""

    start: str
    width: str
    y: int


@dataclass(slots=True, kw_only=True)
class Mark:
    number: int
    public_id: str
    shape: str
    x: str
    y: int
    tip: str
    label: str = ""
    label_x: str = ""
    label_dx: int = 0


@dataclass
class Placed:
    """What has been placed in a lane so far."""

    y: int
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rows: int = 0

    def middle(self, row: int) -> int:
        self.rows = max(self.rows, row + 1)
        return self.y + PADDING + row * ROW + ROW // 2

    def bar(self, start: float, width: float, row: int) -> None:
        y = self.middle(row)
        self.bars.append(Bar(start=percent(start), width=percent(width), y=y - 10))

    def mark(self, one: Happening, x: float, row: int, **label: str | int) -> None:
        self.marks.append(
            Mark(
                number=one.number,
                public_id=one.public_id,
                shape=shape_of(one),
                x=percent(x),
                y=self.middle(row),
                tip=tip(one),
                **label,  # type: ignore[arg-type]
            )
        )


def shape_of(one: Happening) -> str:
    return SHAPES.get(one.precision, "unknown")


def tip(one: Happening) -> str:
    return f"{one.number}. {one.when}: {one.title}"


def first_free(ends: list[float], start: float, end: float) -> int:
    """The first row where nothing is in the way; it is taken up to `end`."""
    row = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
    ends[row : row + 1] = [end]
    return row


# With words beside each mark.


@dataclass(slots=True)
class Labelled:
    happening: Happening
    start: float
    width: float
    left: float
    right: float
    label: str
    before: bool


def place_with_words(here: list[Happening], axis: Axis, y: int) -> Placed:
    placed = Placed(y)
    ends: list[float] = []
    for one in sorted((_labelled(h, axis) for h in here), key=lambda found: found.left):
        row = first_free(ends, one.left, one.right)
        is_bar = shape_of(one.happening) == "range"
        if is_bar:
            placed.bar(one.start, one.width, row)
        away = AWAY // 2 if is_bar else AWAY
        beside = one.start + (0 if one.before else one.width) if is_bar else one.start
        placed.mark(
            one.happening,
            one.start + one.width / 2,
            row,
            label=one.label,
            label_x=percent(beside if is_bar else one.start + one.width / 2),
            label_dx=-away if one.before else away,
        )
    return placed


def _labelled(one: Happening, axis: Axis) -> Labelled:
    start, width = axis.extent(one.span)
    room = max(width, share_of(MARK))
    left = start + width / 2 - room / 2
    right = left + room
    wanted = share_of(len(one.title) * LETTER + AWAY)
    if right + wanted <= 100 or 100 - right >= left:
        label = short(one.title, 100 - right)
        return Labelled(one, start, width, left, min(right + wanted, 100), label, False)
    return Labelled(one, start, width, max(left - wanted, 0), right, short(one.title, left), True)


def short(title: str, room: float) -> str:
    letters = max(int((room * NARROWEST / 100 - AWAY) / LETTER), 0)
    return title if len(title) <= letters else f"{title[: max(letters - 1, 0)].rstrip()}…"


# Close together. A bar carries the numbers of all that happened some time in it; marks of one year
# are spread over as few rows as hold them, near where they belong and in order.


def place_close(here: list[Happening], axis: Axis, y: int) -> Placed:
    placed = Placed(y)
    taken = _place_bars([one for one in here if shape_of(one) == "range"], axis, placed)
    points = sorted((one for one in here if shape_of(one) != "range"), key=lambda one: one.number)
    for year, found in groupby(points, key=_year):
        _place_points(list(found), axis, year, taken.get(year, set()), placed)
    return placed


def _year(one: Happening) -> int:
    return one.span.earliest.year if one.span.earliest else 0


def _place_bars(ranges: list[Happening], axis: Axis, placed: Placed) -> dict[int, set[int]]:
    """Returns which rows of each year a bar lies in."""
    taken: dict[int, set[int]] = {}
    ends: list[float] = []
    for span, found in groupby(sorted(ranges, key=lambda one: one.span), key=lambda one: one.span):
        start, width = axis.extent(span)
        for chunk in _chunks(list(found), _how_many(width)):
            # A bar that is narrower than its number still needs the room of the number.
            room = max(width, share_of(MARK))
            left = start + (width - room) / 2
            row = first_free(ends, left + 0.01, left + room)
            placed.bar(start, width, row)
            for index, one in enumerate(chunk):
                placed.mark(one, start + width * (index + 0.5) / len(chunk), row)
            for year in _years(span):
                taken.setdefault(year, set()).add(row)
    return taken


def _years(span: Span) -> range:
    """Each year in which a mark of its own would be taken for one of the bar's."""
    if span.earliest is None or span.latest is None:
        return range(0)
    return range(span.earliest.year, span.latest.year + 1)


def _how_many(width: float) -> int:
    return max(int(width / share_of(MARK)), 1)


def _chunks(found: list[Happening], size: int) -> Iterator[list[Happening]]:
    for at in range(0, len(found), size):
        yield found[at : at + size]


def _place_points(
    found: list[Happening], axis: Axis, year: int, taken: set[int], placed: Placed
) -> None:
    start, end = axis.edges(year)
    count = -(-len(found) // _how_many(end - start))
    free = [row for row in range(count + len(taken)) if row not in taken][:count]
    for index, row in enumerate(free):
        here = found[index::count]
        wanted = [_middle(one, axis) for one in here]
        for one, x in zip(here, _spread(wanted, start, end), strict=True):
            placed.mark(one, x, row)


def _middle(one: Happening, axis: Axis) -> float:
    start, width = axis.extent(one.span)
    return start + width / 2


def _spread(wanted: Iterable[float], start: float, end: float) -> list[float]:
    """Moved as little as keeps them apart, in order, and inside their year."""
    mark = share_of(MARK)
    spread: list[float] = []
    for x in wanted:
        least = spread[-1] + mark if spread else start + mark / 2
        spread.append(max(x, least))
    most = end - mark / 2
    for index in reversed(range(len(spread))):
        spread[index] = min(spread[index], most)
        most = spread[index] - mark
    return spread
