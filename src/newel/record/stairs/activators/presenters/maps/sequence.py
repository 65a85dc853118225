"""What sets things off, early signs, what helps: three columns, and a line wherever somebody has
said that one goes with the other. What nobody has linked has a lane of its own."""

from collections.abc import Iterable, Sequence

from newel.record.stairs.activators.map_models import GoesWith
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.lines import KINDS_IN_WORDS
from newel.record.stairs.activators.presenters.maps.cards import (
    WIDE,
    Card,
    Mapped,
    card,
    lines_for,
)
from newel.record.stairs.activators.presenters.maps.five_ps import what_the_child_says
from newel.record.stairs.activators.presenters.maps.strips import (
    GAP,
    INSIDE,
    Column,
    Line,
    Panel,
    Strip,
    Words,
    side_by_side,
    space,
)
from newel.record.stairs.activators.rules.places import SEQUENCE

GUTTER = 48
COLUMN = (WIDE - 2 * GUTTER) // 3
CHANNEL = 9
NOT_LINKED = "Nobody has said yet what these go with"
# Statements that hang together, each with its kind; and at the end those that nothing hangs on.
Chain = list[tuple[str, Mapped]]


def in_sequence(numbered: Sequence[tuple[Statement, Mapped]]) -> list[tuple[Statement, Mapped]]:
    return [(one, mapped) for one, mapped in numbered if one.kind in SEQUENCE]


def say_what_goes_with_what(
    numbered: Sequence[tuple[Statement, Mapped]], links: Iterable[GoesWith]
) -> list[tuple[str, str]]:
    """Writes on each card the numbers of those that go with it; the links by number."""
    of = {one.pk: mapped for one, mapped in numbered}
    known = [(of[row.first_id], of[row.then_id]) for row in links
             if row.first_id in of and row.then_id in of]  # fmt: skip
    for first, then in known:
        first.goes_with = (*first.goes_with, then.number)
        then.goes_with = (*then.goes_with, first.number)
    for mapped in of.values():
        mapped.goes_with = tuple(sorted(mapped.goes_with, key=int))
    return [(first.number, then.number) for first, then in known]


def chains(
    numbered: Sequence[tuple[Statement, Mapped]], links: Sequence[tuple[str, str]]
) -> tuple[list[Chain], Chain]:
    """What hangs together, in the order of the numbers; and what nobody has linked."""
    group = {mapped.number: mapped.number for _, mapped in numbered}
    for first, then in links:
        old, new = group[then], group[first]
        group = {number: new if one == old else one for number, one in group.items()}
    linked = {number for pair in links for number in pair}
    found: dict[str, Chain] = {}
    alone: Chain = []
    for one, mapped in numbered:
        here = found.setdefault(group[mapped.number], []) if mapped.number in linked else alone
        here.append((one.kind, mapped))
    return list(found.values()), alone


def strips(
    linked: list[Chain],
    alone: Chain,
    links: Sequence[tuple[str, str]],
    *,
    said: list[Mapped],
    count: int,
    name: str,
) -> list[Strip]:
    most = lines_for(count)
    drawn: list[Strip] = [_heads()] if linked else []
    for chain in linked:
        drawn += [_chain(chain, links, most), space()]
    if alone or not linked:
        drawn += [*_alone(alone, most, with_heading=bool(linked)), space()]
    return [*drawn[:-1], *what_the_child_says(said, name, most)]


def _x(kind: str) -> int:
    return SEQUENCE.index(kind) * (COLUMN + GUTTER)


def _panels() -> tuple[Panel, ...]:
    return tuple(Panel(x=_x(kind), width=COLUMN, code=kind.replace("_", "-")) for kind in SEQUENCE)


def _heads() -> Strip:
    columns = [
        Column(code=kind.replace("_", "-"), heading=KINDS_IN_WORDS[kind], x=_x(kind),
               width=COLUMN, items=[], nothing="")
        for kind in SEQUENCE
    ]  # fmt: skip
    strip = side_by_side(columns, most=1)[0]
    strip.height = 44
    return strip


def _chain(chain: Chain, links: Sequence[tuple[str, str]], most: int) -> Strip:
    cards: dict[str, Card] = {}
    bottoms = dict.fromkeys(SEQUENCE, GAP // 2)
    for kind, mapped in chain:
        drawn = card(mapped, width=COLUMN - 2 * INSIDE, most=most)
        drawn.x, drawn.y = _x(kind) + INSIDE, bottoms[kind]
        bottoms[kind] += drawn.height + GAP
        cards[mapped.number] = drawn
    here = [(cards[a], cards[b]) for a, b in links if a in cards and b in cards]
    floor = max(bottoms.values())
    far = [pair for pair in here if _is_far(*pair)]
    return Strip(
        height=floor + CHANNEL * len(far) + 4,
        panels=_panels(),
        cards=tuple(cards.values()),
        lines=tuple(_lines(here, far, floor)),
        begins=True,
    )


def _is_far(first: Card, then: Card) -> bool:
    return then.x - first.x > COLUMN + GUTTER


def _lines(
    here: Sequence[tuple[Card, Card]], far: Sequence[tuple[Card, Card]], floor: int
) -> Iterable[Line]:
    """In the gutters and under the cards, never across one; each at its own place there."""
    for index, (first, then) in enumerate(here):
        aside = 8 + index * 7 % (GUTTER - 14)
        out_x, out_y = first.x + first.width, first.y + _port(first, index)
        into_y = then.y + _port(then, index)
        bend = out_x + INSIDE + aside
        if (first, then) in far:
            along = floor + CHANNEL * far.index((first, then))
            up = then.x - INSIDE - GUTTER + aside
            path = f"M{out_x} {out_y}H{bend}V{along}H{up}V{into_y}H{then.x}"
        else:
            path = f"M{out_x} {out_y}H{bend}V{into_y}H{then.x}"
        yield Line(path=path)


def _port(drawn: Card, index: int) -> int:
    """Where a line touches a card: beside each other, as far as the card is high."""
    return 16 + index * 8 % max(drawn.height - 30, 8)


def _alone(alone: Chain, most: int, *, with_heading: bool) -> list[Strip]:
    columns = [
        Column(
            code=kind.replace("_", "-"),
            heading=KINDS_IN_WORDS[kind],
            x=_x(kind),
            width=COLUMN,
            items=[mapped for of, mapped in alone if of == kind],
            nothing="Nothing more here." if with_heading else "Nobody has written this yet.",
        )
        for kind in SEQUENCE
    ]
    drawn = side_by_side(columns, most=most)
    if not with_heading:
        return drawn
    lane = Words(x=0, y=24, lines=(NOT_LINKED,), kind="lane")
    return [Strip(height=36, panels=(), words=(lane,)), *drawn]
