"""Whether one person's scores changed by more than noise: from the first scored form to the last.

Each subscale by itself and each measure by itself: nothing here adds measures up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from newel.evidence.measures.confirming import FORMULA, IN_COMMON
from newel.evidence.measures.definition import (
    Confirmed,
    CutOff,
    Measure,
    ReliableChange,
    Subscale,
)
from newel.evidence.measures.first_and_last import of_goals, of_scores
from newel.evidence.measures.groups import alpha, described, points_matrix
from newel.evidence.measures.limits import DIGITS, is_gain, is_loss, is_of_concern
from newel.evidence.measures.occasions import AGE, DATE, PERSON
from newel.evidence.measures.tables import score_table

ENOUGH: int = IN_COMMON["enough"]["people"]


@dataclass(frozen=True, kw_only=True)
class Noise:
    """How far two scores of one person may lie apart without a reliable change.

    `points` (of the subscale): a difference of so many or more is reliable. None, with `why_not`.
    """

    points: float | None = None
    origin: Literal["published", "this_file", "none"] = "none"
    sd: float | None = None
    sd_n: int | None = None
    reliability: float | None = None
    reliability_kind: str | None = None
    reliability_n: int | None = None
    sem: float | None = None
    se_difference: float | None = None
    formula: str | None = None
    source: str | None = None
    confirmed: Confirmed | None = None
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Of one subscale. `table`, a row a person in their order: person, age (in years, as told
    last), forms (with a score), first_on, last_on, first, last, change, items (goals with both
    ratings; null for other measures), state, why_not, and `cut_off_<n>` for each of `cut_offs`."""

    subscale: Subscale
    noise: Noise
    cut_offs: tuple[CutOff, ...]
    table: pl.DataFrame


def reliable_change_index(sd: float, reliability: float) -> Noise:
    """RCI95 = 1.96·SEdiff with SEdiff = SEm·√2 and SEm = SD·√(1 - r).

    sd: in points, above zero. reliability: above 0, at most 1. Raises ValueError outside.
    Source: `FORMULA`, from definitions/reliable_change.yaml.
    """
    if sd <= 0 or not 0 < reliability <= 1:
        raise ValueError("A reliable change needs an SD above 0 and a reliability from 0 to 1.")
    sem = sd * (1 - reliability) ** 0.5
    return Noise(
        points=1.96 * sem * 2**0.5, origin="this_file", sd=sd, reliability=reliability, sem=sem,
        se_difference=sem * 2**0.5, formula=FORMULA.says, source=FORMULA.source,
        confirmed=FORMULA.confirmed,
    )  # fmt: skip


def changes(
    measure: Measure, table: pl.DataFrame, *, answered_by: str | None = None
) -> dict[str, Changes]:
    """Each person's change from their first form with a score to their last, per subscale.

    table: as `occasions` returns it: person, date, age (or none), row and items (Float64), one row
    a form.
    answered_by: a code of `Answerer` where all forms have one; cut-offs for others are left out.
    A measure of goals is compared goal by goal, by their names where the table has them and else
    by their places: first and last are the means of the goals that have a rating on both forms. A
    profile is no number and is left out.
    Raises what `score_table` raises; NotScored for professional judgement.
    """
    if AGE not in table.columns:
        table = table.with_columns(pl.lit(None, pl.Int64).alias(AGE))
    scores = score_table(measure, table)
    found = {}
    for one in measure.subscales:
        if one.method == "profile":
            continue
        noise = _noise(measure, one, table, scores)
        ends = of_goals(one, table) if measure.kind == "goals" else of_scores(one, scores)
        people = table.group_by(PERSON, maintain_order=True).agg(pl.col(AGE).drop_nulls().last())
        joined = people.join(ends, on=PERSON, how="left", maintain_order="left")
        cut_offs = tuple(
            cut_off
            for cut_off in one.cut_offs
            if cut_off.audience.includes(answered_by=answered_by, age=None)
        )
        judged = _judged(joined, one, noise, cut_offs)
        found[one.id] = Changes(subscale=one, noise=noise, cut_offs=cut_offs, table=judged)
    return found


def _judged(
    ends: pl.DataFrame, subscale: Subscale, noise: Noise, cut_offs: Sequence[CutOff]
) -> pl.DataFrame:
    return ends.with_columns(
        pl.col("forms").fill_null(0),
        _state(subscale, noise).alias("state"),
        _why_not(subscale, noise).alias("why_not"),
        *(_crossed(one).alias(f"cut_off_{number}") for number, one in enumerate(cut_offs, 1)),
    )


