"""What a statement says in these tests, and how one is written and agreed."""

from datetime import UTC, date, datetime
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import Statement

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

DOOR: dict[str, Any] = {
    "text": "When a door is locked behind him he shouts and hits the wall.",
    "kind": "sets_off",
    "area": "psychological",
    "time": "present",
    "said_by_role": "keyworker",
    "said_on": date(2026, 11, 1),
    "confidence": "fairly_sure",
}


def draft(child: Child, by: StaffMember, *, at: datetime = MONDAY, **wording: Any) -> Statement:
    return actions.write_statement(child=child, by=by, at=at, **{**DOOR, **wording})


def agreed(child: Child, by: StaffMember, *, at: datetime = MONDAY, **wording: Any) -> Statement:
    written = draft(child, by, at=at, **wording)
    return actions.agree_statement(statement=written, by=by, at=at)
