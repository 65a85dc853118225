"""How a day and a time are written on every screen: "3 November 2026", "6:45am"."""

from datetime import date, datetime, time
from typing import TypeVar, cast

from django.utils import timezone

AnyDate = TypeVar("AnyDate", bound=date)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
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
    local = _local(value) if isinstance(value, datetime) else value
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"


def clock_time(value: datetime) -> str:
    """1:15am; and which of the two, in the hour that the clocks of October go through twice."""
    local = timezone.localtime(value)
    other = local.replace(fold=1 - local.fold)
    if local.utcoffset() == other.utcoffset():
        return time_of_day(value)
    turned = "before" if local.fold == 0 else "after"
    return f"{time_of_day(value)}, {turned} the clocks go back"


def day_time(value: datetime | None) -> str:
    """3 November 2026 at 6:45am"""
    if value is None:
        return ""
    return f"{day(value)} at {time_of_day(value)}"


def _local(value: AnyDate) -> AnyDate:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return cast(AnyDate, timezone.localtime(value, timezone.get_default_timezone()))
    return value
