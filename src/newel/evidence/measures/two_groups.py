"""Which forms of a file are those of staff and which those of residents: read strictly, because a
form on the wrong side turns a difference round."""

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.faults import FIRST_ROW

STAFF, RESIDENTS = "staff", "residents"
_SHOWN = 10


class UnclearGroups(ValueError):
    """Whose forms these are cannot be known. A sentence that names the rows."""


def staff_and_residents(
    measure: Measure, table: pl.DataFrame, *, group: str, staff: str, residents: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The forms of staff, and those of residents.

    table: n rows; `group` names the column that says whose form a row is; `staff` and `residents`
    are what stands in it, whatever the case of its letters.
    Raises UnclearGroups: no such column, a row that says neither, no row of one of them.
    """
    _refuse_column(measure, table, group)
    words = [_plain(staff), _plain(residents)]
    if words[0] == words[1]:
        raise UnclearGroups(f"Staff and residents cannot both be “{staff}”.")
    said = table[group].cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")
    _refuse_others(table[group], said, words, f"“{staff}” nor “{residents}”")
    parts = tuple(table.filter(said == word) for word in words)
    for part, word in zip(parts, (staff, residents), strict=True):
        if not part.height:
            raise UnclearGroups(f"No row says “{word}” in “{group}”.")
    return parts[0], parts[1]


def _plain(word: str) -> str:
    return word.strip().lower()


def _refuse_column(measure: Measure, table: pl.DataFrame, group: str) -> None:
    if group not in table.columns:
        raise UnclearGroups(f"There is no column “{group}”. There are: {', '.join(table.columns)}.")
    if group in {one.id for one in measure.items}:
        raise UnclearGroups(f"“{group}” holds answers: it does not say whose form a row is.")
    if table.schema[group].is_nested():
        raise UnclearGroups(f"The column “{group}” holds lists.")


def _refuse_others(cells: pl.Series, said: pl.Series, words: list[str], neither: str) -> None:
    rows = (~said.is_in(words)).arg_true().to_list()
    if not rows:
        return
    told = [f"row {row + FIRST_ROW} “{cells[row] or ''}”" for row in rows[:_SHOWN]]
    more = f", and {len(rows) - len(told)} more" if len(rows) > len(told) else ""
    raise UnclearGroups(
        f"Neither {neither}: {', '.join(told)}{more}. Whose forms they are cannot be known, so "
        "nothing was compared."
    )
