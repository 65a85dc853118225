"""Remembering when somebody was last here. Not about a child, and nobody else's business: it is
not in the audit, which holds the looks at records themselves."""

from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Unit
from newel.record.overview.models import LastHere


def come_to_shift(*, staff: StaffMember, unit: Unit, at: datetime, since: datetime) -> None:
    LastHere.objects.update_or_create(
        staff=staff, unit=unit, defaults={"here_at": at, "before_at": since}
    )
