"""When a shift ends, from a time on the clock."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from newel.definitions import read

RULES = "places/one_shift.yaml"


class TooLong(ValueError):
    """Further away than the longest shift."""


def longest() -> timedelta:
    return timedelta(hours=read(RULES)["longest_hours"])


def listed_for() -> timedelta:
    return timedelta(days=read(RULES)["listed_for_days"])


def next_time(clock: time, *, after: datetime) -> datetime:
    """The next moment at which the clock on the wall shows this time.

    In the hour that the clocks of October go through twice, the first of the two that is to come.
    """
    today = timezone.localdate(after)
    for day in (today, today + timedelta(days=1)):
        for fold in (0, 1):
            moment = timezone.make_aware(datetime.combine(day, clock).replace(fold=fold))
            if moment > after:
                return moment.astimezone(UTC)
    raise AssertionError("A day has every time on the clock.")


def end_of_shift(clock: time, *, after: datetime) -> datetime:
    end = next_time(clock, after=after)
    if end - after > longest():
        raise TooLong
    return end
