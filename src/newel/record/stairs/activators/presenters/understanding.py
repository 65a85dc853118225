"""The page "What we understand": every statement, freshest need first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import AGREED, DRAFT, KINDS, Statement
from newel.record.stairs.activators.presenters.checked import checked_in_words
from newel.record.stairs.activators.presenters.lines import (
    Line,
    address_of,
    best_understanding_on,
    counted,
    line,
)
from newel.record.stairs.activators.words_models import ChildsWords

MAPS = (
    ("five_ps_map", "The 5 Ps"),
    ("life_map", "Body, mind and people along a life"),
    ("what_helps_map", "What sets things off, early signs, what helps"),
)


@dataclass(frozen=True, kw_only=True)
class NextThing:
    text: str
    href: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Group:
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Ended:
    text: str
    href: str
    own_words: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the child says, in brief: quoted whole, with who wrote it down."""

    words: str
    href: str
    about: str


@dataclass(kw_only=True)
class UnderstandingPage(Page):
    next_thing: NextThing
    maps: tuple[Link, ...]
    said: tuple[Told, ...]
    taken_back: str
    to_look_at: tuple[Line, ...]
    due: tuple[Line, ...]
    current: tuple[Group, ...]
    drafts: tuple[Line, ...]
    past: tuple[Line, ...]
    ended: tuple[Ended, ...]
    links: tuple[Link, ...]
    nothing: bool


def understanding_page(
    *,
    child: Child,
    statements: Sequence[Statement],
    ended: Iterable[Statement],
    to_look_at: Iterable[Statement] = (),
    said: Iterable[ChildsWords] = (),
    taken_back: int = 0,
    today: date,
    person: StaffMember,
) -> UnderstandingPage:
    due = sorted(
        (s for s in statements if needs_confirming(s, today)), key=lambda s: (s.confirm_by, s.pk)
    )
    fresh = [s for s in statements if _is_so_now(s) and s not in due]
    drafts = [s for s in statements if s.state == DRAFT]
    return UnderstandingPage(
        title="What we understand",
        caption=best_understanding_on(today),
        back=Link(text=f"{child.preferred_name}’s record", href=_record(child)),
        next_thing=_next_thing(
            child, due, drafts, person, agreed=any(s.state == AGREED for s in statements)
        ),
        maps=tuple(Link(text=words, href=address_of(name, child)) for name, words in MAPS),
        said=tuple(_told(one, child) for one in said),
        taken_back=taken_back_in_words(taken_back, child.preferred_name),
        to_look_at=_lines(to_look_at, child, today),
        due=_lines(due, child, today),
        current=_by_kind(fresh, child, today),
        drafts=_lines(drafts, child, today),
        past=_lines([s for s in statements if _was_so(s)], child, today),
        ended=tuple(_ended(one, child) for one in ended),
        links=_links(child, person),
        nothing=not statements,
    )


def _told(words: ChildsWords, child: Child) -> Told:
    by, on = words.written_by.name, day(words.told_on)
    return Told(
        words=words.words,
        href=f"{address_of('childs_words', child)}#words-{words.public_id}",
        about=f"Written down by {by}, {on}; {checked_in_words(words)}",
    )


def taken_back_in_words(count: int, name: str) -> str:
    if not count:
        return ""
    what = "something" if count == 1 else f"{count} things"
    return f"{name} has taken back {what} that stood here."


def needs_confirming(statement: Statement, today: date) -> bool:
    until = statement.confirm_by
    return _is_so_now(statement) and until is not None and rules.is_due(until, on=today)


def _is_so_now(statement: Statement) -> bool:
    return statement.state == AGREED and statement.time == "present"


def _was_so(statement: Statement) -> bool:
    return statement.state == AGREED and statement.time == "past"


def _record(child: Child) -> str:
    return reverse("children:child", args=[child.public_id])


def _lines(rows: Iterable[Statement], child: Child, today: date) -> tuple[Line, ...]:
    return tuple(line(row, child=child, today=today) for row in rows)


def _by_kind(rows: Sequence[Statement], child: Child, today: date) -> tuple[Group, ...]:
    groups = (
        Group(heading=words, lines=_lines([s for s in rows if s.kind == code], child, today))
        for code, words in KINDS
    )
    return tuple(group for group in groups if group.lines)


def _ended(statement: Statement, child: Child) -> Ended:
    ended_by = statement.ended_by.name if statement.ended_by else ""
    return Ended(
        text=statement.text,
        href=address_of("statement", child, statement.public_id),
        own_words=statement.whose_words == "child",
        why=f"{day(statement.ended_at)}, {ended_by}: {statement.ended_because}",
    )


def _next_thing(
    child: Child,
    due: Sequence[Statement],
    drafts: Sequence[Statement],
    person: StaffMember,
    *,
    agreed: bool,
) -> NextThing:
    if due and person.may(Capability.CONFIRM_UNDERSTANDING):
        return _confirm(child, due)
    if drafts and person.may(Capability.AGREE_UNDERSTANDING):
        return _agree(child, drafts)
    if agreed and person.may(Capability.AGREE_UNDERSTANDING):
        return _agree_together(child)
    if person.may(Capability.WRITE_UNDERSTANDING):
        return _write(child)
    return NextThing(
        text="Open “How to be with me”",
        href=address_of("one_page", child),
        why="The one page has what matters for being with this child.",
    )


def _confirm(child: Child, due: Sequence[Statement]) -> NextThing:
    need = "statement needs" if len(due) == 1 else "statements need"
    start = "" if len(due) == 1 else " Start with the oldest."
    return NextThing(
        text="Confirm it" if len(due) == 1 else "Confirm the oldest",
        href=address_of("confirm_statement", child, due[0].public_id),
        why=f"{len(due)} {need} confirming.{start}",
    )


def _agree(child: Child, drafts: Sequence[Statement]) -> NextThing:
    waits = "waits" if len(drafts) == 1 else "wait"
    first = min(drafts, key=lambda s: (s.written_at, s.pk))
    return NextThing(
        text="Look at the draft" if len(drafts) == 1 else "Look at the first draft",
        href=address_of("statement", child, first.public_id),
        why=f"{counted(len(drafts), 'draft')} {waits} to be agreed.",
    )


def _agree_together(child: Child) -> NextThing:
    return NextThing(
        text="Look at the formulation",
        href=address_of("versions", child),
        why="No draft waits and nothing needs confirming. See what has changed since the last "
        "version, or agree one.",
    )


def _write(child: Child) -> NextThing:
    return NextThing(
        text="Write a statement",
        href=address_of("write_statement", child),
        why="Write down something you have seen or been told: one thing at a time.",
    )


def _links(child: Child, person: StaffMember) -> tuple[Link, ...]:
    links = [
        Link(text="“How to be with me”", href=address_of("one_page", child)),
        Link(text="Keeping safe now", href=address_of("keeping_safe", child)),
        Link(text="In their own words", href=address_of("childs_words", child)),
        Link(text="Full formulation", href=address_of("formulation", child)),
        Link(text="Versions, and what has changed", href=address_of("versions", child)),
    ]
    if person.may(Capability.WRITE_UNDERSTANDING):
        links.insert(0, Link(text="Write a statement", href=address_of("write_statement", child)))
    return tuple(links)
