"""An event and an entry with everything said, for tests to vary."""

from datetime import UTC, datetime
from typing import Any

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.stairs.scoping import actions, queries
from newel.record.stairs.scoping.models import LifeEvent, ScopingEntry
from newel.record.stairs.scoping.rules import When

NOW = datetime.now(UTC)
EVENT: dict[str, Any] = {
    "title": "Moved to Salem House",
    "text": "Sent by his stepfather in the holidays.",
    "kind": "moving",
    "when": When.month(2022, 8),
    "source": "social work chronology",
    "whose_words": "adult",
    "sharing_level": "team",
}
ENTRY: dict[str, Any] = {
    "text": "He walked out three times at night.",
    "source": "social work chronology",
    "whose_words": "adult",
    "sharing_level": "team",
}
FORM = {
    "title": "Moved to Salem House",
    "text": "Sent by his stepfather.",
    "precision": "month",
    "month": "August 2022",
    "kind": "moving",
    "source": "social work chronology",
    "whose_words": "adult",
    "sharing_level": "team",
}
ENTRY_FORM = {**ENTRY}


def event(child: Child, by: StaffMember, **changes: Any) -> LifeEvent:
    with acting(by.pk):
        return actions.write_event(child=child, by=by, at=NOW, **{**EVENT, **changes})


def changed(row: LifeEvent, by: StaffMember, **changes: Any) -> LifeEvent:
    with acting(by.pk):
        return actions.change_event(event=row, by=by, at=NOW, **{**EVENT, **changes})


def entry(child: Child, by: StaffMember, part: str = "resources", **changes: Any) -> ScopingEntry:
    with acting(by.pk):
        return actions.write_entry(child=child, by=by, at=NOW, part=part, **{**ENTRY, **changes})


def titles(child: Child, person: StaffMember) -> list[str]:
    with acting(person.pk):
        return [one.title for one in queries.events(child=child, visible_to=person)]


def titles_in_database(child: Child, person: StaffMember) -> set[str]:
    """Lock four alone: a query that forgot its filter."""
    with acting(person.pk):
        return set(LifeEvent.objects.filter(child=child).values_list("title", flat=True))


def last_audit(act: str) -> AuditEvent:
    return AuditEvent.objects.filter(act=act).latest("pk")
