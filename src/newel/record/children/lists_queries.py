"""Several children at once, as lists show them: always the same number of queries, with SQL that
is made once in a process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from newel.record.access.compiled import Compiled, is_among
from newel.record.access.models import StaffMember
from newel.record.children import queries
from newel.record.children.models import Child, UnitStay
from newel.record.establishments.models import Unit


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a child is, or is expected."""

    unit: str
    setting: str
    has_arrived: bool


@dataclass(frozen=True, kw_only=True)
class Placed:
    child: Child
    place: Place | None


def placed(*, ids: Sequence[int], visible_to: StaffMember, at: datetime) -> list[Placed]:
    """Of these children the ones whom this person reaches, and where they are. One query."""
    if not _reaches_anybody(visible_to, at):
        return []
    asked = {"staff": visible_to.pk, "at": at, "today": timezone.localdate(at)}
    return [
        Placed(child=one, place=Place(**one.place) if one.place else None)
        for one in _THOSE.models(ids=list(ids), **asked)
    ]


def _those() -> QuerySet[Child]:
    stays = UnitStay.objects.filter(child=OuterRef("pk"), ends_at__isnull=True).values(
        place=JSONObject(
            unit="unit__name",
            setting="unit__setting__name",
            has_arrived=Q(stay__arrived_at__isnull=False),
        )
    )
    reached = queries.children(visible_to=_somebody(), at=_STAND_INS["at"])
    return reached.filter(is_among("pk", _IDS)).annotate(place=Subquery(stays[:1]))


def stays_on_unit(*, unit: Unit, visible_to: StaffMember, at: datetime) -> list[UnitStay]:
    """The stays on a unit that go on, of children whom this person reaches, by name: each with its
    child, and the child's communication needs as `needs_now`."""
    if not _reaches_anybody(visible_to, at):
        return []
    asked = {"staff": visible_to.pk, "at": at, "today": timezone.localdate(at)}
    return _ON_UNIT.models(unit=unit.pk, **asked)


def _on_unit() -> QuerySet[UnitStay]:
    at: datetime = _STAND_INS["at"]
    here = UnitStay.objects.filter(
        unit=_UNIT, starts_at__lte=at, ends_at__isnull=True, stay__ended_at__isnull=True
    )
    reached = here.filter(child__in=queries.children(visible_to=_somebody(), at=at))
    found = reached.select_related("stay", "child").order_by("child__name_key", "child_id")
    return found.annotate(needs_now=queries.needs_now("child"))


def _reaches_anybody(staff: StaffMember, at: datetime) -> bool:
    return staff.is_open(at=at) and staff.reads_children


def _somebody() -> StaffMember:
    somebody = StaffMember(pk=_STAND_INS["staff"], is_active=True)
    somebody.reads_children = True
    return somebody


_STAND_INS: dict[str, Any] = {
    "staff": -7150,
    "at": datetime(1901, 2, 3, 12, tzinfo=UTC),
    "today": date(1901, 2, 3),
}
_IDS, _UNIT = (-7184,), -7182
_THOSE = Compiled(_those, _STAND_INS | {"ids": _IDS})
_ON_UNIT = Compiled(_on_unit, _STAND_INS | {"unit": _UNIT})
