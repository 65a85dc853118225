"""Goals in people's own words: the form that they make, and how far they moved."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newel.evidence.measures import measure, score
from newel.evidence.measures.change import changes
from newel.evidence.measures.goals import NoGoals, goals_moved, with_goals

GBO = measure("gbo")
ITEMS = [one.id for one in GBO.items]
LATER = timedelta(days=30)
rating = st.none() | st.integers(0, 10)
some_forms = st.lists(st.fixed_dictionaries(dict.fromkeys(ITEMS, rating)), min_size=1, max_size=5)


def test_only_goals_that_somebody_has_are_asked_and_in_their_words() -> None:
    asked = with_goals(GBO, {"gbo_03": "See my brother", "gbo_01": "Sleep through"})
    assert [(one.id, one.label) for one in asked.items] == [
        ("gbo_01", "Sleep through"),
        ("gbo_03", "See my brother"),
    ]


def test_a_goal_that_nobody_has_does_not_count_as_unanswered() -> None:
    found = score(with_goals(GBO, {"gbo_02": "Sleep through"}), {"gbo_02": 4})["goals"]
    assert (found.score, found.answered, found.of, found.prorated) == (4, 1, 1, False)


def test_the_definition_itself_stays_as_it_is() -> None:
    with_goals(GBO, {"gbo_01": "Sleep through"})
    assert measure("gbo").items[0].label == "First goal"
    assert len(GBO.scored_items) == 3


def test_a_form_without_a_goal_is_refused() -> None:
    with pytest.raises(NoGoals, match="there is none"):
        with_goals(GBO, {})


def test_a_goal_in_a_place_that_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no item “gbo_04”"):
        with_goals(GBO, {"gbo_04": "A fourth"})


def test_the_change_is_over_goals_that_have_both_ratings() -> None:
    moved = goals_moved([{"sleep": 2, "brother": 4}, {"sleep": 6, "brother": None}])
    assert moved is not None
    assert (moved.first, moved.last, moved.goals, moved.change) == (2, 6, 1, 4)


def test_another_goal_in_the_same_place_is_another_goal() -> None:
    assert goals_moved([{"sleep": 2}, {"school": 9}]) is None
    moved = goals_moved([{"sleep": 2, "brother": 1}, {"school": 9, "brother": 3}])
    assert moved is not None and (moved.change, moved.goals) == (2, 1)


def test_one_form_is_no_change() -> None:
    assert goals_moved([{"sleep": 2}]) is None
    assert goals_moved([{"sleep": 2}, {"sleep": None}]) is None
    assert goals_moved([]) is None


@given(some_forms)
def test_it_agrees_with_the_change_of_files(forms: list[dict[str, int | None]]) -> None:
    """Where every column is one goal throughout, as files have it."""
    table = pl.DataFrame(
        [
            {"person": "p", "date": date(2026, 1, 1) + number * LATER, "row": number + 2, **one}
            for number, one in enumerate(forms)
        ],
        schema={"person": pl.String, "date": pl.Date, "row": pl.UInt32}
        | dict.fromkeys(ITEMS, pl.Float64),
    )
    (row,) = changes(GBO, table)["goals"].table.to_dicts()
    moved = goals_moved(forms)
    if moved is None:
        assert row["change"] is None
    else:
        assert row["change"] == pytest.approx(moved.change, abs=1e-9)
        assert row["items"] == moved.goals
