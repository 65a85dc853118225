"""The day that a cell tells. Never guessed: where the order is not told, it is asked for."""

import re
from datetime import date, datetime

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2}) ?[/.\-] ?(\d{1,2}) ?[/.\-] ?(\d{4})", re.ASCII)
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%B %d, %Y")


def needs_an_order(told: str) -> bool:
    """Whether it is three numbers of which nothing says which is the month."""
    return bool(_NUMBERS.fullmatch(told.strip()))


def day_told(told: str, order: str = "") -> date | None:
    """The day, or None where it cannot be read: 2026-11-03, 3 November 2026; with an order also
    3/11/2026."""
    told = " ".join(told.split())
    if match := _ISO.fullmatch(told):
        return _day(match[1], match[2], match[3])
    if match := _NUMBERS.fullmatch(told):
        first, second, year = match.groups()
        if order == DAY_FIRST:
            return _day(year, second, first)
        return _day(year, first, second) if order == MONTH_FIRST else None
    return _in_words(told)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_words(told: str) -> date | None:
    for shape in _IN_WORDS:
        try:
            return datetime.strptime(told, shape).date()
        except ValueError:
            continue
    return None
