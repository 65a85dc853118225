"""A list of events in columns: which column says when, and what becomes of the others."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from newel.definitions import choices
from newel.record.stairs.scoping.rules.lines import (
    LISTS,
    NO_DATE,
    Line,
    fitted,
    lines_of,
)
from newel.record.stairs.scoping.rules.reading import read_when

Cells = list[str]
_KINDS = {
    said.casefold(): code
    for code, words in choices("understanding/scoping.yaml", "event_kinds")
    for said in (code, words)
}
SIGNS = ("\t", ";", "|", ",")


@dataclass
class _Columns:
    """Which column is which; `names` are the headings that no part of an event has."""

    when: int | None = None
    until: int | None = None
    what: int | None = None
    more: int | None = None
    source: int | None = None
    kind: int | None = None
    names: dict[int, str] = field(default_factory=dict)


def lines_of_text(text: str, *, born_on: date | None) -> list[Line]:
    """What was pasted: a table if it has the signs of one, else a line an event."""
    rows = _as_table(text, born_on)
    return lines_of_rows(rows, born_on=born_on) if rows else lines_of(text, born_on=born_on)


def lines_of_csv(text: str, *, born_on: date | None) -> list[Line]:
    rows = max((_cut(text, sign) for sign in SIGNS), key=_how_even)
    if _how_even(rows) == (0, 0):
        return lines_of(text, born_on=born_on)
    return lines_of_rows(rows, born_on=born_on)


def _as_table(text: str, born_on: date | None) -> list[Cells]:
    """Tabs in most lines, a first line of headings that we know, or a CSV without headings."""
    filled = [line for line in text.splitlines() if line.strip()]
    if filled and sum("\t" in line.strip() for line in filled) * 2 > len(filled):
        return _cut(text, "\t")
    for sign in SIGNS[1:]:
        heads = filled[0].strip().strip(sign).split(sign) if filled else []
        known = [_part_of(head) for head in heads]
        headed = len(heads) > 1 and "when" in known and "what" in known
        if headed or sum(_is_cut(line, sign, born_on) for line in filled) * 2 > len(filled):
            return _cut(text, sign)
    return []


def _is_cut(line: str, sign: str, born_on: date | None) -> bool:
    """A time, the sign, and the next cell straight after it: nobody writes so by hand."""
    cells = _cut(line, sign)[0]
    if len(cells) < 2 or not cells[1] or cells[1][0].isspace() or len(cells[0]) > 60:
        return False
    return _tells_when(cells[0], born_on)


def _tells_when(cell: str, born_on: date | None) -> bool:
    reading = read_when(cell, born_on=born_on)
    return bool(reading.is_read or reading.asks)


def _cut(text: str, sign: str) -> list[Cells]:
    return list(csv.reader(io.StringIO(text.strip("\n")), delimiter=sign))


def _how_even(rows: list[Cells]) -> tuple[int, int]:
    """How many rows have as many cells as the most usual number, if that is more than one."""
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    usual = max(set(wide), key=wide.count)
    return widths.count(usual), usual


def lines_of_rows(rows: Sequence[Sequence[object]], *, born_on: date | None) -> list[Line]:
    table = [[_cell(cell) for cell in row[: LISTS["limits"]["columns"]]] for row in rows]
    table = [row for row in table if any(row)]
    if not table:
        return []
    head, start = _headings(table)
    columns = head or _by_content(table, born_on)
    return [
        line
        for line in (_line(row, columns) for row in _unbroken(table[start:], columns))
        if line.when or line.what
    ]


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "").replace("\x00", "").strip()


def _part_of(head: str) -> str:
    plain = re.sub(r"[^a-z ]", "", head.casefold()).strip()
    return next((part for part, names in LISTS["columns"].items() if plain in names), "")


def _headings(table: list[Cells]) -> tuple[_Columns | None, int]:
    """Headings in one of the first rows; what stands above them is a title of the whole."""
    for at, row in enumerate(table[:6]):
        parts = [_part_of(cell) for cell in row]
        if "when" in parts and ("what" in parts or "more" in parts):
            return _named(row, parts), at + 1
    return None, 0


def _named(row: Cells, parts: list[str]) -> _Columns:
    columns = _Columns()
    for at, (cell, part) in enumerate(zip(row, parts, strict=True)):
        if part and getattr(columns, part) is None:
            setattr(columns, part, at)
        elif cell:
            columns.names[at] = cell
    if columns.what is None:
        columns.what, columns.more = columns.more, None
    return columns


def _by_content(table: list[Cells], born_on: date | None) -> _Columns:
    """Without headings: the column with most times in it, and the longest of the others."""
    width = max(map(len, table))
    times, letters = [0] * width, [0] * width
    for row in table:
        for at, cell in enumerate(row):
            letters[at] += len(cell)
            times[at] += bool(cell) and len(cell) < 60 and _tells_when(cell, born_on)
    when = max(range(width), key=lambda at: times[at])
    others = [at for at in range(width) if at != when or not times[when]]
    what = max(others, key=lambda at: letters[at]) if others else when
    return _Columns(when=when if times[when] else None, what=what)


def _unbroken(rows: list[Cells], columns: _Columns) -> list[Cells]:
    """A row without a time whose words go on from the row above, as a PDF breaks them."""
    whole: list[Cells] = []
    for row in rows:
        words = _at(row, columns.what)
        if whole and not _at(row, columns.when) and words[:1].islower():
            above = whole[-1]
            width = max(len(above), len(row))
            pairs = zip(_wide(above, width), _wide(row, width), strict=True)
            whole[-1] = [" ".join(filter(None, pair)) for pair in pairs]
        else:
            whole.append(row)
    return whole


def _wide(row: Cells, width: int) -> Cells:
    return row + [""] * (width - len(row))


def _at(row: Cells, column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _line(row: Cells, columns: _Columns) -> Line:
    when, until = _at(row, columns.when), _at(row, columns.until)
    kind = _at(row, columns.kind)
    code = _KINDS.get(kind.casefold(), "")
    line = Line(
        when=f"{when} to {until}" if when and until else when,
        what=" ".join(_at(row, columns.what).split()),
        more=_kept(row, columns, "" if code else kind),
        kind=code,
        source=_at(row, columns.source)[:200],
        original="\t".join(row).strip(),
        note="" if when else NO_DATE,
    )
    return fitted(line)


def _kept(row: Cells, columns: _Columns, kind: str) -> str:
    """Whatever has no place of its own stays beside the event, under its heading."""
    placed = {columns.when, columns.until, columns.what, columns.source, columns.kind, columns.more}
    said = [_at(row, columns.more)]
    said += [
        f"{columns.names[at]}: {cell}" if at in columns.names else cell
        for at, cell in enumerate(row)
        if cell and at not in placed
    ]
    return "\n".join(one for one in [*said, f"Kind: {kind}" if kind else ""] if one)
