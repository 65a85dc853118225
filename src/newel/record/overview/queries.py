"""What the shift page reads: always the same number of queries, however many children."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries as children
from newel.record.children.models import Child, UnitStay
from newel.record.establishments import queries as places
from newel.record.establishments.models import Unit
from newel.record.overview.models import LastHere
from newel.record.stairs.activators import one_page_queries
from newel.record.stairs.activators import queries as activators


@dataclass(frozen=True)
class ShiftChild:
    """One child as the shift sees them."""

    child: Child
    stay: UnitStay
    to_confirm: int
    changes: list[activators.Change]
    still_to_open: list[StaffMember]


def units(*, staff: StaffMember, at: datetime) -> list[Unit]:
    return list(places.units_open_to(staff=staff, at=at))


def last_here(*, staff: StaffMember, unit: Unit) -> LastHere | None:
    return LastHere.objects.filter(staff=staff, unit=unit).first()


def shift(
    *, unit: Unit, visible_to: StaffMember, at: datetime, since: datetime
) -> list[ShiftChild]:
    here = UnitStay.objects.filter(unit=unit, ends_at__isnull=True).select_related("stay")
    found = list(
        children.on_unit(unit=unit, visible_to=visible_to, at=at).prefetch_related(
            Prefetch("unit_stays", queryset=here, to_attr="here")
        )
    )
    to_confirm = activators.to_confirm_by_child(children=found, on=timezone.localdate(at))
    if not visible_to.may(Capability.READ_RECORD):
        to_confirm = {}  # who reads the one page alone cannot open what is to be confirmed
    changes = activators.changed_since(children=found, since=since)
    opening = one_page_queries.still_to_open_by_child(children=found, unit=unit, at=at)
    return [
        ShiftChild(
            child=child,
            stay=child.here[0],
            to_confirm=to_confirm.get(child.pk, 0),
            changes=changes.get(child.pk, []),
            still_to_open=opening.get(child.pk, []),
        )
        for child in found
        if child.here
    ]


def my_children(*, staff: StaffMember, at: datetime) -> list[Child]:
    """For those without a unit: the children whose team they are in."""
    rows = UnitStay.objects.filter(ends_at__isnull=True).select_related("unit__setting", "stay")
    found = children.children(visible_to=staff, at=at)
    return list(found.prefetch_related(Prefetch("unit_stays", rows, to_attr="open_unit_stays")))
