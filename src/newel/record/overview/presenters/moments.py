"""A moment as somebody on a shift says it: "today at 6:45am"."""

from datetime import datetime

from django.utils import timezone

from newel.record.design_system.dates import MONTHS, time_of_day


def moment(at: datetime, *, now: datetime) -> str:
    local = timezone.localtime(at)
    days = (timezone.localdate(now) - local.date()).days
    clock = time_of_day(at)
    if days == 0:
        return f"today at {clock}"
    if days == 1:
        return f"yesterday at {clock}"
    if days == -1:
        return f"tomorrow at {clock}"
    return f"on {local.day} {MONTHS[local.month - 1]} at {clock}"
