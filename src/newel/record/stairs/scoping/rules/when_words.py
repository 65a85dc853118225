"""What each shape in which people write a time is read as.

One that fits and still leaves something open asks. None of them guesses.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from newel.record.design_system import dates
from newel.record.stairs.scoping.rules import calendar
from newel.record.stairs.scoping.rules.calendar import WORDS
from newel.record.stairs.scoping.rules.dates import OLDEST_AGE, When, birthday, span

DAY_FIRST, MONTH_FIRST, DIFFERS = "day_first", "month_first", "differs"
NO_BIRTHDAY = "The date of birth is not known, so an age or a school year cannot be placed."
BY_AGE = "By the age of the child. Some children are in another year at school."
ASK_ORDER = "This can be read day first or month first. Write the month as a word."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known when words are read."""

    born_on: date | None = None
    order: str = DAY_FIRST


@dataclass(frozen=True, kw_only=True)
class Read:
    """`order` is the one order in which a date of numbers can be read; "either" if both can be."""

    when: When
    note: str = ""
    asks: str = ""
    order: str = ""


Shape = Callable[[re.Match[str], Asked], "Read | None"]

_MONTH_NAMES = {name.lower(): n for n, name in enumerate(dates.MONTHS, 1)}
MONTHS = (
    _MONTH_NAMES
    | {name[:3]: n for name, n in _MONTH_NAMES.items()}
    | {"sept": 9, "febuary": 2, "octo": 10}
)
NUMBERS = WORDS["numbers"]
ORDINALS = WORDS["ordinals"]
_UNKNOWN = re.compile(
    r"(?:date |when )?(?:unknown|not known|unsure|not sure|n/?k|n/?a|tbc|don'?t know|\?+|-)"
    r"|nobody knows(?: when)?|no date|undated"
)


def is_said_to_be_unknown(words: str) -> bool:
    return not words or _UNKNOWN.fullmatch(words) is not None


def _year(match: re.Match[str]) -> int:
    return _full_year(match["year"].lstrip("'’"))


def _full_year(typed: str) -> int:
    number = int(typed)
    if len(typed) > 2:
        return number
    return number + (2000 if number <= WORDS["two_digit_years_up_to"] else 1900)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso(match: re.Match[str], _: Asked) -> Read | None:
    on = _day_of(int(match["year"]), int(match["m"]), int(match["day"]))
    return Read(when=When.exact(on)) if on else None


def numbers(match: re.Match[str], asked: Asked) -> Read | None:
    """12/03/2015: day first, unless that cannot be or the list was written otherwise."""
    year, one, two = _full_year(match["year"]), int(match["one"]), int(match["two"])
    day_first, month_first = _day_of(year, two, one), _day_of(year, one, two)
    note = f"Read as {year}." if len(match["year"]) == 2 else ""
    if day_first and month_first and day_first != month_first:
        return _either(day_first, month_first, asked, note)
    if day_first:
        return Read(when=When.exact(day_first), note=note, order=_only(DAY_FIRST, month_first))
    if month_first is None:
        return Read(when=When.unknown(), asks=f"There is no day {match[0]}.")
    return _only_month_first(month_first, two, asked, note)


def _only(order: str, other: date | None) -> str:
    return order if other is None else ""


def _either(day_first: date, month_first: date, asked: Asked, note: str) -> Read:
    if asked.order == DIFFERS:
        return Read(when=When.unknown(), asks=ASK_ORDER, order="either")
    on = month_first if asked.order == MONTH_FIRST else day_first
    how = "month first" if asked.order == MONTH_FIRST else "day first"
    return Read(when=When.exact(on), note=f"{note} Read {how}.".strip(), order="either")


def _only_month_first(on: date, two: int, asked: Asked, note: str) -> Read:
    if asked.order == DAY_FIRST:
        asks = f"There is no month {two}: this looks written month first. Write the month as a word"
        return Read(when=When.unknown(), asks=f"{asks}.", order=MONTH_FIRST)
    return Read(when=When.exact(on), note=f"{note} Read month first.".strip(), order=MONTH_FIRST)


def day_and_month(match: re.Match[str], _: Asked) -> Read | None:
    on = _day_of(_year(match), MONTHS[match["month"]], int(match["day"]))
    asks = "There is no such day in that month."
    return Read(when=When.exact(on)) if on else Read(when=When.unknown(), asks=asks)


def month_and_year(match: re.Match[str], _: Asked) -> Read | None:
    return Read(when=When.month(_year(match), MONTHS[match["month"]]))


def month_in_numbers(match: re.Match[str], _: Asked) -> Read | None:
    month = int(match["m"])
    return Read(when=When.month(int(match["year"]), month)) if 1 <= month <= 12 else None


def just_a_year(match: re.Match[str], _: Asked) -> Read | None:
    return Read(when=When.year(_year(match)))


