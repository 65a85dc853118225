"""What "How to be with me" shows, as text: the screen, the printed page and the PDF draw this.

Paper gets found. Every line on it is one that the child may read; who said it is a role. The
child's date of birth is left off on purpose: with the name they like and their unit, staff of the
unit know whose page it is, and whoever finds it elsewhere does not (H1 against H23).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import where_in_words
from newel.record.children.models import Child
from newel.record.design_system.pages import Page
from newel.record.stairs.activators import one_page_rules
from newel.record.stairs.activators import one_page_words as words
from newel.record.stairs.activators.models import SAFE_PARTS, KeepingSafe, Statement
from newel.record.stairs.activators.one_page_guard import Guard
from newel.record.stairs.activators.one_page_queries import Around, PageState
from newel.record.stairs.activators.words_models import ChildsWords

# Counted in letters. Under each line stands who said it.
A_LINE_COSTS, A_HEADING_COSTS, AN_ALARM_COSTS, FULL_FROM = 40, 60, 200, 3_400


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    said: str
    fresh: str


@dataclass(frozen=True, kw_only=True)
class Section:
    code: str
    heading: str
    lines: tuple[Line, ...]
    nothing: str


@dataclass(frozen=True, kw_only=True)
class SafePart:
    heading: str
    text: str = ""
    author: str = ""
    review: str = ""
    overdue: bool = False
    live_plan: str = ""
    nothing: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole page. `nothing` anywhere says in words what is not known."""

    name: str
    where: str
    first_information: bool
    best_understanding: str
    version: int
    expired: bool
    expiry: str
    why_it_expires: str
    shown: str
    safe: tuple[SafePart, ...]
    sections: tuple[Section, ...]
    keyworkers: str
    home_people: tuple[str, ...]
    not_confirmed: tuple[Section, ...]
    held_back: str
    as_it_stood: str
    keep: str

    @property
    def is_full(self) -> bool:
        """So much that a browser prints it in smaller letters, to keep it on one sheet."""
        parts = (*self.sections, *self.not_confirmed)
        texts = [line.text for part in parts for line in part.lines]
        texts += [part.text for part in self.safe]
        room = sum(len(text) + A_LINE_COSTS for text in texts)
        return room + A_HEADING_COSTS * len(parts) > FULL_FROM - AN_ALARM_COSTS * self.expired


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the queries gave."""

    state: PageState
    lines: Sequence[Statement]
    safe: Sequence[KeepingSafe]
    around: Around
    says: Sequence[ChildsWords] = ()


def sheet(*, child: Child, known: Known, at: datetime) -> Sheet:
    today = timezone.localdate(at)
    guard = Guard(known.around.names_of_other_children, _all_texts(known))
    lines = [line for line in known.lines if guard.lets_through(line.text, line.said_by_role)]
    says = _what_i_say(known.says, guard, child.preferred_name, today)
    safe = _safe_parts(child, known.safe, guard, today)
    home_people = _home_people(known.around, guard)
    newest = _newest(child, lines)
    formulated = known.around.formulated
    good_until = one_page_rules.good_until(last_agreed_or_confirmed=newest, formulated=formulated)
    return Sheet(
        name=child.preferred_name,
        where=where_in_words(child),
        first_information=not formulated,
        best_understanding=words.best_understanding(today),
        version=known.state.version,
        expired=today > good_until,
        expiry=words.expiry(good_until=good_until, today=today),
        why_it_expires=words.why_it_expires(
            newest=newest, formulated=formulated, any_line=bool(lines)
        ),
        shown=words.shown(known.state, child.preferred_name),
        safe=safe,
        sections=(*says, *_sections(lines, child.preferred_name, today)),
        keyworkers=words.keyworkers(known.around.keyworkers),
        home_people=home_people,
        not_confirmed=_not_confirmed(lines, child.preferred_name, today),
        held_back=words.held_back(guard.held),
        as_it_stood=words.as_it_stood(at),
        keep=words.keep_the_paper(_keep_until(known, good_until, today)),
    )


def _what_i_say(
    says: Sequence[ChildsWords], guard: Guard, name: str, today: date
) -> tuple[Section, ...]:
    """The child's words whole, or not at all: what may not stand on paper is held back, not cut."""
    lines = tuple(
        Line(
            text=f"“{one.words}”",
            said=words.written_down(one, name, today),
            fresh=words.checked_with_child(one, name, today),
        )
        for one in says
        if guard.lets_through(one.words)
    )
    return (Section(code="says", heading="What I say", lines=lines, nothing=""),) if lines else ()


