"""A setting says when its shifts begin."""

from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.establishments.models import Setting
from newel.record.overview import policies
from newel.record.overview.models import ShiftTimes
from newel.record.overview.rules import Times


@transaction.atomic
def set_shift_times(*, setting: Setting, times: Times, by: StaffMember, at: datetime) -> ShiftTimes:
    """From now on. A shift that was already taken over keeps the hour at which it began."""
    policies.check_times(times)
    saved, _ = ShiftTimes.objects.update_or_create(
        setting=setting,
        defaults={
            "early": times.early,
            "late": times.late,
            "night": times.night,
            "confirmed_by": by,
            "confirmed_at": at,
        },
    )
    audit.record(
        "set_shift_times", thing="setting", thing_id=setting.pk, fields=("early", "late", "night")
    )
    return saved
