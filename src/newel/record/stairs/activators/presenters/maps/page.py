"""A map's page: the picture, how to read it, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, NavigationItem, Page
from newel.record.stairs.activators.map_models import GoesWith
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.lines import (
    KINDS_IN_WORDS,
    address_of,
    best_understanding_on,
)
from newel.record.stairs.activators.presenters.maps import five_ps, life, sequence
from newel.record.stairs.activators.presenters.maps.cards import (
    MANY,
    WIDE,
    Mapped,
    lettered,
    numbered,
)
from newel.record.stairs.activators.presenters.maps.strips import Strip
from newel.record.stairs.activators.presenters.understanding import (
    MAPS,
    NextThing,
    taken_back_in_words,
)
from newel.record.stairs.activators.rules.places import SEQUENCE
from newel.record.stairs.activators.words_models import ChildsWords

FIVE_PS, LIFE, WHAT_HELPS = "five_ps_map", "life_map", "what_helps_map"
TITLES = dict(MAPS)
# How the address of a map is named in the address of the page that moves a statement on it.
IN_ADDRESS = {FIVE_PS: "five-ps", LIFE: "life", WHAT_HELPS: "what-helps"}
MOVE_WORDS = {FIVE_PS: "Move it", LIFE: "Move it", WHAT_HELPS: "Link it"}


@dataclass(slots=True, kw_only=True)
class Group:
    """A place of the map and what stands there, for the table."""

    heading: str
    rows: Sequence[Mapped]
    # The id of each row; a statement that stands in several places has one in the first of them.
    anchors: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the queries gave."""

    statements: Sequence[Statement]
    said: Sequence[ChildsWords]
    taken_back: int
    held_back: int
    links: Sequence[GoesWith] = ()


@dataclass(kw_only=True)
class MapPage(Page):
    which: str
    here: str
    name: str
    printed_by: str
    maps: tuple[NavigationItem, ...]
    next_thing: NextThing
    description: str
    width: int
    strips: Sequence[Strip]
    groups: Sequence[Group]
    held_back: str
    taken_back: str
    shortened: bool
    moves: bool
    move_words: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    strips: Sequence[Strip]
    groups: Sequence[Group]
    unplaced: Sequence[Mapped]


def map_page(
    which: str, *, child: Child, known: Known, at: datetime, person: StaffMember
) -> MapPage:
    today = timezone.localdate(at)
    moves = person.may(Capability.WRITE_UNDERSTANDING)
    rows = numbered(known.statements, child=child, today=today, move=IN_ADDRESS[which], moves=moves)
    if which == WHAT_HELPS:
        rows = sequence.in_sequence(rows)
    said = lettered(known.said, child=child)
    drawn = _DRAW[which](rows, said, known, child.preferred_name)
    return MapPage(
        title=TITLES[which],
        caption=best_understanding_on(today),
        back=Link(text="What we understand", href=address_of("understanding", child)),
        wide=True,
        which=which,
        here=address_of(which, child),
        name=child.preferred_name,
        printed_by=f"Printed by {person.name} on {day_time(at)}",
        maps=_maps(which, child),
        next_thing=_next_thing(which, drawn, child, moves=moves, any_row=bool(rows)),
        description=_description(which, len(rows), len(said)),
        width=WIDE,
        strips=drawn.strips,
        groups=_with_anchors([*drawn.groups, *_said(said, child)]),
        held_back=held_back_in_words(known.held_back),
        taken_back=taken_back_in_words(known.taken_back, child.preferred_name),
        shortened=len(rows) > MANY,
        moves=moves,
        move_words=MOVE_WORDS[which],
        links=_links(child, person),
    )


Rows = list[tuple[Statement, Mapped]]


def _draw_five_ps(rows: Rows, said: list[Mapped], known: Known, name: str) -> Drawn:
    found = five_ps.groups(rows)
    return Drawn(
        strips=five_ps.strips(found, said=said, count=len(rows), name=name),
        groups=[Group(heading=words, rows=here) for _, words, here in found],
        unplaced=found[-1][2],
    )


