"""What a file is that somebody brings, told by what is in it and not by its name, before anything
opens it. What cannot be read says so, and what to do instead."""

import io
import zipfile
from dataclasses import dataclass

MEGABYTE = 1_000_000
TEXT, WORKBOOK, OLD_WORKBOOK, PACKED = "text", "workbook", "old_workbook", "packed"
EMPTY = "This file is empty."
_PICTURE = "This is a picture. Newel cannot read words in a picture: type them in."
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_HTML = (b"<!doctype", b"<html", b"<table", b"<?xml")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class NotRead(ValueError):
    """The message says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a page takes, and what it says instead of a file that it does not."""

    most_bytes: int
    most_unpacked: int
    copy: str  # what to do with a document: a sentence
    smaller: str  # what to do with a large file: the end of a sentence
    unpacked: str  # of a file that unpacks to far more: a sentence
    otherwise: str  # instead of taking a password off: the end of a sentence
    not_read: str  # a sentence

    @property
    def locked(self) -> str:
        return f"This file is protected by a password. Take the password off{self.otherwise}."


def check_size(size: int, taken: Taken) -> None:
    if size > taken.most_bytes:
        raise NotRead(
            f"This file is {size / MEGABYTE:.1f} MB. Newel takes up to "
            f"{taken.most_bytes // MEGABYTE} MB: {taken.smaller}."
        )
    if not size:
        raise NotRead(EMPTY)


def kind_of(content: bytes, taken: Taken) -> str:
    """TEXT, a WORKBOOK of today or of before 2007, or files that are PACKED together."""
    check_size(len(content), taken)
    _refuse_documents(content, taken)
    if content.startswith(OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise NotRead(taken.locked)
        return OLD_WORKBOOK
    return _packed(content, taken) if content.startswith(b"PK") else TEXT


def _refuse_documents(content: bytes, taken: Taken) -> None:
    if content.startswith(b"%PDF"):
        raise NotRead(f"This is a PDF. {taken.copy}")
    if content.startswith(b"{\\rtf"):
        raise NotRead(f"This is a document of a word processor. {taken.copy}")
    if content.startswith(_PICTURES):
        raise NotRead(_PICTURE)
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML):
        raise NotRead(f"This is a web page, whatever its name says. {taken.copy}")


def _packed(content: bytes, taken: Taken) -> str:
    """A small file may unpack to gigabytes: its own list says how much, before any is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            unpacked = sum(one.file_size for one in packed.infolist())
            locked = any(one.flag_bits & 1 for one in packed.infolist())
            manifest = packed.read("META-INF/manifest.xml") if _is_odf(names) else b""
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, NotImplementedError) as wrong:
        raise NotRead(taken.not_read) from wrong
    if locked or b"encryption-data" in manifest:
        raise NotRead(taken.locked)
    if unpacked > taken.most_unpacked:
        raise NotRead(taken.unpacked)
    if "word/document.xml" in names:
        raise NotRead(f"This is a document of a word processor. {taken.copy}")
    is_book = _is_odf(names) or any(name.startswith("xl/") for name in names)
    return WORKBOOK if is_book else PACKED


def _is_odf(names: set[str]) -> bool:
    return "META-INF/manifest.xml" in names and "content.xml" in names
