"""What the shift page reads: always the same number of queries, however many children."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import lists_queries
from newel.record.children import queries as children
from newel.record.children.models import Child, UnitStay
from newel.record.children.models.visible_to import running
from newel.record.establishments import queries as places
from newel.record.establishments.models import Post, Unit
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
    """Each with the shift times of its setting, whether this person's post is this unit, and when
    they were here: now (`here_at`) and before that (`before_at`). A unit that looks after nobody
    comes last: nobody should begin a shift on an empty page."""
    return _UNITS.models(staff=staff.pk, at=at)


def _units() -> QuerySet[Unit]:
    staff, at = StaffMember(pk=_STAND_INS["staff"]), _STAND_INS["at"]
    posts = Post.objects.now(at).filter(staff=staff, unit=OuterRef("pk"))
    found = places.units_open_to(staff=staff, at=at).select_related("setting__shift_times")
    visits = LastHere.objects.filter(staff=staff, unit=OuterRef("pk"))
    here = UnitStay.objects.filter(running(at), unit=OuterRef("pk"), stay__ended_at=None)
    return found.order_by(~Exists(here), "setting_id", "name_key").annotate(
        is_mine=Exists(posts),
        here_at=Subquery(visits.values("here_at")),
        before_at=Subquery(visits.values("before_at")),
    )


# Whoever opens a shift or a handover is asked for their units first: the SQL is made once.
_STAND_INS: dict[str, Any] = {"staff": -7190, "at": datetime(1901, 2, 3, 12, tzinfo=UTC)}
_UNITS = Compiled(_units, _STAND_INS)


def unit_open_to(*, staff: StaffMember, at: datetime, public_id: str) -> Unit | None:
    return next((u for u in units(staff=staff, at=at) if u.public_id == public_id), None)


def works_on(unit: Unit) -> bool:
    """Whether whom `units` was asked for works on this unit, and not only in its setting."""
    return bool(unit.is_mine)  # type: ignore[attr-defined]


def shift(
    *, unit: Unit, visible_to: StaffMember, at: datetime, since: datetime
) -> list[ShiftChild]:
    here = lists_queries.stays_on_unit(unit=unit, visible_to=visible_to, at=at)
    found = [stay.child for stay in here]
    to_confirm = activators.to_confirm_by_child(children=found, on=timezone.localdate(at))
    if not visible_to.may(Capability.READ_RECORD):
        to_confirm = {}  # who reads the one page alone cannot open what is to be confirmed
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


def my_children(*, staff: StaffMember, at: datetime) -> list[Child]:
    """For those without a unit: the children whose team they are in."""
    rows = UnitStay.objects.filter(ends_at__isnull=True).select_related("unit__setting", "stay")
    found = children.children(visible_to=staff, at=at)
    return list(found.prefetch_related(Prefetch("unit_stays", rows, to_attr="open_unit_stays")))