def _all_texts(known: Known) -> list[str]:
    return [
        *(one.words for one in known.says),
        *(line.text for line in known.lines),
        *(line.said_by_role for line in known.lines),
        *(part.text for part in known.safe),
        *(part.live_plan_at for part in known.safe),
        *(f"{person.name} {person.relationship}" for person in known.around.home_people),
    ]


def _newest(child: Child, lines: Sequence[Statement]) -> date:
    begun = timezone.localdate(child.entered_at)
    return max((line.confirmed_on or begun for line in lines), default=begun)


def _is_past(line: Statement, today: date) -> bool:
    return line.confirm_by is None or line.confirm_by < today


def _sections(lines: Sequence[Statement], name: str, today: date) -> tuple[Section, ...]:
    return tuple(
        _section(kind["code"], kind["on_page"], lines, name, today) for kind in words.kinds()
    )


def _section(
    code: str, heading: str, lines: Sequence[Statement], name: str, today: date
) -> Section:
    of_kind = [line for line in lines if line.kind == code]
    return Section(
        code=code,
        heading=heading,
        lines=tuple(_line(line, name, today) for line in of_kind if not _is_past(line, today)),
        nothing=words.NOTHING_CONFIRMED if of_kind else words.nothing_said(code),
    )


def _line(line: Statement, name: str, today: date) -> Line:
    said = f"{words.who_said_it(line, name)}, {words.said_when(line, today)}"
    return Line(text=line.text, said=said, fresh=words.how_fresh(line, today))


def _not_confirmed(lines: Sequence[Statement], name: str, today: date) -> tuple[Section, ...]:
    """Under headings of their own, each saying since when, so that none passes for a fact (H2)."""
    past = [line for line in lines if _is_past(line, today)]
    return tuple(
        Section(
            code=kind["code"],
            heading=kind["on_page"],
            lines=tuple(_past_line(line, name) for line in past if line.kind == kind["code"]),
            nothing="",
        )
        for kind in words.kinds()
        if any(line.kind == kind["code"] for line in past)
    )


def _past_line(line: Statement, name: str) -> Line:
    who = words.who_said_it(line, name)
    return Line(text=line.text, said=who, fresh=words.not_confirmed_since(line))


def _safe_parts(
    child: Child, parts: Sequence[KeepingSafe], guard: Guard, today: date
) -> tuple[SafePart, ...]:
    written = {part.part: part for part in parts}
    return tuple(
        _safe_part(heading, written[code], guard, today)
        if code in written
        else _nobody_entered(code, heading, child)
        for code, heading in SAFE_PARTS
    )


def _safe_part(heading: str, part: KeepingSafe, guard: Guard, today: date) -> SafePart:
    if not guard.lets_through(part.text, part.live_plan_at):
        return SafePart(heading=heading, nothing="This is held back: ask the psychologist now.")
    return SafePart(
        heading=heading,
        text=words.safe_text(part),
        author=words.safe_author(part),
        review=words.safe_review(part, today),
        overdue=part.next_review_on < today,
        live_plan=part.live_plan_at,
    )


def _nobody_entered(code: str, heading: str, child: Child) -> SafePart:
    known = words.language_from_details(child) if code == "language" else ""
    if not known:
        return SafePart(heading=heading, nothing=words.NOBODY_ENTERED)
    return SafePart(
        heading=heading,
        text=known,
        author="From the child’s details",
        review="Nobody has entered a plan or a review.",
    )


def _home_people(around: Around, guard: Guard) -> tuple[str, ...]:
    return tuple(
        words.home_person(person)
        for person in around.home_people
        if guard.lets_through(person.name, person.relationship)
    )


def _keep_until(known: Known, good_until: date, today: date) -> date:
    due = [part.next_review_on for part in known.safe]
    due += [line.confirm_by for line in known.lines if line.confirm_by]
    return one_page_rules.keep_paper_until(good_until=good_until, changes_due=due, today=today)


@dataclass(kw_only=True)
class OnePagePage(Page):
    """The sheet on a screen, and what can be done from there."""

    sheet: Sheet
    pdf: str
    understanding: str
    confirms: bool
    show: str
    may_show: bool


def one_page(*, child: Child, sheet: Sheet, by: StaffMember) -> OnePagePage:
    may_confirm = by.may(Capability.CONFIRM_UNDERSTANDING)
    return OnePagePage(
        title=f"How to be with me: {child.preferred_name}",
        heading="",
        sheet=sheet,
        pdf=reverse("activators:one_page_pdf", args=[child.public_id]),
        understanding=reverse("activators:understanding", args=[child.public_id])
        if by.may(Capability.READ_RECORD)
        else "",
        confirms=may_confirm and bool(sheet.not_confirmed),
        show=reverse("activators:show_to_child", args=[child.public_id]),
        may_show=may_confirm,
    )
