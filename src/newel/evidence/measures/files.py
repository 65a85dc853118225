"""Tables of forms as files: CSV, Excel and Parquet in, CSV and Parquet out."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

READ = (".csv", ".xlsx", ".parquet")
WRITTEN = (".csv", ".parquet")
_DELIMITERS = (",", ";", "\t")


class FileRefused(ValueError):
    """The file cannot be read or written, and why, in a sentence."""


def read_table(path: Path) -> pl.DataFrame:
    """The table in a file; cells of CSV and Excel stay text, as they stand there.

    Of a workbook the first sheet. Raises FileRefused.
    """
    try:
        return _reader(path)(path)
    except FileNotFoundError as fault:
        raise FileRefused(f"There is no file {path}.") from fault
    except (OSError, pl.exceptions.PolarsError, CalamineError) as fault:
        raise FileRefused(f"{path} cannot be read: {fault}") from fault


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Raises FileRefused."""
    try:
        if path.suffix.lower() == ".parquet":
            table.write_parquet(path)
        else:
            table.write_csv(path)
    except OSError as fault:
        raise FileRefused(f"{path} cannot be written: {fault}") from fault


def check_ending(path: Path) -> None:
    """Raises FileRefused for an output that is neither CSV nor Parquet."""
    if path.suffix.lower() not in WRITTEN:
        raise FileRefused(f"{path.name} must end in {' or '.join(WRITTEN)}.")


def faults_beside(path: Path) -> Path:
    """scores.csv has its faults in scores.faults.csv."""
    return path.with_suffix(".faults.csv")


def _reader(path: Path) -> Callable[[Path], pl.DataFrame]:
    readers = {".csv": _read_csv, ".xlsx": _read_workbook, ".parquet": _read_parquet}
    if path.suffix.lower() not in readers:
        raise FileRefused(f"{path.name} must end in {', '.join(READ[:-1])} or {READ[-1]}.")
    return readers[path.suffix.lower()]


def _read_csv(path: Path) -> pl.DataFrame:
    text = _decoded(path)
    head = text.split("\n", 1)[0].rstrip("\r")
    if not head.strip():
        raise FileRefused(f"{path.name} has no headings in its first line.")
    delimiter = max(_DELIMITERS, key=head.count)
    _refuse_twice(next(csv.reader([head], delimiter=delimiter)), path)
    table = pl.read_csv(
        io.BytesIO(text.encode()),
        separator=delimiter,
        infer_schema=False,
        truncate_ragged_lines=False,
    )
    return table.rename({name: name.strip() for name in table.columns})


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")  # as Excel saves CSV on Windows


def _read_workbook(path: Path) -> pl.DataFrame:
    workbook = CalamineWorkbook.from_path(str(path))
    rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if not rows or not any(cell != "" for cell in rows[0]):
        raise FileRefused(f"{path.name} has no headings in the first row of its first sheet.")
    names = [_text(cell).strip() for cell in rows[0]]
    used = [number for number, name in enumerate(names) if name]
    _refuse_twice([names[number] for number in used], path)
    columns = {names[n]: [_text(row[n]) for row in rows[1:]] for n in used}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _text(cell: object) -> str:
    """A sheet has no whole numbers: 3 is kept as 3.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _read_parquet(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path)


def _refuse_twice(names: Sequence[str], path: Path) -> None:
    twice = [name for name, number in Counter(name.strip() for name in names).items() if number > 1]
    if twice:
        raise FileRefused(
            f"{path.name} has a column twice: {', '.join(twice)}. Which of them counts cannot be "
            "known, so nothing was scored."
        )