def season(match: re.Match[str], _: Asked) -> Read | None:
    name, year = match["season"], _year(match)
    if name != "winter":
        return Read(when=calendar.season(name, year))
    if match["next"]:
        follows = _full_year(match["next"]) == year + 1
        return Read(when=calendar.season(name, year)) if follows else None
    note = "Which of the two winters is not said, so both are kept."
    return Read(when=calendar.either_winter(year), note=note)


def part(match: re.Match[str], _: Asked) -> Read | None:
    return Read(when=calendar.part_of_year(match["part"], _year(match)))


def part_of_month(match: re.Match[str], asked: Asked) -> Read | None:
    return month_and_year(match, asked)


def feast(match: re.Match[str], _: Asked) -> Read | None:
    name, beside = match["feast"], match["beside"]
    if beside and name == "easter":
        name = "easter sunday"  # the week before Easter ends on the Saturday
    found = calendar.feast(name, _year(match))
    return _week_beside(found, match["beside"]) if found else None


def _week_beside(found: When, beside: str | None) -> Read:
    first = found.starts_on or date.min
    if beside is None:
        return Read(when=found)
    if "before" in beside:
        return Read(when=When.between(first - timedelta(days=7), first - timedelta(days=1)))
    after = (found.ends_on or first) + timedelta(days=1)
    return Read(when=When.between(after, after + timedelta(days=6)))


def term(match: re.Match[str], _: Asked) -> Read | None:
    return Read(when=calendar.term(match["term"], year=_year(match)))


def school_year_said(match: re.Match[str], _: Asked) -> Read | None:
    year = _year(match)
    if _full_year(match["next"]) != year + 1:
        return None
    return Read(when=When.between(*calendar.school_year_starting(year)))


def needs_birthday(shape: Callable[[re.Match[str], date], When | None], note: str = "") -> Shape:
    def read(match: re.Match[str], asked: Asked) -> Read | None:
        if asked.born_on is None:
            return Read(when=When.unknown(), asks=NO_BIRTHDAY)
        when = shape(match, asked.born_on)
        return Read(when=when, note=note) if when else None

    return read


def _number(typed: str) -> int:
    return int(typed) if typed.isdigit() else NUMBERS.index(typed)


def age(match: re.Match[str], _: date) -> When | None:
    years = _number(match["number"])
    return When.about_age(years) if years <= OLDEST_AGE else None


def ages(match: re.Match[str], born_on: date) -> When | None:
    first, last = _number(match["number"]), _number(match["other"])
    if not first <= last <= OLDEST_AGE:
        return None
    end = birthday(born_on, last + 1) - timedelta(days=1)
    return When.between(birthday(born_on, first), end)


def age_in_months(match: re.Match[str], born_on: date) -> When:
    months = _number(match["number"])
    return calendar.months_of_age(months, months + 1, born_on)


def age_in_weeks(match: re.Match[str], born_on: date) -> When:
    first = born_on + timedelta(weeks=_number(match["number"]))
    return When.between(first, first + timedelta(days=6))


def birthday_named(match: re.Match[str], born_on: date) -> When | None:
    typed = match["ordinal"]
    years = int(re.sub(r"\D", "", typed)) if typed[0].isdigit() else ORDINALS.index(typed)
    return When.exact(birthday(born_on, years)) if years <= OLDEST_AGE else None


def birth(_: re.Match[str], born_on: date) -> When:
    return When.exact(born_on)


def before_birth(_: re.Match[str], born_on: date) -> When:
    return When.between(born_on - timedelta(days=280), born_on - timedelta(days=1))


def before_school(_: re.Match[str], born_on: date) -> When:
    begins, _end = calendar.school_year(calendar.RECEPTION, born_on)
    return When.between(born_on, begins - timedelta(days=1))


def stage(match: re.Match[str], born_on: date) -> When:
    return calendar.stage(match["stage"], born_on)


def school(match: re.Match[str], born_on: date) -> When:
    return calendar.school(match["school"], born_on)


def year_at_school(match: re.Match[str], born_on: date) -> When | None:
    number = 0 if match["reception"] else int(match["number_of"])
    if number > WORDS["school_years"]["last"]:
        return None
    begins, ends = calendar.school_year(number, born_on)
    if match["term_of"]:
        return calendar.term_of(match["term_of"], begins)
    if match["edge"]:
        return calendar.term_of("autumn" if match["edge"] != "end" else "summer", begins)
    return When.between(begins, ends)


def about(read: Read, asked: Asked) -> Read:
    """ "About March 2014": wider to both sides. About an age is an age already."""
    when = read.when
    days = WORDS["about"].get(when.precision)
    if days is None or when.starts_on is None:
        return read
    first, last = span(when, born_on=asked.born_on)
    reach = timedelta(days=days)
    if first is None or last is None:
        return read
    return replace(read, when=When.between(first - reach, last + reach))
