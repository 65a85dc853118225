"""What a workbook's cells show and its values do not say: per cents, errors, unworked formulas.

The library that reads workbooks gives 0.5 for 50% and nothing for #N/A, so that the one would be
scored and the other be taken for unanswered. Their own file says what they are.
"""

import io
import re
import zlib
from html import unescape
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

from newel.evidence.measures.files.refusing import FileRefused

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_WORKED_OUT = re.compile(rb"<(?:\w+:)?v>[^<]")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_FORMATS = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_PER_CENT = {b"9", b"10"}  # of the formats that every workbook has


def as_seen(content: bytes, called: str, sheet: str, rows: list[list[Any]]) -> None:
    """Puts “50%” and “#N/A” into `rows` where the sheet shows them.

    content: the workbook; rows: of that sheet, from its first cell on. Raises FileRefused for
    formulas without a value: they were never worked out, and would read as unanswered.
    """
    if not is_zipfile(io.BytesIO(content)):  # a workbook of before 2007 is another kind of file
        return
    with ZipFile(io.BytesIO(content)) as file:
        styles = _styles_in_per_cent(_part(file, "xl/styles.xml"))
        told = _part(file, _part_of(file, sheet))
    if not styles and b'"e"' not in told and not _FORMULA.search(told):
        return
    for attributes, body in _CELL.findall(told):
        _one(_named(attributes), body, styles, rows, called)


def _one(
    cell: dict[bytes, bytes], body: bytes, styles: set[bytes], rows: list[list[Any]], called: str
) -> None:
    place = cell.get(b"r", b"").decode()
    row, column = _place(place)
    if row >= len(rows) or column >= len(rows[row]):
        return
    if cell.get(b"t") == b"e":
        found = _VALUE.search(body)
        rows[row][column] = found.group(1).decode() if found else "#N/A"
    elif _FORMULA.search(body) and cell.get(b"t") != b"str" and not _WORKED_OUT.search(body):
        raise FileRefused(
            f"{called} has a formula in {place} that was never worked out: open it in Excel, "
            "save it, and try again. Nothing was read."
        )
    elif cell.get(b"s") in styles and isinstance(rows[row][column], int | float):
        rows[row][column] = f"{rows[row][column] * 100:.10g}%"


def _place(place: str) -> tuple[int, int]:
    """C5 is row 4, column 2, counted from 0."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", place)
    if not found:
        return (1 << 30, 0)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1


def _styles_in_per_cent(told: bytes) -> set[bytes]:
    """The numbers of the styles that show per cents."""
    formats = set(_PER_CENT)
    for attributes in map(_named, _FORMATS.findall(told)):
        if b"%" in attributes.get(b"formatCode", b""):
            formats.add(attributes[b"numFmtId"])
    styles = _STYLES.search(told)
    used = map(_named, _STYLE.findall(styles.group())) if styles else ()
    return {b"%d" % n for n, one in enumerate(used) if one.get(b"numFmtId") in formats}


def _part_of(file: ZipFile, sheet: str) -> str:
    """Where the cells of a sheet stand inside the file."""
    named = map(_named, _SHEET.findall(_part(file, "xl/workbook.xml")))
    ids = {unescape(one.get(b"name", b"").decode()): _id_of(one) for one in named}
    targets = map(_named, _TARGET.findall(_part(file, "xl/_rels/workbook.xml.rels")))
    found = {one.get(b"Id", b""): one.get(b"Target", b"").decode() for one in targets}
    target = found.get(ids.get(sheet, b""), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _id_of(sheet: dict[bytes, bytes]) -> bytes:
    """`r:id`, whatever the writer of the file calls the namespace."""
    return next((value for name, value in sheet.items() if name.endswith(b":id")), b"")


def _part(file: ZipFile, name: str) -> bytes:
    try:
        return file.read(name)
    except KeyError:
        return b""
    except (zlib.error, RuntimeError, NotImplementedError) as fault:
        raise BadZipFile(name) from fault


def _named(attributes: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(attributes))
