"""Reading the heads of the writers (`audit_writers`), and folding away those that have ended.

A writer has ended when nobody holds the lock on its file: its connection was closed, or its
process is gone, however it went. Its file is deleted only once all that it tells of has a place in
the chains, which tell of it from then on. A file that tells of an event that is missing is never
deleted: it is evidence.

The folder has a mark, which the database remembers: a folder that was lost or replaced is said.
"""

import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import psycopg

from newel.record.access.audit_heads import Head, settle
from newel.record.access.audit_key import keyed
from newel.record.access.audit_writers import head_line

MARK = "folder"
_TRIES = 5  # at reading a file while its writer writes
_PAUSE = 0.002
_A_MINUTE = 60.0


class WriterHead(NamedTuple):
    writer: uuid.UUID
    number: int
    mac: bytes


@dataclass
class WritersTold:
    """What the folder says, and what is wrong with it."""

    heads: list[WriterHead] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def begin(folder: Path) -> Head:
    """The folder's mark, made where there is none. It is the sealer who asks, once."""
    mark = folder / MARK
    if not mark.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        being_made = folder / f".{MARK}.new"
        being_made.write_text(uuid.uuid4().hex)
        being_made.chmod(0o600)
        being_made.replace(mark)
        settle(folder)
    return Head(1, _link_of(mark))


def told(folder: Path) -> WritersTold:
    """To be read before the snapshot of the database: what a head tells of is then in it."""
    said = WritersTold()
    for file in _files(folder):
        head = _read(file)
        if isinstance(head, str):
            said.wrong.append(head)
        elif head is not None:
            said.heads.append(head)
    return said


def what_is_wrong_with(folder: Path, noted: Head) -> Iterator[str]:
    if noted.count and not folder.exists():
        yield "The folder with the heads of the writers is missing."
    elif noted.count and _link_of(folder / MARK) != noted.link:
        yield "The folder with the heads of the writers was taken away or replaced."


def fold(folder: Path, db: psycopg.Connection[tuple[object, ...]]) -> int:
    """Deletes the files of ended writers whose events are all in the chains; says how many."""
    folded = 0
    for file in _files(folder):
        with _ended(file) as has_ended:
            if has_ended and _tells_nothing_more(file, db):
                file.unlink()
                folded += 1
    return folded


def _tells_nothing_more(file: Path, db: psycopg.Connection[tuple[object, ...]]) -> bool:
    head = _read(file)
    if head is None:  # made and never written, unless it was made just now
        return time.time() - file.stat().st_mtime > _A_MINUTE
    return not isinstance(head, str) and is_sealed(db, head)


def is_sealed(db: psycopg.Connection[tuple[object, ...]], head: WriterHead) -> bool:
    query = "SELECT mac, sealed FROM access_audit_at_heads(%s::uuid[], %s::bigint[])"
    row = db.execute(query, [[head.writer], [head.number]]).fetchone()
    return row == (head.mac, head.number)


@contextmanager
def _ended(file: Path) -> Iterator[bool]:
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)


def _files(folder: Path) -> list[Path]:
    if not folder.exists():
        return []
    return sorted(file for file in folder.iterdir() if file.name not in (MARK, f".{MARK}.new"))


def _read(file: Path) -> WriterHead | str | None:
    """A head; None where it tells nothing; or what is wrong with it."""
    for left in reversed(range(_TRIES)):
        text = file.read_bytes()
        if not text.strip(b"\x00"):
            return None  # as a power cut leaves a file that was just made
        head = _parsed(text)
        if head is not None and head.writer.hex == file.name:
            return head
        time.sleep(_PAUSE if left else 0)
    return f"The head of the writer {file.name} was altered."


def _parsed(text: bytes) -> WriterHead | None:
    try:
        writer, number, mac, _ = text.decode("ascii").split()
        head = WriterHead(uuid.UUID(writer), int(number), bytes.fromhex(mac))
    except ValueError:
        return None
    return head if head_line(*head) == text else None


def _link_of(mark: Path) -> str:
    return keyed(b"folder", mark.read_bytes()).hex() if mark.exists() else ""
