"""How a day and a time are written on every screen: "3 November 2026", "6:45am"."""

from datetime import date, datetime, time

from django.utils import timezone

MONTHS = (
    "January February March April May June July August September October November December".split()
)


def day(value: date | None) -> str:
    """3 November 2026"""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | None) -> str:
    """3 Nov 2026"""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def time_of_day(value: datetime | time | None) -> str:
    """6:45am"""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value)
    hour = value.hour % 12 or 12
    return f"{hour}:{value.minute:02}{'am' if value.hour < 12 else 'pm'}"


def day_time(value: datetime | None) -> str:
    """3 November 2026 at 6:45am"""
    if value is None:
        return ""
    return f"{day(value)} at {time_of_day(value)}"


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