def _state(subscale: Subscale, noise: Noise) -> pl.Expr:
    """reliably_better, reliably_worse or no_reliable_change: |d| < RCI is none."""
    if noise.points is None or subscale.better == "neither":
        return pl.lit(None, pl.String)
    change = pl.col("change")
    gain = change if subscale.better == "higher" else -change
    return (
        pl.when(change.is_null())
        .then(None)
        .when(is_gain(gain, noise.points))
        .then(pl.lit("reliably_better"))
        .when(is_loss(gain, noise.points))
        .then(pl.lit("reliably_worse"))
        .otherwise(pl.lit("no_reliable_change"))
    )


def _why_not(subscale: Subscale, noise: Noise) -> pl.Expr:
    """Why there is no state, in a sentence; empty where there is one."""
    group = noise.why_not
    if subscale.better == "neither":
        group = "Neither direction of this scale is better."
    return (
        pl.when(pl.col("forms").fill_null(0) < 2)
        .then(pl.lit("Fewer than two forms have a score."))
        .when(pl.col("change").is_null())
        .then(pl.lit("No goal has a rating on both forms."))
        .otherwise(pl.lit(group))
    )


def _crossed(cut_off: CutOff) -> pl.Expr:
    """out_of_concern, into_concern, stayed_in_concern or stayed_out_of_concern; null where there
    is no change, and at an age that the cut-off is not meant for."""
    before, after = (is_of_concern(pl.col(end).round(DIGITS), cut_off) for end in ("first", "last"))
    return (
        pl.when(pl.col("change").is_null() | ~_is_meant(cut_off))
        .then(None)
        .when(before & ~after)
        .then(pl.lit("out_of_concern"))
        .when(~before & after)
        .then(pl.lit("into_concern"))
        .when(before)
        .then(pl.lit("stayed_in_concern"))
        .otherwise(pl.lit("stayed_out_of_concern"))
    )


def _is_meant(cut_off: CutOff) -> pl.Expr:
    """By the age on the last form; an age that is not known shuts nobody out."""
    age, meant = pl.col(AGE), cut_off.audience
    young = age < meant.from_age if meant.from_age is not None else pl.lit(False)
    old = age > meant.to_age if meant.to_age is not None else pl.lit(False)
    return ~(young | old).fill_null(False)


def _noise(
    measure: Measure, subscale: Subscale, table: pl.DataFrame, scores: pl.DataFrame
) -> Noise:
    if subscale.reliable_change is not None:
        return _published(subscale.reliable_change)
    if measure.kind == "goals":
        return Noise(why_not="No reliable change can be told: none is published for goals.")
    return _of_this_file(measure, subscale, table, scores)


def _published(points: ReliableChange) -> Noise:
    return Noise(
        points=float(points.points), origin="published", source=points.source,
        confirmed=points.confirmed,
    )  # fmt: skip


def _of_this_file(
    measure: Measure, subscale: Subscale, table: pl.DataFrame, scores: pl.DataFrame
) -> Noise:
    """SD and alpha (listwise) of each person's first form with a score, if there are `ENOUGH`."""
    firsts = _first_scored(subscale, scores)
    spread = described(scores[subscale.id].gather(firsts))
    consistent = alpha(points_matrix(measure, subscale, table[firsts]), missing="listwise")
    why_not = _unusable(subscale, min(spread.n, consistent.n), consistent.value, spread.sd)
    if why_not or not spread.sd or not consistent.value:
        return Noise(why_not=f"No reliable change can be told: none is published, and {why_not}.")
    return replace(
        reliable_change_index(spread.sd, consistent.value),
        sd_n=spread.n,
        reliability_kind="Cronbach’s alpha, listwise, of the first forms of this file",
        reliability_n=consistent.n,
    )


def _first_scored(subscale: Subscale, scores: pl.DataFrame) -> pl.Series:
    """The positions of each person's first row with a score."""
    rows = scores.select(PERSON, DATE, subscale.id).with_row_index("position")
    scored = rows.filter(pl.col(subscale.id).is_not_null()).sort(PERSON, DATE)
    return scored.unique(PERSON, keep="first", maintain_order=True)["position"]


def _unusable(subscale: Subscale, people: int, value: float | None, sd: float | None) -> str:
    if len(subscale.items) < 2:
        return "one item has no alpha"
    if people < ENOUGH:
        return (
            f"an SD and an alpha of this file need {ENOUGH} people whose first forms are "
            f"complete; there are {people}"
        )
    if value is None or value <= 0 or not sd:
        return "the items of this file’s first forms do not vary together"
    return ""
