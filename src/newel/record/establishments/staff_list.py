"""Reading a list of staff as people keep it: a file or pasted lines, in any usual writing.

Knows no database. Every line comes back with what it says and with what is wrong with it.
"""

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from rapidfuzz import fuzz, process

from newel.record.access.names import sort_key
from newel.record.access.roles import LASTING_ROLES
from newel.record.establishments.models import DISCIPLINES

MOST_LINES = 300
MOST_BYTES = 1_000_000
ALIKE_FROM = 60
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "staff name", "worker", "staff"),
    "username": ("login name", "username", "user name", "login", "signs in as", "sign in name"),
    "role": ("role", "job role"),
    "unit": ("unit", "where", "works on", "house", "landing", "ward"),
    "discipline": ("discipline", "kind of work"),
    "agency": ("agency", "employer", "employed by"),
    "starts_on": ("start", "starts", "start date", "starts on", "from"),
}
NEEDED = ("name", "role", "unit")
IN_WORDS = {
    "name": "name",
    "username": "login name",
    "role": "role",
    "unit": "unit",
    "discipline": "discipline",
    "agency": "agency",
    "starts_on": "start",
}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y")
BINARY = {
    b"PK": "This is a spreadsheet file. Save it as CSV, or copy its lines and paste them here",
    b"\xd0\xcf": "This is an old spreadsheet file. Save it as CSV, or copy and paste its lines",
    b"%PDF": "This is a PDF. Copy the lines from where the list is kept and paste them here",
}


class NotAList(Exception):
    """What was given cannot be read as a list. The message is for the person."""


@dataclass
class Line:
    """One line of the list. `problems` are sentences for the person, beside it."""

    number: int
    said: dict[str, str]
    problems: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """Names the line by what it says: answers to it do not move to another line."""
        words = "\x1f".join(f"{name}={self.said[name]}" for name in sorted(self.said))
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    def says(self, column: str) -> str:
        return self.said.get(column, "")


def text_of(data: bytes) -> str:
    """As text, whatever program wrote it."""
    if len(data) > MOST_BYTES:
        raise NotAList("This file is too large for a list of staff. Use a smaller part of it")
    for start, sentence in BINARY.items():
        if data.startswith(start):
            raise NotAList(sentence)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read(text: str) -> list[Line]:
    """The lines of a list whose first line names its columns."""
    rows = _rows(text.replace("\x00", "").lstrip("\ufeff"))
    if not rows:
        raise NotAList("Paste the list, or choose a file")
    (_, head), *rest = rows
    columns = _columns(head)
    if len(rest) > MOST_LINES:
        raise NotAList(
            f"This list has {len(rest)} lines. Bring in at most {MOST_LINES} at a time: cut it "
            "into parts"
        )
    if not rest:
        raise NotAList("The list names its columns and has nobody on it")
    return [_line(number, cells, columns, len(head)) for number, cells in rest]


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """With the number of each line, as a spreadsheet counts. Empty ones are no lines."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max("\t;,", key=first.count)
    try:
        every = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise NotAList("A cell of this list is not closed, or is very long. Check it") from error
    cleaned = [[" ".join(cell.split()) for cell in row] for row in every]
    return [(number, row) for number, row in enumerate(cleaned, start=1) if any(row)]


def _columns(head: list[str]) -> dict[int, str]:
    known = {sort_key(word): name for name, words in COLUMNS.items() for word in words}
    keys = [sort_key(cell) for cell in head]
    columns = {place: known[key] for place, key in enumerate(keys) if key in known}
    missing = [IN_WORDS[name] for name in NEEDED if name not in columns.values()]
    if missing:
        raise NotAList(
            f"The first line has to name the columns. Missing: {', '.join(missing)}. Newel knows "
            f"these: {', '.join(IN_WORDS.values())}"
        )
    twice = [IN_WORDS[name] for name in COLUMNS if list(columns.values()).count(name) > 1]
    if twice:
        raise NotAList(f"The first line names a column twice: {', '.join(twice)}")
    return columns


def _line(number: int, cells: list[str], columns: dict[int, str], width: int) -> Line:
    said = {name: cells[place] if place < len(cells) else "" for place, name in columns.items()}
    line = Line(number, said)
    if any(cells[width:]):
        line.problems.append(
            "This line has more cells than the first line names. Put a name that holds a comma "
            "between quotation marks"
        )
    return line


def role_said(line: Line) -> str:
    """The role's code, or nothing and a sentence."""
    names = {sort_key(role.name): role.code for role in LASTING_ROLES}
    return _one_of(line, "role", names | {sort_key(role.code): role.code for role in LASTING_ROLES})


def discipline_said(line: Line) -> str:
    names = {sort_key(words): code for code, words in DISCIPLINES}
    return _one_of(line, "discipline", names | {sort_key(code): code for code, _ in DISCIPLINES})


def _one_of(line: Line, column: str, known: dict[str, str]) -> str:
    said = line.says(column)
    if not said:
        line.problems.append(f"Say the {IN_WORDS[column]}")
        return ""
    code = known.get(sort_key(said), "")
    if not code:
        line.problems.append(not_known(column, said, list(known)))
    return code


def not_known(column: str, said: str, known: list[str]) -> str:
    """With the likeliest that Newel knows, and only if it is alike."""
    sentence = f"Newel knows no {IN_WORDS[column]} “{said}”"
    if column == "role":
        known = [sort_key(role.name) for role in LASTING_ROLES]
    alike = process.extractOne(sort_key(said), known, scorer=fuzz.WRatio, score_cutoff=ALIKE_FROM)
    return f"{sentence}. Did you mean “{_as_shown(column, alike[0])}”?" if alike else sentence


def _as_shown(column: str, key: str) -> str:
    shown = {sort_key(role.name): role.name for role in LASTING_ROLES}
    shown |= {sort_key(words): words for _, words in DISCIPLINES}
    return shown.get(key, key) if column in ("role", "discipline") else key


def day_said(line: Line, *, today: date, latest: date) -> date | None:
    """The first day; nothing where it is not said. A day that has passed means from now on."""
    said = line.says("starts_on")
    if not said:
        return None
    for pattern in DAYS:
        try:
            day = datetime.strptime(said, pattern).date()
        except ValueError:
            continue
        if day > latest:
            line.problems.append("The start is more than a year ahead. Check the year")
        return max(day, today)
    line.problems.append(f"“{said}” is no day. Write it like 30 11 2026, the day first")
    return None


_USERNAME = re.compile(r"[a-z0-9]([a-z0-9.'-]*[a-z0-9])?")


def username_said(line: Line) -> str:
    """What they sign in with: as written, or made of their name."""
    said = line.says("username").casefold() or sort_key(line.says("name")).replace(" ", ".")
    if said and not _USERNAME.fullmatch(said):
        line.problems.append(
            "Write a login name: small letters without accents, numbers, dots and hyphens"
        )
    if len(said) > 60:
        line.problems.append("Write a login name of 60 letters or fewer")
    return said


def name_said(line: Line) -> str:
    said = line.says("name")
    if not sort_key(said):
        line.problems.append("Write the name")
    elif len(said) > 120 or len(sort_key(said)) > 150:
        line.problems.append("This name is too long. Use a shorter form of it")
    return said
