"""A group's forms in figures: how high, how spread, how consistent, and how far two groups differ.

Every figure names what it was worked out from. One that cannot be given is None, with the reason.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import optimize, special

from newel.evidence.measures.definition import Measure, Subscale
from newel.evidence.measures.tables import points_of, score_table

Matrix = NDArray[np.float64]
Missing = Literal["pairwise", "listwise"]
LEVEL = 0.95
OMEGA = "total, one factor by minimum residuals, on pairwise correlations of the turned items"
# As psych::fa: no item is wholly explained, or its uniqueness would be nought (a Heywood case).
LEAST_UNIQUE = 0.005


@dataclass(frozen=True, kw_only=True)
class Interval:
    lower: float
    upper: float
    level: float
    kind: str


@dataclass(frozen=True, kw_only=True)
class Described:
    """n scores; mean and SD in the subscale's points; the interval is that of the mean."""

    n: int
    mean: float | None
    sd: float | None
    interval: Interval | None


@dataclass(frozen=True, kw_only=True)
class Alpha:
    """`n`: listwise the forms without a gap, pairwise those with any answer; `n_least`: the fewest
    forms behind any one pair of items."""

    value: float | None
    missing: Missing
    n: int
    n_least: int
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Omega:
    value: float | None
    kind: str
    n: int
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupStatistics:
    scores: Described
    pairwise: Alpha
    listwise: Alpha
    omega: Omega


@dataclass(frozen=True, kw_only=True)
class Discrepancy:
    """`difference`: the staff's mean minus the residents', in the subscale's points."""

    staff: Described
    residents: Described
    difference: float | None
    degrees_of_freedom: float | None
    interval: Interval | None
    why_not: str = ""


def group_statistics(measure: Measure, table: pl.DataFrame) -> dict[str, GroupStatistics]:
    """Of each subscale whose score is a number; a profile is none, and is left out.

    table: as `score_table` takes it, a row a form. Raises what `score_table` raises.
    """
    scores = score_table(measure, table)
    found = {}
    for one in measure.subscales:
        if one.method == "profile":
            continue
        points = points_matrix(measure, one, table)
        found[one.id] = GroupStatistics(
            scores=described(scores[one.id]),
            pairwise=alpha(points, missing="pairwise"),
            listwise=alpha(points, missing="listwise"),
            omega=omega(points),
        )
    return found


def described(scores: pl.Series) -> Described:
    """n, mean, SD (n - 1) and the interval of the mean by Student's t: mean ± t(n - 1)·SD/√n.

    scores: Float64, nulls left out. The mean needs one score, the others two.
    Source: Student 1908; any textbook.
    """
    values = scores.drop_nulls().cast(pl.Float64).to_numpy()
    n = len(values)
    if n < 2:
        return Described(n=n, mean=float(values[0]) if n else None, sd=None, interval=None)
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    return Described(
        n=n, mean=mean, sd=sd, interval=_interval(mean, sd / n**0.5, n - 1, "Student’s t")
    )


def alpha(points: Matrix, *, missing: Missing) -> Alpha:
    """Cronbach's alpha, k/(k - 1) · (1 - Σ variances / Σ of the whole covariance matrix), raw.

    points: n forms × k items, already turned, NaN where unanswered. `listwise` uses the forms
    without a gap; `pairwise` takes each covariance from the forms that have both items.
    Source: Cronbach 1951; pairwise as psych::alpha works it out with use = "pairwise".
    """
    used = points[_complete(points)] if missing == "listwise" else points[_any(points)]
    counts = _pairs(used)
    n, least = len(used), int(counts.min()) if counts.size else 0
    value, why_not = None, _too_little(points.shape[1], 2, least)
    if not why_not:
        covariance = _covariance(used)
        k, whole = len(covariance), float(covariance.sum())
        value = k / (k - 1) * (1 - float(np.trace(covariance)) / whole) if whole > 0 else None
        why_not = "" if whole > 0 else "The items do not vary together."
    return Alpha(value=value, missing=missing, n=n, n_least=least, why_not=why_not)


def omega(points: Matrix) -> Omega:
    """McDonald's omega total of one factor: 1 - Σ uniquenesses / Σ of the correlation matrix.

    points: n forms × k items, already turned by the key and never by the data, NaN where
    unanswered. The loadings minimise the squared residuals off the diagonal (minres); needs three
    items that vary.
    Source: McDonald 1999; as psych::omega with nfactors = 1 and flip = FALSE.
    """
    used = points[_any(points)]
    counts = _pairs(used)
    least = int(counts.min()) if counts.size else 0
    value, why_not = None, _too_little(points.shape[1], 3, least)
    if not why_not:
        correlation = _correlation(used)
        if correlation is None:
            why_not = "An item has the same answer in every form."
        else:
            value, why_not = _omega_total(correlation)
    return Omega(value=value, kind=OMEGA, n=len(used), why_not=why_not)


