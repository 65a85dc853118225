"""A file before anything of it comes in: each form beside what is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.exchange.matching import (
    ANOTHER,
    DIFFERS,
    FAULTY,
    IN,
    KNOWN,
    NEW,
    OUT,
    Incoming,
)
from newel.record.outcomes.exchange.presenters.words import (
    address_of,
    counted,
    difference_in_words,
    how_answered,
    question_of,
    who_answered,
)
from newel.record.outcomes.presenters.words import about
from newel.record.outcomes.presenters.words import address_of as address_of_outcomes

if TYPE_CHECKING:  # it loads Polars, which a page without a file does not need
    from newel.evidence.measures.exchange.coming_in import ReadFile

STATUS = {
    NEW: "New",
    KNOWN: "Known already",
    DIFFERS: "Differs from the one here",
    ANOTHER: "There is one of that day",
    FAULTY: "Cannot come in",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One form of the file."""

    number: int
    heading: str
    where: str
    status: str
    lines: tuple[str, ...]
    why_not: tuple[str, ...]
    differences: tuple[tuple[str, str, str], ...]
    faults: tuple[tuple[str, str, str], ...]
    here: Link | None
    choices: tuple[tuple[str, str, bool], ...]  # code, words, whether it is chosen
    tick: bool  # one box instead, and whether it is ticked
    ticked: bool


@dataclass(kw_only=True)
class CheckPage(Page):
    state: str
    not_read: tuple[str, ...]
    forms: tuple[Shown, ...]
    nothing: str
    cancel: str
    talk: str


def check_page(
    *,
    child: Child,
    read: "ReadFile | None",
    why_not: str,
    form: Any,
    person: StaffMember,
    at: datetime,
) -> CheckPage:
    incoming = form.incoming
    return CheckPage(
        title="Look at what is in the file",
        caption=str(form.data.get("name") or ""),
        **about(
            child,
            person,
            at,
            back=Link(text="Choose another file", href=address_of("choose_file", child)),
        ),
        form=form,
        state=_state(incoming) if incoming else "",
        not_read=read.not_read if read else (),
        forms=tuple(_shown(one, form, child) for one in incoming),
        nothing=why_not or _nothing(incoming, waits=_waits_for_order(read, form)),
        cancel=address_of("files", child),
        talk=_talk(child) if form.asks_for_a_talk else "",
    )


def _state(incoming: Sequence[Incoming]) -> str:
    parts = []
    for status, words in (
        (NEW, "new"),
        (ANOTHER, "of a day that has one"),
        (KNOWN, "known already"),
        (DIFFERS, "not the same as here"),
        (FAULTY, "cannot come in"),
    ):
        number = sum(one.status == status for one in incoming)
        if number:
            parts.append(f"{number} {words}")
    return f"{counted(len(incoming), 'form')}: {', '.join(parts)}. Nothing is saved yet."


def _waits_for_order(read: "ReadFile | None", form: Any) -> bool:
    return bool(read and read.asks_order and not form.data.get("order"))


def _nothing(incoming: Sequence[Incoming], *, waits: bool) -> str:
    if waits:
        return "First say how the dates in this file are written. Then look at each form."
    if any(one.can_come_in for one in incoming):
        return ""
    if all(one.status == KNOWN for one in incoming):
        return "All of it is here already. There is nothing to bring in."
    return "Nothing of this file can come in. What is in the way stands beside each form."


def _talk(child: Child) -> str:
    return (
        f"An answer in this file says that {child.preferred_name} may not have been safe. An adult "
        "must talk with them, and is told at once. Say who, and who steps in."
    )


def _shown(one: Incoming, form: Any, child: Child) -> Shown:
    read, chosen = one.read, form.choice(one)
    return Shown(
        number=one.number,
        heading=_heading(one),
        where=read.where,
        status=STATUS[one.status],
        lines=tuple(_lines(one, child)),
        why_not=one.why_not,
        differences=tuple(
            difference_in_words(each, read.measure) for each in one.differences if read.measure
        ),
        faults=tuple(
            (question_of(each.item, read.measure), each.told, each.permitted)
            for each in read.faults
        ),
        here=_here(one, child),
        choices=_choices(one, chosen) if one.needs_a_choice else (),
        tick=one.can_come_in and not one.needs_a_choice,
        ticked=chosen == IN,
    )


def _heading(one: Incoming) -> str:
    return one.read.measure.name if one.read.measure else "A form that could not be read"


def _lines(one: Incoming, child: Child) -> list[str]:
    told, measure = one.read.form, one.read.measure
    if told is None or measure is None:
        return []
    answered = sum(value is not None for value in told.answers.values())
    said = f"Answered by {who_answered(told.answered_by, child)}, {how_answered(told.way).lower()}."
    day_said = f"Of {day(told.on)}." if told.on else "Without a day."
    lines = [
        f"{day_said} {answered} of {counted(len(measure.items), 'question')} answered"
        + (f", {len(told.declined)} not wanted." if told.declined else "."),
        said,
        *one.notes,
    ]
    if told.set_aside:
        lines.append(f"It was set aside: {told.because}")
    if one.asks_for_a_talk:
        lines.append("An answer in it asks for a talk.")
    if one.status == KNOWN and one.here is None:
        lines.append("It stands in this file a second time.")
    return lines


def _here(one: Incoming, child: Child) -> Link | None:
    if one.here is None:
        return None
    href = address_of_outcomes("form", child, one.here.public_id)
    return Link(text="The one here", href=href, about=f"for {one.read.where}")


def _choices(one: Incoming, chosen: str) -> tuple[tuple[str, str, bool], ...]:
    faults = len(one.read.faults)
    words = "Bring it in"
    if one.status == ANOTHER:
        words = "Bring it in as another form of that day"
    if faults:
        words += f", with {counted(faults, 'question')} left unanswered"
    return (
        (IN, words, chosen == IN),
        (OUT, "Leave it out", chosen == OUT),
    )
