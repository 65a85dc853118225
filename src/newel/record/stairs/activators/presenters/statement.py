"""One statement's whole story: its words, what backs it, who confirmed it, what it was before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.stairs.activators import map_queries as queries
from newel.record.stairs.activators import policies, rules
from newel.record.stairs.activators.map_models import SeenNote
from newel.record.stairs.activators.models import (
    AGREED,
    DRAFT,
    Confirmation,
    DifferingView,
    Evidence,
    Statement,
)
from newel.record.stairs.activators.presenters.evidence import (
    Backing,
    backings,
    speaks_against_since_agreed,
)
from newel.record.stairs.activators.presenters.formulation_parts import NotAgreed, not_agreed
from newel.record.stairs.activators.presenters.lines import (
    READERS_IN_WORDS,
    Line,
    address_of,
    best_understanding_on,
    line,
    said_in_words,
)
from newel.record.stairs.activators.presenters.maps.placing import (
    places_in_words,
    put_there_by,
)
from newel.record.stairs.activators.presenters.understanding import NextThing, needs_confirming


@dataclass(frozen=True, kw_only=True)
class Seen:
    what: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    text: str
    own_words: bool
    about: str
    because: str


@dataclass(kw_only=True)
class StatementPage(Page):
    line: Line
    next_thing: NextThing | None
    suggestions: tuple[rules.Suggestion, ...]
    newer: Link | None
    why_ended: str
    facts: tuple[SummaryRow, ...]
    backing: tuple[Backing, ...]
    against: tuple[Backing, ...]
    speaks_against: str
    how_sure: str
    confirmations: tuple[Seen, ...]
    earlier: tuple[Wording, ...]
    links: tuple[Link, ...]
    differing: tuple[NotAgreed, ...] = ()
    write_view: Link | None = None


def statement_page(
    *,
    child: Child,
    statement: Statement,
    wordings: Sequence[Statement],
    evidence: Sequence[Evidence],
    notes: Sequence[SeenNote] = (),
    confirmations: Iterable[Confirmation],
    today: date,
    person: StaffMember,
) -> StatementPage:
    shown = line(statement, child=child, today=today)
    against = backings(statement, evidence, notes, "against")
    speaks_against = speaks_against_since_agreed(against)
    next_thing = _look_again(child, statement, person) if speaks_against else None
    next_thing = next_thing or _next_thing(child, statement, today, person)
    return StatementPage(
        title=shown.kind,
        caption=_caption(statement, today),
        back=Link(text="What we understand", href=address_of("understanding", child)),
        line=shown,
        next_thing=next_thing,
        suggestions=_suggestions(statement),
        newer=_newer(child, statement, wordings),
        why_ended=_why_ended(statement),
        facts=tuple(_rows(statement)),
        backing=backings(statement, evidence, notes, "for"),
        against=against,
        speaks_against=speaks_against,
        how_sure=statement.get_confidence_display(),
        confirmations=tuple(map(_seen, confirmations)),
        earlier=_earlier(statement, wordings),
        links=_links(child, statement, person, besides=next_thing),
    )


def add_views(
    page: StatementPage,
    *,
    child: Child,
    statement: Statement,
    views: Iterable[DifferingView],
    person: StaffMember,
) -> None:
    """What somebody does not agree with stands beside the statement, never over it (H3)."""
    page.differing = tuple(not_agreed(one) for one in views)
    if statement.state == AGREED and person.may(Capability.WRITE_UNDERSTANDING):
        address = address_of("write_view", child)
        page.write_view = Link(
            text="Write down that somebody does not agree",
            href=f"{address}?about={statement.public_id}",
        )


def _caption(statement: Statement, today: date) -> str:
    """What is not agreed, or no longer, is nobody's understanding (H15)."""
    if statement.state == DRAFT:
        return "A draft: nobody has agreed it yet"
    if statement.state != AGREED:
        return f"No longer our understanding since {day(statement.ended_at)}"
    return best_understanding_on(today)


def _suggestions(statement: Statement) -> tuple[rules.Suggestion, ...]:
    if statement.state != DRAFT:
        return ()
    return tuple(rules.suggestions(statement.text, whose_words=statement.whose_words))


def _newer(child: Child, statement: Statement, wordings: Sequence[Statement]) -> Link | None:
    newest = wordings[-1]
    if newest.pk == statement.pk:
        return None
    return Link(text="Go to the newer words", href=address_of("statement", child, newest.public_id))


def _why_ended(statement: Statement) -> str:
    if statement.ended_by is None:
        return ""
    ended = f"No longer used since {day(statement.ended_at)} ({statement.ended_by.name})."
    return f"{ended} {statement.ended_because}".strip()


