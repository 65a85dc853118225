"""The pages on which a statement is moved, or linked to another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.stairs.activators import map_queries as queries
from newel.record.stairs.activators.map_models import AREAS, FIVE_PS, LIFE_STAGES, GoesWith, Placing
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.lines import (
    KINDS_IN_WORDS,
    Line,
    address_of,
    line,
)
from newel.record.stairs.activators.presenters.maps.page import IN_ADDRESS, TITLES
from newel.record.stairs.activators.rules.places import SEQUENCE, Places, places_of

_PS, _AREAS, _STAGES = dict(FIVE_PS), dict(AREAS), dict(LIFE_STAGES)
_BY_ADDRESS = {address: name for name, address in IN_ADDRESS.items()}


def map_in_address(asked: str) -> str:
    """Which map somebody came from; the first one where that is not said."""
    return _BY_ADDRESS.get(asked, next(iter(TITLES)))


def back_to_map(which: str, child: Child) -> Link:
    return Link(text=TITLES[which], href=address_of(which, child))


def places_in_words(places: Places) -> tuple[SummaryRow, ...]:
    on = tuple(_PS[code].split(":")[0] for code in places.five_ps)
    return (
        SummaryRow(key="5 Ps", value=", ".join(on) or "Not on the 5 Ps yet"),
        SummaryRow(key="Body, mind or people", value=_AREAS[places.area]),
        SummaryRow(
            key="When in the life", value=_STAGES.get(places.life_stage, "Not placed in time")
        ),
    )


def put_there_by(placing: Placing | None, statement: Statement) -> str:
    if placing is None:
        return f"Where it was written, {day(statement.written_at)}"
    return f"Put there by {placing.placed_by.name}, {day_time(placing.placed_at)}"


@dataclass(kw_only=True)
class PlacePage(Page):
    """`theirs`: somebody else has put it where `now` says; the form has what this person chose."""

    line: Line
    now: tuple[SummaryRow, ...]
    by: str
    theirs: bool = False
    links: tuple[Link, ...] = ()


def place_page(*, child: Child, statement: Statement, which: str, today: date) -> PlacePage:
    return PlacePage(
        title="Where does it stand?",
        back=back_to_map(which, child),
        line=line(statement, child=child, today=today),
        now=places_in_words(queries.places_now(statement)),
        by=put_there_by(queries.placing_now(statement), statement),
        links=_goes_with_link(child, statement),
    )


def _goes_with_link(child: Child, statement: Statement) -> tuple[Link, ...]:
    if statement.kind not in SEQUENCE:
        return ()
    href = address_of("goes_with", child, statement.public_id)
    return (Link(text="What does it go with?", href=href),)


def show_theirs(page: PlacePage, now_there: Placing | None, statement: Statement) -> None:
    page.theirs = True
    page.now = places_in_words(places_of(statement, now_there))
    page.by = put_there_by(now_there, statement)


@dataclass(frozen=True, kw_only=True)
class Goes:
    text: str
    kind: str
    href: str
    said: str
    end: str


@dataclass(kw_only=True)
class GoesWithPage(Page):
    line: Line
    goes: tuple[Goes, ...] = ()
    nothing_to_link: str = ""
    place: Link | None = field(default=None)


def goes_with_page(
    *,
    child: Child,
    statement: Statement,
    links: Sequence[GoesWith],
    others: bool,
    today: date,
) -> GoesWithPage:
    place = address_of("place_statement", child, statement.public_id)
    return GoesWithPage(
        title="What does it go with?",
        back=back_to_map("what_helps_map", child),
        line=line(statement, child=child, today=today),
        goes=tuple(_goes(row, statement, child) for row in links),
        nothing_to_link="" if others else "There is nothing else that it could go with.",
        place=Link(text="Where it stands on the maps", href=f"{place}?map=what-helps"),
    )


def _goes(row: GoesWith, statement: Statement, child: Child) -> Goes:
    other = row.then if row.first_id == statement.pk else row.first
    return Goes(
        text=other.text,
        kind=KINDS_IN_WORDS[other.kind],
        href=address_of("statement", child, other.public_id),
        said=f"Said by {row.said_by.name}, {day(row.said_at)}",
        end=address_of("end_goes_with", child, statement.public_id, row.public_id),
    )
