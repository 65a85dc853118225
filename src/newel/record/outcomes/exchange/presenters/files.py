"""What left as a file and what came in from one, and the way to either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newel.evidence.measures import IDS, measure
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.children.presenters.pages import FormPage as SimplePage
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.outcomes.exchange.limits import FETCHED_WITHIN
from newel.record.outcomes.exchange.models import BroughtFile, BroughtForm, GivenOut
from newel.record.outcomes.exchange.presenters.words import (
    KINDS_IN_WORDS,
    WHO_IN_WORDS,
    address_of,
    counted,
    name_of,
    question_of,
    to_files,
)
from newel.record.outcomes.presenters.words import about, to_page_of


@dataclass(frozen=True, kw_only=True)
class Row:
    heading: str
    lines: tuple[str, ...]
    link: Link | None = None


@dataclass(kw_only=True)
class FilesPage(Page):
    bring_in: str
    give_out: str
    came_in: tuple[Row, ...]
    left: tuple[Row, ...]


@dataclass(kw_only=True)
class BroughtPage(Page):
    rows: tuple[SummaryRow, ...]
    forms: tuple[Row, ...]


@dataclass(kw_only=True)
class GivePage(SimplePage):
    stays: tuple[str, ...] = ()


def files_page(
    *,
    child: Child,
    came_in: Sequence[BroughtFile],
    left: Sequence[GivenOut],
    has_forms: bool,
    person: StaffMember,
    at: datetime,
) -> FilesPage:
    brings, shares = (
        person.may(one) for one in (Capability.PLAN_MEASURES, Capability.SHARE_OUTCOMES)
    )
    return FilesPage(
        title=f"Questionnaires of {child.preferred_name} as files",
        **about(child, person, at),
        bring_in=address_of("choose_file", child) if brings else "",
        give_out=address_of("give_out", child) if shares and has_forms else "",
        came_in=tuple(_came_in(one, child) for one in came_in),
        left=tuple(_left(one, child, person, at) for one in left),
    )


def _came_in(one: BroughtFile, child: Child) -> Row:
    number: int = one.number  # type: ignore[attr-defined]
    return Row(
        heading=one.name,
        lines=(
            f"{counted(number, 'questionnaire')}, {KINDS_IN_WORDS[one.kind]}. From: {one.source}",
            f"Brought in by {one.brought_by.name}, {day_time(one.brought_at)}",
        ),
        link=Link(
            text="What came in",
            href=address_of("brought", child, one.public_id),
            about=f"from {one.name}",
        ),
    )


def _left(one: GivenOut, child: Child, person: StaffMember, at: datetime) -> Row:
    which = ", ".join(name_of(id) for id in one.measures)
    since = f", answered since {day(one.since)}" if one.since else ""
    also = ", also what is not finished" if one.with_unfinished else ""
    lines = [f"{which}{since}{also}. {KINDS_IN_WORDS[one.kind]}", f"Why: {one.why}"]
    if one.who_it_is:
        told = ", ".join(WHO_IN_WORDS[code] for code in one.who_it_is)
        lines.append(f"It says who the child is ({told}): {one.why_who_it_is}")
    lines.append(f"Made by {one.made_by.name}, {day_time(one.made_at)}")
    fetches = one.made_by == person and at - one.made_at <= FETCHED_WITHIN
    return Row(
        heading=f"For {one.for_whom}",
        lines=tuple(lines),
        link=Link(
            text="Fetch the file",
            href=address_of("given_out", child, one.public_id),
            about=f"for {one.for_whom}",
        )
        if fetches
        else None,
    )


def brought_page(
    *,
    child: Child,
    file: BroughtFile,
    forms: Sequence[BroughtForm],
    person: StaffMember,
    at: datetime,
) -> BroughtPage:
    return BroughtPage(
        title=file.name,
        caption="A file that came in",
        **about(child, person, at, back=to_files(child)),
        rows=(
            SummaryRow(key="Where it comes from", value=file.source),
            SummaryRow(
                key="Brought in by", value=f"{file.brought_by.name}, {day_time(file.brought_at)}"
            ),
            SummaryRow(key="What the child is called in it", value=file.reference),
            SummaryRow(key="Its fingerprint (SHA-256)", value=file.sha256),
        ),
        forms=tuple(_form(one, child) for one in forms),
    )


def _form(one: BroughtForm, child: Child) -> Row:
    form = one.form
    lines = [f"Answered on {day(form.answered_on)}" if form.answered_on else "Set aside"]
    lines += left_unanswered(one)
    return Row(
        heading=name_of(form.measure),
        lines=tuple(lines),
        link=Link(
            text="Open",
            href=to_page_of(form, child),
            about=f"{name_of(form.measure)} of {day(form.answered_on)}",
        ),
    )


def left_unanswered(one: BroughtForm) -> tuple[str, ...]:
    known = measure(one.form.measure) if one.form.measure in IDS else None
    return tuple(
        f"{question_of(item, known)}: the file has {stood}, which is no answer. It is left "
        "unanswered"
        for item, stood in one.left_unanswered.items()
    )


def brought_rows(brought: BroughtForm, child: Child) -> tuple[SummaryRow, ...]:
    """For the page of a form that came in."""
    file = brought.file
    link = Link(text="The file", href=address_of("brought", child, file.public_id), about=file.name)
    said = f"From the file {file.name}, by {file.brought_by.name}, {day_time(file.brought_at)}"
    lines = (said, f"Where it comes from: {file.source}", *left_unanswered(brought))
    return (SummaryRow(key="Brought in", lines=lines, action=link),)


def give_page(*, child: Child, stays: Sequence[str], person: StaffMember, at: datetime) -> GivePage:
    return GivePage(
        title="Give questionnaires out as a file",
        **about(child, person, at, back=to_files(child)),
        paragraphs=(
            "A file that has left cannot be fetched back. Put in it what the person needs, and no "
            "more. For whom and why is kept here.",
        ),
        stays=tuple(stays),
    )


def choose_page(*, child: Child, person: StaffMember, at: datetime) -> SimplePage:
    return SimplePage(
        title="Bring questionnaires in from a file",
        **about(child, person, at, back=to_files(child)),
        paragraphs=(
            f"Each form must say whose it is. Nothing is saved before you have looked at each, and "
            f"nothing that is here about {child.preferred_name} is changed.",
        ),
    )