def discrepancy(staff: pl.Series, residents: pl.Series) -> Discrepancy:
    """How differently staff and residents see one unit: for EssenCES, per subscale.

    staff, residents: scores in the same points, nulls left out; two of each are needed.
    The interval is Welch's: unequal variances, degrees of freedom after Satterthwaite.
    Source: Welch 1947.
    """
    one, other = described(staff), described(residents)
    if one.sd is None or other.sd is None or one.mean is None or other.mean is None:
        return Discrepancy(
            staff=one, residents=other, difference=None, degrees_of_freedom=None, interval=None,
            why_not="Two scores of staff and two of residents are needed.",
        )  # fmt: skip
    parts = (one.sd**2 / one.n, other.sd**2 / other.n)
    spread = sum(parts)
    below = parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (other.n - 1)
    freedom = spread**2 / below if below else float(one.n + other.n - 2)
    difference = one.mean - other.mean
    return Discrepancy(
        staff=one, residents=other, difference=difference, degrees_of_freedom=freedom,
        interval=_interval(difference, spread**0.5, freedom, "Welch’s t"),
    )  # fmt: skip


def discrepancies(
    measure: Measure, staff: pl.DataFrame, residents: pl.DataFrame
) -> dict[str, Discrepancy]:
    """Of each subscale whose score is a number, as `discrepancy` has it; a profile is left out.

    staff, residents: as `score_table` takes them, a row a form. Raises what `score_table` raises.
    """
    one, other = score_table(measure, staff), score_table(measure, residents)
    return {
        scale.id: discrepancy(one[scale.id], other[scale.id])
        for scale in measure.subscales
        if scale.method != "profile"
    }


def points_matrix(measure: Measure, subscale: Subscale, table: pl.DataFrame) -> Matrix:
    """n forms × k items as the subscale counts them, NaN where unanswered."""
    columns = [points_of(measure, subscale, id).alias(id) for id in subscale.items]
    found: Matrix = table.select(columns).fill_null(float("nan")).to_numpy()
    return found.reshape(table.height, len(subscale.items))


def _interval(middle: float, error: float, freedom: float, kind: str) -> Interval:
    reach = float(special.stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return Interval(lower=middle - reach, upper=middle + reach, level=LEVEL, kind=kind)


def _complete(points: Matrix) -> NDArray[np.bool_]:
    return np.asarray(~np.isnan(points).any(axis=1))


def _any(points: Matrix) -> NDArray[np.bool_]:
    return np.asarray(~np.isnan(points).all(axis=1))


def _pairs(points: Matrix) -> Matrix:
    """k × k: how many forms have both items."""
    there = (~np.isnan(points)).astype(np.float64)
    return there.T @ there


def _too_little(items: int, needed: int, least: int) -> str:
    if items < needed:
        return f"{needed} items are needed; the subscale has {items}."
    return "" if least >= 2 else "Fewer than two forms have the items answered together."


def _covariance(points: Matrix) -> Matrix:
    """k × k, each from the forms that have both items, about the means of those forms."""
    together, _, number = _cross_products(points)
    return together / (number - 1)


def _correlation(points: Matrix) -> Matrix | None:
    """k × k, each from the forms that have both items alone; None if one does not vary in them."""
    together, alone, _ = _cross_products(points)
    if not (alone > 1e-12).all():
        return None
    found: Matrix = together / np.sqrt(alone * alone.T)
    return found


def _cross_products(points: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """k × k over the forms that have both items: Σ of products and Σ of squares of the first,
    each about the means of those forms, and how many forms they are."""
    there = (~np.isnan(points)).astype(np.float64)
    centred = np.where(np.isnan(points), 0.0, points - np.nanmean(points, axis=0))
    number = there.T @ there
    sums = centred.T @ there  # of item i over the forms that have j
    together = centred.T @ centred - sums * sums.T / number
    return together, (centred**2).T @ there - sums**2 / number, number


def _omega_total(correlation: Matrix) -> tuple[float | None, str]:
    whole = float(correlation.sum())
    if whole <= 0:
        return None, "The items do not vary together."
    unique = 1 - _loadings(correlation) ** 2
    return 1 - float(unique.sum()) / whole, ""


def _loadings(correlation: Matrix) -> Matrix:
    """k loadings of one factor that leave the smallest squares off the diagonal."""
    above = np.triu_indices(len(correlation), 1)
    vectors = np.linalg.eigh(correlation)
    start = vectors.eigenvectors[:, -1] * np.sqrt(vectors.eigenvalues[-1])
    bound = (1 - LEAST_UNIQUE) ** 0.5
    solved = optimize.least_squares(
        lambda tried: (correlation - np.outer(tried, tried))[above],
        np.clip(start, -bound * 0.99, bound * 0.99),
        bounds=(-bound, bound), xtol=1e-15, ftol=1e-15, gtol=1e-15,
    )  # fmt: skip
    return np.asarray(solved.x, dtype=np.float64)
