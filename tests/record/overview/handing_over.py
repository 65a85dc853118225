"""Writing into records and taking over, for the tests of the handover."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.establishments.models import Unit
from newel.record.overview import actions, queries, rules
from newel.record.overview.rules import PROPOSED, Shift
from newel.record.stairs.activators import actions as activators
from newel.record.stairs.activators.models import Statement
from tests.cast import Cast

MINUTE = timedelta(minutes=1)
HELPS = "Reading aloud with the door open."


def now() -> datetime:
    return datetime.now(UTC)


def address(unit: Unit) -> str:
    return reverse("overview:unit_handover", args=[unit.public_id])


def read(browser: Client, unit: Unit) -> str:
    return browser.get(address(unit)).content.decode()


def shift_now() -> Shift:
    return rules.shift_to_take_over(now(), PROPOSED)


def shift_before(count: int = 1) -> Shift:
    shift = shift_now()
    for _ in range(count):
        shift = rules.shift_at(shift.starts_at - MINUTE, PROPOSED)
    return shift


def take_over_before(cast: Cast, by: StaffMember, *, ago: timedelta, shifts: int = 1) -> None:
    """Somebody took over an earlier shift, and has read everything until so long ago."""
    at = now() - ago
    with acting(by.pk):
        actions.take_over(
            unit=cast.rookery, shift=shift_before(shifts), by=by, at=at, read_until=at
        )


def draft(cast: Cast, at: datetime | None = None, **wording: Any) -> Statement:
    at = at or now()
    said = {
        "text": HELPS,
        "kind": "helps",
        "area": "psychological",
        "time": "present",
        "said_by_role": "keyworker",
        "said_on": at.date(),
        "confidence": "fairly_sure",
        "sharing_level": "team",
    }
    with acting(cast.chillip.pk):
        return activators.write_statement(
            child=cast.david, by=cast.chillip, at=at, **{**said, **wording}
        )


def agreed(cast: Cast, at: datetime | None = None, **wording: Any) -> Statement:
    written = draft(cast, at=at, **wording)
    with acting(cast.chillip.pk):
        return activators.agree_statement(statement=written, by=cast.chillip, at=at or now())


def note(cast: Cast, by: StaffMember, text: str = "He slept badly.", **more: Any) -> Any:
    with acting(by.pk):
        given = {"at": now(), "unit": cast.rookery, **more}
        return actions.write_note(child=cast.david, by=by, text=text, **given)


def taken(cast: Cast) -> list[str]:
    """Who took this shift over on Rookery."""
    with acting(cast.trotwood.pk):
        rows = queries.taken_rows(unit=cast.rookery, shift=shift_now())
    return [row.name for row in rows if row.shift_starts_at == shift_now().starts_at]
