"""A picture is made of strips, one under the other: on paper it breaks between two of them and
never through a card. In a strip, each thing has a column of its own, so nothing can overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from newel.record.stairs.activators.presenters.maps.cards import (
    LEADING,
    WIDE,
    Card,
    Mapped,
    card,
)
from newel.record.stairs.activators.rules.wrapping import wrapped

GAP = 12
INSIDE = 10
HEADING_SIZE = 16


@dataclass(slots=True, kw_only=True)
class Panel:
    """The ground on which a column of cards stands."""

    x: int
    width: int
    code: str


@dataclass(slots=True, kw_only=True)
class Words:
    """Lines of a heading, or of a sentence where there is no card."""

    x: int
    y: int
    lines: tuple[str, ...]
    kind: str


@dataclass(slots=True, kw_only=True)
class Line:
    """From a card to the one that goes with it."""

    path: str


@dataclass(slots=True, kw_only=True)
class Strip:
    height: int
    panels: tuple[Panel, ...]
    words: tuple[Words, ...] = ()
    cards: tuple[Card, ...] = ()
    lines: tuple[Line, ...] = ()
    begins: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """`items` stand below each other; `across` of them side by side."""

    code: str
    heading: str
    x: int
    width: int
    items: Sequence[Mapped]
    across: int = 1
    nothing: str = "Nothing is placed here."


def side_by_side(columns: Sequence[Column], *, most: int) -> list[Strip]:
    """A strip of headings, and one for each row of cards."""
    panels = tuple(Panel(x=c.x, width=c.width, code=c.code) for c in columns)
    rows = zip_longest(*(_rows_of(column, most) for column in columns), fillvalue=())
    strips = [_headings(columns, panels)]
    strips += [_row([card for cell in row for card in cell], panels) for row in rows]
    strips[-1].height += INSIDE
    return strips


def _headings(columns: Sequence[Column], panels: tuple[Panel, ...]) -> Strip:
    words = [_in_lines(c.heading, c.x, c.width, 26, "heading") for c in columns]
    lowest = max(len(one.lines) for one in words)
    below = 26 + lowest * LEADING
    nothing = [_in_lines(c.nothing, c.x, c.width, below, "nothing") for c in columns if not c.items]
    height = below - 4 + max((len(one.lines) * LEADING + 6 for one in nothing), default=0)
    return Strip(height=height, panels=panels, words=(*words, *nothing), begins=True)


def _in_lines(text: str, x: int, width: int, y: int, kind: str) -> Words:
    lines = wrapped(text, width=width - 2 * INSIDE - 4, size=HEADING_SIZE * 1.06, most=4)
    return Words(x=x + INSIDE, y=y, lines=lines, kind=kind)


def _rows_of(column: Column, most: int) -> Iterable[list[Card]]:
    across = column.across
    inner = column.width - 2 * INSIDE
    width = (inner - (across - 1) * GAP) // across
    for at in range(0, len(column.items), across):
        row = [card(one, width=width, most=most) for one in column.items[at : at + across]]
        for index, drawn in enumerate(row):
            drawn.x = column.x + INSIDE + index * (width + GAP)
        yield row


def _row(cards: list[Card], panels: tuple[Panel, ...]) -> Strip:
    for drawn in cards:
        drawn.y = GAP // 2
    height = max(drawn.height for drawn in cards) + GAP
    return Strip(height=height, panels=panels, cards=tuple(cards))


def whole_width(
    code: str, heading: str, items: Sequence[Mapped], *, most: int, nothing: str = ""
) -> list[Strip]:
    column = Column(
        code=code,
        heading=heading,
        x=0,
        width=WIDE,
        items=items,
        across=3,
        nothing=nothing or "Nothing is placed here.",
    )
    return side_by_side([column], most=most)


def space(height: int = GAP) -> Strip:
    return Strip(height=height, panels=())