def _draw_life(rows: Rows, said: list[Mapped], known: Known, name: str) -> Drawn:
    found = life.groups(rows)
    return Drawn(
        strips=life.strips(found, said=said, count=len(rows), name=name),
        groups=[
            Group(heading=f"{stage}: {area.lower()}", rows=here)
            for _, stage, areas in found
            for _, area, here in areas
            if here
        ],
        unplaced=[one for _, _, here in found[-1][2] for one in here],
    )


def _draw_sequence(rows: Rows, said: list[Mapped], known: Known, name: str) -> Drawn:
    links = sequence.say_what_goes_with_what(rows, known.links)
    linked, alone = sequence.chains(rows, links)
    return Drawn(
        strips=sequence.strips(linked, alone, links, said=said, count=len(rows), name=name),
        groups=[
            Group(heading=KINDS_IN_WORDS[kind], rows=[m for one, m in rows if one.kind == kind])
            for kind in SEQUENCE
        ],
        unplaced=[mapped for _, mapped in alone],
    )


_DRAW = {FIVE_PS: _draw_five_ps, LIFE: _draw_life, WHAT_HELPS: _draw_sequence}


def _maps(which: str, child: Child) -> tuple[NavigationItem, ...]:
    return tuple(
        NavigationItem(text=title, href=address_of(name, child), current=name == which)
        for name, title in TITLES.items()
    )


_NOT_YET = {
    FIVE_PS: ("Place the first one", "not on the 5 Ps yet"),
    LIFE: ("Place the first one", "not placed in time"),
    WHAT_HELPS: ("Say what the first one goes with", "not linked to anything yet"),
}


def _next_thing(which: str, drawn: Drawn, child: Child, *, moves: bool, any_row: bool) -> NextThing:
    if not moves:
        return NextThing(
            text="Open “How to be with me”",
            href=address_of("one_page", child),
            why="The one page has what matters for being with this child.",
        )
    if not any_row:
        return NextThing(
            text="Write a statement",
            href=address_of("write_statement", child),
            why="Nobody has written anything that could stand here yet.",
        )
    if drawn.unplaced:
        return _place_first(which, drawn)
    return NextThing(
        text="Write a statement",
        href=address_of("write_statement", child),
        why="Everything has its place here. What else do we understand?",
    )


def _place_first(which: str, drawn: Drawn) -> NextThing:
    text, not_yet = _NOT_YET[which]
    count = len(drawn.unplaced)
    are = "statement is" if count == 1 else "statements are"
    may = "It may stay so." if count == 1 else "They may stay so."
    return NextThing(text=text, href=drawn.unplaced[0].move, why=f"{count} {are} {not_yet}. {may}")


def _description(which: str, count: int, said: int) -> str:
    statements = f"{count} statement{'s' if count != 1 else ''}"
    words = f" and {said} of the child’s own words" if said else ""
    return f"{TITLES[which]}: {statements}{words}. The table below says the same, whole."


def _said(said: list[Mapped], child: Child) -> list[Group]:
    return [Group(heading=f"What {child.preferred_name} says", rows=said)] if said else []


def _with_anchors(groups: list[Group]) -> list[Group]:
    seen: set[str] = set()
    for group in groups:
        here = [row.public_id for row in group.rows]
        group.anchors = [f"row-{one}" if one not in seen else "" for one in here]
        seen.update(here)
    return groups


def held_back_in_words(count: int) -> str:
    """A map that left some out without saying so would look whole (H8)."""
    if not count:
        return ""
    if count == 1:
        return "1 statement is held back from you and is not on this map. Ask the psychologist."
    return (
        f"{count} statements are held back from you and are not on this map. Ask the psychologist."
    )


def _links(child: Child, person: StaffMember) -> tuple[Link, ...]:
    links = [Link(text="In their own words", href=address_of("childs_words", child))]
    if person.may(Capability.WRITE_UNDERSTANDING):
        links.append(Link(text="Write a statement", href=address_of("write_statement", child)))
    return tuple(links)
