"""Tables of forms as files: CSV, Excel and Parquet in, CSV and Parquet out."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

READ = (".csv", ".xlsx", ".parquet")
WRITTEN = (".csv", ".parquet")
_DELIMITERS = (",", ";", "\t")
_KINDS = {".csv": "CSV", ".xlsx": "Excel", ".parquet": "Parquet"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")  # workbooks of today, and of before 2007


class FileRefused(ValueError):
    """The file cannot be read or written, and why, in a sentence."""


def read_table(path: Path, sheet: str = "") -> pl.DataFrame:
    """The table in a file; cells of CSV and Excel stay text, as they stand there.

    Of a workbook the sheet of that name, or the first where there is none of it. Rows that are
    blank to their last cell are left out at the end and kept in the middle, so that rows are
    numbered as a spreadsheet numbers them. A column without a heading is called
    `column_<its number>`, or left out if nothing is in it.
    Raises FileRefused.
    """
    reader = _reader(path)
    try:
        return reader(path, sheet)
    except FileNotFoundError as fault:
        raise FileRefused(f"There is no file {path}.") from fault
    except OSError as fault:
        raise FileRefused(f"{path} cannot be read: {fault.strerror or 'it is broken'}.") from fault
    except (pl.exceptions.PolarsError, CalamineError, BadZipFile) as fault:
        kind = _KINDS[path.suffix.lower()]
        raise FileRefused(
            f"{path} cannot be read: it is no {kind} file, or it is broken or has a password."
        ) from fault


def tables_in(content: bytes, name: str) -> dict[str, pl.DataFrame]:
    """The tables of a file that was sent, read as `read_table` does: of a workbook every sheet that
    holds anything, by its name; of CSV the one, without a name.

    content: what is in it decides, not how it is called; `name` is for sentences.
    Raises FileRefused.
    """
    if not content.startswith(_PACKED):
        return {"": _csv_table(content, name)}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {one: _cells_of(workbook, one) for one in workbook.sheet_names}
    except (CalamineError, BadZipFile, OSError, ValueError) as fault:
        raise FileRefused(
            f"{name} cannot be read: it is no Excel file, or it is broken or has a password."
        ) from fault
    filled = {one: rows for one, rows in sheets.items() if _is_filled(rows)}
    if not filled:
        raise FileRefused(f"{name} is empty.")
    return {
        one: _sheet(rows, f"The sheet “{one}”", "its first row") for one, rows in filled.items()
    }


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


def _reader(path: Path) -> Callable[[Path, str], pl.DataFrame]:
    readers = {".csv": _read_csv, ".xlsx": _read_workbook, ".parquet": _read_parquet}
    if path.suffix.lower() not in readers:
        raise FileRefused(f"{path.name} must end in {', '.join(READ[:-1])} or {READ[-1]}.")
    return readers[path.suffix.lower()]


def _read_csv(path: Path, _: str) -> pl.DataFrame:
    return _csv_table(path.read_bytes(), path.name)


def _csv_table(content: bytes, called: str) -> pl.DataFrame:
    text = _decoded(content).rstrip("\r\n")
    delimiter = max(_DELIMITERS, key=text.split("\n", 1)[0].count)
    names = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    if not any(name.strip() for name in names):
        raise FileRefused(f"{called} has no headings in its first line.")
    rows = _refuse_ragged(text, delimiter, called)
    table = _parsed(text, delimiter, called)
    if table.height != rows:
        raise _misquoted(called)
    return _headed(table.slice(1), names, called)


def _decoded(raw: bytes) -> str:
    """As UTF-8, or as Excel on Windows saves it: UTF-16 with its mark, or cp1252."""
    if raw.startswith(_UTF_16):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    return text if "\n" in text else text.replace("\r", "\n")


def _parsed(text: str, delimiter: str, called: str) -> pl.DataFrame:
    try:
        return pl.read_csv(
            io.BytesIO(text.encode()), separator=delimiter, has_header=False, infer_schema=False
        )
    except pl.exceptions.PolarsError as fault:
        raise _misquoted(called) from fault


def _misquoted(called: str) -> FileRefused:
    return FileRefused(
        f"{called} has a quotation mark that opens and never closes, or stands inside a cell: "
        "where its cells end cannot be known, so nothing was read."
    )


def _refuse_ragged(text: str, delimiter: str, called: str) -> int:
    """How many rows there are. Raises FileRefused if one has more or fewer cells than headings."""
    cells = _cells_by_row(text, delimiter)
    wrong = ((cells != cells[0]) & (cells != 0)).arg_true()
    if len(wrong):
        row = wrong[0]
        more = "" if len(wrong) == 1 else f", and {len(wrong) - 1} more are like it"
        raise FileRefused(
            f"Line {row + 1} of {called} has {_cells(cells[row])} and its headings are "
            f"{cells[0]}{more}. Which answer belongs to which item cannot be known, so nothing "
            "was read."
        )
    return len(cells)


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


def _cells_by_row(text: str, delimiter: str) -> pl.Series:
    """The number of cells in each row, 0 in a blank one. Only quotation marks need care."""
    if '"' in text:
        csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return pl.Series([len(cells) for cells in records], dtype=pl.UInt32)
    lines = pl.Series(text.split("\n"))
    counted = lines.str.count_matches(delimiter, literal=True) + 1
    return counted.set(lines.is_in(["", "\r"]), 0)


def _headed(table: pl.DataFrame, names: Sequence[str], called: str) -> pl.DataFrame:
    """Named columns, no blank rows at the end, no nameless columns with nothing in them."""
    table = table.head(_last_used(table))
    stripped = [name.strip() for name in names]
    kept = [n for n, name in enumerate(stripped) if name or _holds_anything(table.to_series(n))]
    named = [stripped[n] or f"column_{n + 1}" for n in kept]
    _refuse_twice(named, called)
    return pl.DataFrame(
        [table.to_series(n).alias(name) for n, name in zip(kept, named, strict=True)]
    )


def _last_used(table: pl.DataFrame) -> int:
    height = table.height
    while height and not any((cell or "").strip() for cell in table.row(height - 1)):
        height -= 1
    return height


def _holds_anything(column: pl.Series) -> bool:
    return bool((column.str.strip_chars() != "").any())


def _read_workbook(path: Path, sheet: str) -> pl.DataFrame:
    workbook = CalamineWorkbook.from_path(str(path))
    names = workbook.sheet_names
    rows = _cells_of(workbook, sheet if sheet in names else names[0])
    if sheet in names:
        return _sheet(rows, f"The sheet “{sheet}” of {path.name}", "its first row")
    return _sheet(rows, path.name, "the first row of its first sheet")


def _cells_of(workbook: CalamineWorkbook, sheet: str) -> list[list[object]]:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [list(row) for row in rows]


def _is_filled(rows: list[list[object]]) -> bool:
    return any(_text(cell).strip() for row in rows for cell in row)


def _sheet(rows: list[list[object]], called: str, head: str) -> pl.DataFrame:
    if not rows or not any(_text(cell).strip() for cell in rows[0]):
        raise FileRefused(f"{called} has no headings in {head}.")
    columns = {str(n): [_text(row[n]) for row in rows[1:]] for n in range(len(rows[0]))}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return _headed(table, [_text(cell) for cell in rows[0]], called)


def _text(cell: object) -> str:
    """A sheet has no whole numbers, 3 is kept as 3.0; and no days, only midnights."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _read_parquet(path: Path, _: str) -> pl.DataFrame:
    return pl.read_parquet(path)


def _refuse_twice(names: Sequence[str], called: str) -> None:
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        raise FileRefused(
            f"{called} has a column twice: {', '.join(twice)}. Which of them counts cannot be "
            "known, so nothing was scored."
        )


def _refuse_lists(table: pl.DataFrame, path: Path) -> None:
    nested = [name for name, dtype in table.schema.items() if dtype.is_nested()]
    if nested:
        raise FileRefused(
            f"{path.name} cannot be written as CSV: {', '.join(nested)} holds lists. "
            "Name a file that ends in .parquet."
        )
