"""What to mend in a file: rows that are no forms, and headings that are nearly right."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.files.refusing import FileRefused
from newel.evidence.measures.files.workbooks import first_rows
from newel.evidence.measures.occasions import GOAL

# Words that begin the last row of a sheet when it is a row of totals. Newel's own list.
TOTALS = frozenset(
    ("total", "totals", "grand total", "sum", "mean", "average", "median", "sd", "count", "n")
)
_LOOKED_AT = 20  # rows in which headings are looked for


def where_the_items_are(missing: Sequence[str], table: pl.DataFrame, path: Path) -> str:
    """A sentence that says where the missing items seem to be, or “”."""
    near = [name for name in table.columns if _plain(name) in missing]
    if near:
        told = f"“{near[0]}” is not “{_plain(near[0])}”"
        return f"Headings are the ids, exactly: {told}."
    for number, cells in enumerate(table.head(_LOOKED_AT).rows(), 2):
        if _holds(cells, missing):
            return f"Its headings stand in row {number}: delete the rows above them."
    if path.suffix.lower() == ".xlsx":
        for name, heads in first_rows(path.read_bytes()).items():
            if _holds(heads, missing):
                return f"They stand in the sheet “{name}”: name it with --sheet."
    return ""


def refuse_totals(measure: Measure, table: pl.DataFrame, path: Path) -> None:
    """Raises FileRefused where the last row is one of totals: it would be scored as a form."""
    items = {one.id for one in measure.items}
    others = [name for name in table.columns if name not in items]
    last = table.select(others).tail(2).rows()
    if not others or len(last) < 2:
        return
    for before, cell in zip(*last, strict=True):
        if _word(cell) in TOTALS and _word(before) not in TOTALS:
            raise FileRefused(
                f"The last row of {path.name}, row {table.height + 1}, says “{cell}”: it would "
                "be scored as a form. Take it out, and try again. Nothing was read."
            )


def look_like_items(measure: Measure, columns: Iterable[str]) -> list[str]:
    """Columns that are none of the items and are called as if they were: `essences_02_cy`. The
    names of goals, `gbo_01_goal`, are read where change is worked out."""
    ids = {one.id for one in measure.items}
    if measure.kind == "goals":
        ids |= {one.id + GOAL for one in measure.items}
    called = re.compile(rf"{measure.id}[_ .-]?\d", re.IGNORECASE)
    return [name for name in columns if name not in ids and called.match(name)]


def _plain(name: str) -> str:
    """“EssenCES 02” and “essences-2” as the id would be."""
    told = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    return re.sub(r"_(\d)$", r"_0\1", told)


def _holds(cells: Iterable[object], missing: Sequence[str]) -> bool:
    return any(isinstance(cell, str) and cell.strip() in missing for cell in cells)


def _word(cell: object) -> str:
    return cell.strip().rstrip(":").casefold() if isinstance(cell, str) else ""
