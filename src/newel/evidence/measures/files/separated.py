"""Files of separated values, as Excel, survey tools and people write them."""

import csv
import io

import numpy as np
import polars as pl

from newel.evidence.measures.files.refusing import FileRefused, headed

_DELIMITERS = (",", ";", "\t")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8 = b"\xef\xbb\xbf"


def read_csv(content: bytes, called: str) -> pl.DataFrame:
    """Every cell as text. called: the file's name, for sentences.

    Raises FileRefused where it cannot be known which cell is whose.
    """
    try:
        return _read(content, called)
    except csv.Error as fault:
        raise FileRefused(
            f"{called} has a line that breaks inside a cell, or signs that no text has: where its "
            "cells end cannot be known, so nothing was read."
        ) from fault


def _read(content: bytes, called: str) -> pl.DataFrame:
    raw = _in_utf_8(content).rstrip(b"\r\n")
    first = raw.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    delimiter = max(_DELIMITERS, key=lambda one: len(_cells_of(first, one)))
    names = next(csv.reader(io.StringIO(_first_record(raw)), delimiter=delimiter), [])
    if not any(name.strip() for name in names):
        raise FileRefused(f"{called} has no headings in its first line.")
    rows = _refuse_ragged(raw, delimiter, called)
    table = _parsed(raw, delimiter, called)
    if table.height != rows or table.width != len(names):
        raise _misquoted(called)
    return headed(table.slice(1), names, called)


def _in_utf_8(raw: bytes) -> bytes:
    """From UTF-8, or from what Excel on Windows saves: UTF-16 with its mark, or cp1252."""
    if raw.startswith(_UTF_16):
        raw = raw.decode("utf-16", errors="replace").encode()
    elif not raw.isascii():
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            raw = raw.decode("cp1252", errors="replace").encode()
    raw = raw.removeprefix(_UTF_8)
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def _cells_of(line: str, delimiter: str) -> list[str]:
    """A comma inside quotation marks parts nothing."""
    return next(csv.reader([line], delimiter=delimiter), [])


def _first_record(raw: bytes) -> str:
    """The text as far as its headings can reach: they may have lines in quotation marks."""
    end = len(raw) if b'"' in raw.split(b"\n", 1)[0] else raw.find(b"\n")
    return raw[: end if end >= 0 else len(raw)].decode("utf-8", errors="replace")


def _parsed(raw: bytes, delimiter: str, called: str) -> pl.DataFrame:
    try:
        return pl.read_csv(raw, separator=delimiter, has_header=False, infer_schema=False)
    except pl.exceptions.PolarsError as fault:
        raise _misquoted(called) from fault


def _misquoted(called: str) -> FileRefused:
    return FileRefused(
        f"{called} has a quotation mark that opens and never closes, or stands inside a cell: "
        "where its cells end cannot be known, so nothing was read."
    )


def _refuse_ragged(raw: bytes, delimiter: str, called: str) -> int:
    """How many rows there are. Raises FileRefused if one has more or fewer cells than headings."""
    cells = _cells_by_quoted_row(raw, delimiter) if b'"' in raw else _cells_by_row(raw, delimiter)
    wrong = np.flatnonzero((cells != cells[0]) & (cells != 0))
    if len(wrong):
        row = wrong[0]
        more = "" if len(wrong) == 1 else f", and {len(wrong) - 1} more are like it"
        raise FileRefused(
            f"Line {row + 1} of {called} has {_cells(int(cells[row]))} and its headings are "
            f"{cells[0]}{more}. Which answer belongs to which item cannot be known, so nothing "
            "was read."
        )
    return len(cells)


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


def _cells_by_quoted_row(raw: bytes, delimiter: str) -> np.ndarray:
    csv.field_size_limit(max(csv.field_size_limit(), len(raw) + 1))
    text = io.StringIO(raw.decode("utf-8", errors="replace"), newline="")
    return np.array([len(cells) for cells in csv.reader(text, delimiter=delimiter)])


def _cells_by_row(raw: bytes, delimiter: str) -> np.ndarray:
    """The number of cells in each row, 0 in a blank one: delimiters are counted as bytes."""
    signs = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    starts = np.concatenate([[0], ends + 1])
    # a file's last line has no end of its own; one more sign lets the last row be empty too
    parts = np.append(signs == ord(delimiter), False)
    cells = np.add.reduceat(parts, starts, dtype=np.int32) + 1
    lengths = np.append(ends, len(signs)) - starts
    returns = signs[np.minimum(starts, len(signs) - 1)] == ord("\r")
    return np.where((lengths == 0) | ((lengths == 1) & returns), 0, cells)
