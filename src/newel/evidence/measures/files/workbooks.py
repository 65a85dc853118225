"""Workbooks of Excel, read as they are seen: what a sheet shows as 50% is no 0.5."""

import io
from datetime import date, datetime, time
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from newel.evidence.measures.files.cells import as_seen
from newel.evidence.measures.files.refusing import FileRefused, headed

Rows = list[list[Any]]
# So many headings in common make two sheets two parts of one table.
_ALIKE = 3


def read_workbook(content: bytes, called: str, *, sheet: str, only: str | None) -> pl.DataFrame:
    """One sheet, every cell as text: `only` that one, or else the one called `sheet` where there
    is one, or else the first that is not hidden.

    called: the file's name, for sentences. Raises FileRefused: no such sheet, no headings,
    formulas that were never worked out, and where none is named also if another sheet has the
    same headings, because half of the forms may stand there.
    """
    workbook = _opened(content)
    name = _chosen(workbook, called, sheet=sheet, only=only)
    if name != sheet and only is None:
        _refuse_parts(workbook, name, called)
        return _sheet(content, workbook, name, called, "the first row of its first sheet")
    return _sheet(content, workbook, name, f"The sheet “{name}” of {called}", "its first row")


def read_sheets(content: bytes, called: str) -> dict[str, pl.DataFrame]:
    """Every sheet that is not hidden and holds anything, by its name. Raises FileRefused."""
    workbook = _opened(content)
    filled = [name for name in _visible(workbook) if _is_filled(_rows(workbook, name))]
    if not filled:
        raise FileRefused(f"{called} is empty.")
    return {
        name: _sheet(content, workbook, name, f"The sheet “{name}”", "its first row")
        for name in filled
    }


def first_rows(content: bytes) -> dict[str, list[str]]:
    """The first row of every sheet that is not hidden, by its name, as text."""
    workbook = _opened(content)
    return {
        name: [text_of(cell) for row in _rows(workbook, name)[:1] for cell in row]
        for name in _visible(workbook)
    }


def text_of(cell: object) -> str:
    """A sheet has no whole numbers, 3 is kept as 3.0; no days, only midnights; and it shows 15
    digits of a number, so that 3 times 0.1 is 0.3."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _opened(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _sheet(
    content: bytes, workbook: CalamineWorkbook, name: str, called: str, head: str
) -> pl.DataFrame:
    rows = _rows(workbook, name)
    if not rows or not any(text_of(cell).strip() for cell in rows[0]):
        raise FileRefused(f"{called} has no headings in {head}.")
    _refuse_merged(workbook, name, called)
    as_seen(content, called, name, rows)
    columns = {str(n): [text_of(row[n]) for row in rows[1:]] for n in range(len(rows[0]))}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return headed(table, [text_of(cell) for cell in rows[0]], called)


def _refuse_merged(workbook: CalamineWorkbook, name: str, called: str) -> None:
    """Several rows seem to have what only the first of them holds."""
    for (first, column), (last, _) in workbook.get_sheet_by_name(name).merged_cell_ranges or ():
        if last > first:
            raise FileRefused(
                f"{called} has merged cells that reach from row {first + 1} to row {last + 1}, in "
                f"column {column + 1}: whose they are cannot be known. Part them, and try again."
            )


def _is_filled(rows: Rows) -> bool:
    return any(text_of(cell).strip() for row in rows for cell in row)


def _chosen(workbook: CalamineWorkbook, called: str, *, sheet: str, only: str | None) -> str:
    visible = _visible(workbook)
    if not visible:
        raise FileRefused(f"Every sheet of {called} is hidden, so nothing was read.")
    if only is not None and only not in visible:
        named = ", ".join(f"“{name}”" for name in visible)
        raise FileRefused(f"{called} has no sheet “{only}” that is not hidden; it has {named}.")
    return only or (sheet if sheet in visible else visible[0])


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        one.name
        for one in workbook.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]


def _rows(workbook: CalamineWorkbook, name: str) -> Rows:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _refuse_parts(workbook: CalamineWorkbook, name: str, called: str) -> None:
    own = _heads(_rows(workbook, name))
    for other in _visible(workbook):
        rows = _rows(workbook, other) if other != name else []
        if len(rows) > 1 and own and len(own & _heads(rows)) >= min(_ALIKE, len(own)):
            raise FileRefused(
                f"“{name}” and “{other}” of {called} both have such columns: say which with "
                "--sheet, or put all forms into one sheet. Nothing was read."
            )


def _heads(rows: Rows) -> set[str]:
    return {text_of(cell).strip() for cell in rows[0]} - {""} if rows else set()
