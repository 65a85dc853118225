"""What R's psych says of the same fictional answers (oracle/psych.R). Needs no R."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from newel.evidence.measures import score
from newel.evidence.measures.definition import Measure, Subscale
from newel.evidence.measures.faults import checked
from newel.evidence.measures.files import read_table
from newel.evidence.measures.groups import (
    alpha,
    described,
    discrepancy,
    group_statistics,
    omega,
    points_matrix,
)
from newel.evidence.measures.reading import measure
from newel.evidence.measures.tables import score_table
from tests.evidence.measures import slow

HERE = Path(__file__).parent / "oracle"
WITH_R = sorted(
    path.name.split(".")[0]
    for path in HERE.glob("*.means.csv")
    if path.name.split(".")[0] in slow.ids()
)
STAFF = 40


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _figures(id: str) -> dict[tuple[str, str], tuple[float, int]]:
    path = HERE / f"{id}.figures.csv"
    told = _rows(path.name) if path.exists() else []
    return {
        (one["subscale"], one["figure"]): (float(one["value"]), int(one["n"]))
        for one in told
        if one["value"]
    }


def _answers(found: Measure) -> pl.DataFrame:
    sound = checked(found, read_table(HERE / f"{found.id}.answers.csv"))
    assert sound.faults.height == 0
    return sound.table


def _expected(found: Measure, rule: Subscale, mean: str, form: dict[str, Any]) -> float | None:
    """The subscale's own points from psych's mean of the answers that give points."""
    given = [form[item] for item in rule.items if form[item] is not None]
    points = [
        form[item] for item in rule.items if form[item] in found.responses_of(item).scored_values
    ]
    counted = given if rule.counts_unscored and points else points
    if len(counted) < rule.minimum:
        return None
    value = float(mean)
    if rule.counts_unscored:
        return value * len(points)
    if rule.method == "sum":
        return value * len(rule.items) * rule.times
    if rule.method == "percent_of_maximum":
        values = found.responses_of(rule.items[0]).values
        value = (value - min(values)) / (max(values) - min(values)) * 100
    return value * rule.times


def _near(found: Any, expected: float | None) -> bool:
    if expected is None or found is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=0, abs_tol=1e-9)


@pytest.mark.parametrize("id", WITH_R)
def test_each_form_has_the_score_that_psych_gives_it(id: str) -> None:
    found, expected = measure(id), _rows(f"{id}.means.csv")
    answers = _answers(found)
    table = score_table(found, answers)
    assert table.height == len(expected)
    given = [one.id for one in found.items]
    for row, form, means in zip(
        table.iter_rows(named=True), answers.iter_rows(named=True), expected, strict=True
    ):
        single = score(found, {item: form[item] for item in given})
        for rule in found.subscales:
            if rule.id in means:
                wanted = _expected(found, rule, means[rule.id], form)
                assert _near(row[rule.id], wanted), (rule.id, row, means)
                assert _near(single[rule.id].score, wanted)


@pytest.mark.parametrize("id", WITH_R)
def test_the_answers_try_holes_and_every_kind_of_row(id: str) -> None:
    """An oracle without missing answers would not see a wrong rule for them."""
    found = measure(id)
    table = score_table(found, _answers(found))
    short = [one for one in found.subscales if one.minimum < len(one.items)]
    assert all(table[f"{one.id}_prorated"].any() for one in short)
    assert any(table[one.id].null_count() for one in found.subscales if len(one.items) > 1) or (
        all(one.minimum == 1 or len(one.items) - one.minimum > 1 for one in found.subscales)
    )


CASES = [(id, rule.id) for id in WITH_R for rule in measure(id).subscales if _figures(id)]


@pytest.mark.parametrize(("id", "subscale"), CASES)
def test_alpha_is_that_of_psych(id: str, subscale: str) -> None:
    found, figures = measure(id), _figures(id)
    rule = next(one for one in found.subscales if one.id == subscale)
    points = points_matrix(found, rule, _answers(found))
    for missing in ("pairwise", "listwise"):
        if (subscale, f"alpha_{missing}") not in figures:
            continue
        ours = alpha(points, missing=missing)  # type: ignore[arg-type]
        value, n = figures[subscale, f"alpha_{missing}"]
        assert ours.value == pytest.approx(value, abs=1e-9)
        assert ours.n == n


@pytest.mark.parametrize(("id", "subscale"), CASES)
def test_omega_is_that_of_psych_as_far_as_its_search_goes(id: str, subscale: str) -> None:
    """psych stops its search for loadings early; ours goes on, so the last digits differ."""
    found, figures = measure(id), _figures(id)
    if (subscale, "omega_total") not in figures:
        return
    rule = next(one for one in found.subscales if one.id == subscale)
    ours = omega(points_matrix(found, rule, _answers(found)))
    value, n = figures[subscale, "omega_total"]
    assert ours.value == pytest.approx(value, abs=1e-5)
    assert ours.n == n


@pytest.mark.parametrize(("id", "subscale"), CASES)
def test_intervals_are_those_of_r(id: str, subscale: str) -> None:
    """R's t.test of the means of the answered items, whatever the measure's minimum is."""
    found, figures = measure(id), _figures(id)
    if (subscale, "welch_df") not in figures:
        return
    rule = next(one for one in found.subscales if one.id == subscale)
    points = points_matrix(found, rule, _answers(found))
    some = ~np.isnan(points).all(axis=1)
    worked = np.full(len(points), np.nan)
    worked[some] = np.nanmean(points[some], axis=1)
    means = pl.Series(worked)
    if rule.method == "percent_of_maximum":
        values = found.responses_of(rule.items[0]).values
        means = means / 100 * (max(values) - min(values)) + min(values)
    mean = described(means.fill_nan(None))
    told = discrepancy(means[:STAFF].fill_nan(None), means[STAFF:].fill_nan(None))
    assert mean.interval is not None and told.interval is not None
    ours = {
        "mean_of_means": mean.mean,
        "lower_of_means": mean.interval.lower,
        "upper_of_means": mean.interval.upper,
        "welch_lower": told.interval.lower,
        "welch_upper": told.interval.upper,
        "welch_df": told.degrees_of_freedom,
    }
    for figure, value in ours.items():
        assert value == pytest.approx(figures[subscale, figure][0], abs=1e-9), figure


def test_there_is_an_oracle_for_the_first_measure() -> None:
    assert "essences" in WITH_R
    assert len(_figures("essences")) == 27


def test_group_statistics_hold_together() -> None:
    found = measure("essences")
    told = group_statistics(found, _answers(found))
    assert list(told) == ["cohesion", "experienced_safety", "therapeutic_hold"]
    one = told["cohesion"]
    assert one.pairwise.value != one.listwise.value
    assert one.pairwise.n_least < one.pairwise.n == 120
    assert one.listwise.n == one.listwise.n_least == 83
    assert one.scores.interval is not None and one.scores.mean is not None
    assert one.scores.interval.lower < one.scores.mean < one.scores.interval.upper
