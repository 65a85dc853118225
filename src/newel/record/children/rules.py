"""Ages and numbers, computed."""

from collections.abc import Iterable
from datetime import date, timedelta

import nhs_number

_A_DAY = timedelta(days=1)


def age_on(born_on: date, day: date) -> int:
    """Completed years; somebody born on 29 February has their birthday on 1 March otherwise."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


def how_long(first: date, last: date) -> str:
    """The time between two days as people say it: "6 weeks", "10 months", "2 years"."""
    days = max((last - first).days, 0)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months >= 24:
        return f"{months // 12} years"
    if months >= 3:
        return f"{months} months"
    if days >= 14:
        return f"{days // 7} weeks"
    return "1 day" if days == 1 else f"{days} days"


class NotAnNhsNumber(ValueError):
    """The message says what is wrong, for the person who typed it."""


def checked_nhs_number(typed: str) -> str:
    """Ten digits that pass the check, and are not one digit ten times (which passes too)."""
    digits = "".join(c for c in typed if not c.isspace() and c != "-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) != 10:
        raise NotAnNhsNumber("An NHS number has 10 digits, like 999 000 0018.")
    if len(set(digits)) == 1:
        raise NotAnNhsNumber("The same digit ten times is not an NHS number.")
    if not nhs_number.is_valid(digits):
        raise NotAnNhsNumber("This is not a valid NHS number. Check each digit.")
    return digits


def days_without(
    spans: Iterable[tuple[date, date | None]], *, first: date, last: date
) -> list[tuple[date, date]]:
    """The stretches of days, from the first to the last, that none of these spans covers."""
    gaps, uncovered = [], first
    for starts_on, ends_on in sorted(spans, key=lambda span: span[0]):
        if starts_on > last:
            break
        if starts_on > uncovered:
            gaps.append((uncovered, starts_on - _A_DAY))
        if ends_on is None:
            return gaps
        uncovered = max(uncovered, ends_on + _A_DAY)
    if uncovered <= last:
        gaps.append((uncovered, last))
    return gaps
