"""What is written down about a child, in words, for the front page and the pages that change it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from newel.record.children.models import (
    Child,
    ChildName,
    CommunicationNeed,
    Home,
    Identifier,
    KeyworkerAssignment,
    LegalReason,
    SafetyCheck,
    Stay,
    TeamMember,
)
from newel.record.children.presenters.pages import Entry
from newel.record.children.rules import how_long
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link

PROTECTED = "An address is held and protected. Newel shows it to nobody."
INTERPRETER = {True: "Needed", False: "Not needed", None: "Nobody has asked yet"}


def address_of(name: str, child: Child, *more: str) -> str:
    return reverse(f"children:{name}", args=[child.public_id, *more])


def name_entries(names: Iterable[ChildName]) -> list[Entry]:
    return [Entry(heading=name.name, lines=(name.get_kind_display(),)) for name in names]


def number_entries(identifiers: Iterable[Identifier]) -> list[Entry]:
    return [
        Entry(heading=f"{system_in_words(i)}: {number_in_words(i)}", lines=checked_in_words(i))
        for i in identifiers
    ]


def system_in_words(identifier: Identifier) -> str:
    is_nhs = identifier.system == Identifier.NHS_NUMBER
    return "NHS number" if is_nhs else identifier.system


def number_in_words(identifier: Identifier) -> str:
    value = identifier.value
    is_nhs = identifier.system == Identifier.NHS_NUMBER
    return f"{value[:3]} {value[3:6]} {value[6:]}" if is_nhs else value


def checked_in_words(identifier: Identifier) -> tuple[str, ...]:
    """Only the NHS can say that an NHS number is this child's: the digits alone cannot."""
    is_nhs = identifier.system == Identifier.NHS_NUMBER
    return (identifier.get_verification_display(),) if is_nhs else ()


def need_entries(
    needs: Iterable[CommunicationNeed], *, child: Child, today: date, change: bool
) -> list[Entry]:
    return [
        Entry(
            heading=need.need,
            lines=(need.how_to_meet, due_in_words("Look at it again", need.review_on, today)),
            links=_one("No longer needed", "end_need", child, need, need.need) if change else (),
        )
        for need in needs
    ]


def due_in_words(what: str, due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    late = due_on < today
    return f"{what}: was due on {day(due_on)}" if late else f"{what}: {day(due_on)}"


def reason_entries(
    reasons: Iterable[LegalReason], *, child: Child, today: date, change: bool
) -> list[Entry]:
    return [
        Entry(
            heading=reason.get_kind_display(),
            lines=_words_of_reason(reason, today),
            links=_ending_reason(reason, child, today) if change else (),
        )
        for reason in reasons
    ]


def _words_of_reason(reason: LegalReason, today: date) -> tuple[str, ...]:
    over = reason.ends_on is not None and reason.ends_on < today
    review = "" if over else due_in_words("Review", reason.review_due_on, today)
    dates = _from_to(reason.starts_on, reason.ends_on)
    return tuple(line for line in (reason.statute_text, dates, review) if line)


def _from_to(first: date, last: date | None) -> str:
    return f"From {day(first)} to {day(last)}" if last else f"From {day(first)}, no end written"


def _ending_reason(reason: LegalReason, child: Child, today: date) -> tuple[Link, ...]:
    if reason.ends_on is not None and reason.ends_on <= today:
        return ()
    about = f"of {reason.get_kind_display()}"
    return _one("Change the last day", "end_reason", child, reason, about)


def team_entries(team: Iterable[TeamMember], *, child: Child, change: bool) -> list[Entry]:
    return [
        Entry(
            heading=member.name,
            lines=tuple(line for line in _words_of_member(member) if line),
            links=_one("Leaves the team", "end_team", child, member, member.name) if change else (),
        )
        for member in team
    ]


def _words_of_member(member: TeamMember) -> tuple[str, ...]:
    opens = member.staff_id is not None and member.opens_record
    return (
        member.part,
        f"{member.get_discipline_display()}, {member.agency.name}",
        f"Since {day(member.starts_on)}",
        member.contact,
        "Signs in to Newel: the record is open to them" if opens else "",
    )


def keyworker_entries(
    assignments: Iterable[KeyworkerAssignment], *, child: Child, today: date, change: bool
) -> list[Entry]:
    return [
        Entry(
            heading=assignment.staff.name,
            lines=(keyworker_in_words(assignment, today), assignment.stay.setting.name),
            links=_one("Last day", "end_keyworker", child, assignment, assignment.staff.name)
            if change and assignment.ends_on is None
            else (),
        )
        for assignment in assignments
    ]


def keyworker_in_words(assignment: KeyworkerAssignment, today: date) -> str:
    """How long each adult has been there is what counts for the child. It ends with the stay."""
    last = assignment.ends_on or _end_of(assignment.stay)
    length = how_long(assignment.starts_on, min(last or today, today))
    if last is None:
        return f"Since {day(assignment.starts_on)}: {length}"
    return f"{day(assignment.starts_on)} to {day(last)}: {length}"


def _end_of(stay: Stay) -> date | None:
    return timezone.localdate(stay.ended_at) if stay.ended_at else None


def home_entries(homes: Iterable[Home], *, child: Child, change: bool) -> list[Entry]:
    return [
        Entry(
            heading=home.name,
            lines=tuple(line for line in _words_of_home(home) if line),
            links=_links_of_home(home, child) if change else (),
        )
        for home in homes
    ]


def _words_of_home(home: Home) -> tuple[str, ...]:
    return (
        home.relationship,
        home.why_home,
        safety_in_words(home),
        home.safety_note,
        *(f"Before: {earlier_check_in_words(check)}" for check in _earlier_checks(home)),
        address_in_words(home),
    )


def _earlier_checks(home: Home) -> list[SafetyCheck]:
    """Only where they were asked for: on the page of the homes, not on the front page."""
    return list(getattr(home, "every_check", ()))[1:]


def earlier_check_in_words(check: SafetyCheck) -> str:
    said = f"{check.get_found_display()}, {day(check.checked_at)}, {check.checked_by.name}"
    return f"{said}. {check.note}" if check.note else said


def safety_in_words(home: Home) -> str:
    checked = home.get_safety_check_display()
    if home.checked_at is None or home.checked_by is None:
        return checked
    return f"{checked}, {day(home.checked_at)}, {home.checked_by.name}"


def address_in_words(home: Home) -> str:
    if home.has_protected_address:  # type: ignore[attr-defined]
        return PROTECTED
    return "An address is held." if home.has_open_address else ""  # type: ignore[attr-defined]


def _links_of_home(home: Home, child: Child) -> tuple[Link, ...]:
    links = _one("Write down the safety check", "check_home", child, home, f"of {home.name}")
    if home.has_open_address:  # type: ignore[attr-defined]
        links += _one("Show the address", "home_address", child, home, f"of {home.name}")
    return links + _one("No longer home", "end_home", child, home, home.name)


def _one(
    text: str,
    name: str,
    child: Child,
    row: CommunicationNeed | Home | KeyworkerAssignment | LegalReason | TeamMember,
    about: str,
) -> tuple[Link, ...]:
    return (Link(text=text, href=address_of(name, child, row.public_id), about=about),)
