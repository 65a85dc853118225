"""Agreeing a formulation, starting anew from the one that is there, and what is not agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import (
    AGREED,
    DifferingView,
    FormulationVersion,
    Participant,
    Statement,
)
from newel.record.stairs.activators.presenters.changed import Reworded, Sentence, reworded, sentence
from newel.record.stairs.activators.presenters.formulation_parts import NotAgreed, not_agreed
from newel.record.stairs.activators.presenters.lines import Line, address_of, counted, line
from newel.record.stairs.activators.presenters.versions import View, compare_link, views_now

REFORMULATION = "Start a reformulation"
# In the address of a page that somebody opened while going through all that is agreed.
THROUGH = "?through"


@dataclass(kw_only=True)
class AgreeFormulationPage(Page):
    lines: tuple[Line, ...]
    out_of_date: str
    drafts: str
    not_agreed: tuple[NotAgreed, ...]
    write_view: str
    summary_before: tuple[str, ...]
    summary_from: str
    number: int
    newer: "NewerVersion | None" = None
    changed: "Meanwhile | None" = None


@dataclass(frozen=True, kw_only=True)
class NewerVersion:
    by: str
    summary: tuple[str, ...]
    took_part: tuple[str, ...]
    href: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Meanwhile:
    """What is different from what this person had read when they opened the page."""

    changed: tuple[Reworded, ...]
    added: tuple[Sentence, ...]
    gone: tuple[Sentence, ...]
    views: tuple[NotAgreed, ...]
    settled: tuple[NotAgreed, ...]


def agree_page(
    *,
    child: Child,
    statements: Sequence[Statement],
    drafts: int,
    views: Sequence[DifferingView],
    last: FormulationVersion | None,
    today: date,
) -> AgreeFormulationPage:
    stale = [one for one in statements if _is_out_of_date(one, today)]
    return AgreeFormulationPage(
        title="Agree the formulation",
        back=Link(text="Versions of the formulation", href=address_of("versions", child)),
        lines=tuple(line(one, child=child, today=today) for one in statements),
        out_of_date=_stale(len(stale)),
        drafts=_drafts(drafts),
        not_agreed=tuple(not_agreed(one) for one in views),
        write_view=address_of("write_view", child),
        summary_before=tuple(last.summary.split("\n")) if last else (),
        summary_from=f"The summary of version {last.number}, {day(last.agreed_on)}" if last else "",
        number=last.number + 1 if last else 1,
    )


def _is_out_of_date(one: Statement, today: date) -> bool:
    if one.time == "past" or one.confirm_by is None:
        return False
    return rules.freshness(one.confirm_by, on=today) == rules.PAST


def _stale(number: int) -> str:
    if not number:
        return ""
    have = "has" if number == 1 else "have"
    return f"{counted(number, 'statement')} {have} not been confirmed lately, and will say so."


def _drafts(number: int) -> str:
    if not number:
        return ""
    are = "is" if number == 1 else "are"
    return f"{counted(number, 'draft')} {are} not part of it. Agree a draft first if it belongs."


def newer_version(
    child: Child, version: FormulationVersion, participants: Sequence[Participant]
) -> NewerVersion:
    return NewerVersion(
        by=f"{version.agreed_by.name}, {day_time(version.agreed_at)}",
        summary=tuple(version.summary.split("\n")),
        took_part=tuple(one.name for one in participants),
        href=address_of("version", child, version.public_id),
        number=version.number,
    )


def meanwhile(
    child: Child,
    found: rules.Compared,
    *,
    views: Sequence[DifferingView],
    settled: Sequence[DifferingView],
) -> Meanwhile:
    return Meanwhile(
        changed=tuple(reworded(child, *pair) for pair in found.changed),
        added=tuple(sentence(child, one.statement, "It was agreed.") for one in found.added),
        gone=tuple(
            sentence(child, one.statement, "It is no longer used.", one.statement.ended_because)
            for one in (*found.no_longer, *found.left_out)
        ),
        views=tuple(not_agreed(one) for one in views),
        settled=tuple(not_agreed(one) for one in settled),
    )


@dataclass(frozen=True, kw_only=True)
class ToGoThrough:
    public_id: str
    line: Line
    since: str  # what happened to it since the last version
    links: tuple[Link, ...]


@dataclass(kw_only=True)
class ReformulatePage(Page):
    rows: tuple[ToGoThrough, ...]
    views: tuple[View, ...]
    drafts: str
    next_thing: Link
    next_why: str
    links: tuple[Link, ...]


def reformulate_page(
    *,
    child: Child,
    statements: Sequence[Statement],
    drafts: int,
    views: Sequence[DifferingView],
    last: FormulationVersion | None,
    found: rules.Compared | None,
    today: date,
) -> ReformulatePage:
    return ReformulatePage(
        title=REFORMULATION,
        back=Link(text="Versions of the formulation", href=address_of("versions", child)),
        rows=tuple(
            _to_go_through(child, one, below, found, today)
            for one, below in zip_longest(statements, statements[1:])
        ),
        views=views_now(child, views, may_settle=True, more=THROUGH),
        drafts=_drafts(drafts),
        next_thing=Link(text="Agree it anew", href=address_of("agree_formulation", child)),
        next_why="Go through what is agreed with the people who know the child. What you do not "
        "touch is kept. When you are through, agree it anew.",
        links=_reformulate_links(child, last, drafts),
    )


def _reformulate_links(
    child: Child, last: FormulationVersion | None, drafts: int
) -> tuple[Link, ...]:
    links = [
        Link(text="Write a statement", href=address_of("write_statement", child) + THROUGH),
        Link(text="Write down what is not agreed", href=address_of("write_view", child) + THROUGH),
    ]
    if drafts:
        drafted = "Look at the draft" if drafts == 1 else "Look at the drafts"
        links.append(Link(text=drafted, href=f"{address_of('understanding', child)}#drafts"))
    if last is not None:
        links.append(compare_link(child, last, None, "What has changed since the last version"))
    return tuple(links)


def _to_go_through(
    child: Child,
    one: Statement,
    below: Statement | None,
    found: rules.Compared | None,
    today: date,
) -> ToGoThrough:
    """After each act one is back at the row, or at the one below it where the row is gone."""

    def link(text: str, name: str, then: str = "") -> Link:
        href = f"{address_of(name, child, one.public_id)}{THROUGH}{then}"
        return Link(text=text, href=href, about=one.text[:60])

    then = f"={below.public_id}" if below else ""
    links = [link("Take it out", "retire_statement", then)]
    if one.whose_words != "child":
        links.insert(0, link("Put it in other words", "replace_statement"))
    if one.time == "present":
        links.insert(0, link("Confirm it", "confirm_statement"))
    return ToGoThrough(
        public_id=one.public_id,
        line=line(one, child=child, today=today),
        since=_since(one, found),
        links=tuple(links),
    )


def _since(one: Statement, found: rules.Compared | None) -> str:
    if found is None or one.state != AGREED:
        return ""
    if any(new.statement.pk == one.pk for new in found.added):
        return "New since the last version"
    if any(new.statement.pk == one.pk for _, new in found.changed):
        return "In other words since the last version"
    if any(new.statement.pk == one.pk for _, new in found.looked_again):
        return "Looked at again since the last version"
    if any(new.statement.pk == one.pk for _, new in found.moved):
        return "Moved on the maps since the last version"
    return ""


@dataclass(kw_only=True)
class ViewPage(Page):
    shown: NotAgreed | None = None
    paragraphs: tuple[str, ...] = ()


def write_view_page(back: Link) -> ViewPage:
    return ViewPage(
        title="Write down what is not agreed",
        back=back,
        paragraphs=(
            "Also for somebody who cannot come: their view stands beside the statement, never "
            "over it, and goes into the next version as it is.",
        ),
    )


def settle_page(view: DifferingView, back: Link) -> ViewPage:
    return ViewPage(
        title="Say how it was settled",
        back=back,
        shown=not_agreed(view),
    )
