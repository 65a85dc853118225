"""When something happened, in tables."""

from datetime import date

import pytest

from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.rules import NotADate, Span, When

BORN = date(2014, 3, 7)
LEAP = date(2012, 2, 29)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("when", "born_on", "earliest", "latest"),
    [
        (When.exact(date(2014, 3, 2)), BORN, date(2014, 3, 2), date(2014, 3, 2)),
        (When.month(2014, 3), BORN, date(2014, 3, 1), date(2014, 3, 31)),
        (When.month(2024, 2), BORN, date(2024, 2, 1), date(2024, 2, 29)),
        (When.month(2023, 12), BORN, date(2023, 12, 1), date(2023, 12, 31)),
        (When.year(2014), BORN, date(2014, 1, 1), date(2014, 12, 31)),
        (When.about_age(6), BORN, date(2020, 3, 7), date(2021, 3, 6)),
        (When.about_age(0), BORN, date(2014, 3, 7), date(2015, 3, 6)),
        (When.about_age(5), LEAP, date(2017, 3, 1), date(2018, 2, 28)),
        (When.about_age(4), LEAP, date(2016, 2, 29), date(2017, 2, 28)),
        (When.unknown(), BORN, None, None),
    ],
)
def test_what_is_known_becomes_a_first_and_a_last_day(
    when: When, born_on: date, earliest: date | None, latest: date | None
) -> None:
    assert rules.span(when, born_on=born_on) == Span(earliest, latest)


def test_an_age_cannot_be_placed_without_a_date_of_birth() -> None:
    with pytest.raises(NotADate, match="date of birth is not known"):
        rules.span(When.about_age(6), born_on=None)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When.exact(date(2014, 3, 2)), "2 March 2014"),
        (When.month(2014, 3), "March 2014"),
        (When.year(2014), "2014"),
        (When.about_age(6), "About age 6"),
        (When.unknown(), "Nobody knows when"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(when: When, words: str) -> None:
    span = rules.span(when, born_on=BORN)
    assert rules.when_in_words(when.precision, span, when.age) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When.exact(date(2020, 3, 6)), "age 5"),
        (When.exact(date(2020, 3, 7)), "age 6"),
        (When.month(2020, 3), "age 5 or 6"),
        (When.month(2020, 4), "age 6"),
        (When.year(2020), "age 5 or 6"),
        (When.exact(date(2014, 12, 1)), "under 1"),
        (When.year(2015), "under 1 or 1"),
        (When.year(2014), "around birth"),
        (When.month(2013, 9), "before birth"),
        (When.unknown(), ""),
    ],
)
def test_the_age_at_the_time_stands_beside_it(when: When, words: str) -> None:
    span = rules.span(when, born_on=BORN)
    assert rules.age_in_words(span, born_on=BORN) == words


def test_without_a_date_of_birth_no_age_is_said() -> None:
    assert rules.age_in_words(Span(TODAY, TODAY), born_on=None) == ""


@pytest.mark.parametrize("kind", ["home", "family", "loss"])
def test_a_parents_death_before_the_birth_is_part_of_the_life(kind: str) -> None:
    found = rules.checked(When.month(2013, 9), kind=kind, born_on=BORN, today=TODAY)
    assert found.latest == date(2013, 9, 30)


@pytest.mark.parametrize("kind", ["school", "health", "harm", "moving", "work", "court", "good"])
def test_nothing_else_can_be_before_the_birth(kind: str) -> None:
    with pytest.raises(NotADate, match="before David was born, on 7 March 2014"):
        rules.checked(When.month(2013, 9), kind=kind, born_on=BORN, today=TODAY, name="David")


def test_the_month_of_the_birth_is_not_before_it() -> None:
    assert rules.checked(When.month(2014, 3), kind="health", born_on=BORN, today=TODAY)


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (When.exact(date(2026, 11, 23)), "after today, 22 November 2026"),
        (When.month(2026, 12), "after today"),
        (When.year(2027), "after today"),
        (When.about_age(13), "after today"),
        (When.exact(date(1899, 12, 31)), "begins in 1900"),
        (When.year(1), "begins in 1900"),
    ],
)
def test_what_cannot_have_happened_is_refused_in_a_sentence(when: When, sentence: str) -> None:
    with pytest.raises(NotADate, match=sentence):
        rules.checked(when, kind="family", born_on=BORN, today=TODAY)


@pytest.mark.parametrize("when", [When.exact(TODAY), When.month(2026, 11), When.year(2026)])
def test_today_is_not_after_today(when: When) -> None:
    assert rules.checked(when, kind="good", born_on=BORN, today=TODAY).earliest


@pytest.mark.parametrize(("year", "month"), [(2014, 0), (2014, 13), (0, 1), (10000, 1)])
def test_a_month_that_does_not_exist_is_refused(year: int, month: int) -> None:
    with pytest.raises(NotADate):
        When.month(year, month)


@pytest.mark.parametrize("age", [-1, 26, 400])
def test_an_age_nobody_here_can_have_is_refused(age: int) -> None:
    with pytest.raises(NotADate):
        When.about_age(age)


def test_an_age_moves_with_a_corrected_date_of_birth() -> None:
    found = rules.known_span(
        "about_age", date(2020, 3, 7), date(2021, 3, 6), about_age=6, born_on=date(2013, 3, 7)
    )
    assert found == Span(date(2019, 3, 7), date(2020, 3, 6))


HELD = "Tommy said that his sister was hurt by the same man at the house in Yarmouth."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HELD, True),
        (f"He told us this: {HELD.upper()}", True),
        ("his sister  was hurt by\nthe same man at the house", True),
        ("his sister was hurt", False),
        ("", False),
    ],
)
def test_words_copied_from_what_is_held_back_are_found(text: str, found: bool) -> None:
    assert rules.repeats(text, [HELD]) is found
