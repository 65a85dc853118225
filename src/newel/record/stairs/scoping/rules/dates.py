"""When something happened, as exactly as it is known, and how old the child was then."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from newel.record.children.rules import age_on
from newel.record.design_system.dates import MONTHS, day

FIRST_YEAR = 1900
OLDEST_AGE = 25
# What may have happened before the child was born: a parent's death is part of a life. What has
# no kind yet may be one of these.
KINDS_BEFORE_BIRTH = frozenset({"home", "family", "loss", ""})
NOBODY_KNOWS = "Nobody knows when"
BEFORE_BIRTH = "before birth"


class NotADate(ValueError):
    """The message says what is wrong, for the person who typed it."""


class Span(NamedTuple):
    """The first and last day on which it can have happened; neither when nobody knows."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, kw_only=True)
class When:
    """When it happened as somebody said it. `words` keeps how they put it."""

    precision: str
    starts_on: date | None = None
    ends_on: date | None = None
    age: int | None = None
    words: str = ""

    @classmethod
    def exact(cls, on: date, words: str = "") -> "When":
        return cls(precision="exact", starts_on=on, words=words)

    @classmethod
    def month(cls, year: int, month: int, words: str = "") -> "When":
        return cls(precision="month", starts_on=_first_day(year, month), words=words)

    @classmethod
    def year(cls, year: int, words: str = "") -> "When":
        return cls(precision="year", starts_on=_first_day(year, 1), words=words)

    @classmethod
    def about_age(cls, age: int, words: str = "") -> "When":
        if not 0 <= age <= OLDEST_AGE:
            raise NotADate(f"Use an age from 0 to {OLDEST_AGE}")
        return cls(precision="about_age", age=age, words=words)

    @classmethod
    def between(cls, first: date, last: date, words: str = "") -> "When":
        if last < first:
            raise NotADate("The first day has to be before the last")
        return cls(precision="between", starts_on=first, ends_on=last, words=words)

    @classmethod
    def unknown(cls, words: str = "") -> "When":
        return cls(precision="unknown", words=words)


def _first_day(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate("The month must be a number from 1 to 12, or its name")
    if not 1 <= year <= 9999:
        raise NotADate("The year must have 4 numbers, like 2014")
    return date(year, month, 1)


def span(when: When, *, born_on: date | None) -> Span:
    """The days it can have been. About an age: from that birthday to the day before the next."""
    if when.precision == "unknown":
        return Span(None, None)
    if when.precision == "about_age":
        return _year_of_age(when.age or 0, born_on)
    first = when.starts_on
    if first is None:
        raise NotADate("Enter when it happened")
    return Span(first, when.ends_on or last_day(when.precision, first))


def _year_of_age(age: int, born_on: date | None) -> Span:
    if born_on is None:
        raise NotADate(
            "The date of birth is not known, so an age cannot be placed. Choose another way to "
            "say when, and put the age in the words below"
        )
    return Span(birthday(born_on, age), birthday(born_on, age + 1) - timedelta(days=1))


def birthday(born_on: date, age: int) -> date:
    """Somebody born on 29 February has their birthday on 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def last_day(precision: str, first: date) -> date:
    if precision == "exact":
        return first
    if precision == "year" or first.month == 12:
        return date(first.year, 12, 31)
    return date(first.year, first.month + 1, 1) - timedelta(days=1)


def checked(
    when: When, *, kind: str, born_on: date | None, today: date, name: str = "the child"
) -> Span:
    """The span, if such a thing can have happened then."""
    found = span(when, born_on=born_on)
    if found.earliest is None or found.latest is None:
        return found
    if found.earliest.year < FIRST_YEAR:
        raise NotADate(f"The timeline begins in {FIRST_YEAR}. Check the year")
    if found.earliest > today:
        raise NotADate(
            f"This is after today, {day(today)}. The timeline holds what has already happened"
        )
    if born_on and found.latest < born_on and kind not in KINDS_BEFORE_BIRTH:
        raise NotADate(
            f"This is before {name} was born, on {day(born_on)}. Check the date. Only home, family "
            "and loss can be earlier"
        )
    return found


def known_span(
    precision: str,
    earliest: date | None,
    latest: date | None,
    *,
    about_age: int | None,
    born_on: date | None,
) -> Span:
    """Of what was saved. An age was said as an age: it moves with a corrected date of birth."""
    if precision == "about_age" and about_age is not None and born_on is not None:
        return _year_of_age(about_age, born_on)
    return Span(earliest, latest)


def when_in_words(precision: str, found: Span, about_age: int | None) -> str:
    """2 March 2014, March 2014, 2014, about age 6, nobody knows when."""
    first = found.earliest
    if precision == "about_age" and about_age is not None:
        return f"About age {about_age}"
    if precision == "unknown" or first is None:
        return NOBODY_KNOWS
    if precision == "exact":
        return day(first)
    if precision == "month":
        return f"{MONTHS[first.month - 1]} {first.year}"
    if precision == "between" and found.latest is not None:
        return span_in_words(first, found.latest)
    return str(first.year)


def span_in_words(first: date, last: date) -> str:
    """2011 to 2013, June to August 2014, 4 July to 2 September 2015: as short as it stays true."""
    if last == last_day("year", date(last.year, 1, 1)) and (first.month, first.day) == (1, 1):
        return f"{first.year} to {last.year}" if first.year != last.year else str(first.year)
    if first.day == 1 and last == last_day("month", last.replace(day=1)):
        return _months_in_words(first, last)
    if first == last:
        return day(first)
    return f"{day(first)} to {day(last)}"


def _months_in_words(first: date, last: date) -> str:
    start, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


def age_in_words(found: Span, *, born_on: date | None) -> str:
    """How old the child was: "age 5", "age 5 or 6", "under 1", "before birth"."""
    first, last = found.earliest, found.latest
    if first is None or last is None or born_on is None:
        return ""
    if last < born_on:
        return BEFORE_BIRTH
    if first < born_on:
        return "around birth"
    youngest, oldest = age_on(born_on, first), age_on(born_on, last)
    if oldest == 0:
        return "under 1"
    start = "under 1" if youngest == 0 else f"age {youngest}"
    if youngest == oldest:
        return start
    return f"{start} {'or' if oldest == youngest + 1 else 'to'} {oldest}"
