"""Who took a shift over, and what has been told since then."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

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
    rows = Takeover.objects.filter(unit=unit, shift_starts_at__gte=shift.starts_at)
    found = rows.select_related("staff").order_by("taken_at", "pk")
    return TakingOver(shift=shift, taken=tuple(_taken(row) for row in found))


def taken_rows(*, unit: Unit, shift: Shift) -> list[Taken]:
    """Who took over this shift, and those before it, back to the last that somebody took over who
    reads the whole record."""
    mine = Takeover.objects.filter(unit=unit)
    earlier = mine.filter(shift_starts_at__lt=shift.starts_at)
    whole = earlier.filter(staff__role__in=RECORD_READING_ROLES).order_by("-shift_starts_at")
    latest = Coalesce(
        Subquery(whole.values("shift_starts_at")[:1]), Value(shift.starts_at - FIRST_LOOK_BACK)
    )
    rows = mine.filter(shift_starts_at__gte=latest).order_by("taken_at", "pk")
    return [_taken(row) for row in rows.select_related("staff")]


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
