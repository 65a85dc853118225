"""The life timeline as a picture: time runs across, each kind of event has a lane, and every mark
carries the number of its row in the table.

Places across are shares of the width, so that the picture fits a screen, a tablet and a sheet with
letters of one size. What overlaps is decided for the narrowest of these, and is airier elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.rules import NOBODY_KNOWS, Span

NARROWEST = 560  # px across, on paper
ROW = 26
MARK = 24
PADDING = 6
TOP = 54
BOTTOM = 30
BETWEEN_LABELS = 40
LETTER = 7.4
LONGEST_LABEL = 34
# Up to here there is room for words beside the marks; beyond, the table has them.
LABELLED = 16
LANE_LETTERS = 16
STEPS = (1, 2, 5, 10, 20, 50)
SHAPES = {"exact": "day", "month": "month", "year": "range", "about_age": "range"}
Stacked = tuple[list["Mark"], int]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What the picture has to know of one event."""

    number: int
    public_id: str
    title: str
    when: str
    lane: str
    precision: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Mark:
    number: int
    public_id: str
    shape: str
    x: str
    start: str
    width: str
    y: int
    tip: str
    label: str = ""
    label_before: bool = False


@dataclass(frozen=True, kw_only=True)
class Lane:
    lines: tuple[str, ...]
    y: int
    height: int
    marks: tuple[Mark, ...]
    dated: bool = True


@dataclass(frozen=True, kw_only=True)
class Tick:
    x: str
    text: str


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


@dataclass(frozen=True)
class Axis:
    """From the first day of the first year to the last day of this one."""

    first: date
    last: date

    def share(self, on: date) -> float:
        return 100 * (on - self.first).days / ((self.last - self.first).days + 1)


@dataclass(frozen=True)
class Placed:
    """An event with the room it takes, in shares of the width."""

    happening: Happening
    start: float
    width: float
    left: float
    right: float
    label_before: bool = False


def picture(
    happenings: Sequence[Happening], *, lanes: Iterable[str], born_on: date | None, today: date
) -> Picture | None:
    if not happenings:
        return None
    axis = axis_of([one.span for one in happenings], born_on=born_on, today=today)
    labelled = len(happenings) <= LABELLED
    drawn: list[Lane] = []
    y = TOP
    for name in lanes:
        here = [one for one in happenings if one.lane == name and one.span.earliest]
        if here:
            drawn.append(_lane(name, here, axis, y, labelled))
            y += drawn[-1].height
    bottom = y
    undated = [one for one in happenings if one.span.earliest is None]
    if undated:
        drawn.append(_lane_of_undated(undated, y + BOTTOM + PADDING, labelled))
        y = drawn[-1].y + drawn[-1].height
    else:
        y += BOTTOM
    return Picture(
        description=_description(happenings, undated),
        height=y,
        lanes=tuple(drawn),
        years=year_ticks(axis),
        year_lines=tuple(_percent(axis.share(date(n, 1, 1))) for n in _years(axis)),
        ages=age_ticks(axis, born_on),
        born=_percent(axis.share(born_on)) if born_on else "",
        today=_percent(axis.share(today)),
        bottom=bottom,
    )


def axis_of(spans: Iterable[Span], *, born_on: date | None, today: date) -> Axis:
    days = [span.earliest for span in spans if span.earliest] + [born_on or today]
    return Axis(date(min(days).year, 1, 1), date(today.year, 12, 31))


def _years(axis: Axis) -> range:
    return range(axis.first.year, axis.last.year + 1)


def year_ticks(axis: Axis) -> tuple[Tick, ...]:
    years = _years(axis)
    every = _step(len(years))
    return tuple(
        Tick(x=_percent(axis.share(date(year, 7, 1))), text=str(year))
        for year in years
        if year % every == 0
    )


def age_ticks(axis: Axis, born_on: date | None) -> tuple[Tick, ...]:
    """Each year of age, named in its middle."""
    if born_on is None:
        return ()
    every = _step(len(_years(axis)))
    ages = range(axis.last.year - born_on.year + 1)
    spans = [(age, rules.birthday(born_on, age)) for age in ages if age % every == 0]
    return tuple(
        Tick(x=_percent(middle), text=str(age))
        for age, start in spans
        if (middle := axis.share(start) + 50 * 365 / ((axis.last - axis.first).days + 1)) < 99
    )


