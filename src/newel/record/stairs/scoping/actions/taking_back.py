"""What should not have been written down leaves the timeline and stays readable."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.stairs.scoping import policies
from newel.record.stairs.scoping.actions.writing import THINGS, locked
from newel.record.stairs.scoping.models import EventList, LifeEvent, PathwayPlace, TakenBack

Row = LifeEvent | PathwayPlace
One = TypeVar("One", LifeEvent, PathwayPlace)


@transaction.atomic
def take_back(*, row: One, by: StaffMember, at: datetime, reason: str) -> None:
    old = locked(row)
    policies.check_can_take_back(old, by)
    take_all_back([old], by=by, at=at, reason=reason)
    thing = THINGS[type(old)]
    audit.record(
        "take_back", thing=thing, thing_id=old.pk, child_id=old.child_id, fields=("is_current",)
    )


def take_all_back(
    rows: Sequence[Row],
    *,
    by: StaffMember,
    at: datetime,
    reason: str,
    from_list: EventList | None = None,
) -> int:
    TakenBack.objects.bulk_create(
        TakenBack(
            child_id=row.child_id,
            taken_back_by=by,
            taken_back_at=at,
            reason=reason,
            from_list=from_list,
            **{_column(row): row},
        )
        for row in rows
    )
    for model in (LifeEvent, PathwayPlace):
        ids = [row.pk for row in rows if isinstance(row, model)]
        model._default_manager.filter(pk__in=ids).update(is_current=False)
    return len(rows)


def _column(row: Row) -> str:
    return "event" if isinstance(row, LifeEvent) else "place"
