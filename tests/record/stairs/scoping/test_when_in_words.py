"""Time in the words people use: a table of what is read, and what no words may ever do."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.rules import Span, read_when
from newel.record.stairs.scoping.rules.calendar import WORDS, easter
from newel.record.stairs.scoping.rules.reading import words_read_as

BORN = date(2010, 3, 7)
SEPTEMBER_BORN = date(2010, 9, 1)
AUGUST_BORN = date(2010, 8, 31)

READ = [
    ("12/03/2015", "2015-03-12", "2015-03-12"),
    ("12.3.15", "2015-03-12", "2015-03-12"),
    ("2015-03-12", "2015-03-12", "2015-03-12"),
    ("2015-03-12 00:00:00", "2015-03-12", "2015-03-12"),
    ("12/03/2015 14:30", "2015-03-12", "2015-03-12"),
    ("Thursday 12th of March 2015", "2015-03-12", "2015-03-12"),
    ("March 12, 2015", "2015-03-12", "2015-03-12"),
    ("on 12 Mar 2015.", "2015-03-12", "2015-03-12"),
    ("12 MARCH ’15", "2015-03-12", "2015-03-12"),
    ("March 2014", "2014-03-01", "2014-03-31"),
    ("in March of 2014", "2014-03-01", "2014-03-31"),
    ("early March 2014", "2014-03-01", "2014-03-31"),
    ("3/2014", "2014-03-01", "2014-03-31"),
    ("Feb 2016", "2016-02-01", "2016-02-29"),
    ("2014", "2014-01-01", "2014-12-31"),
    ("sometime in 2014", "2014-01-01", "2014-12-31"),
    ("summer 2014", "2014-06-01", "2014-08-31"),
    ("the summer of 2014", "2014-06-01", "2014-08-31"),
    ("2014 summer", "2014-06-01", "2014-08-31"),
    ("fall 2014", "2014-09-01", "2014-11-30"),
    ("winter 2014/15", "2014-12-01", "2015-02-28"),
    ("winter 2014-2015", "2014-12-01", "2015-02-28"),
    ("winter 2014", "2013-12-01", "2015-02-28"),
    ("early 2015", "2015-01-01", "2015-04-30"),
    ("mid-2015", "2015-05-01", "2015-08-31"),
    ("late 2015", "2015-09-01", "2015-12-31"),
    ("the end of 2015", "2015-09-01", "2015-12-31"),
    ("first half of 2015", "2015-01-01", "2015-06-30"),
    ("Christmas 2012", "2012-12-24", "2012-12-26"),
    ("Xmas 2012", "2012-12-24", "2012-12-26"),
    ("Christmas Day 2012", "2012-12-25", "2012-12-25"),
    ("New Year 2013", "2013-01-01", "2013-01-01"),
    ("Easter 2015", "2015-04-03", "2015-04-06"),
    ("Good Friday 2015", "2015-04-03", "2015-04-03"),
    ("the week before Easter 2015", "2015-03-29", "2015-04-04"),
    ("the week after Christmas 2012", "2012-12-27", "2013-01-02"),
    ("summer holidays 2014", "2014-07-15", "2014-09-10"),
    ("spring term 2016", "2016-01-01", "2016-04-20"),
    ("school year 2015/16", "2015-09-01", "2016-08-31"),
    ("2011-2013", "2011-01-01", "2013-12-31"),
    ("2011 to 2013", "2011-01-01", "2013-12-31"),
    ("between 2011 and 2013", "2011-01-01", "2013-12-31"),
    ("2013 or 2014", "2013-01-01", "2014-12-31"),
    ("spring or summer 2014", "2014-03-01", "2014-08-31"),
    ("June to August 2014", "2014-06-01", "2014-08-31"),
    ("4 to 9 June 2014", "2014-06-04", "2014-06-09"),
    ("Sept 2018 – July 2019", "2018-09-01", "2019-07-31"),
    ("about age 6", "2016-03-07", "2017-03-06"),
    ("aged six", "2016-03-07", "2017-03-06"),
    ("6 years old", "2016-03-07", "2017-03-06"),
    ("6yrs old", "2016-03-07", "2017-03-06"),
    ("when he was six", "2016-03-07", "2017-03-06"),
    ("when I was 6 years old", "2016-03-07", "2017-03-06"),
    ("age 6 to 8", "2016-03-07", "2019-03-06"),
    ("6 months old", "2010-09-07", "2010-10-06"),
    ("at 6 weeks", "2010-04-18", "2010-04-24"),
    ("his 6th birthday", "2016-03-07", "2016-03-07"),
    ("at birth", "2010-03-07", "2010-03-07"),
    ("during pregnancy", "2009-05-31", "2010-03-06"),
    ("when he was a baby", "2010-03-07", "2012-03-06"),
    ("toddler", "2011-03-07", "2014-03-06"),
    ("before school", "2010-03-07", "2014-08-31"),
    ("before he started school", "2010-03-07", "2014-08-31"),
    ("Reception", "2014-09-01", "2015-08-31"),
    ("Year 7", "2021-09-01", "2022-08-31"),
    ("when she was in Year 7", "2021-09-01", "2022-08-31"),
    ("summer term of Year 7", "2022-04-01", "2022-07-31"),
    ("start of Year 7", "2021-09-01", "2021-12-31"),
    ("primary school", "2014-09-01", "2021-08-31"),
    ("c. 2014", "2013-01-01", "2015-12-31"),
    ("2014?", "2013-01-01", "2015-12-31"),
    ("about March 2014", "2014-01-29", "2014-05-01"),
    ("around 12/03/2015", "2015-02-26", "2015-03-26"),
]  # fmt: skip


def days(reading: rules.Reading) -> tuple[str | None, str | None]:
    first, last = reading.found
    return first and first.isoformat(), last and last.isoformat()


@pytest.mark.parametrize(("words", "first", "last"), READ)
def test_words_are_read_as_the_days_they_can_mean(words: str, first: str, last: str) -> None:
    reading = read_when(words, born_on=BORN)
    assert days(reading) == (first, last)
    assert reading.when.words == words
    assert not reading.asks


@pytest.mark.parametrize(
    "words",
    [
        "a few months after his sister was born", "the summer I was seven", "yesterday",
        "last year", "before the move", "Mar 14", "2014/15", "autumn", "may", "6", "41702",
        "after March 2014", "Year 14", "age 45", "seit 2014", "🍞", "\x00", "12/03", "1/1/1",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_and_not_guessed(words: str) -> None:
    reading = read_when(words, born_on=BORN)
    assert (reading.when.precision, reading.found) == ("unknown", Span(None, None))
    assert reading.when.words == " ".join(words.split())


@pytest.mark.parametrize("words", ["", "?", "unknown", "not known", "n/k", "Nobody knows when"])
def test_a_time_that_is_said_to_be_unknown_is_so_without_a_remark(words: str) -> None:
    reading = read_when(words, born_on=BORN)
    assert (reading.when.precision, reading.note, reading.asks) == ("unknown", "", "")


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("03/25/2014", "There is no month 25"),
        ("31/02/2014", "There is no day 31/02/2014"),
        ("13/13/2014", "There is no day"),
        ("31 June 2014", "no such day in that month"),
        ("2014 to 2011", "before the first"),
    ],
)
def test_a_day_that_does_not_exist_is_asked_about(words: str, asks: str) -> None:
    reading = read_when(words, born_on=BORN)
    assert asks in reading.asks
    assert not reading.is_read


@pytest.mark.parametrize(
    ("order", "words", "found", "note"),
    [
        ("day_first", "03/04/2014", date(2014, 4, 3), "Read day first."),
        ("month_first", "03/04/2014", date(2014, 3, 4), "Read month first."),
        ("month_first", "03/25/2014", date(2014, 3, 25), "Read month first."),
        ("month_first", "25/03/2014", date(2014, 3, 25), ""),
        ("differs", "25/03/2014", date(2014, 3, 25), ""),
        ("differs", "03/25/2014", date(2014, 3, 25), "Read month first."),
        ("differs", "03/04/2014", None, ""),
        ("day_first", "04/04/2014", date(2014, 4, 4), ""),
    ],
)
def test_how_it_was_written_decides_and_is_said(
    order: str, words: str, found: date | None, note: str
) -> None:
    reading = read_when(words, born_on=BORN, order=order)
    assert (reading.found.earliest, reading.note) == (found, note)


@pytest.mark.parametrize(
    ("born_on", "first"),
    [(BORN, date(2014, 9, 1)), (AUGUST_BORN, date(2014, 9, 1)), (SEPTEMBER_BORN, date(2015, 9, 1))],
)
def test_a_child_born_in_september_starts_school_a_year_later(born_on: date, first: date) -> None:
    assert read_when("Reception", born_on=born_on).found.earliest == first


@pytest.mark.parametrize("words", ["about age 6", "Year 7", "before school", "as a baby", "birth"])
def test_without_a_date_of_birth_an_age_is_asked_about(words: str) -> None:
    assert "date of birth is not known" in read_when(words, born_on=None).asks


@pytest.mark.parametrize(
    ("words", "starts", "ends"),
    [
        ("2011 to 2013", 2011, 2013),
        ("since 2014", 2014, None),
        ("2014 - present", 2014, None),
        ("from March 2014 onwards", 2014, None),
        ("until June 2015", None, 2015),
        ("2013 or 2014", None, None),
        ("2014", None, None),
    ],
)
def test_from_and_until_are_two_times(words: str, starts: int | None, ends: int | None) -> None:
    reading = read_when(words, born_on=BORN)
    found = [one and one.starts_on and one.starts_on.year for one in (reading.starts, reading.ends)]
    assert found == [starts, ends]


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2015, "04-05"), (2024, "03-31"),
     (2025, "04-20"), (2026, "04-05"), (2038, "04-25"), (1954, "04-18"), (1981, "04-19")],
)  # fmt: skip
def test_easter_is_on_its_sunday(year: int, sunday: str) -> None:
    assert easter(year).isoformat() == f"{year}-{sunday}"


def test_what_was_understood_is_said_in_words() -> None:
    assert read_when("summer 2014", born_on=BORN).in_words(BORN) == "June to August 2014, age 4"
    assert read_when("rubbish", born_on=BORN).in_words(BORN) == "Nobody knows when"


FRAGMENTS = [
    *WORDS["seasons"], *WORDS["feasts"], *WORDS["parts_of_a_year"], *WORDS["stages"],
    *WORDS["schools"], "age", "about", "year", "term", "to", "-", "/", "between", "and", "since",
    "2014", "2015/16", "31/02/2014", "29", "6", "March", "Feb", "before", "school", "birthday",
    "six", "0", "99", "9999", "old", "months", "weeks", "’14", "1st", "or", "until", "now",
]  # fmt: skip
BORN_ON = st.one_of(st.none(), st.dates(date(1995, 1, 1), date(2016, 12, 31)))
PHRASES = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map(" ".join)
ORDER = st.sampled_from(["day_first", "month_first", "differs"])


@settings(max_examples=400, deadline=None)
@given(words=st.one_of(PHRASES, st.text(max_size=60)), born_on=BORN_ON, order=ORDER)
def test_no_words_break_it_and_the_first_day_is_never_after_the_last(
    words: str, born_on: date | None, order: str
) -> None:
    reading = read_when(words, born_on=born_on, order=order)
    first, last = reading.found
    assert (first is None) == (last is None) == (not reading.is_read)
    assert first is None or last is None or first <= last
    assert reading.when.words == " ".join(words.split())[:200]
    assert not (reading.asks and reading.is_read)


@settings(max_examples=300, deadline=None)
@given(words=PHRASES, born_on=BORN_ON)
def test_what_was_understood_is_understood_again(words: str, born_on: date | None) -> None:
    """The sentence that a person confirms means what is saved."""
    reading = read_when(words, born_on=born_on)
    said = rules.when_in_words(reading.when.precision, reading.found, reading.when.age)
    assert read_when(said, born_on=born_on).found == reading.found


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 4000), BORN_ON)
def test_any_two_days_can_be_said_and_read(first: date, more: int, born_on: date | None) -> None:
    last = date.fromordinal(first.toordinal() + more)
    words = words_read_as("", "between", Span(first, last), None, born_on)
    assert read_when(words, born_on=born_on).found == Span(first, last)


@pytest.mark.parametrize(
    "words",
    [
        "when Agnes was born",
        "before Emily was born",
        "when mum was 15",
        "when Nan was at primary school",
        "when dad was in Year 7",
        "when mum was a baby",
    ],
)
def test_what_was_in_somebody_elses_life_is_asked_about_and_never_guessed(words: str) -> None:
    """H27: a sister’s birth is not the child’s own."""
    reading = read_when(words, born_on=BORN, name="David")
    assert not reading.is_read
    assert reading.found == Span(None, None)
    assert "somebody else’s age or birth" in reading.asks
    assert reading.when.words == words


@pytest.mark.parametrize(
    "words", ["when he was six", "when David was six", "when the child was six", "aged six"]
)
def test_the_child_is_known_by_the_name_the_child_goes_by(words: str) -> None:
    assert read_when(words, born_on=BORN, name="David").when.age == 6