def _step(years: int) -> int:
    return next((s for s in STEPS if years / s * BETWEEN_LABELS <= NARROWEST), STEPS[-1])


def _lane(name: str, here: list[Happening], axis: Axis, y: int, labelled: bool) -> Lane:
    marks, rows = _stacked([_placed(one, axis, labelled) for one in here], y, labelled)
    lines = tuple(_in_lines(name))
    height = max(rows * ROW, len(lines) * 20) + 2 * PADDING
    return Lane(lines=lines, y=y, height=height, marks=tuple(marks))


def _lane_of_undated(here: list[Happening], y: int, labelled: bool) -> Lane:
    """One after the other, because there is no before and after."""
    apart = NARROWEST if labelled else ROW + 6
    a_row = NARROWEST // apart
    marks = [
        _undated_mark(
            one, x=MARK // 2 + (index % a_row) * apart, y=_middle(y, index // a_row), label=labelled
        )
        for index, one in enumerate(here)
    ]
    lines = tuple(_in_lines(NOBODY_KNOWS))
    rows = (len(here) - 1) // a_row + 1
    height = max(rows * ROW, len(lines) * 20) + 2 * PADDING
    return Lane(lines=lines, y=y, height=height, marks=tuple(marks), dated=False)


def _undated_mark(one: Happening, *, x: int, y: int, label: bool) -> Mark:
    return Mark(
        number=one.number,
        public_id=one.public_id,
        shape="unknown",
        x=str(x),
        start=str(x),
        width="0",
        y=y,
        tip=_tip(one),
        label=_short(one.title) if label else "",
    )


def _placed(one: Happening, axis: Axis, labelled: bool) -> Placed:
    start, width = _extent(one, axis)
    least = 100 * MARK / NARROWEST
    room = max(width, least)
    left = start + width / 2 - room / 2
    if not labelled:
        return Placed(one, start, width, left, left + room)
    words = 100 * (len(_short(one.title)) * LETTER + 10) / NARROWEST
    if left + room + words <= 100:
        return Placed(one, start, width, left, left + room + words)
    return Placed(one, start, width, left - words, left + room, label_before=True)


def _extent(one: Happening, axis: Axis) -> tuple[float, float]:
    first, last = one.span.earliest or axis.first, one.span.latest or axis.first
    start = axis.share(first)
    return start, min(axis.share(last) - start + 100 / ((axis.last - axis.first).days + 1), 100 - start)


def _stacked(placed: list[Placed], y: int, labelled: bool) -> Stacked:
    """Each in the first row where it covers nothing."""
    ends: list[float] = []
    marks = []
    for one in sorted(placed, key=lambda p: p.left):
        row = next((n for n, end in enumerate(ends) if end <= one.left), len(ends))
        ends[row : row + 1] = [one.right]
        marks.append(_mark(one, _middle(y, row), labelled))
    return marks, len(ends)


def _mark(placed: Placed, y: int, labelled: bool) -> Mark:
    one = placed.happening
    return Mark(
        number=one.number,
        public_id=one.public_id,
        shape=SHAPES[one.precision],
        x=_percent(placed.start + placed.width / 2),
        start=_percent(placed.start),
        width=_percent(placed.width),
        y=y,
        tip=_tip(one),
        label=_short(one.title) if labelled else "",
        label_before=placed.label_before,
    )


def _middle(y: int, row: int) -> int:
    return y + PADDING + row * ROW + ROW // 2


def _tip(one: Happening) -> str:
    return f"{one.number}. {one.when}: {one.title}"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_LABEL else f"{title[: LONGEST_LABEL - 1].rstrip()}…"


def _in_lines(words: str) -> list[str]:
    """A lane's name in lines that fit the narrow column beside the picture."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LANE_LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def _description(happenings: Sequence[Happening], undated: list[Happening]) -> str:
    dated = [one.span for one in happenings if one.span.earliest]
    words = [f"{len(happenings)} event{'s' if len(happenings) != 1 else ''}"]
    if dated:
        first = min(s.earliest.year for s in dated if s.earliest)
        last = max(s.earliest.year for s in dated if s.earliest)
        words.append(f"from {first} to {last}" if first != last else f"in {first}")
    said = " ".join(words) + ", in a lane for each kind."
    if undated:
        said += f" Of {len(undated)} nobody knows when."
    return f"{said} The number on each mark is its number in the table below, which says it all."
