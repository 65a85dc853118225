"""The picture: nothing covers anything, and everything is on it."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from newel.record.stairs.scoping.presenters.axis import MARK, NARROWEST, Happening, axis_of
from newel.record.stairs.scoping.presenters.picture import Picture, picture
from newel.record.stairs.scoping.rules import Span

BORN = date(2012, 5, 1)
TODAY = date(2026, 11, 22)
LANES = ("Home", "Loss", "Harm done to the child", "Something good")


def happening(number: int, precision: str, first: date | None, lane: str = "Home") -> Happening:
    lasts = {"exact": 0, "month": 29, "year": 364, "about_age": 364, "unknown": 0}
    last = first + timedelta(days=lasts[precision]) if first else None
    return Happening(
        number=number,
        public_id=f"id{number}",
        title=f"Event number {number}, with a title of some length",
        when=str(first),
        lane=lane,
        precision=precision,
        span=Span(first, last),
    )


def a_life(count: int, seed: int) -> list[Happening]:
    """Much of it in two bad years, as it is."""
    chance = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        year = chance.choice([2022, 2023, 2022, 2023, chance.randint(2010, 2026)])
        precision = chance.choice(["exact", "month", "month", "year", "unknown"])
        month, day = (1, 1) if precision == "year" else (chance.randint(1, 10), 1)
        first = None if precision == "unknown" else date(year, month, day)
        found.append(happening(number, precision, first, chance.choice(LANES)))
    dated = sorted(found, key=lambda one: (one.span.earliest or date.max, one.number))
    return [
        happening(number, one.precision, one.span.earliest, one.lane)
        for number, one in enumerate(dated, start=1)
    ]


def drawn(happenings: list[Happening], born_on: date | None = BORN) -> Picture:
    found = picture(happenings, lanes=LANES, born_on=born_on, today=TODAY)
    assert found is not None
    return found


def at(x: str) -> float:
    """Pixels from the left in the narrowest place."""
    return float(x[:-1]) / 100 * NARROWEST if x.endswith("%") else float(x)


@pytest.mark.parametrize("count", [1, 5, 16, 17, 45, 150])
@pytest.mark.parametrize("seed", range(5))
def test_every_event_is_on_it_once_and_in_reach(count: int, seed: int) -> None:
    found = drawn(a_life(count, seed))
    marks = [mark for lane in found.lanes for mark in lane.marks]
    assert sorted(mark.number for mark in marks) == list(range(1, count + 1))
    for lane in found.lanes:
        for mark in lane.marks:
            assert lane.y < mark.y < lane.y + lane.height
            assert -1 <= at(mark.x) <= NARROWEST + 1
    assert max(lane.y + lane.height for lane in found.lanes) <= found.height


@pytest.mark.parametrize("count", [5, 16, 45, 150])
@pytest.mark.parametrize("seed", range(5))
def test_no_mark_covers_another(count: int, seed: int) -> None:
    for lane in drawn(a_life(count, seed)).lanes:
        rows: dict[int, list[float]] = {}
        for mark in lane.marks:
            rows.setdefault(mark.y, []).append(at(mark.x))
        for xs in rows.values():
            xs.sort()
            assert all(b - a >= MARK - 3 for a, b in pairwise(xs))


def test_no_mark_lies_on_the_bar_of_another_event() -> None:
    """On a bar it would be read as one of those that were some time in it."""
    years = Happening(
        number=1, public_id="id1", title="Lived by the sea", when="2013 to 2019", lane="Home",
        precision="between", span=Span(date(2013, 1, 1), date(2019, 12, 31)),
    )  # fmt: skip
    others = [happening(n, "exact", date(2000 + n, 6, 1)) for n in range(14, 19)]
    many = [happening(n, "exact", date(2022, 1, 1), "Loss") for n in range(20, 40)]
    (home, _) = drawn([years, *others, *many]).lanes
    row = {mark.number: mark.y for mark in home.marks}
    assert all(row[one.number] != row[1] for one in others)


def test_150_events_of_a_life_fit_two_screens() -> None:
    assert drawn(a_life(150, 1)).height < 1300


@pytest.mark.parametrize("count", [5, 60])
def test_what_is_not_known_to_the_day_is_drawn_as_long_as_it_may_have_been(count: int) -> None:
    year = happening(1, "year", date(2020, 1, 1))
    others = [happening(n, "exact", date(2022, 5, 1), "Loss") for n in range(2, count + 1)]
    found = drawn([year, *others])
    bar = next(bar for lane in found.lanes for bar in lane.bars)
    axis = axis_of([year, *others], born_on=BORN, today=TODAY, by_need=count > 16)
    start, end = axis.edges(2020)
    assert float(bar.start[:-1]) == pytest.approx(start, abs=0.02)
    assert float(bar.width[:-1]) == pytest.approx(end - start, abs=0.05)


def test_what_nobody_can_date_has_a_lane_of_its_own() -> None:
    found = drawn([happening(1, "exact", TODAY), happening(2, "unknown", None)])
    last = found.lanes[-1]
    assert (last.lines, last.dated) == (("Nobody knows", "when"), False)
    assert [mark.number for mark in last.marks] == [2]
    assert "Of 1 nobody knows when" in found.description


def test_only_undated_events_still_make_a_picture() -> None:
    found = drawn([happening(1, "unknown", None)], born_on=None)
    assert [lane.dated for lane in found.lanes] == [False]
    assert found.ages == ()


def test_few_events_have_their_words_beside_them_and_many_only_numbers() -> None:
    few = [mark.label for lane in drawn(a_life(5, 2)).lanes for mark in lane.marks]
    many = [mark.label for lane in drawn(a_life(45, 2)).lanes for mark in lane.marks]
    assert all(label.startswith("Event number") for label in few)
    assert set(many) == {""}


def test_the_ages_of_the_child_run_along_it() -> None:
    found = drawn(a_life(5, 3))
    assert [tick.text for tick in found.ages] == [str(age) for age in range(15)]


def test_a_year_in_which_more_happened_is_wider() -> None:
    many = [happening(n, "month", date(2023, 4, 1)) for n in range(1, 30)]
    axis = axis_of(many, born_on=BORN, today=TODAY, by_need=True)
    busy, quiet = axis.edges(2023), axis.edges(2018)
    assert busy[1] - busy[0] > 5 * (quiet[1] - quiet[0])


def test_nothing_makes_no_picture() -> None:
    assert picture([], lanes=LANES, born_on=BORN, today=TODAY) is None
