"""Whose form a row is, and of which day: read strictly, because a day read wrongly turns a change
for the better into one for the worse."""

from collections.abc import Sequence

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.faults import FIRST_ROW

PERSON, DATE, ROW = "person", "date", "row"
_ISO = r"^\d{4}-\d{2}-\d{2}$"
_DAY_FIRST = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$"
_SHOWN = 10


class UnclearOccasions(ValueError):
    """Whose form it is, or of which day, cannot be known. A sentence that names the rows."""


def occasions(
    measure: Measure, table: pl.DataFrame, *, person: str, date: str, day_first: bool = False
) -> pl.DataFrame:
    """`table` as `person` (String), `date` (Date), `row` (UInt32, as a spreadsheet counts) and the
    measure's items, in the order of persons and days.

    table: n rows; `person` and `date` name two of its columns. Days are YYYY-MM-DD or a column of
    days; with `day_first` D/M/YYYY is read as well (also with full stops or hyphens).
    Raises UnclearOccasions: a column that is not there, no person, a day that cannot be read, two
    forms of one person on one day.
    """
    _refuse_columns(measure, table, person, date)
    items = [one.id for one in measure.items if one.id in table.columns]
    rows = pl.int_range(FIRST_ROW, table.height + FIRST_ROW, dtype=pl.UInt32).alias(ROW)
    persons = pl.col(person).cast(pl.String).str.strip_chars().alias(PERSON)
    told = table.select(persons, _text(table, date).alias("said"), rows, *items)
    told = told.with_columns(_day(day_first).alias(DATE))
    _refuse_blank_persons(told)
    _refuse_unread_days(told, day_first)
    _refuse_two_on_one_day(told)
    return told.select(PERSON, DATE, ROW, *items).sort(PERSON, DATE)


def _refuse_columns(measure: Measure, table: pl.DataFrame, person: str, date: str) -> None:
    items = {one.id for one in measure.items}
    for name in (person, date):
        if name not in table.columns:
            raise UnclearOccasions(
                f"There is no column “{name}”. There are: {', '.join(table.columns)}."
            )
        if name in items:
            raise UnclearOccasions(f"“{name}” holds answers: it says neither who nor when.")
        if table.schema[name].is_nested():
            raise UnclearOccasions(f"The column “{name}” holds lists.")
    if person == date:
        raise UnclearOccasions(f"“{person}” cannot be both the person and the date.")


def _text(table: pl.DataFrame, date: str) -> pl.Expr:
    column = pl.col(date)
    if isinstance(table.schema[date], pl.Date | pl.Datetime):
        return column.dt.strftime("%Y-%m-%d")
    return column.cast(pl.String).str.strip_chars()


def _day(day_first: bool) -> pl.Expr:
    said = pl.col("said")
    iso = pl.when(said.str.contains(_ISO)).then(said).otherwise(None)
    if day_first:
        parts = said.str.extract_groups(_DAY_FIRST).struct
        turned = pl.concat_str(
            parts.field("3"),
            parts.field("2").str.zfill(2),
            parts.field("1").str.zfill(2),
            separator="-",
        )
        iso = pl.coalesce(iso, turned)
    return iso.str.to_date("%Y-%m-%d", strict=False)


def _refuse_blank_persons(told: pl.DataFrame) -> None:
    blank = told.filter(pl.col(PERSON).is_null() | (pl.col(PERSON) == ""))
    if blank.height:
        raise UnclearOccasions(f"{_rows(blank[ROW].to_list())} no person: nothing was compared.")


def _refuse_unread_days(told: pl.DataFrame, day_first: bool) -> None:
    unread = told.filter(pl.col(DATE).is_null())
    if not unread.height:
        return
    cells = [f"row {row[ROW]} “{row['said'] or ''}”" for row in _first(unread)]
    wanted = "YYYY-MM-DD or D/M/YYYY" if day_first else "YYYY-MM-DD"
    hint = "" if day_first else " If the day comes first in this file, say --day-first."
    raise UnclearOccasions(
        f"Dates must be {wanted} and days that exist: "
        f"{_listed(cells, unread.height)}. Nothing was compared.{hint}"
    )


def _refuse_two_on_one_day(told: pl.DataFrame) -> None:
    twice = told.group_by(PERSON, DATE, maintain_order=True).agg(ROW)
    twice = twice.filter(pl.col(ROW).list.len() > 1)
    if twice.height:
        cells = [f"rows {_and(row[ROW])} ({row[DATE]})" for row in _first(twice)]
        raise UnclearOccasions(
            "Two forms of one person on one date: "
            f"{_listed(cells, twice.height)}. Which comes first cannot be known, so nothing was "
            "compared."
        )


def _first(table: pl.DataFrame) -> list[dict[str, object]]:
    return table.head(_SHOWN).to_dicts()


def _listed(told: Sequence[str], number: int) -> str:
    more = f", and {number - len(told)} more" if number > len(told) else ""
    return ", ".join(told) + more


def _rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Row {numbers[0]} names"
    shown = [str(one) for one in numbers[:_SHOWN]]
    return f"Rows {_listed(shown, len(numbers))} name"


def _and(numbers: object) -> str:
    told = [str(one) for one in numbers] if isinstance(numbers, list) else [str(numbers)]
    return f"{', '.join(told[:-1])} and {told[-1]}"
