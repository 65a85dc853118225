"""What stands where an answer should: told cell by cell, and never scored."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from newel.evidence.measures import RefusedAnswers, measure, score
from newel.evidence.measures.faults import checked
from newel.evidence.measures.tables import NoSuchColumns, TakenNames, score_table
from tests.evidence.measures import made_up

ESSENCES = measure("essences")
IDS = [one.id for one in ESSENCES.items]


def forms(cells: list[Any], dtype: Any = None) -> pl.DataFrame:
    """Forms answered with 2 throughout, but for item 2."""
    plain = {id: pl.Series([2] * len(cells)) for id in IDS}
    return pl.DataFrame(plain | {"essences_02": pl.Series(cells, dtype=dtype)})


@pytest.mark.parametrize(
    "cell", ["3,5", "n/a", "NaN", "inf", "-1", "5", "2.5", "true", "three", "３", "0x3", "1_0", "-"]
)
def test_text_that_is_no_answer_is_a_fault_and_not_scored(cell: str) -> None:
    found = checked(ESSENCES, forms(["3", cell]))
    assert found.faults.rows() == [(3, "essences_02", cell, "one of 0, 1, 2, 3, 4")]
    scores = score_table(ESSENCES, found.table)
    assert scores["cohesion_answered"].to_list() == [5, 4]
    assert scores["cohesion"].to_list() == [11.0, 10.0]


@pytest.mark.parametrize("cell", ["", " ", "\t", "\u00a0", None])
def test_a_blank_is_unanswered_and_no_fault(cell: str | None) -> None:
    found = checked(ESSENCES, forms([cell], pl.String))
    assert found.faults.height == 0
    assert found.table["essences_02"].to_list() == [None]


@pytest.mark.parametrize("cell", ["3", " 3 ", "3.0", "03"])
def test_numbers_as_text_are_answers(cell: str) -> None:
    found = checked(ESSENCES, forms([cell]))
    assert (found.faults.height, found.table["essences_02"].to_list()) == (0, [3.0])


@pytest.mark.parametrize(
    ("cells", "dtype", "told"),
    [([True], pl.Boolean, "true"), ([date(1970, 1, 4)], pl.Date, "1970-01-04"),
     ([timedelta(microseconds=3)], pl.Duration("us"), None), ([[3]], pl.List(pl.Int64), None),
     ([5], pl.UInt8, "5"), ([-1], pl.Int8, "-1"), ([float("nan")], pl.Float64, "NaN"),
     ([2.5], pl.Float32, "2.5"), ([b"3"], pl.Binary, None)],
)  # fmt: skip
def test_columns_of_other_kinds_are_no_answers(cells: list[Any], dtype: Any, told: Any) -> None:
    """Three days after 1970 began is stored as 3."""
    found = checked(ESSENCES, forms(cells, dtype))
    assert found.faults["row"].to_list() == [2]
    assert told in (None, found.faults["value"][0])
    assert found.table["essences_02"].to_list() == [None]


@pytest.mark.parametrize(
    ("cells", "dtype"),
    [(["3"], pl.Categorical), (["3"], pl.Enum(["1", "3"])), ([3], pl.Decimal(5, 1)),
     ([3], pl.UInt8), ([3.0], pl.Float32)],
)  # fmt: skip
def test_other_ways_to_keep_a_number_are_answers(cells: list[Any], dtype: Any) -> None:
    found = checked(ESSENCES, forms(cells, dtype))
    assert (found.faults.height, found.table["essences_02"].to_list()) == (0, [3.0])
    assert score_table(ESSENCES, found.table)["cohesion"].to_list() == [11.0]


def test_a_column_of_nothing_is_unanswered() -> None:
    found = checked(ESSENCES, forms([None], pl.Null))
    assert found.faults.height == 0
    assert score_table(ESSENCES, found.table)["cohesion"].to_list() == [10.0]


def test_faults_come_in_the_order_of_rows_and_then_of_the_form() -> None:
    table = forms(["x", "2", "y"]).with_columns(essences_01=pl.Series(["q", "2", "2"]))
    found = checked(ESSENCES, table).faults
    assert found.select("row", "column").rows() == [
        (2, "essences_01"), (2, "essences_02"), (4, "essences_02"),
    ]  # fmt: skip


def test_unchecked_values_are_refused_and_never_scored() -> None:
    with pytest.raises(RefusedAnswers, match="essences_02 holds a value that is not permitted"):
        score_table(ESSENCES, forms([7]))
    with pytest.raises(RefusedAnswers, match="essences_02 does not hold numbers"):
        score_table(ESSENCES, forms(["3"]))


def test_a_table_that_lacks_items_is_refused_and_says_which() -> None:
    with pytest.raises(NoSuchColumns, match=r"not there: essences_02, essences_16\."):
        score_table(ESSENCES, forms([2]).drop("essences_02", "essences_16"))


def test_items_that_are_not_scored_may_be_left_out() -> None:
    assert score_table(ESSENCES, forms([2]).drop("essences_01", "essences_17")).height == 1


def test_a_column_that_has_a_scores_name_is_refused() -> None:
    with pytest.raises(TakenNames, match="cohesion_answered"):
        score_table(ESSENCES, forms([2]).with_columns(cohesion_answered=pl.lit(1)))


@pytest.mark.parametrize("value", [True, False, 5, -1, 2.5, float("nan"), "2"])
def test_one_form_refuses_what_is_no_answer(value: Any) -> None:
    with pytest.raises(RefusedAnswers, match=r"essences_02: .* is not permitted; one of 0"):
        score(ESSENCES, {"essences_02": value})


def test_one_form_refuses_an_item_that_it_does_not_have() -> None:
    with pytest.raises(RefusedAnswers, match="EssenCES has no item “essences_18”"):
        score(ESSENCES, {"essences_18": 2})


def test_a_profile_is_written_in_whole_numbers_whoever_asks() -> None:
    profile = made_up.measure(made_up.subscale(method="profile", better="neither"))
    answers = dict(zip(made_up.FOUR, (1.0, 2, 3.0, 5), strict=True))
    assert score(profile, answers)["whole"].score == "1235"
    table = pl.DataFrame({id: [float(value)] for id, value in answers.items()})
    assert score_table(profile, table)["whole"].to_list() == ["1235"]
