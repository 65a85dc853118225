"""How long each chain is and how it ends, in a file outside the database.

Whoever can change the database can take away a chain's last events and make its head say so too;
this file still tells. One line for each time something was sealed: its number, the MAC of the
line before, and for every chain that grew, from where to where. Each line has a MAC of its own,
so a changed line shows, and so does one taken out of the middle. The database remembers where the
file ended, so lines taken from its end show as well.

Only the sealer writes it, after the database has committed; a line that a crash kept out of it is
written the next time. Keep it where the database's administrator cannot write.
"""

import json
import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newel.record.access.audit_key import keyed

GROWS_TO = 8_000_000  # bytes, before it is written anew with one line
LINES_BETWEEN_LOOKS = 500


@dataclass(frozen=True)
class Head:
    """A chain of `count` events, the last of which has this link."""

    count: int = 0
    link: str = ""


@dataclass(frozen=True)
class Growth:
    chain: int
    before: Head
    after: Head


@dataclass(frozen=True)
class Line:
    number: int = 0
    previous: str = ""
    at: str = ""
    is_whole: bool = False  # tells of all chains, in place of all lines before it
    grown: tuple[Growth, ...] = ()
    mac: str = ""

    @property
    def said(self) -> dict[str, Any]:
        return {
            "line": self.number,
            "previous": self.previous,
            "at": self.at,
            "whole": self.is_whole,
            "chains": [
                [g.chain, g.before.count, g.before.link, g.after.count, g.after.link]
                for g in self.grown
            ],
        }

    def true_mac(self) -> str:
        return keyed(b"heads", json.dumps(self.said, separators=(",", ":")).encode()).hex()

    def signed(self) -> "Line":
        return replace(self, mac=self.true_mac())

    def written(self) -> bytes:
        return json.dumps({**self.said, "mac": self.mac}, separators=(",", ":")).encode() + b"\n"


BEFORE_THE_FIRST = Line()
_NOT_A_LINE = Line(number=-1)


def line(number: int, previous: str, grown: list[Growth], *, is_whole: bool = False) -> Line:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Line(number, previous, now, is_whole, tuple(grown)).signed()


def agrees(last: Line, noted: Head) -> bool:
    """The database notes where the file ends before each sealing, so the file is one line ahead,
    or none after a crash."""
    at_it = (last.number, last.mac) == (noted.count, noted.link)
    return at_it or (last.number, last.previous) == (noted.count + 1, noted.link)


def last_line(file: Path) -> Line:
    """The file's end. Half a line, left by a crash while it was written, is taken off first."""
    if not file.exists() or not file.stat().st_size:
        return BEFORE_THE_FIRST
    with file.open("r+b") as opened:
        with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            end = content.rfind(b"\n") + 1
            text = content[content.rfind(b"\n", 0, max(end - 1, 0)) + 1 : end]
        opened.truncate(end)
    return (_parsed(text) or _NOT_A_LINE) if text else BEFORE_THE_FIRST


def append(file: Path, new: Line) -> None:
    is_new = not file.exists()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as out:
        out.write(new.written())
        out.flush()
        os.fsync(out.fileno())
    if is_new:
        settle(file.parent)


def is_too_long(file: Path, last: Line) -> bool:
    return last.number % LINES_BETWEEN_LOOKS == 0 and file.stat().st_size > GROWS_TO


def shorten(file: Path, last: Line, noted: Head) -> Line:
    """All chains in one line, in place of the last one. The old file stays until that is whole.

    A file with anything wrong in it is left as it is: it is evidence.
    """
    read = told(file, noted)
    if read.wrong or read.last != last:
        return last
    ends = [Growth(chain, Head(), head) for chain, head in sorted(read.heads.items())]
    only = line(last.number, last.previous, ends, is_whole=True)
    being_made = file.with_name(file.name + ".new")
    being_made.unlink(missing_ok=True)
    append(being_made, only)
    being_made.replace(file)
    settle(file.parent)
    return only


@dataclass
class Told:
    """What the whole file says, and what is wrong with it (with the chain, where it is one)."""

    noted: Head
    heads: dict[int, Head] = field(default_factory=dict)
    last: Line = BEFORE_THE_FIRST
    wrong: list[tuple[int | None, str]] = field(default_factory=list)
    has_noted: bool = False
    lost_its_place: bool = False

    def take_in(self, text: bytes, place: int) -> None:
        read = _parsed(text)
        if read is None or read.mac != read.true_mac():
            self._say(f"Line {place} of the file of heads was altered.")
            self.lost_its_place = True
            self.has_noted |= read is not None and read.mac == self.noted.link
            return
        self._check_place(read, place)
        for growth in read.grown:
            self._grow(growth, read)
        self.last = read
        self.lost_its_place = False

    def _check_place(self, read: Line, place: int) -> None:
        is_first = place == 1
        follows = (read.number, read.previous) == (self.last.number + 1, self.last.mac)
        if not (follows or (is_first and read.is_whole) or self.lost_its_place):
            self._say(f"Something is missing in the file of heads before line {place}.")
        self.has_noted |= (read.number, read.mac) == (self.noted.count, self.noted.link)
        self.has_noted |= is_first and agrees(read, self.noted)

    def _grow(self, growth: Growth, read: Line) -> None:
        known = self.heads.get(growth.chain, Head())
        is_explained = bool(self.wrong) and growth.before.count > known.count
        if growth.before != known and not is_explained:
            self._say(
                f"When this chain was sealed at {read.at} it ended at {growth.before.count}, and"
                f" not at {known.count} as before: its end was taken away or replaced.",
                growth.chain,
            )
        self.heads[growth.chain] = growth.after

    def _say(self, sentence: str, chain: int | None = None) -> None:
        self.wrong.append((chain, sentence))


def told(file: Path, noted: Head) -> Told:
    """Reads the whole file. `noted` is the end of it that the database remembers."""
    read = Told(noted, has_noted=not noted.count)
    if not file.exists():
        if noted.count:
            read.wrong.append((None, "The file of heads is missing."))
        return read
    for place, text in enumerate(_complete_lines(file), 1):
        read.take_in(text, place)
    if not read.has_noted:
        read.wrong.append((None, "The end of the file of heads was taken away or replaced."))
    return read


def _complete_lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        yield from (text for text in lines if text.endswith(b"\n"))


def _parsed(text: bytes) -> Line | None:
    try:
        said = json.loads(text)
        grown = tuple(Growth(c, Head(n, a), Head(m, b)) for c, n, a, m, b in said["chains"])
        return Line(said["line"], said["previous"], said["at"], said["whole"], grown, said["mac"])
    except (ValueError, TypeError, KeyError):
        return None


def settle(folder: Path) -> None:
    """So that a new name outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
