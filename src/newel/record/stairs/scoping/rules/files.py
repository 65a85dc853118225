"""A file that somebody brings, as the text or the rows in it. What it cannot be says so."""

import io
import re

from python_calamine import CalamineError, CalamineWorkbook

from newel.record.design_system import brought_files
from newel.record.design_system.brought_files import EMPTY, TEXT
from newel.record.design_system.brought_files import NotRead as NotAList
from newel.record.stairs.scoping.rules.lines import LISTS

LIMITS = LISTS["limits"]
TAKEN = brought_files.Taken(
    most_bytes=LIMITS["file_bytes"],
    most_unpacked=LIMITS["unpacked_bytes"],
    copy="Open it, copy the list, and paste it into the box.",
    smaller="save the list alone, or paste it into the box",
    unpacked="This file is far larger than a list of events. Save the list alone.",
    otherwise=", or paste the list",
    not_read="This file could not be read. Save it as CSV, or copy the list and paste it into the "
    "box.",
)


def check_size(size: int) -> None:
    brought_files.check_size(size, TAKEN)


def rows_or_text(content: bytes) -> list[list[object]] | str:
    """By what is in it: what a file is called says nothing."""
    if brought_files.kind_of(content, TAKEN) == TEXT:
        return decoded(content)
    return _rows(content)


def _rows(content: bytes) -> list[list[object]]:
    """The first sheet that holds anything. A formula is what it shows, and never worked out."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        for rows in sheets:
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                return [list(row) for row in rows]
    except (CalamineError, OSError, ValueError) as wrong:
        said = TAKEN.locked if "password" in str(wrong).casefold() else TAKEN.not_read
        raise NotAList(said) from wrong
    raise NotAList(EMPTY)


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with or without its mark, else what Windows writes."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if content.startswith(mark):
            return _words(content.decode(encoding, errors="replace"))
    sample = content[:2000]
    if sample.count(0) * 3 > len(sample):
        big = sample[::2].count(0) > sample[1::2].count(0)
        return _words(content.decode("utf-16-be" if big else "utf-16-le", errors="replace"))
    try:
        return _words(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _words(content.decode("cp1252", errors="replace"))


_NO_TEXT = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def _words(text: str) -> str:
    text = text.replace("\x00", "")
    if len(_NO_TEXT.findall(text[:4000])) > len(text[:4000]) / 50:
        raise NotAList(TAKEN.not_read)
    if not text.strip():
        raise NotAList(EMPTY)
    return text
