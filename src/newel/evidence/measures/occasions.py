"""Whose form a row is, and of which day: read strictly, because a day read wrongly turns a change
for the better into one for the worse."""

from collections.abc import Sequence
from itertools import combinations

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.faults import FIRST_ROW

PERSON, DATE, AGE, ROW = "person", "date", "age", "row"
GOAL = "_goal"  # ends the name of a column that names the goal of a rating
_ISO = r"^\d{4}-\d{2}-\d{2}$"
_DAY_FIRST = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$"
_SHOWN = 10
_OLDEST = 120


class UnclearOccasions(ValueError):
    """Whose form it is, or of which day, cannot be known. A sentence that names the rows."""


def occasions(
    measure: Measure,
    table: pl.DataFrame,
    *,
    person: str,
    date: str,
    age: str | None = None,
    day_first: bool = False,
) -> pl.DataFrame:
    """`table` as `person` (String), `date` (Date), `age` (whole years, null where it is not told),
    `row` (UInt32, as a spreadsheet counts), the measure's items and, of goals, the columns that
    name them (`gbo_01_goal`), in the order of persons and days.

    table: n rows; `person`, `date` and `age` name columns of it. Days are YYYY-MM-DD or a column of
    days; with `day_first` D/M/YYYY is read as well (also with full stops or hyphens).
    Raises UnclearOccasions: a column that is not there, no person, a day or an age that cannot be
    read, two forms of one person on one day, a rating of which it is not said of which goal.
    """
    _refuse_columns(measure, table, *(one for one in (person, date, age) if one is not None))
    items = [one.id for one in measure.items if one.id in table.columns]
    rows = pl.int_range(FIRST_ROW, table.height + FIRST_ROW, dtype=pl.UInt32).alias(ROW)
    persons = pl.col(person).cast(pl.String).str.strip_chars().alias(PERSON)
    ages = (pl.lit(None) if age is None else pl.col(age)).cast(pl.String).str.strip_chars()
    told = table.select(
        persons, _text(table, date).alias("said"), ages.alias("said of age"), rows, *items
    ).with_columns(_day(day_first).alias(DATE), _age().alias(AGE))
    _refuse_blank_persons(told)
    _refuse_unread_days(told, day_first)
    _refuse_unread_ages(told)
    _refuse_two_on_one_day(told)
    named = _goals_named(measure, table)
    if named:
        told = told.with_columns(table.select(named))
        _refuse_unclear_goals(told, named)
    return told.select(PERSON, DATE, AGE, ROW, *items, *named).sort(PERSON, DATE)


def _refuse_columns(measure: Measure, table: pl.DataFrame, *names: str) -> None:
    items = {one.id for one in measure.items}
    for name in names:
        if name not in table.columns:
            raise UnclearOccasions(
                f"There is no column “{name}”. There are: {', '.join(table.columns)}."
            )
        if name in items:
            raise UnclearOccasions(f"“{name}” holds answers: it says neither who nor when.")
        if table.schema[name].is_nested():
            raise UnclearOccasions(f"The column “{name}” holds lists.")
    if len(set(names)) < len(names):
        raise UnclearOccasions(f"“{names[0]}” cannot be both the person and the date.")


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


def _goals_named(measure: Measure, table: pl.DataFrame) -> list[str]:
    """Columns that say of which goal a rating is. Without one its place is the goal, throughout."""
    if measure.kind != "goals":
        return []
    return [name for one in measure.items if (name := one.id + GOAL) in table.columns]


def _refuse_unclear_goals(told: pl.DataFrame, named: Sequence[str]) -> None:
    goals = {name: pl.col(name).cast(pl.String).str.strip_chars() for name in named}
    for name, goal in goals.items():
        rated = pl.col(name.removesuffix(GOAL)).is_not_null()
        nameless = told.filter(rated & (goal.is_null() | (goal == "")))
        if nameless.height:
            raise UnclearOccasions(
                f"{_listed([f'row {row[ROW]}' for row in _first(nameless)], nameless.height)}: a "
                f"rating, and {name} does not say of which goal. Nothing was compared."
            )
    for name, other in combinations(goals, 2):
        same = told.filter(goals[name] == goals[other], goals[name] != "")
        if same.height:
            raise UnclearOccasions(
                f"{_listed([f'row {row[ROW]}' for row in _first(same)], same.height)}: {name} and "
                f"{other} name one goal. Which rating counts cannot be known, so nothing was "
                "compared."
            )


def _age() -> pl.Expr:
    """In whole years; 15.0 of a spreadsheet is 15."""
    said = pl.col("said of age")
    years = said.cast(pl.Float64, strict=False)
    whole = (years == years.floor()) & years.is_between(0, _OLDEST)
    return pl.when(whole).then(years).cast(pl.Int64)


def _refuse_unread_ages(told: pl.DataFrame) -> None:
    said = pl.col("said of age")
    unread = told.filter(said.is_not_null() & (said != "") & pl.col(AGE).is_null())
    if unread.height:
        cells = [f"row {row[ROW]} “{row['said of age']}”" for row in _first(unread)]
        raise UnclearOccasions(
            f"Ages must be whole years from 0 to {_OLDEST}: {_listed(cells, unread.height)}. "
            "Nothing was compared."
        )


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
