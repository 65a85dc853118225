"""What stands in a table where an answer should: found by columns, told cell by cell."""

from dataclasses import dataclass

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.scoring import permitted
from newel.evidence.measures.tables import is_wrong

# As a spreadsheet numbers its rows: the headings are row 1.
FIRST_ROW = 2
FAULTS = {"row": pl.UInt32, "column": pl.String, "value": pl.String, "permitted": pl.String}


@dataclass(frozen=True)
class Checked:
    """`table` as it was given, its items as Float64 and null where they were faulty or empty;
    `faults` with a row per faulty cell, in the order of the rows and then of the form."""

    table: pl.DataFrame
    faults: pl.DataFrame


def checked(measure: Measure, table: pl.DataFrame) -> Checked:
    """Tells answers from what is none.

    table: n rows; item columns as text or as numbers. An empty cell is unanswered and no fault;
    anything else that is not one of the definition's values is one, also “3,5” and “n/a”, and
    counts as unanswered.
    """
    items = [one.id for one in measure.items if one.id in table.columns]
    table = table.with_columns(_plain(id, table.schema[id]) for id in items)
    read = table.with_columns(_as_number(id, table.schema[id]) for id in items)
    wrong = {
        id: (~_is_empty(table[id])) & (read[id].is_null() | _wrong(measure, id, read))
        for id in items
    }
    clean = read.with_columns(
        pl.when(~wrong[id]).then(pl.col(id)).alias(id) for id in items if wrong[id].any()
    )
    return Checked(clean, _told(measure, table, wrong))


def _plain(id: str, dtype: pl.DataType) -> pl.Expr:
    """Numbers as they are and all else as text: true and a day are no answers, although Polars
    would make a 1 of the one and the days since 1970 of the other."""
    column = pl.col(id)
    if dtype.is_numeric() or dtype in (pl.String, pl.Null):
        return column
    if dtype.is_nested() or dtype in (pl.Binary, pl.Duration, pl.Object):
        return column.map_elements(str, return_dtype=pl.String)
    return column.cast(pl.String)


def _as_number(id: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(id)
    if dtype == pl.String:
        column = column.str.strip_chars()
    return column.cast(pl.Float64, strict=False).fill_nan(None).alias(id)


def _is_empty(column: pl.Series) -> pl.Series:
    if column.dtype != pl.String:
        return column.is_null()
    return column.is_null() | (column.str.strip_chars() == "")


def _wrong(measure: Measure, id: str, table: pl.DataFrame) -> pl.Series:
    found = table.select(is_wrong(measure, id, pl.Float64()).alias("wrong"))["wrong"]
    return found.fill_null(False)


def _told(measure: Measure, table: pl.DataFrame, wrong: dict[str, pl.Series]) -> pl.DataFrame:
    rows = pl.int_range(FIRST_ROW, table.height + FIRST_ROW, dtype=pl.UInt32, eager=True)
    parts = [
        pl.DataFrame({"row": rows.filter(cells)}).with_columns(
            pl.lit(id).alias("column"),
            table[id].filter(cells).cast(pl.String).alias("value"),
            pl.lit(permitted(measure, id)).alias("permitted"),
        )
        for id, cells in wrong.items()
        if cells.any()
    ]
    empty = pl.DataFrame(schema=FAULTS)
    return pl.concat([empty, *parts]).sort("row", maintain_order=True)
