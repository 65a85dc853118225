"""Which shift it is, and from when on the next one is told: clocks, midnight, missed shifts."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newel.record.overview import rules
from newel.record.overview.rules import PROPOSED, Shift, Taken, Times

LONDON = ZoneInfo("Europe/London")
TWO_A_DAY = Times(early=time(8), late=None, night=time(20))
HOUR = timedelta(hours=1)


def in_london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("moment", "code", "began"),
    [
        (in_london(2026, 11, 22, 7, 0), "early", in_london(2026, 11, 22, 7, 0)),
        (in_london(2026, 11, 22, 13, 59), "early", in_london(2026, 11, 22, 7, 0)),
        (in_london(2026, 11, 22, 14, 0), "late", in_london(2026, 11, 22, 14, 0)),
        (in_london(2026, 11, 22, 21, 30), "night", in_london(2026, 11, 22, 21, 30)),
        (in_london(2026, 11, 23, 3, 0), "night", in_london(2026, 11, 22, 21, 30)),
        (in_london(2027, 1, 1, 0, 30), "night", in_london(2026, 12, 31, 21, 30)),
    ],
)
def test_a_night_shift_at_3am_began_yesterday(moment: datetime, code: str, began: datetime) -> None:
    shift = rules.shift_at(moment, PROPOSED)
    assert (shift.code, shift.starts_at) == (code, began.astimezone(UTC))


def lasts(*parts: int) -> timedelta:
    shift = rules.shift_at(in_london(*parts), PROPOSED)
    return shift.ends_at - shift.starts_at


def test_a_night_is_an_hour_shorter_when_the_clocks_go_forward() -> None:
    assert lasts(2027, 3, 28, 0, 30) == timedelta(hours=8, minutes=30)


def test_a_night_is_an_hour_longer_when_the_clocks_go_back() -> None:
    assert lasts(2026, 10, 25, 0, 30) == timedelta(hours=10, minutes=30)
    assert lasts(2026, 10, 26, 0, 30) == timedelta(hours=9, minutes=30)


@pytest.mark.parametrize("day", [27, 28, 29])
def test_every_moment_of_a_day_with_a_change_of_clocks_has_one_shift(day: int) -> None:
    """Also when a setting begins a shift in the hour that does not exist."""
    times = Times(early=time(7), late=time(14), night=time(1, 30))
    moment = datetime(2027, 3, day, tzinfo=UTC)
    for quarter in range(96):
        at = moment + quarter * timedelta(minutes=15)
        shift = rules.shift_at(at, times)
        assert shift.starts_at <= at < shift.ends_at


def test_where_two_shifts_make_a_day_there_is_no_late_one() -> None:
    codes = {rules.shift_at(in_london(2026, 11, 22, hour), TWO_A_DAY).code for hour in range(24)}
    assert codes == {"early", "night"}


def test_a_shift_can_be_taken_over_from_an_hour_before_it_begins() -> None:
    almost, then = in_london(2026, 11, 22, 12, 59), in_london(2026, 11, 22, 13, 0)
    assert rules.shift_to_take_over(almost, PROPOSED).code == "early"
    assert rules.shift_to_take_over(then, PROPOSED).code == "late"


@pytest.mark.parametrize(
    ("times", "close"),
    [
        (PROPOSED, False),
        (TWO_A_DAY, False),
        (Times(early=time(7), late=time(9, 59), night=time(21)), True),
        (Times(early=time(1), late=time(14), night=time(23)), True),
        (Times(early=time(7), late=None, night=time(7)), True),
    ],
    ids=["proposed", "two", "close", "close across midnight", "the same"],
)
def test_two_shifts_that_begin_close_together_are_noticed(times: Times, close: bool) -> None:
    assert rules.too_close(times) is close


LATE = rules.shift_at(in_london(2026, 11, 22, 15), PROPOSED)


def taken(shift: Shift, minutes: int = 5, staff_id: int = 1, **more: Any) -> Taken:
    at = shift.starts_at + timedelta(minutes=minutes)
    return Taken(
        staff_id=staff_id, shift=shift.code, shift_starts_at=shift.starts_at, taken_at=at,
        read_until=at, **{"name": "Clara", **more},
    )  # fmt: skip


def before(shift: Shift, count: int = 1) -> Shift:
    for _ in range(count):
        shift = rules.shift_at(shift.starts_at - HOUR, PROPOSED)
    return shift


def window(*rows: Taken) -> rules.Window:
    return rules.window(shift=LATE, rows=rows, times=PROPOSED)


def test_the_next_shift_is_told_what_changed_since_the_last_one_was_first_taken_over() -> None:
    early = before(LATE)
    first, second = taken(early), taken(early, minutes=90, staff_id=2)
    assert window(second, first).since == first.read_until


def test_who_has_taken_this_shift_does_not_move_the_window() -> None:
    first, mine = taken(before(LATE)), taken(LATE)
    found = window(first, mine)
    assert found.since == first.read_until
    assert found.taken == (mine,)


@pytest.mark.parametrize("missed", [0, 1, 2, 5])
def test_shifts_that_nobody_took_over_are_counted_and_told(missed: int) -> None:
    last = taken(before(LATE, missed + 1))
    found = window(last)
    assert (found.missed, found.since) == (missed, last.read_until)


def test_a_shift_that_only_an_agency_worker_took_over_is_told_again() -> None:
    """H16: what was closed to them nobody has read."""
    last, agency = taken(before(LATE, 2)), taken(before(LATE), name="Mick", read_all=False)
    found = window(last, agency)
    assert found.since == last.read_until
    assert (found.before, found.in_part, found.missed) == ((last,), (agency,), 0)
    colleague = taken(before(LATE), staff_id=2, minutes=20)
    assert window(last, agency, colleague).since == colleague.read_until


def test_where_only_agency_workers_ever_took_over_it_looks_back_a_day() -> None:
    agency = taken(before(LATE), name="Mick", read_all=False)
    found = window(agency)
    assert (found.since, found.in_part) == (LATE.starts_at - 24 * HOUR, (agency,))


def test_the_first_handover_of_all_looks_back_a_day() -> None:
    found = window()
    assert found.first
    assert found.since == LATE.starts_at - 24 * HOUR


def test_a_handover_looks_back_a_month_at_most_and_says_so() -> None:
    found = window(taken(before(LATE, 120)))
    assert found.cut
    assert found.since == LATE.starts_at - timedelta(days=31)
