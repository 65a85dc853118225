"""The shapes in which people write a single time, the more exact ones first."""

import re
from collections.abc import Iterable

from newel.record.stairs.scoping.rules.calendar import WORDS
from newel.record.stairs.scoping.rules.when_words import (
    BY_AGE,
    MONTHS,
    NUMBERS,
    ORDINALS,
    Shape,
    age,
    age_in_months,
    age_in_weeks,
    ages,
    before_birth,
    before_school,
    birth,
    birthday_named,
    day_and_month,
    feast,
    iso,
    just_a_year,
    month_and_year,
    month_in_numbers,
    needs_birthday,
    numbers,
    part,
    part_of_month,
    school,
    school_year_said,
    season,
    stage,
    term,
    year_at_school,
)


def _one_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_WHO = r"(?:he|she|they|i|child|the child|[a-z]+)"
_SEASON = rf"(?P<season>{_one_of(WORDS['seasons'])})"
_AGED = rf"(?:(?:at |the )?(?:age|aged)(?: of)?|at|when {_WHO} (?:was|were)(?: about| around)?)"
_YEARS_OLD = r"(?: ?(?:years?|yrs?|y)?(?:[ -]?olds?|o)?(?: of age)?)"

SHAPES: tuple[tuple[re.Pattern[str], Shape], ...] = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (r"(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?:[t ][\d:.]+z?)?", iso),
        (
            r"(?P<one>\d{1,2}) ?[-/.] ?(?P<two>\d{1,2}) ?[-/.] ?(?P<year>(?:19|20)\d\d|\d\d)"
            r"(?: \d{1,2}:\d\d(?::\d\d)?)?",
            numbers,
        ),
        (rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}", day_and_month),
        (rf"{_MONTH} {_DAY},? {_YEAR}", day_and_month),
        (rf"{_MONTH}(?: of)?[ ,-]+{_YEAR}", month_and_year),
        (rf"(?:early|mid|late|end of|start of|beginning of)[ -]{_MONTH},? {_YEAR}", part_of_month),
        (r"(?P<m>\d{1,2}) ?[ /.-] ?(?P<year>(?:19|20)\d\d)", month_in_numbers),
        (r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)", month_in_numbers),
        (rf"{_YEAR}", just_a_year),
        (
            rf"(?:early |mid[ -]?|late |end of |start of |beginning of )?(?:the )?{_SEASON}"
            rf"(?: of)?,? {_YEAR}(?: ?[/-] ?(?P<next>\d\d(?:\d\d)?))?",
            season,
        ),
        (rf"{_YEAR},? {_SEASON}(?P<next>x)?", season),
        (rf"(?P<part>{_one_of(WORDS['parts_of_a_year'])})[ -]{_YEAR}", part),
        (
            r"(?P<beside>(?:the )?week (?:before|after) )?"
            rf"(?P<feast>{_one_of([*WORDS['feasts'], *WORDS['easter']])})(?: of)?,? {_YEAR}",
            feast,
        ),
        (rf"(?:the )?(?P<term>{_one_of(WORDS['terms'])}) term(?: of)?,? {_YEAR}", term),
        (
            rf"(?:the )?(?:school|academic) year {_YEAR} ?[/-] ?(?P<next>\d\d(?:\d\d)?)",
            school_year_said,
        ),
        (
            rf"(?:(?:between )?(?:the )?(?:ages|age|aged)(?: of)?) {_NUMBER}"
            rf" ?(?:to|and|or|-|/) ?(?P<other>\d{{1,2}}|{'|'.join(NUMBERS)}){_YEARS_OLD}",
            needs_birthday(ages),
        ),
        (
            rf"(?:{_AGED} )?{_NUMBER} ?(?:months?|mths?|mo)(?: old)?",
            needs_birthday(age_in_months),
        ),
        (rf"(?:{_AGED} )?{_NUMBER} ?(?:weeks?|wks?)(?: old)?", needs_birthday(age_in_weeks)),
        (rf"{_AGED} {_NUMBER}{_YEARS_OLD}", needs_birthday(age)),
        (rf"{_NUMBER} ?(?:years?|yrs?|y)(?:[ -]olds?|o| of age)", needs_birthday(age)),
        (
            rf"(?:on )?(?:(?:his|her|their|my|the) )?(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|"
            rf"{'|'.join(ORDINALS)}) birthday",
            needs_birthday(birthday_named),
        ),
        (
            rf"(?:at )?(?:his |her |their |my )?birth|born|when {_WHO} was born|date of birth|dob",
            needs_birthday(birth),
        ),
        (
            rf"before (?:(?:his|her|their|my) )?birth|before {_WHO} (?:was|were) born|(?:during )?"
            r"(?:the |her |mum's |his mother's )?pregnancy|in the womb|in utero|prenatal",
            needs_birthday(before_birth),
        ),
        (
            r"(?:before (?:he |she |they |i )?(?:started |starting )?(?:at )?"
            r"(?:primary )?school|pre-?school(?: age)?)",
            needs_birthday(before_school, BY_AGE),
        ),
        (
            rf"(?:(?:when {_WHO} (?:was|were) |as )(?:an? )?)?"
            rf"(?P<stage>{_one_of(WORDS['stages'])})",
            needs_birthday(stage),
        ),
        (
            rf"(?:when {_WHO} (?:was|were) )?(?:at |in |during )?"
            rf"(?P<school>{_one_of(WORDS['schools'])})",
            needs_birthday(school, BY_AGE),
        ),
        (
            rf"(?:(?:the )?(?P<term_of>{_one_of(WORDS['terms'])}) term(?:,| of| in)? ?|(?:the )?"
            r"(?P<edge>start|beginning|end) of )?(?:(?P<reception>(?:when "
            rf"{_WHO} (?:was|were) in )?reception(?: class| year)?)|"
            rf"(?:when {_WHO} (?:was|were) in )?(?:year|yr|y) ?(?P<number_of>\d{{1,2}}))",
            needs_birthday(year_at_school, BY_AGE),
        ),
    )
)
