"""A statement as a card of a picture. All sizes are units of a picture that is 760 units wide:
about as many pixels on a tablet and on A4, and larger on a wide screen or a wall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.lines import (
    address_of,
    freshness_in_words,
    said_in_words,
)
from newel.record.stairs.activators.rules.wrapping import runs_right_to_left, wrapped
from newel.record.stairs.activators.words_models import ChildsWords

WIDE = 760
SIZE, LEADING = 15, 19
PADDING, FOOT, NUMBER = 10, 22, 24
# From here on a picture shows less of each, and says that it does.
MANY = 30
NARROW = 180
SHORT = {
    "current": "Current",
    "needs-confirming": "Needs confirming",
    "out-of-date": "Out of date",
    "draft": "Draft",
    "past": "In the past",
    "own-words": "Own words",
}


@dataclass(slots=True, kw_only=True)
class Mapped:
    """One statement, or one thing the child said. `number` is the same on every map."""

    number: str
    text: str
    own_words: bool
    state: str
    state_words: str
    said: str
    href: str
    move: str
    public_id: str
    goes_with: tuple[str, ...] = ()

    @property
    def leads_to(self) -> str:
        return self.move or self.href


@dataclass(slots=True, kw_only=True)
class Card:
    mapped: Mapped
    lines: tuple[str, ...]
    foot: tuple[str, ...]
    width: int
    height: int
    right_to_left: bool
    x: int = 0
    y: int = 0

    @property
    def short_state(self) -> str:
        return SHORT[self.mapped.state]


def numbered(
    statements: Iterable[Statement], *, child: Child, today: date, move: str, moves: bool
) -> list[tuple[Statement, Mapped]]:
    """`move` is the page on which a card of this map is moved or linked."""
    return [
        (one, _mapped(str(number), one, child, today, move if moves else ""))
        for number, one in enumerate(statements, start=1)
    ]


def _mapped(number: str, one: Statement, child: Child, today: date, move: str) -> Mapped:
    mark, words = freshness_in_words(one, today)
    return Mapped(
        number=number,
        text=one.text,
        own_words=one.whose_words == "child",
        state=mark or ("draft" if one.state == "draft" else "past"),
        state_words=words,
        said=said_in_words(one),
        href=address_of("statement", child, one.public_id),
        move=move and _where_moved(move, child, one),
        public_id=one.public_id,
    )


def _where_moved(on: str, child: Child, one: Statement) -> str:
    """On the map of what goes with what, linking is moving."""
    if on == "what-helps":
        return address_of("goes_with", child, one.public_id)
    return f"{address_of('place_statement', child, one.public_id)}?map={on}"


def lettered(words: Iterable[ChildsWords], *, child: Child) -> list[Mapped]:
    return [
        Mapped(
            number=_letter(index),
            text=one.words,
            own_words=True,
            state="own-words",
            state_words="In their own words",
            said=f"{child.preferred_name}, {day(one.told_on)}",
            href=f"{address_of('childs_words', child)}#words-{one.public_id}",
            move="",
            public_id=one.public_id,
        )
        for index, one in enumerate(words)
    ]


def _letter(index: int) -> str:
    """A to Z, then AA, AB and so on."""
    more, last = divmod(index, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)


def lines_for(count: int) -> int:
    """How much of each statement a picture shows; the table beneath has every word."""
    if count <= MANY:
        return 8
    return 5 if count <= 2 * MANY else 3


def card(mapped: Mapped, *, width: int, most: int) -> Card:
    text = f"“{mapped.text}”" if mapped.own_words else mapped.text
    room = width - 2 * PADDING - NUMBER
    lines = wrapped(text, width=room, size=SIZE, most=most + most // 2 * (width < NARROW))
    with_what = f"Goes with {', '.join(mapped.goes_with)}" if mapped.goes_with else ""
    foot = (SHORT[mapped.state], *wrapped(with_what, width=width - 2 * PADDING, size=13, most=2))
    height = 2 * PADDING + len(lines) * LEADING + len(foot) * FOOT - 4
    return Card(
        mapped=mapped,
        lines=lines,
        foot=foot,
        width=width,
        height=height,
        right_to_left=runs_right_to_left(mapped.text),
    )
