"""Remembering when somebody was last here. Not about a child, and nobody else's business: it is
not in the audit, which holds the looks at records themselves."""

from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Unit
from newel.record.overview.models import LastHere


def come_to_shift(*, staff: StaffMember, unit: Unit, at: datetime, since: datetime) -> None:
    LastHere.objects.bulk_create(
        [LastHere(staff=staff, unit=unit, here_at=at, before_at=since)],
        update_conflicts=True,
        unique_fields=["staff", "unit"],
        update_fields=["here_at", "before_at"],
    )