def _rows(statement: Statement) -> Iterable[SummaryRow]:
    said = said_in_words(statement)
    yield SummaryRow(key="Who said so, and when", value=said)
    yield SummaryRow(key="Whose words", value=statement.get_whose_words_display())
    yield SummaryRow(key="How sure we are", value=statement.get_confidence_display())
    yield SummaryRow(key="Now or in the past", value=statement.get_time_display())
    yield from places_in_words(queries.places_now(statement))
    yield SummaryRow(
        key="On the maps", value=put_there_by(queries.placing_now(statement), statement)
    )
    yield SummaryRow(key="Who may read it", value=READERS_IN_WORDS[statement.sharing_level])
    yield SummaryRow(
        key="Written", value=f"{statement.written_by.name}, {day_time(statement.written_at)}"
    )
    yield from _rows_of_agreement(statement)


def _rows_of_agreement(statement: Statement) -> Iterable[SummaryRow]:
    if statement.agreed_by is not None:
        agreed = f"{statement.agreed_by.name}, {day_time(statement.agreed_at)}"
        yield SummaryRow(key="Agreed", value=agreed)
    if statement.state == AGREED and statement.time == "present":
        yield SummaryRow(key="Last confirmed", value=day(statement.confirmed_on))
    if statement.confirm_by is not None and statement.time == "present":
        yield SummaryRow(key="To be confirmed by", value=day(statement.confirm_by))


def _seen(confirmation: Confirmation) -> Seen:
    by = f"{confirmation.confirmed_by.name}, {day_time(confirmation.written_at)}"
    return Seen(what=confirmation.what_was_seen, by=by)


def _earlier(statement: Statement, wordings: Sequence[Statement]) -> tuple[Wording, ...]:
    """The words before these, latest first."""
    at = [row.pk for row in wordings].index(statement.pk)
    return tuple(_wording(row) for row in reversed(wordings[:at]))


def _wording(row: Statement) -> Wording:
    state = "Agreed" if row.agreed_at else "Draft"
    return Wording(
        text=row.text,
        own_words=row.whose_words == "child",
        about=f"{state}, written by {row.written_by.name}, {day_time(row.written_at)}",
        because=row.ended_because,
    )


def _look_again(child: Child, statement: Statement, person: StaffMember) -> NextThing | None:
    if not person.may(Capability.AGREE_UNDERSTANDING):
        return None
    return NextThing(
        text="Look at it again",
        href=address_of("look_again", child, statement.public_id),
        why="Read what backs it and what speaks against it. How sure are we now?",
    )


def _next_thing(
    child: Child, statement: Statement, today: date, person: StaffMember
) -> NextThing | None:
    public_id = statement.public_id
    if policies.can_agree(statement) and person.may(Capability.AGREE_UNDERSTANDING):
        return NextThing(
            text="Mark as agreed",
            href=address_of("agree_statement", child, public_id),
            why="A draft is nobody’s agreed understanding yet.",
        )
    if needs_confirming(statement, today) and person.may(Capability.CONFIRM_UNDERSTANDING):
        return NextThing(
            text="Confirm it",
            href=address_of("confirm_statement", child, public_id),
            why="Is it still so? Confirm it with what you have seen.",
        )
    return None


# What can be done: words, address, who may, and what the state of the statement allows.
_ACTS: tuple[tuple[str, str, Capability, Callable[[Statement], bool]], ...] = (
    ("Confirm it", "confirm_statement", Capability.CONFIRM_UNDERSTANDING, policies.can_confirm),
    ("Write down what was seen", "note_what_was_seen", Capability.CONFIRM_UNDERSTANDING,
     policies.can_add_evidence),
    ("Move it on the maps", "place_statement", Capability.WRITE_UNDERSTANDING, policies.can_place),
    ("Look at it again", "look_again", Capability.AGREE_UNDERSTANDING, policies.can_look_again),
    ("Change the draft", "change_draft", Capability.WRITE_UNDERSTANDING, policies.can_change),
    ("Mark as agreed", "agree_statement", Capability.AGREE_UNDERSTANDING, policies.can_agree),
    ("Link an event", "add_evidence", Capability.WRITE_UNDERSTANDING, policies.can_add_evidence),
    ("Let the child read it", "open_to_child", Capability.OPEN_TO_CHILD,
     policies.can_open_to_child),
    ("Put it in other words", "replace_statement", Capability.AGREE_UNDERSTANDING,
     policies.can_replace),
    ("Stop using it", "retire_statement", Capability.AGREE_UNDERSTANDING, policies.can_retire),
)  # fmt: skip


def _links(
    child: Child, statement: Statement, person: StaffMember, *, besides: NextThing | None
) -> tuple[Link, ...]:
    links = (
        Link(text=text, href=address_of(name, child, statement.public_id))
        for text, name, capability, can in _ACTS
        if can(statement) and (person.may(capability) or _is_own_draft(name, statement, person))
    )
    return tuple(link for link in links if besides is None or link.href != besides.href)


def _is_own_draft(name: str, statement: Statement, person: StaffMember) -> bool:
    mine = statement.state == DRAFT and statement.written_by_id == person.pk
    return mine and name == "retire_statement" and person.may(Capability.WRITE_UNDERSTANDING)
