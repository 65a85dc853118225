"""One form, a table of forms, and the slow scorer of the tests: all three say the same."""

from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newel.evidence.measures import Measure, NotScored, score
from newel.evidence.measures.tables import score_table
from tests.evidence.measures import made_up, slow

DEFINED = [slow.definition(id) for id in slow.ids()]
SCORED = [one for one in DEFINED if one["kind"] != "professional_judgement"]
ALL = [*SCORED, *made_up.all_kinds()]
SMALL = (pl.Int8, pl.UInt8, pl.Int16, pl.UInt16)


def _named(told: object) -> str:
    if not isinstance(told, dict):
        return ""
    rules = [f"{one['method']}-{one.get('rounding', '')}" for one in told.get("subscales", [])]
    return told["id"] if told["id"] != "odd" else "odd " + " ".join(rules)


def forms(told: dict[str, Any]) -> st.SearchStrategy[list[dict[str, int | float | None]]]:
    """A few forms, with holes, everything in the range of each item."""
    items = {one["id"]: slow.values(told, one["id"]) for one in told["items"]}
    form = st.fixed_dictionaries(
        {
            id: st.one_of(
                st.sampled_from([_number(value) for value, _ in found]),
                st.sampled_from([_number(value) for value, _ in found]),
                st.sampled_from([_number(value) for value, _ in found]),
                st.none(),
            )
            for id, found in items.items()
        }
    )
    return st.lists(form, min_size=1, max_size=4)


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _same(found: object, slow_one: Fraction | str | None) -> bool:
    if slow_one is None or isinstance(slow_one, str):
        return found == slow_one
    return isinstance(found, float | int) and abs(found - float(slow_one)) <= 1e-9


def _table(told: dict[str, Any], some: list[dict[str, int | float | None]]) -> pl.DataFrame:
    return pl.DataFrame(some, schema={one["id"]: pl.Float64 for one in told["items"]})


@pytest.mark.parametrize("told", ALL, ids=_named)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_one_form_is_scored_as_the_slow_scorer_does(told: dict[str, Any], data: Any) -> None:
    measure = Measure.model_validate(told)
    for form in data.draw(forms(told)):
        found, slowly = score(measure, form), slow.score(told, form)
        assert list(found) == list(slowly)
        for id, one in slowly.items():
            assert _same(found[id].score, one.score), (id, form)
            assert found[id].answered == one.answered
            assert found[id].prorated == one.prorated
            assert bool(found[id].missing_because) == (one.score is None)


@pytest.mark.parametrize("told", ALL, ids=_named)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_table_is_scored_as_the_slow_scorer_does(told: dict[str, Any], data: Any) -> None:
    some = data.draw(forms(told))
    found = score_table(Measure.model_validate(told), _table(told, some))
    assert found.height == len(some)
    for row, form in zip(found.iter_rows(named=True), some, strict=True):
        for id, one in slow.score(told, form).items():
            assert _same(row[id], one.score), (id, form)
            assert row[f"{id}_answered"] == one.answered
            assert row[f"{id}_prorated"] is one.prorated


@pytest.mark.parametrize("told", ALL, ids=_named)
def test_the_worst_and_the_best_form_and_an_empty_one(told: dict[str, Any]) -> None:
    ends: list[dict[str, int | float | None]] = [{}, {}, {}]
    for one in told["items"]:
        found = [_number(value) for value, _ in slow.values(told, one["id"])]
        ends[0][one["id"]], ends[1][one["id"]], ends[2][one["id"]] = min(found), max(found), None
    table = score_table(Measure.model_validate(told), _table(told, ends))
    for row, form in zip(table.iter_rows(named=True), ends, strict=True):
        for id, one in slow.score(told, form).items():
            assert _same(row[id], one.score)


@pytest.mark.parametrize("dtype", SMALL, ids=str)
@pytest.mark.parametrize("told", ALL, ids=_named)
def test_a_file_of_small_integers_does_not_overflow(
    told: dict[str, Any], dtype: type[pl.DataType]
) -> None:
    """Four answers of 100 are 400, and not 144."""
    whole = [
        {one["id"]: int(max(value for value, _ in slow.values(told, one["id"])))
         for one in told["items"]}
    ]  # fmt: skip
    if any(value > 127 for value in whole[0].values()) and dtype == pl.Int8:
        return
    table = pl.DataFrame(whole, schema=dict.fromkeys(whole[0], dtype))
    found = score_table(Measure.model_validate(told), table).row(0, named=True)
    for id, one in slow.score(told, whole[0]).items():
        assert _same(found[id], one.score)


def test_a_half_is_rounded_up_and_never_to_even() -> None:
    told = made_up.told(made_up.subscale(method="mean", minimum=2, rounding="half_up"))
    measure = Measure.model_validate(told)
    for pair, expected in (((2, 3), 3.0), ((1, 2), 2.0), ((4, 5), 5.0)):
        form = dict(zip(made_up.FOUR, pair, strict=False))
        assert score(measure, form)["whole"].score == expected
        table = _table(told, [{**dict.fromkeys(made_up.FOUR), **form}])
        assert score_table(measure, table)["whole"].to_list() == [expected]
        assert slow.score(told, form)["whole"].score == expected


def test_professional_judgement_is_never_scored() -> None:
    judged = made_up.measure(kind="professional_judgement")
    with pytest.raises(NotScored, match="never added up"):
        score(judged, {})
    with pytest.raises(NotScored, match="never added up"):
        score_table(judged, pl.DataFrame(schema=dict.fromkeys(made_up.FOUR, pl.Int64)))


@pytest.mark.parametrize("told", ALL, ids=_named)
def test_a_table_without_rows_has_the_columns_of_a_score(told: dict[str, Any]) -> None:
    found = score_table(Measure.model_validate(told), _table(told, []))
    assert found.height == 0
    assert len(found.columns) == 3 * len(told["subscales"])
