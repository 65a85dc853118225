"""Tables of forms as files: CSV, Excel and Parquet in, CSV and Parquet out."""

from pathlib import Path
from zipfile import BadZipFile

import polars as pl
from python_calamine import CalamineError

from newel.evidence.measures.files.refusing import FileRefused
from newel.evidence.measures.files.separated import read_csv
from newel.evidence.measures.files.workbooks import read_sheets, read_workbook

__all__ = ["FileRefused", "check_output", "faults_beside", "read_table", "tables_in", "write_table"]

_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")  # workbooks of today, and of before 2007
READ = (".csv", ".xlsx", ".parquet")
WRITTEN = (".csv", ".parquet")
_KINDS = {".csv": "CSV", ".xlsx": "Excel", ".parquet": "Parquet"}


def read_table(path: Path, sheet: str = "", *, only: str | None = None) -> pl.DataFrame:
    """The table in a file; cells of CSV and Excel stay text, as they stand there.

    sheet: of a workbook the sheet of that name, or the first that is not hidden where there is
    none of it; only: that sheet and no other.
    Rows that are blank to their last cell are left out at the end and kept in the middle, so that
    rows are numbered as a spreadsheet numbers them. A column without a heading is called
    `column_<its number>`, or left out if nothing is in it. Raises FileRefused.
    """
    ending = path.suffix.lower()
    if ending not in READ:
        raise FileRefused(f"{path.name} must end in {', '.join(READ[:-1])} or {READ[-1]}.")
    if only is not None and ending != ".xlsx":
        raise FileRefused(f"{path.name} is no workbook: it has no sheets to choose from.")
    try:
        if ending == ".parquet":
            return pl.read_parquet(path)
        if ending == ".csv":
            return read_csv(path.read_bytes(), path.name)
        return read_workbook(path.read_bytes(), path.name, sheet=sheet, only=only)
    except FileNotFoundError as fault:
        raise FileRefused(f"There is no file {path}.") from fault
    except OSError as fault:
        raise FileRefused(f"{path} cannot be read: {fault.strerror or 'it is broken'}.") from fault
    except (pl.exceptions.PolarsError, CalamineError, BadZipFile) as fault:
        raise FileRefused(
            f"{path} cannot be read: it is no {_KINDS[ending]} file, or it is broken or has a "
            "password."
        ) from fault


def tables_in(content: bytes, name: str) -> dict[str, pl.DataFrame]:
    """The tables of a file that was sent, read as `read_table` does: of a workbook every sheet
    that is not hidden and holds anything, by its name; of CSV the one, without a name.

    content: what is in it decides, not how it is called; `name` is for sentences.
    Raises FileRefused.
    """
    if not content.startswith(_PACKED):
        return {"": read_csv(content, name)}
    try:
        return read_sheets(content, name)
    except (CalamineError, BadZipFile, OSError, ValueError) as fault:
        if isinstance(fault, FileRefused):
            raise
        raise FileRefused(
            f"{name} cannot be read: it is no Excel file, or it is broken or has a password."
        ) from fault


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Raises FileRefused."""
    try:
        if path.suffix.lower() == ".parquet":
            table.write_parquet(path)
        else:
            _refuse_lists(table, path)
            table.write_csv(path)
    except OSError as fault:
        raise FileRefused(f"{path} cannot be written: {fault.strerror or fault}.") from fault


def check_output(path: Path, file: Path) -> None:
    """Raises FileRefused for an output that is neither CSV nor Parquet, or would overwrite what
    is read."""
    if path.suffix.lower() not in WRITTEN:
        raise FileRefused(f"{path.name} must end in {' or '.join(WRITTEN)}.")
    if file.resolve() in {path.resolve(), faults_beside(path).resolve()}:
        raise FileRefused(f"{path.name} would overwrite the answers themselves; name another file.")


def faults_beside(path: Path) -> Path:
    """scores.csv has its faults in scores.faults.csv."""
    return path.with_suffix(".faults.csv")


def _refuse_lists(table: pl.DataFrame, path: Path) -> None:
    nested = [name for name, dtype in table.schema.items() if dtype.is_nested()]
    if nested:
        raise FileRefused(
            f"{path.name} cannot be written as CSV: {', '.join(nested)} holds lists. "
            "Name a file that ends in .parquet."
        )
