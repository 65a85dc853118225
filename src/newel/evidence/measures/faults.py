"""What stands in a table where an answer should: found by columns, told cell by cell."""

from dataclasses import dataclass

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.scoring import permitted

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
    # One pass over every column; only what is no plain answer is then looked at more closely.
    read = table.select(pl.col(items).cast(pl.Float64, strict=False))
    doubtful = read.select(~_permitted(measure, id).fill_null(False) for id in items)
    answers, told = [], []
    for id in items:
        rows = (doubtful[id] & table[id].is_not_null()).arg_true()
        numbers, wrong = _looked_at(measure, id, table[id].gather(rows))
        answers.append(read[id].scatter(rows, numbers) if len(rows) else read[id])
        told.append(_told(measure, id, rows.filter(wrong), table[id]))
    faults = pl.concat([pl.DataFrame(schema=FAULTS), *told]).sort("row", maintain_order=True)
    return Checked(table.with_columns(answers), faults)


def _plain(id: str, dtype: pl.DataType) -> pl.Expr:
    """Numbers as they are and all else as text: true and a day are no answers, although Polars
    would make a 1 of the one and the days since 1970 of the other."""
    column = pl.col(id)
    if dtype.is_numeric() or dtype in (pl.String, pl.Null):
        return column
    if dtype == pl.Binary:
        return column.bin.encode("hex")
    if dtype == pl.Duration:
        return column.dt.to_string("polars")
    if dtype.is_nested():
        return pl.struct(column).struct.json_encode()
    if dtype == pl.Object:
        return column.map_elements(str, return_dtype=pl.String)
    return column.cast(pl.String)


def _permitted(measure: Measure, id: str) -> pl.Expr:
    """Of a column of Float64; null where it is null."""
    return pl.col(id).is_in([float(value) for value in measure.responses_of(id).values])


def _looked_at(measure: Measure, id: str, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Of cells that are none of the values as they stand, also “ 3 ” and a blank: the answers,
    null where there is none, and whether each is a fault."""
    text = cells.str.strip_chars() if cells.dtype == pl.String else cells
    numbers = text.cast(pl.Float64, strict=False).to_frame(id)
    right = numbers.select(_permitted(measure, id).fill_null(False))[id]
    blank = text == "" if cells.dtype == pl.String else pl.repeat(False, len(cells), eager=True)
    return numbers[id].set(~right, None), ~(right | blank)


def _told(measure: Measure, id: str, rows: pl.Series, cells: pl.Series) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "row": (rows + FIRST_ROW).cast(pl.UInt32),
            "column": pl.repeat(id, len(rows), dtype=pl.String, eager=True),
            "value": cells.gather(rows).cast(pl.String),
            "permitted": pl.repeat(permitted(measure, id), len(rows), dtype=pl.String, eager=True),
        }
    )
