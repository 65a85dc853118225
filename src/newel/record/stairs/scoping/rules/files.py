"""A file that somebody brings, as the text or the rows in it. What it cannot be says so."""

import io
import re
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from newel.record.stairs.scoping.rules.lines import LISTS

LIMITS = LISTS["limits"]
MEGABYTE = 1_000_000
COPY = "Open it, copy the list, and paste it into the box."
OTHERS = (
    (b"%PDF", f"This is a PDF. {COPY}"),
    (b"{\\rtf", f"This is a document of a word processor. {COPY}"),
    (b"\x89PNG", "This is a picture. Newel cannot read words in a picture: type them in."),
    (b"\xff\xd8\xff", "This is a picture. Newel cannot read words in a picture: type them in."),
    (b"GIF8", "This is a picture. Newel cannot read words in a picture: type them in."),
)
HTML = (b"<!doctype", b"<html", b"<table", b"<?xml")
NOT_READ = (
    "This file could not be read. Save it as CSV, or copy the list and paste it into the box."
)
LOCKED = "This file is protected by a password. Take the password off, or paste the list."
EMPTY = "This file is empty."
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class NotAList(ValueError):
    """The message says what to do instead."""


def check_size(size: int) -> None:
    if size > LIMITS["file_bytes"]:
        raise NotAList(
            f"This file is {size / MEGABYTE:.1f} MB. Newel takes up to "
            f"{LIMITS['file_bytes'] // MEGABYTE} MB: save the list alone, or paste it into the box."
        )
    if not size:
        raise NotAList(EMPTY)


def rows_or_text(content: bytes) -> list[list[object]] | str:
    """By what is in it: what a file is called says nothing."""
    check_size(len(content))
    for beginning, sentence in OTHERS:
        if content.startswith(beginning):
            raise NotAList(sentence)
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(HTML):
        raise NotAList(f"This is a web page, whatever its name says. {COPY}")
    if content.startswith(OLD_OFFICE):
        return _old_workbook(content)
    if content.startswith(b"PK"):
        return _workbook(content)
    return decoded(content)


def _old_workbook(content: bytes) -> list[list[object]]:
    """A workbook from before 2007, or one that was locked."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotAList(LOCKED)
    return _rows(content)


def _workbook(content: bytes) -> list[list[object]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            unpacked = sum(one.file_size for one in packed.infolist())
            locked = any(one.flag_bits & 1 for one in packed.infolist())
            manifest = packed.read("META-INF/manifest.xml") if _is_odf(names) else b""
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, NotImplementedError) as wrong:
        raise NotAList(NOT_READ) from wrong
    if locked or b"encryption-data" in manifest:
        raise NotAList(LOCKED)
    if unpacked > LIMITS["unpacked_bytes"]:
        raise NotAList("This file is far larger than a list of events. Save the list alone.")
    if "word/document.xml" in names:
        raise NotAList(f"This is a document of a word processor. {COPY}")
    return _rows(content)


def _is_odf(names: set[str]) -> bool:
    return "META-INF/manifest.xml" in names and "content.xml" in names


def _rows(content: bytes) -> list[list[object]]:
    """The first sheet that holds anything. A formula is what it shows, and never worked out."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        for rows in sheets:
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                return [list(row) for row in rows]
    except (CalamineError, OSError, ValueError) as wrong:
        said = LOCKED if "password" in str(wrong).casefold() else NOT_READ
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
        raise NotAList(NOT_READ)
    if not text.strip():
        raise NotAList(EMPTY)
    return text
