"""One line of a list on its page: what stands in its boxes, and how that is understood."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.models import EVENT_KINDS, PLACE_KINDS
from newel.record.stairs.scoping.rules import NotADate, When
from newel.record.stairs.scoping.rules.lines import LISTS, Line
from newel.record.stairs.scoping.rules.reading import LONGEST, Reading

EMPTY_LINES = 10
MOST_BOXES = 5 * LISTS["limits"]["lines"]
BOXES = ("when", "what", "more", "kind", "source", "whose", "level", "original", "note", "saw")
TICKS = ("out", "known")
PLACES = frozenset(code for code, _ in PLACE_KINDS)
KINDS = frozenset(code for code, _ in EVENT_KINDS) | PLACES
STILL = ("present", "now", "today", "ongoing", "to date", "current", "currently")


@dataclass
class ListedLine:
    """One line on the page. `said` is how its time was read; `asks` has to be answered."""

    number: int
    when: str = ""
    what: str = ""
    more: str = ""
    kind: str = ""
    source: str = ""
    whose: str = ""
    level: str = ""
    original: str = ""
    note: str = ""
    saw: str = ""
    out: bool = False
    known: bool = False
    said: str = ""
    asks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    beside: str = ""
    # Whether a tick answers what is asked: that somebody has looked and it is so.
    can_be_known: bool = False
    box: str = "when"
    reading: Reading = field(default_factory=lambda: Reading(when=When.unknown()))

    @property
    def is_blank(self) -> bool:
        return not (self.when.strip() or self.what.strip() or self.more.strip())

    @property
    def is_in(self) -> bool:
        return not (self.out or self.is_blank)

    @property
    def is_place(self) -> bool:
        return self.kind in PLACES

    @property
    def is_new_reading(self) -> bool:
        return self.is_in and self.saw != self.said


def said(line: ListedLine, born_on: date | None) -> str:
    if not line.is_place:
        return line.reading.in_words(born_on)
    starts, until, still = ends(line)
    first, last = (_words_of(one, born_on) for one in (starts, until))
    return f"From: {first}. Until: {'still there' if still else last}"


def _words_of(when: When, born_on: date | None) -> str:
    try:
        found = rules.span(when, born_on=born_on)
    except NotADate:
        return rules.NOBODY_KNOWS
    return rules.when_in_words(when.precision, found, when.age)


def ends(line: ListedLine) -> tuple[When, When, bool]:
    """Of a place: “2011 to 2013” has both, “2011” and “since 2011” only when it began."""
    reading, words = line.reading, " ".join(line.when.split())[:LONGEST]
    if reading.starts is None and reading.ends is None:
        return replace(kept(line), words=words), When.unknown(), False
    still = reading.ends is None and line.when.strip().lower().endswith(STILL)
    starts = replace(reading.starts or When.unknown(), words=words)
    return starts, reading.ends or When.unknown(), still


def kept(line: ListedLine) -> When:
    """What could not be read, and was checked, keeps its words and no date."""
    when = line.reading.when
    return When.unknown(when.words) if line.reading.asks else when


def check_ends(line: ListedLine, born_on: date | None) -> None:
    starts, until, _ = ends(line)
    first, last = rules.span(starts, born_on=born_on), rules.span(until, born_on=born_on)
    if first.earliest and last.latest and last.latest < first.earliest:
        raise NotADate("The end is before the beginning")


def lines_in(data: Mapping[str, Any]) -> list[ListedLine]:
    count = _count(data)
    lines = [_line_in(data, number) for number in range(1, count + 1)]
    if not lines or (data.get("how") or "typed") == "typed":
        filled = max((line.number for line in lines if not line.is_blank), default=0)
        lines += empty_lines(len(lines) + 1, max(filled + 3, EMPTY_LINES) - len(lines))
    return lines


def _count(data: Mapping[str, Any]) -> int:
    typed = str(data.get("lines", ""))
    return min(int(typed), MOST_BOXES) if typed.isdecimal() else 0


def empty_lines(first: int, count: int) -> Iterable[ListedLine]:
    return (ListedLine(number=number) for number in range(first, first + max(count, 0)))


def _line_in(data: Mapping[str, Any], number: int) -> ListedLine:
    typed: dict[str, Any] = {name: _clean(data.get(f"{name}-{number}", "")) for name in BOXES}
    ticked: dict[str, Any] = {name: bool(data.get(f"{name}-{number}")) for name in TICKS}
    return ListedLine(number=number, **typed, **ticked)


def _clean(typed: str) -> str:
    return str(typed).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def boxes_of(lines: Sequence[Line]) -> dict[str, str]:
    """The boxes of a list that was just brought, for `lines_in` to read back."""
    boxes = {"lines": str(len(lines)), "whose_words": "adult", "sharing_level": "team"}
    for number, line in enumerate(lines, 1):
        for name in ("when", "what", "more", "kind", "source", "original", "note"):
            boxes[f"{name}-{number}"] = getattr(line, name)
        if line.out:
            boxes[f"out-{number}"] = "on"
    return boxes
