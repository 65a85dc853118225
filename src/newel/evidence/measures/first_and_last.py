"""Each person's first form with a score and their last, from a table of forms."""

import polars as pl

from newel.evidence.measures.definition import Subscale
from newel.evidence.measures.limits import DIGITS
from newel.evidence.measures.occasions import DATE, GOAL, PERSON

_ENDS = ("first_on", "last_on", "first", "last")


def of_scores(subscale: Subscale, scores: pl.DataFrame) -> pl.DataFrame:
    """scores: person, date and the subscale's score. Returns a row a person who has one: person,
    forms, first_on, last_on, first, last, change (last minus first, in points), items (null)."""
    score = pl.col(subscale.id)
    ends = (
        scores.filter(score.is_not_null())
        .sort(PERSON, DATE)
        .group_by(PERSON, maintain_order=True)
        .agg(
            pl.len().alias("forms"),
            pl.col(DATE).first().alias("first_on"),
            pl.col(DATE).last().alias("last_on"),
            score.first().alias("first"),
            score.last().alias("last"),
        )
    )
    change = pl.col("last") - pl.col("first")
    return _only_of_two(ends, change, pl.lit(None, pl.UInt32))


def of_goals(subscale: Subscale, table: pl.DataFrame) -> pl.DataFrame:
    """table: as `occasions` returns it. Returns as `of_scores`, items being the goals with a rating
    on both forms. One goal's rating is never held against another's, whichever its place is."""
    rated = pl.concat([_ratings(id, table) for id in subscale.items])
    forms = (
        rated.sort(PERSON, DATE)
        .group_by(PERSON, maintain_order=True)
        .agg(
            pl.col(DATE).n_unique().alias("forms"),
            pl.col(DATE).first().alias("first_on"),
            pl.col(DATE).last().alias("last_on"),
        )
    )
    on = {
        end: forms.select(PERSON, pl.col(f"{end}_on").alias(DATE))
        .join(rated, on=[PERSON, DATE])
        .select(PERSON, "goal", pl.col("rating").alias(end))
        for end in ("first", "last")
    }
    both = on["first"].join(on["last"], on=[PERSON, "goal"], how="inner")
    means = both.group_by(PERSON).agg(
        pl.col("first").mean(), pl.col("last").mean(), pl.len().alias("items")
    )
    ends = forms.join(means, on=PERSON, how="left", maintain_order="left")
    ends = ends.with_columns(pl.col("items").fill_null(0).cast(pl.UInt32))
    return _only_of_two(ends, pl.col("last") - pl.col("first"), pl.col("items"))


def _ratings(id: str, table: pl.DataFrame) -> pl.DataFrame:
    """person, date, goal and rating: the goal as it is named, or else its place on the form."""
    named = id + GOAL in table.columns
    goal = pl.col(id + GOAL).cast(pl.String).str.strip_chars() if named else pl.lit(id)
    return table.select(
        PERSON, DATE, goal.alias("goal"), pl.col(id).cast(pl.Float64).alias("rating")
    ).drop_nulls("rating")


def _only_of_two(ends: pl.DataFrame, change: pl.Expr, items: pl.Expr) -> pl.DataFrame:
    """One form is a first and no last."""
    two = pl.col("forms") > 1
    return ends.with_columns(
        pl.when(two).then(change.round(DIGITS)).alias("change"),
        pl.when(two).then(items).alias("items"),
        *(pl.when(two).then(pl.col(name)).alias(name) for name in ("last_on", "last")),
    ).select(PERSON, "forms", *_ENDS, "change", "items")
