"""Seasons, feasts, terms and school years as days. What they mean is data, not code."""

from datetime import date, timedelta
from typing import Any

from newel.definitions import read
from newel.record.stairs.scoping.rules.dates import When, birthday, last_day

WORDS: dict[str, Any] = read("understanding/when_in_words.yaml")
RECEPTION = 0


def season(name: str, year: int) -> When:
    """A winter is named after the year in which it begins: both of its years have to be said."""
    first, last = WORDS["seasons"][name]
    return _months(year, first, year + 1 if last < first else year, last)


def either_winter(year: int) -> When:
    """ "Winter 2014" may be the one that began or the one that ended then."""
    return When.between(
        season("winter", year - 1).starts_on or date.min,
        season("winter", year).ends_on or date.max,
    )


def part_of_year(name: str, year: int) -> When:
    first, last = WORDS["parts_of_a_year"][name]
    return _months(year, first, year, last)


def _months(first_year: int, first: int, last_year: int, last: int) -> When:
    end = last_day("month", date(last_year, last, 1))
    return When.between(date(first_year, first, 1), end)


def feast(name: str, year: int) -> When | None:
    if name in WORDS["easter"]:
        first, last = (easter(year) + timedelta(days=days) for days in WORDS["easter"][name])
    elif name in WORDS["feasts"]:
        first, last = (date(year, *month_day) for month_day in WORDS["feasts"][name])
    else:
        return None
    return When.exact(first) if first == last else When.between(first, last)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar."""
    golden, century = year % 19, year // 100
    leap = century - century // 4
    moon = (leap - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - leap) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


def school_year_starting(year: int) -> tuple[date, date]:
    begins = date(year, *WORDS["school_years"]["begins"])
    return begins, begins.replace(year=year + 1) - timedelta(days=1)


def school_year(number: int, born_on: date) -> tuple[date, date]:
    """The school year in which a child of this age is in reception (0) or in year `number`."""
    month, day = WORDS["school_years"]["begins"]
    turned = birthday(born_on, WORDS["school_years"]["reception_after_age"])
    first = turned.year + (turned >= date(turned.year, month, day))
    return school_year_starting(first + number)


def school(name: str, born_on: date) -> When:
    first, last = WORDS["schools"][name]
    return When.between(school_year(first, born_on)[0], school_year(last, born_on)[1])


def term(name: str, *, year: int) -> When:
    first, last = (date(year, *month_day) for month_day in WORDS["terms"][name])
    return When.between(first, last)


def term_of(name: str, begins: date) -> When:
    """Of the school year that begins on this day."""
    return term(name, year=begins.year if name == "autumn" else begins.year + 1)


def stage(name: str, born_on: date) -> When:
    first, end = WORDS["stages"][name]
    return months_of_age(first, end, born_on)


def months_of_age(first: int, end: int, born_on: date) -> When:
    """From this many months of age up to, and not including, that many."""
    return When.between(_later(born_on, first), _later(born_on, end) - timedelta(days=1))


def _later(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = last_day("month", date(year, month + 1, 1))
    return min(date(year, month + 1, min(on.day, 28)) + timedelta(days=max(on.day - 28, 0)), last)
