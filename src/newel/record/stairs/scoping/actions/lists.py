"""A list of events comes in, whole or not at all, and can be taken back as a whole (H27)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.scoping import policies
from newel.record.stairs.scoping.actions.places import between
from newel.record.stairs.scoping.actions.taking_back import take_all_back
from newel.record.stairs.scoping.actions.writing import dated, shared
from newel.record.stairs.scoping.models import EventList, LifeEvent, PathwayPlace
from newel.record.stairs.scoping.rules import When

UNKNOWN = When.unknown()


@dataclass(frozen=True, kw_only=True)
class Brought:
    """One line of a list, understood. A place has both its ends; an event has `when`."""

    kind: str
    title: str
    when: When
    text: str = ""
    source: str = ""
    whose_words: str = "adult"
    sharing_level: str = "team"
    original: str = ""
    is_place: bool = False
    starts: When = UNKNOWN
    ends: When = UNKNOWN
    still: bool = False


@transaction.atomic
def bring_list(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    how: str,
    lines: Sequence[Brought],
    source: str,
    whose_words: str = "adult",
    sharing_level: str = "team",
    named_readers: Iterable[StaffMember] = (),
    file_name: str = "",
    left_out: int = 0,
) -> EventList:
    """Three inserts and one event of the audit, however long the list is."""
    named = list(named_readers)
    levels = {line.sharing_level for line in lines} | {sharing_level}
    shares = {level: shared(level, named, by) for level in levels}
    written = {"child": child, "written_by": by, "written_at": at}
    brought = EventList.objects.create(
        how=how, file_name=file_name[:200], source=source, whose_words=whose_words,
        line_count=len(lines), left_out_count=left_out, **written, **shares[sharing_level],
    )  # fmt: skip
    both = {"from_list": brought} | written
    LifeEvent.objects.bulk_create(
        LifeEvent(**both, **_event(child, line, at), **shares[line.sharing_level])
        for line in lines
        if not line.is_place
    )
    PathwayPlace.objects.bulk_create(
        PathwayPlace(**both, **_place(child, line, at), **shares[line.sharing_level])
        for line in lines
        if line.is_place
    )
    fields = ("source", "line_count", "left_out_count")
    audit.record(
        "bring_list", thing="event_list", thing_id=brought.pk, child_id=child.pk, fields=fields
    )
    return brought


def _event(child: Child, line: Brought, at: datetime) -> dict[str, Any]:
    return {"title": line.title} | _said(line) | dated(child, line.kind, line.when, at)


def _place(child: Child, line: Brought, at: datetime) -> dict[str, Any]:
    named = {"name": line.title, "kind": line.kind} | _said(line)
    return named | between(child, line.starts, line.ends, line.still, at)


def _said(line: Brought) -> dict[str, Any]:
    names = ("text", "source", "whose_words", "original")
    return {name: getattr(line, name) for name in names}


@transaction.atomic
def take_back_list(*, event_list: EventList, by: StaffMember, at: datetime, reason: str) -> int:
    """Takes back what still stands as it was brought. What somebody has changed since stays.

    Returns how many were taken back.
    """
    brought = EventList.objects.select_for_update().get(pk=event_list.pk)
    policies.check_can_take_back_list(brought, by)
    as_brought = {"from_list": brought, "is_current": True, "replaces": None}
    events = list(LifeEvent.objects.select_for_update().filter(**as_brought))
    places = list(PathwayPlace.objects.select_for_update().filter(**as_brought))
    rows: list[LifeEvent | PathwayPlace] = [*events, *places]
    mine = [row for row in rows if policies.can_take_back(row, by)]
    taken = take_all_back(mine, by=by, at=at, reason=reason, from_list=brought)
    EventList.objects.filter(pk=brought.pk).update(is_current=False)
    audit.record(
        "take_back_list", thing="event_list", thing_id=brought.pk, child_id=brought.child_id,
        fields=("is_current",),
    )  # fmt: skip
    return taken
