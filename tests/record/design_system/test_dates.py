from datetime import UTC, date, datetime, time

from newel.record.design_system.dates import day, day_time, short_day, time_of_day


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 11, 3)) == "3 November 2026"
    assert short_day(date(2026, 11, 3)) == "3 Nov 2026"


def test_a_moment_is_told_in_local_time() -> None:
    assert day_time(datetime(2026, 6, 30, 23, 5, tzinfo=UTC)) == "1 July 2026 at 12:05am"
    assert day(datetime(2026, 6, 30, 23, 5, tzinfo=UTC)) == "1 July 2026"


def test_noon_and_midnight_are_not_mixed_up() -> None:
    assert time_of_day(time(12, 0)) == "12:00pm"
    assert time_of_day(time(0, 0)) == "12:00am"


def test_no_date_is_no_text() -> None:
    assert day(None) == short_day(None) == day_time(None) == time_of_day(None) == ""
