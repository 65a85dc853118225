"""A list of events in lines of text: where each begins, and what in it says when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from newel.definitions import read
from newel.record.stairs.scoping.rules.reading import Reading, read_when

LISTS = read("understanding/lists.yaml")
TITLE = 160
MOST_WORDS = 9
# A line that was broken by the edge of a column is at least this long.
NARROWEST_COLUMN = 25
NO_DATE = "No time was found in this line. Write when it was, or leave it empty: nobody knows."
TWO_LINES = "Put together from lines that were broken."
LONG = "The line is long: its beginning is the title, and all of it stands under “More”."
HEADING = "This looks like a heading, so it is left out."

_BULLET = re.compile(
    r"^\s*(?:[-*•·▪◦‣–—>]+|\(?\d{1,3}[.)](?=\s)|[a-z][.)](?=\s))\s*(?=\S)", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:\t+|\s[-–—|]+\s|[:;|](?:\s|$)|,\s|\.\s|\s[-–—]|[-–—]\s)\s*")
_IN_BRACKETS = re.compile(r"\(([^()]{3,40})\)\s*\.?$")
_AT_THE_END = re.compile(r"(?:,\s+|\s+(?:in|on|during|at|since|from)\s+)([^,]{3,40}?)\.?$")
_WAITING = re.compile(
    rf"^(?:{'|'.join(re.escape(words) for words in LISTS['waiting_words'])})\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event as it stands in the list. `original` is the line as it was brought."""

    when: str = ""
    what: str = ""
    more: str = ""
    kind: str = ""
    source: str = ""
    original: str = ""
    note: str = ""
    out: bool = False


def lines_of(text: str, *, born_on: date | None) -> list[Line]:
    return [_told(line) for line in _joined(_parts(text, born_on), born_on)]


@dataclass(frozen=True, kw_only=True)
class _Part:
    line: Line
    dated: bool
    bulleted: bool
    after_blank: bool


def _parts(text: str, born_on: date | None) -> Iterator[_Part]:
    after_blank = True
    for written in text.splitlines():
        if not written.strip():
            after_blank = True
            continue
        bare = _BULLET.sub("", written).strip() if not _reads(written, born_on) else written.strip()
        line = replace(split(bare, born_on=born_on), original=written.strip())
        yield _Part(
            line=line,
            dated=bool(line.when),
            bulleted=bare != written.strip(),
            after_blank=after_blank,
        )
        after_blank = False


def split(written: str, *, born_on: date | None) -> Line:
    """When it was and what happened. A line without a time is all about what happened."""
    return (
        _at_a_sign(written, born_on)
        or _first_words(written, born_on)
        or _last_words(written, born_on)
        or _waiting(written)
        or Line(what=written)
    )


def _reads(words: str, born_on: date | None) -> bool:
    return _is_a_time(read_when(words, born_on=born_on))


def _is_a_time(reading: Reading) -> bool:
    """Also one that is said to be unknown, in so many words."""
    said = reading.is_read or reading.asks or reading.starts or reading.ends
    return bool(said or (reading.when.words and not reading.note))


def _at_a_sign(written: str, born_on: date | None) -> Line | None:
    """Up to a dash, a colon, a comma: the longest beginning that is a time."""
    if len(written) <= 60 and _reads(written, born_on):
        return Line(when=written)
    found = None
    for sign in _SEPARATOR.finditer(written):
        left, right = written[: sign.start()].strip(), written[sign.end() :].strip()
        if len(left) > 60:
            break
        if left and _reads(left, born_on):
            found = Line(when=left, what=right)
    return found


def _first_words(written: str, born_on: date | None) -> Line | None:
    pieces = written.split()
    for count in range(min(MOST_WORDS, len(pieces) - 1), 0, -1):
        left = " ".join(pieces[:count])
        if left.casefold() != "born" and _reads(left, born_on):
            return Line(when=left, what=" ".join(pieces[count:]))
    return None


def _last_words(written: str, born_on: date | None) -> Line | None:
    for pattern in (_IN_BRACKETS, _AT_THE_END):
        match = pattern.search(written)
        if match and match.start() and _reads(match[1], born_on):
            return Line(when=match[1], what=written[: match.start()].strip(" ,;-–"))
    return None


def _waiting(written: str) -> Line | None:
    """ "A few months after his sister was born - moved": a time, though on no calendar."""
    sign = _SEPARATOR.search(written)
    if sign is None or not _WAITING.match(written) or sign.start() > 120:
        return None
    rest = written[sign.end() :].strip()
    return Line(when=written[: sign.start()].strip(), what=rest) if rest else None


def _joined(parts: Iterator[_Part], born_on: date | None) -> Iterator[Line]:
    """A line that goes on in the next one, as it does when a table comes out of a PDF."""
    held: Line | None = None
    for part in parts:
        if held is not None and _goes_on(held, part):
            held = _together(held, part.line)
            continue
        if held is not None:
            yield held
        held = part.line
    if held is not None:
        yield held


def _goes_on(before: Line, part: _Part) -> bool:
    if part.bulleted or part.after_blank or not before.when:
        return False
    if part.dated:
        return not before.what and not part.line.what and before.when.endswith(("-", "–", "to"))
    if not before.what or before.what.endswith((",", "-", "–")):
        return True
    width = len(before.original.splitlines()[-1])
    return part.line.what[:1].islower() and width >= NARROWEST_COLUMN


def _together(before: Line, after: Line) -> Line:
    what = " ".join(piece for piece in (before.what, after.what) if piece)
    when = f"{before.when} {after.when}".strip()
    original = f"{before.original}\n{after.original}"
    return replace(before, when=when, what=what, original=original, note=TWO_LINES)


def _told(line: Line) -> Line:
    """With a title that fits, and a sentence where something was done to it or is missing."""
    if not line.when and line.what.endswith(":") and len(line.what.split()) <= 6:
        return replace(line, note=HEADING, out=True)
    if not line.when and " ".join(line.what.casefold().split()).strip(" :") in _HEADINGS:
        return replace(line, note=HEADING, out=True)
    note = " ".join(one for one in (line.note, "" if line.when else NO_DATE) if one)
    return fitted(replace(line, note=note))


_HEADINGS = {
    *(name for names in LISTS["columns"].values() for name in names),
    "chronology", "timeline", "life events", "history", "events", "background",
    "date event", "date and event", "family history",
}  # fmt: skip


def fitted(line: Line) -> Line:
    """What is longer than a title goes under “More”, whole."""
    if len(line.what) <= TITLE:
        return line
    first = re.split(r"(?<=[.!?;])\s", line.what, maxsplit=1)[0]
    if len(first) > TITLE:
        first = f"{line.what[: TITLE - 1].rsplit(' ', 1)[0]}…"
    more = "\n".join(one for one in (line.what, line.more) if one)
    return replace(line, what=first[:TITLE], more=more, note=f"{line.note} {LONG}".strip())
