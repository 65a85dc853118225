"""The life timeline as a picture: time runs across, each kind of event has a lane, and every mark
carries the number of its row in the table.

Places across are shares of the width, so that the picture fits a screen, a tablet and a sheet with
letters of one size. What overlaps is decided for the narrowest of these, and is airier elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.rules import NOBODY_KNOWS, Span

NARROWEST = 570  # px across, on paper
QUIET = 20  # px of a year in which nothing happened
YEAR_ROOM = 38
AGE_ROOM = 20
LAST_LABEL = 98.5
ROW = 25
MARK = 23
PADDING = 6
AWAY = 16
TOP = 54
BOTTOM = 30
LETTER = 7.4
LONGEST_LABEL = 60
# Up to here there is room for words beside the marks; beyond, the table has them.
LABELLED = 16
LANE_LETTERS = 13
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
    label_x: str = ""
    label_dx: int = 0


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
    by_need: bool


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
        return self.years[-1]

    def share(self, on: date) -> float:
        """Where this day begins, in hundredths of the width."""
        if on.year > self.last:
            return 100.0
        index = on.year - self.first
        start, end = self.starts[index], self.starts[index + 1]
        return start + (end - start) * (on.timetuple().tm_yday - 1) / 366


@dataclass(frozen=True)
class Placed:
    """An event with the room it takes, in shares of the width."""

    happening: Happening
    start: float
    width: float
    left: float
    right: float
    label: str = ""
    label_before: bool = False


def picture(
    happenings: Sequence[Happening], *, lanes: Iterable[str], born_on: date | None, today: date
) -> Picture | None:
    if not happenings:
        return None
    labelled = len(happenings) <= LABELLED
    axis = axis_of(happenings, born_on=born_on, today=today, by_need=not labelled)
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
        year_lines=tuple(_percent(start) for start in axis.starts),
        by_need=not labelled,
        ages=age_ticks(axis, born_on),
        born=_percent(axis.share(born_on)) if born_on else "",
        today=_percent(axis.share(today)),
        bottom=bottom,
    )


def axis_of(
    happenings: Sequence[Happening], *, born_on: date | None, today: date, by_need: bool
) -> Axis:
    days = [one.span.earliest for one in happenings if one.span.earliest] + [born_on or today]
    years = range(min(days).year, today.year + 1)
    needs = _needs(happenings, years) if by_need else dict.fromkeys(years, 1)
    quiet = min(QUIET, NARROWEST / len(years))
    to_share = NARROWEST - quiet * len(years)
    all_needs = sum(needs.values())
    starts = [0.0]
    for year in years:
        width = quiet + to_share * needs[year] / all_needs
        starts.append(starts[-1] + 100 * width / NARROWEST)
    return Axis(first=years[0], starts=tuple(starts))


def _needs(happenings: Iterable[Happening], years: range) -> dict[int, int]:
    """How many marks the fullest lane has in each year."""
    counts = Counter((one.lane, one.span.earliest.year) for one in happenings if one.span.earliest)
    needs = dict.fromkeys(years, 0)
    for (_, year), count in counts.items():
        needs[year] = max(needs[year], count)
    return needs


def year_ticks(axis: Axis) -> tuple[Tick, ...]:
    return _apart([(axis.share(date(year, 7, 1)), str(year)) for year in axis.years], YEAR_ROOM)


def age_ticks(axis: Axis, born_on: date | None) -> tuple[Tick, ...]:
    """Each year of age, named in its middle."""
    if born_on is None:
        return ()
    ages = [(age, rules.birthday(born_on, age)) for age in range(axis.last - born_on.year + 1)]
    middles = [(axis.share(start + timedelta(days=182)), str(age)) for age, start in ages]
    return _apart([one for one in middles if one[0] < LAST_LABEL], AGE_ROOM)


def _apart(labels: list[tuple[float, str]], room: int) -> tuple[Tick, ...]:
    """Those that do not run into the one before."""
    kept: list[Tick] = []
    free_from = 0.0
    for share, text in labels:
        if share >= free_from:
            kept.append(Tick(x=_percent(share), text=text))
            free_from = share + 100 * room / NARROWEST
    return tuple(kept)


def _lane(name: str, here: list[Happening], axis: Axis, y: int, labelled: bool) -> Lane:
    marks, rows = _stacked([_placed(one, axis, labelled) for one in here], y)
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
        label=_short(one.title, LONGEST_LABEL) if label else "",
        label_x=str(x),
        label_dx=AWAY,
    )


def _placed(one: Happening, axis: Axis, labelled: bool) -> Placed:
    start, width = _extent(one, axis)
    room = max(width, 100 * MARK / NARROWEST)
    left = start + width / 2 - room / 2
    right = left + room
    if not labelled:
        return Placed(one, start, width, left, right)
    wanted = _label_share(one.title)
    if right + wanted <= 100 or 100 - right >= left:
        return Placed(one, start, width, left, min(right + wanted, 100), _label(one, 100 - right))
    label = _label(one, left)
    return Placed(one, start, width, max(left - wanted, 0), right, label, label_before=True)


def _extent(one: Happening, axis: Axis) -> tuple[float, float]:
    first, last = one.span.earliest or date.min, one.span.latest or date.min
    start = axis.share(first)
    return start, axis.share(last + timedelta(days=1)) - start


def _label_share(words: str) -> float:
    return 100 * (len(words) * LETTER + AWAY) / NARROWEST


def _label(one: Happening, room: float) -> str:
    return _short(one.title, int((room * NARROWEST / 100 - AWAY) / LETTER))


def _stacked(placed: list[Placed], y: int) -> Stacked:
    """Each in the first row where it covers nothing."""
    ends: list[float] = []
    marks = []
    for one in sorted(placed, key=lambda p: p.left):
        row = next((n for n, end in enumerate(ends) if end <= one.left), len(ends))
        ends[row : row + 1] = [one.right]
        marks.append(_mark(one, _middle(y, row)))
    return marks, len(ends)


def _mark(placed: Placed, y: int) -> Mark:
    one = placed.happening
    shape = SHAPES[one.precision]
    away = AWAY if shape != "range" else AWAY // 2
    beside = placed.start + placed.width / 2
    if shape == "range":
        beside = placed.start if placed.label_before else placed.start + placed.width
    return Mark(
        number=one.number,
        public_id=one.public_id,
        shape=shape,
        x=_percent(placed.start + placed.width / 2),
        start=_percent(placed.start),
        width=_percent(placed.width),
        y=y,
        tip=_tip(one),
        label=placed.label,
        label_x=_percent(beside),
        label_dx=-away if placed.label_before else away,
    )


def _middle(y: int, row: int) -> int:
    return y + PADDING + row * ROW + ROW // 2


def _tip(one: Happening) -> str:
    return f"{one.number}. {one.when}: {one.title}"


def _short(title: str, letters: int) -> str:
    return title if len(title) <= letters else f"{title[: max(letters - 1, 0)].rstrip()}…"


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
