"""Ages and numbers, computed."""

from datetime import date

import nhs_number


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
