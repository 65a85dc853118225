"""Workbooks of Excel, read as they are seen: what a sheet shows as 50% is no 0.5."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from newel.evidence.measures.files.cells import as_seen
from newel.evidence.measures.files.refusing import FileRefused, headed

Rows = list[list[Any]]
# So many headings in common make two sheets two parts of one table.
_ALIKE = 3


def read_workbook(path: Path, sheet: str | None = None) -> pl.DataFrame:
    """The sheet of that name, or the first one that is not hidden; every cell as text.

    Raises FileRefused: no such sheet, no headings, formulas that were never worked out, and
    without a name also where another sheet has the same headings, because half of the forms may
    stand there.
    """
    workbook = CalamineWorkbook.from_path(str(path))
    name = _chosen(workbook, sheet, path)
    rows = _rows(workbook, name)
    if not rows or not any(text_of(cell).strip() for cell in rows[0]):
        raise FileRefused(f"{path.name} has no headings in the first row of “{name}”.")
    if sheet is None:
        _refuse_parts(workbook, name, rows[0], path)
    as_seen(path, name, rows)
    columns = {str(n): [text_of(row[n]) for row in rows[1:]] for n in range(len(rows[0]))}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return headed(table, [text_of(cell) for cell in rows[0]], path.name)


def first_rows(path: Path, number: int) -> dict[str, Rows]:
    """The first rows of every sheet that is not hidden, by its name, as text."""
    workbook = CalamineWorkbook.from_path(str(path))
    return {
        name: [[text_of(cell) for cell in row] for row in _rows(workbook, name)[:number]]
        for name in _visible(workbook)
    }


def text_of(cell: object) -> str:
    """A sheet has no whole numbers, 3 is kept as 3.0; and no days, only midnights."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _chosen(workbook: CalamineWorkbook, sheet: str | None, path: Path) -> str:
    visible = _visible(workbook)
    if sheet is not None and sheet not in visible:
        named = ", ".join(f"“{name}”" for name in visible)
        raise FileRefused(f"{path.name} has no sheet “{sheet}” that is not hidden; it has {named}.")
    if not visible:
        raise FileRefused(f"Every sheet of {path.name} is hidden, so nothing was read.")
    return sheet or visible[0]


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        one.name
        for one in workbook.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]


def _rows(workbook: CalamineWorkbook, name: str) -> Rows:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _refuse_parts(
    workbook: CalamineWorkbook, name: str, heads: Sequence[object], path: Path
) -> None:
    own = {text_of(cell).strip() for cell in heads} - {""}
    for other in _visible(workbook):
        if other == name:
            continue
        rows = _rows(workbook, other)
        shared = own & {text_of(cell).strip() for cell in rows[0]} if len(rows) > 1 else set()
        if len(shared) >= min(_ALIKE, len(own)):
            raise FileRefused(
                f"“{name}” and “{other}” of {path.name} both have such columns: say which with "
                "--sheet, or put all forms into one sheet. Nothing was read."
            )
