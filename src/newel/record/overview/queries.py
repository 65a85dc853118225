"""What the shift page reads: always the same number of queries, however many children."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children import queries as children
from newel.record.children.models import Child, UnitStay
from newel.record.establishments import queries as places
from newel.record.establishments.models import Unit
from newel.record.overview.models import LastHere
from newel.record.stairs.activators import one_page_queries
from newel.record.stairs.activators import queries as activators

# What each list shows of a child, as the audit has it: names of fields, never words.
SHIFT_SHOWS = ("changes", "expected_at", "preferred_name", "still_to_open", "to_confirm")
MY_CHILDREN_SHOWS = ("preferred_name", "unit")


@dataclass(frozen=True)
class ShiftChild:
    """One child as the shift sees them."""

    child: Child
    stay: UnitStay
    to_confirm: int
    changes: list[activators.Change]
    still_to_open: list[StaffMember]


def units(*, staff: StaffMember, at: datetime) -> list[Unit]:
    """Each with when this person was last there (`here_at`, `before_at`): one query for both."""
    last = LastHere.objects.filter(staff=staff, unit=OuterRef("pk"))
    return list(
        places.units_open_to(staff=staff, at=at).annotate(
            here_at=Subquery(last.values("here_at")), before_at=Subquery(last.values("before_at"))
        )
    )


def shift(
    *, unit: Unit, visible_to: StaffMember, at: datetime, since: datetime
) -> list[ShiftChild]:
    here = _here(unit=unit, visible_to=visible_to, at=at)
    found = [stay.child for stay in here]
    to_confirm = activators.to_confirm_by_child(children=found, on=timezone.localdate(at))
    changes = activators.changed_since(children=found, since=since)
    opening = one_page_queries.still_to_open_by_child(children=found, unit=unit, at=at)
    return [
        ShiftChild(
            child=stay.child,
            stay=stay,
            to_confirm=to_confirm.get(stay.child_id, 0),
            changes=changes.get(stay.child_id, []),
            still_to_open=opening.get(stay.child_id, []),
        )
        for stay in here
    ]


def _here(*, unit: Unit, visible_to: StaffMember, at: datetime) -> list[UnitStay]:
    """The stays on this unit that go on, of children whom this person reaches, by name."""
    stays = UnitStay.objects.filter(
        unit=unit, starts_at__lte=at, ends_at__isnull=True, stay__ended_at__isnull=True
    ).filter(child__in=children.children(visible_to=visible_to, at=at))
    return list(stays.select_related("stay", "child").order_by("child__name_key", "child_id"))


def my_children(*, staff: StaffMember, at: datetime) -> list[Child]:
    """For those without a unit: the children whose team they are in."""
    rows = UnitStay.objects.filter(ends_at__isnull=True).select_related("unit__setting", "stay")
    found = children.children(visible_to=staff, at=at)
    return list(found.prefetch_related(Prefetch("unit_stays", rows, to_attr="open_unit_stays")))
