"""Who took a shift over, and what has been told since then."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from newel.record.access.compiled import Compiled
from newel.record.access.roles import RECORD_READING_ROLES, Capability
from newel.record.establishments.models import Unit
from newel.record.overview.models import Takeover
from newel.record.overview.queries.shift_times import shift_times
from newel.record.overview.rules import FIRST_LOOK_BACK, Shift, Taken, shift_to_take_over


@dataclass(frozen=True, kw_only=True)
class TakingOver:
    """How it stands with taking over: which shift, by whom so far, and whose work it is."""

    shift: Shift
    taken: tuple[Taken, ...]


def taking_over(*, unit: Unit, at: datetime) -> TakingOver:
    shift = shift_to_take_over(at, shift_times(setting=unit.setting))
    rows = _OF_THIS_SHIFT.models(unit=unit.pk, starts_at=shift.starts_at)
    return TakingOver(shift=shift, taken=tuple(_taken(row) for row in rows))


def taken_rows(*, unit: Unit, shift: Shift) -> list[Taken]:
    """Who took over this shift, and those before it, back to the last that somebody took over who
    reads the whole record."""
    back_to = shift.starts_at - FIRST_LOOK_BACK
    rows = _AND_BEFORE.models(unit=unit.pk, starts_at=shift.starts_at, back_to=back_to)
    return [_taken(row) for row in rows]


def _rows_of_unit() -> QuerySet[Takeover]:
    rows = Takeover.objects.filter(unit=_UNIT).select_related("staff")
    rows = rows.defer("staff__password", "staff__email")
    return rows.order_by("taken_at", "pk")


def _of_this_shift() -> QuerySet[Takeover]:
    return _rows_of_unit().filter(shift_starts_at__gte=_STARTS_AT)


def _and_before() -> QuerySet[Takeover]:
    earlier = Takeover.objects.filter(unit=_UNIT, shift_starts_at__lt=_STARTS_AT)
    whole = earlier.filter(staff__role__in=RECORD_READING_ROLES).order_by("-shift_starts_at")
    latest = Coalesce(Subquery(whole.values("shift_starts_at")[:1]), Value(_BACK_TO))
    return _rows_of_unit().filter(shift_starts_at__gte=latest)


_UNIT = -7191
_STARTS_AT, _BACK_TO = (datetime(1901, 2, day, 12, tzinfo=UTC) for day in (3, 4))
_STAND_INS: dict[str, Any] = {"unit": _UNIT, "starts_at": _STARTS_AT}
_OF_THIS_SHIFT = Compiled(_of_this_shift, _STAND_INS)
_AND_BEFORE = Compiled(_and_before, _STAND_INS | {"back_to": _BACK_TO})


def _taken(row: Takeover) -> Taken:
    return Taken(
        staff_id=row.staff_id,
        name=row.staff.name,
        shift=row.shift,
        shift_starts_at=row.shift_starts_at,
        taken_at=row.taken_at,
        read_until=row.read_until,
        read_all=row.staff.may(Capability.READ_RECORD),
    )
