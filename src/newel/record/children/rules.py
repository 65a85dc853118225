"""Ages and numbers, computed."""

from datetime import date

import nhs_number


def age_on(born_on: date, day: date) -> int:
    """Completed years; somebody born on 29 February has their birthday on 1 March otherwise."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (0 if had_birthday else 1)


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
