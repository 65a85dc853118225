"""Tables of forms as files: CSV, Excel and Parquet in, CSV and Parquet out."""

from pathlib import Path
from zipfile import BadZipFile

import polars as pl
from python_calamine import CalamineError

from newel.evidence.measures.files.refusing import FileRefused
from newel.evidence.measures.files.separated import read_csv
from newel.evidence.measures.files.workbooks import read_workbook

__all__ = ["FileRefused", "check_output", "faults_beside", "read_table", "write_table"]

READ = (".csv", ".xlsx", ".parquet")
WRITTEN = (".csv", ".parquet")
_KINDS = {".csv": "CSV", ".xlsx": "Excel", ".parquet": "Parquet"}


def read_table(path: Path, sheet: str | None = None) -> pl.DataFrame:
    """The table in a file; cells of CSV and Excel stay text, as they stand there.

    sheet: of a workbook the sheet of this name; None for the first one that is not hidden.
    Rows that are blank to their last cell are left out at the end and kept in the middle, so that
    rows are numbered as a spreadsheet numbers them. A column without a heading is called
    `column_<its number>`, or left out if nothing is in it. Raises FileRefused.
    """
    ending = path.suffix.lower()
    if ending not in READ:
        raise FileRefused(f"{path.name} must end in {', '.join(READ[:-1])} or {READ[-1]}.")
    if sheet is not None and ending != ".xlsx":
        raise FileRefused(f"{path.name} is no workbook: it has no sheets to choose from.")
    try:
        if ending == ".xlsx":
            return read_workbook(path, sheet)
        return read_csv(path) if ending == ".csv" else pl.read_parquet(path)
    except FileNotFoundError as fault:
        raise FileRefused(f"There is no file {path}.") from fault
    except OSError as fault:
        raise FileRefused(f"{path} cannot be read: {fault.strerror or 'it is broken'}.") from fault
    except (pl.exceptions.PolarsError, CalamineError, BadZipFile) as fault:
        raise FileRefused(
            f"{path} cannot be read: it is no {_KINDS[ending]} file, or it is broken or has a "
            "password."
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
