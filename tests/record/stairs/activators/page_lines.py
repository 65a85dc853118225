"""What stands on one-page tests' pages: rows as the actions leave them, on any date."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.stairs.activators.models import KeepingSafe, Statement

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
TODAY = NOON.date()


def days(count: int) -> timedelta:
    return timedelta(days=count)


def line(child: Child, by: StaffMember, **given: Any) -> Statement:
    """An agreed line that the child may read, said and confirmed on the day of the test."""
    confirmed_on: date = given.pop("confirmed_on", TODAY)
    values: dict[str, Any] = {
        "text": "Tell him who will be here tomorrow.",
        "kind": "helps",
        "area": "social",
        "time": "present",
        "said_by_role": "teacher",
        "said_on": confirmed_on,
        "confidence": "fairly_sure",
        "state": "agreed",
        "agreed_by": by,
        "agreed_at": NOON,
        "confirmed_on": confirmed_on,
        "confirm_by": confirmed_on + days(90),
        "sharing_level": "child_open",
        "written_by": by,
        "written_at": NOON,
    }
    with acting(by.pk):
        return Statement.objects.create(child=child, **{**values, **given})


def safe_part(child: Child, by: StaffMember, **given: Any) -> KeepingSafe:
    values: dict[str, Any] = {
        "part": "allergies",
        "text": "Nuts: his throat swells.",
        "next_review_on": TODAY + days(30),
        "live_plan_at": "SystmOne, health room",
        "sharing_level": "child_open",
        "written_by": by,
        "written_at": NOON,
    }
    with acting(by.pk):
        return KeepingSafe.objects.create(child=child, **{**values, **given})
