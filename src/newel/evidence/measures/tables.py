"""A table of forms, a row each, scored by columns: no row is ever looked at in Python."""

from collections.abc import Sequence

import polars as pl

from newel.evidence.measures.definition import Measure, Number, Subscale
from newel.evidence.measures.scoring import NotScored, RefusedAnswers, permitted


class NoSuchColumns(ValueError):
    """The table lacks items of the measure. `columns` says which."""

    def __init__(self, measure: Measure, columns: Sequence[str]) -> None:
        super().__init__(
            f"{measure.short_name} needs columns that are not there: {', '.join(columns)}."
        )
        self.columns = tuple(columns)


class TakenNames(ValueError):
    """Columns of the table have the names that the scores would have."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            "These columns have the names of what is worked out here; give them others: "
            f"{', '.join(names)}."
        )


def score_table(measure: Measure, table: pl.DataFrame) -> pl.DataFrame:
    """Scores a table of forms.

    table: n rows; a column of numbers (or of nulls alone) per item that is scored, null for
    unanswered; columns in any order, and others besides.
    Returns n rows in the same order: the other columns first, then per subscale `<id>` (Float64,
    or String for a profile; null where it cannot be scored), `<id>_answered` (UInt32) and
    `<id>_prorated` (Boolean).
    Raises NotScored, NoSuchColumns, TakenNames, and RefusedAnswers for a value that the definition
    does not have: `faults.checked` finds each of them first.
    Source of each rule: `scoring` and `missing_rule` of the subscale in the definition.
    """
    refuse_what_cannot_be_scored(measure, table.columns)
    _refuse_values(measure, table)
    items = {one.id for one in measure.items}
    others = [name for name in table.columns if name not in items]
    made = [column for one in measure.subscales for column in _columns(measure, one)]
    return table.select(*others, *made)


def refuse_what_cannot_be_scored(measure: Measure, columns: Sequence[str]) -> None:
    """Raises NotScored, NoSuchColumns or TakenNames."""
    if measure.is_judgement:
        raise NotScored(measure)
    refuse_missing_items(measure, columns)
    items = {one.id for one in measure.items}
    taken = [name for name in output_names(measure) if name in columns and name not in items]
    if taken:
        raise TakenNames(taken)


def refuse_missing_items(measure: Measure, columns: Sequence[str]) -> None:
    """Raises NoSuchColumns."""
    missing = [id for id in measure.scored_items if id not in columns]
    if missing:
        raise NoSuchColumns(measure, missing)


def output_names(measure: Measure) -> list[str]:
    """The columns that scoring adds, in their order."""
    endings = ("", "_answered", "_prorated")
    return [one.id + ending for one in measure.subscales for ending in endings]


def is_wrong(measure: Measure, id: str, dtype: pl.DataType) -> pl.Expr:
    """Of a numeric column: whether a value is none that the definition has. Null is not wrong."""
    values = measure.responses_of(id).values
    column = pl.col(id)
    if dtype.is_integer() and _is_every_whole_number(values):
        return (column < min(values)) | (column > max(values))
    return ~column.cast(pl.Float64).is_in([float(value) for value in values])


def _is_every_whole_number(values: Sequence[Number]) -> bool:
    return tuple(sorted(values)) == tuple(range(int(min(values)), int(max(values)) + 1))


def _refuse_values(measure: Measure, table: pl.DataFrame) -> None:
    not_numbers = [
        id
        for id in measure.scored_items
        if not table.schema[id].is_numeric() and table.schema[id] != pl.Null
    ]
    if not_numbers:
        raise RefusedAnswers([f"{id} does not hold numbers." for id in not_numbers])
    wrong = table.select(
        is_wrong(measure, id, table.schema[id]).any().alias(id) for id in measure.scored_items
    ).row(0, named=True)
    faults = [
        f"{id} holds a value that is not permitted; {permitted(measure, id)}."
        for id, found in wrong.items()
        if found
    ]
    if faults:
        raise RefusedAnswers(faults)


def _columns(measure: Measure, subscale: Subscale) -> list[pl.Expr]:
    points = [points_of(measure, subscale, id) for id in subscale.items]
    answered = pl.sum_horizontal(one.is_not_null() for one in points)
    counted = answered
    if subscale.counts_unscored:
        given = pl.sum_horizontal(pl.col(id).is_not_null() for id in subscale.items)
        counted = pl.when(answered > 0).then(given).otherwise(0)
    enough = counted >= subscale.minimum
    value = _combined(subscale, points, answered)
    return [
        pl.when(enough).then(value).alias(subscale.id),
        answered.cast(pl.UInt32).alias(f"{subscale.id}_answered"),
        (enough & (counted < len(subscale.items))).alias(f"{subscale.id}_prorated"),
    ]


def points_of(measure: Measure, subscale: Subscale, id: str) -> pl.Expr:
    """What an answer counts for in a subscale: Float64, turned and weighted; null if it is none."""
    responses = measure.responses_of(id)
    scored = responses.scored_values
    column = pl.col(id).cast(pl.Float64)  # the small integers of a file would overflow in a sum
    without = [float(value) for value in responses.values if value not in scored]
    if without:
        column = pl.when(~column.is_in(without)).then(column)
    if subscale.method == "percent_of_maximum":
        share = (column - min(scored)) / (max(scored) - min(scored)) * 100
        return 100 - share if id in subscale.reversed else share
    turned = (min(scored) + max(scored)) - column if id in subscale.reversed else column
    weight = subscale.weights.get(id, 1)
    return turned if weight == 1 else turned * weight


def _combined(subscale: Subscale, points: Sequence[pl.Expr], answered: pl.Expr) -> pl.Expr:
    if subscale.method == "profile":
        return pl.concat_str([one.cast(pl.Int64).cast(pl.String) for one in points])
    total = pl.sum_horizontal(points)
    if subscale.method != "sum":
        total = total / answered
    elif subscale.prorate:
        total = total * len(subscale.items) / answered
    if subscale.conversion:
        keys = [float(one) for one in subscale.conversion]
        return total.replace_strict(keys, list(subscale.conversion.values()), default=None)
    return _rounded(total * subscale.times if subscale.times != 1 else total, subscale)


def _rounded(value: pl.Expr, subscale: Subscale) -> pl.Expr:
    if subscale.rounding == "tenths":
        return ((value * 10).round(8) + 0.5).floor() / 10
    return value if subscale.rounding == "none" else (value.round(9) + 0.5).floor()
