"""What stands on one-page tests' pages: rows as the actions leave them, on any date."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.stairs.activators.models import KeepingSafe, Statement
from newel.record.stairs.activators.one_page import Known, Section, Sheet, sheet
from newel.record.stairs.activators.one_page_queries import Around, PageState

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
TODAY = NOON.date()


def days(count: int) -> timedelta:
    return timedelta(days=count)


def line_words(**given: Any) -> dict[str, Any]:
    """An agreed line that the child may read, said and confirmed on the day of the test."""
    confirmed_on: date = given.pop("confirmed_on", TODAY)
    return {
        "text": "Tell him who will be here tomorrow.",
        "kind": "helps",
        "area": "social",
        "time": "present",
        "said_by_role": "teacher",
        "said_on": confirmed_on,
        "confidence": "fairly_sure",
        "state": "agreed",
        "agreed_at": NOON,
        "confirmed_on": confirmed_on,
        "confirm_by": confirmed_on + days(90),
        "sharing_level": "child_open",
        "written_at": NOON,
        **given,
    }


def safe_words(**given: Any) -> dict[str, Any]:
    return {
        "part": "allergies",
        "text": "Nuts: his throat swells.",
        "next_review_on": TODAY + days(30),
        "live_plan_at": "SystmOne, health room",
        "sharing_level": "child_open",
        "written_at": NOON,
        **given,
    }


def line(child: Child, by: StaffMember, **given: Any) -> Statement:
    with acting(by.pk):
        words = line_words(**{"agreed_by": by, "written_by": by, **given})
        return Statement.objects.create(child=child, **words)


def safe_part(child: Child, by: StaffMember, **given: Any) -> KeepingSafe:
    with acting(by.pk):
        return KeepingSafe.objects.create(child=child, written_by=by, **safe_words(**given))


def some_sheet(*lines: dict[str, Any], **given: Any) -> Sheet:
    """David's page at noon, without a database, with these lines on it."""
    child = Child(preferred_name=given.pop("name", "David"), entered_at=NOON - days(3))
    child.open_unit_stays = []  # type: ignore[attr-defined]
    child.first_language = given.pop("first_language", "")
    child.interpreter_needed = given.pop("interpreter_needed", None)
    nurse = StaffMember(role="health_lead")
    around = {
        "formulated": True,
        "keyworkers": ("Minnie Omer",),
        "home_people": (),
        "names_of_other_children": (),
    }
    safe = given.pop("safe", ())
    state = given.pop("state", PageState())
    at = given.pop("at", NOON)
    known = Known(
        state=state,
        lines=[Statement(**line_words(**one)) for one in lines],
        safe=[KeepingSafe(written_by=nurse, **safe_words(**one)) for one in safe],
        around=Around(**{**around, **given}),
    )
    return sheet(child=child, known=known, at=at)


def texts(sections: tuple[Section, ...]) -> list[str]:
    return [line.text for section in sections for line in section.lines]
