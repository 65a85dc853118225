"""Figures of a group where there is little, nothing or too much alike to work them out from."""

import math

import numpy as np
import polars as pl
import pytest

from newel.evidence.measures.groups import alpha, described, discrepancy, group_statistics, omega
from tests.evidence.measures import made_up

GAP = float("nan")


def test_by_hand_three_forms_of_two_items() -> None:
    """Variances 1 and 1, covariance 0.5: alpha = 2 · (1 - 2/3) = 2/3."""
    points = np.array([[1.0, 2], [2, 1], [3, 3]])
    assert alpha(points, missing="listwise").value == pytest.approx(2 / 3, abs=1e-12)


def test_pairwise_and_listwise_differ_where_there_are_gaps() -> None:
    points = np.array([[1.0, 2, 1], [2, 1, 2], [3, 3, GAP], [4, 5, 5], [GAP, GAP, GAP]])
    pairwise, listwise = (alpha(points, missing=kind) for kind in ("pairwise", "listwise"))
    assert (pairwise.n, pairwise.n_least, listwise.n) == (4, 3, 3)
    assert pairwise.value != listwise.value


@pytest.mark.parametrize(
    ("points", "said"),
    [(np.empty((0, 3)), "Fewer than two forms"), (np.ones((1, 3)), "Fewer than two forms"),
     (np.ones((9, 1)), "items are needed"), (np.full((5, 3), GAP), "Fewer than two forms"),
     (np.array([[1, GAP, 1], [GAP, 1, 2.0]]), "Fewer than two forms")],
)  # fmt: skip
def test_what_cannot_be_worked_out_says_why(points: np.ndarray, said: str) -> None:
    for one in (
        alpha(points, missing="pairwise"),
        alpha(points, missing="listwise"),
        omega(points),
    ):
        assert one.value is None
        assert said in one.why_not


def test_items_that_never_vary_have_neither_alpha_nor_omega() -> None:
    points = np.full((9, 3), 2.0)
    assert alpha(points, missing="listwise").why_not == "The items do not vary together."
    assert omega(points).why_not == "An item has the same answer in every form."


def test_a_perfect_scale_has_an_alpha_of_one() -> None:
    points = np.repeat(np.arange(5.0)[:, None], 4, axis=1)
    assert alpha(points, missing="pairwise").value == pytest.approx(1, abs=1e-12)
    assert omega(points).value == pytest.approx(1, abs=0.01)


def test_omega_finds_the_loadings_that_were_put_in() -> None:
    """Correlations of exactly λᵢλⱼ: omega is 1 - Σ(1 - λ²)/Σr."""
    loads = np.array([0.9, 0.7, 0.5, 0.6])
    correlation = np.outer(loads, loads)
    np.fill_diagonal(correlation, 1)
    orthogonal = np.linalg.qr(np.random.default_rng(1).normal(size=(50, 5)) - 0.0)[0]
    orthogonal -= orthogonal.mean(axis=0)
    orthogonal = np.linalg.qr(orthogonal)[0][:, :4]
    orthogonal -= orthogonal.mean(axis=0)
    points = orthogonal @ np.linalg.inv(np.linalg.cholesky(np.cov(orthogonal.T))).T
    points = points @ np.linalg.cholesky(correlation).T
    expected = 1 - (1 - loads**2).sum() / correlation.sum()
    assert omega(points).value == pytest.approx(expected, abs=1e-7)


def test_one_score_has_a_mean_and_none_has_nothing() -> None:
    one = described(pl.Series([3.0, None]))
    assert (one.n, one.mean, one.sd, one.interval) == (1, 3.0, None, None)
    assert described(pl.Series([], dtype=pl.Float64)).mean is None


def test_the_interval_of_a_mean_by_hand() -> None:
    """1 to 5: mean 3, SD √2.5, t(4) = 2.776445105198: 3 ± 1.963243161477."""
    one = described(pl.Series([1.0, 2, 3, 4, 5]))
    assert one.interval is not None
    assert one.interval.upper == pytest.approx(3 + 2.7764451051977987 * math.sqrt(0.5), abs=1e-9)


def test_staff_and_residents_see_a_unit_differently() -> None:
    told = discrepancy(pl.Series([15.0, 14, 16]), pl.Series([9.0, 11, 10, None]))
    assert told.difference == 5
    assert told.interval is not None and told.interval.kind == "Welch’s t"
    assert told.interval.lower < 5 < told.interval.upper
    assert (told.staff.n, told.residents.n) == (3, 3)


def test_a_discrepancy_needs_two_of_each() -> None:
    told = discrepancy(pl.Series([15.0]), pl.Series([9.0, 11]))
    assert (told.difference, told.interval) == (None, None)
    assert told.why_not == "Two scores of staff and two of residents are needed."


def test_where_all_agree_the_interval_has_no_width() -> None:
    told = discrepancy(pl.Series([15.0, 15]), pl.Series([9.0, 9]))
    assert told.interval is not None
    assert (told.interval.lower, told.interval.upper) == (6, 6)


def test_a_profile_is_never_averaged() -> None:
    profile = made_up.measure(made_up.subscale(method="profile", better="neither"))
    table = pl.DataFrame({id: [1.0, 2.0] for id in made_up.FOUR})
    assert group_statistics(profile, table) == {}
