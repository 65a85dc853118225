"""When something was, read from the words people use. What cannot be read is kept, not guessed."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from newel.record.stairs.scoping.rules.calendar import WORDS
from newel.record.stairs.scoping.rules.dates import (
    NotADate,
    Span,
    When,
    age_in_words,
    span,
    when_in_words,
)
from newel.record.stairs.scoping.rules.shapes import SHAPES
from newel.record.stairs.scoping.rules.when_words import (
    DAY_FIRST,
    Asked,
    Read,
    Shape,
    about,
    is_said_to_be_unknown,
)

LONGEST = 200
NO_DAYS = Span(None, None)
ABOUT_WHOM = (
    "This may be somebody else’s age or birth. If it is the child’s own, write he, she or they in "
    "place of the name."
)
NOT_READ = "These words are kept as they are, and when it was stays “nobody knows”."


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`asks` has to be answered before it is saved; `note` is worth seeing.

    `starts` and `ends` are there when the words name a time from … to …, as of a place where the
    child lived. Either may be missing: "since 2014".
    """

    when: When
    found: Span = NO_DAYS
    note: str = ""
    asks: str = ""
    order: str = ""
    starts: When | None = None
    ends: When | None = None

    @property
    def is_read(self) -> bool:
        return self.when.precision != "unknown"

    def in_words(self, born_on: date | None = None) -> str:
        """How it was understood, for whoever typed it."""
        said = when_in_words(self.when.precision, self.found, self.when.age)
        age = age_in_words(self.found, born_on=born_on) if self.when.age is None else ""
        return f"{said}, {age}" if age else said


def read_when(
    words: str, *, born_on: date | None, order: str = DAY_FIRST, name: str = ""
) -> Reading:
    """`name` is what the child is called: “when David was six” is then about the child."""
    reading = _read(words, born_on, order)
    return reading if _about_the_child(_plain(words), name) else _asked_about_whom(reading)


def _about_the_child(plain: str, name: str) -> bool:
    somebody = _SOMEBODY.search(plain)
    return somebody is None or somebody[1] in {*WORDS["the_child"], *name.casefold().split()}


def _asked_about_whom(reading: Reading) -> Reading:
    """ "When Agnes was born" is a time in the life of Agnes, and is never guessed to be another."""
    if not (reading.is_read or reading.starts or reading.ends):
        return reading
    return Reading(when=When.unknown(reading.when.words), asks=ABOUT_WHOM)


def _read(words: str, born_on: date | None, order: str) -> Reading:
    asked = Asked(born_on=born_on, order=order)
    kept = " ".join(words.split())[:LONGEST]
    plain = _plain(words)
    if is_said_to_be_unknown(plain):
        return Reading(when=When.unknown(kept))
    ends = _from_to(plain, asked)
    if ends is not None:
        return _spanned(ends, kept, asked)
    read = _single(plain, asked)
    if read is None:
        return Reading(when=When.unknown(kept), note=NOT_READ)
    return _placed(read, kept, asked)


def _placed(read: Read, kept: str, asked: Asked) -> Reading:
    when = replace(read.when, words=kept)
    try:
        found = span(when, born_on=asked.born_on)
    except (NotADate, ValueError, OverflowError) as wrong:
        return Reading(when=When.unknown(kept), asks=f"{wrong}.")
    return Reading(when=when, found=found, note=read.note, asks=read.asks, order=read.order)


_SOMEBODY = re.compile(r"\b(?:when|before) ([a-z]+) (?:was|were)\b")
_LEADS = re.compile(
    r"^(?:(?:in|on|during|throughout|over|sometime|some time|in the|during the|at|the|of|year)\s+"
    r"|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?,?\s+)+"
)
_ABOUT = re.compile(
    r"^(?:circa|ca?\.?|approx(?:imately|\.)?|around|about|roughly|maybe|probably|possibly|perhaps"
    r"|~)\s*(?=\S)"
)
_AFTERWARDS = re.compile(r"\s*\(?(?:approx(?:imately|\.)?|ish|or so|circa|\?+)\)?$")
_TWO = re.compile(r"\s*(?:\bto\b|\buntil\b|\btill\b|-|\band\b|\bor\b|/)\s*")
_OPEN_START = re.compile(r"^(?:since|from)\s+(.+?)(?:\s+on(?:wards)?)?$")
_STILL = re.compile(r"^(?:now|today|present|date|to date|the present|ongoing|current|currently)$")
_OPEN_END = re.compile(r"^(?:until|till|up to)\s+(.+)$")


def _plain(words: str) -> str:
    said = unicodedata.normalize("NFKC", words).casefold().replace("\x00", "")
    said = re.sub(r"[‐‑‒–—−]", "-", said).replace("’", "'").replace("‘", "'")
    said = re.sub(r"[“”\"*•·]", " ", said)
    said = " ".join(said.split()).strip(" .,;:-")
    said = said.removeprefix("(").removesuffix(")") if said.startswith("(") else said
    for name, usual in WORDS["other_names"].items():
        said = re.sub(rf"\b{re.escape(name)}\b", usual, said)
    return said.strip()


def _single(plain: str, asked: Asked) -> Read | None:
    """One time, as it stands or without the words around it."""
    read = _shaped(plain, asked)
    if read is not None:
        return read
    bare = _LEADS.sub("", plain)
    loose = _AFTERWARDS.sub("", _ABOUT.sub("", bare))
    loose = _LEADS.sub("", loose)
    read = _shaped(bare, asked) or _shaped(loose, asked)
    if read is None or loose == bare:
        return read
    return about(read, asked)


def _shaped(plain: str, asked: Asked) -> Read | None:
    for pattern, shape in SHAPES:
        match = pattern.fullmatch(plain)
        read = _tried(shape, match, asked) if match else None
        if read is not None:
            return read
    return None


def _tried(shape: Shape, match: re.Match[str], asked: Asked) -> Read | None:
    try:
        return shape(match, asked)
    except (NotADate, ValueError, OverflowError):
        return None


@dataclass(frozen=True, kw_only=True)
class _Ends:
    first: Read | None = None
    last: Read | None = None
    either: bool = False


def _from_to(plain: str, asked: Asked) -> _Ends | None:
    if _single(plain, asked) is not None:
        return None
    bare = re.sub(r"^(?:from|between)\s+", "", plain)
    for match in _TWO.finditer(bare):
        left, right = bare[: match.start()].strip(), bare[match.end() :].strip()
        ends = _two(left, right, asked) if left and right else None
        if ends is not None:
            said = match[0].strip()
            return replace(ends, either=said in {"or", "/"})
    return _open(plain, asked)


def _two(left: str, right: str, asked: Asked) -> _Ends | None:
    if _STILL.match(right):
        first = _single(left, asked)
        return _Ends(first=first) if first else None
    last = _single(right, asked)
    if last is None:
        return None
    first = _with_the_rest(left, right, asked)
    return _Ends(first=first, last=last) if first else None


def _with_the_rest(left: str, right: str, asked: Asked) -> Read | None:
    """ "June to August 2014" and "4 to 9 June 2014": what the second says holds for the first."""
    pieces = right.split()
    for start in range(1, len(pieces)):
        read = _single(" ".join([left, *pieces[start:]]), asked)
        if read is not None and _single(left, asked) is None:
            return read
    return _single(left, asked)


def _open(plain: str, asked: Asked) -> _Ends | None:
    for pattern, name in ((_OPEN_START, "first"), (_OPEN_END, "last")):
        match = pattern.match(plain)
        read = _single(match[1], asked) if match else None
        if read is not None:
            return _Ends(first=read) if name == "first" else _Ends(last=read)
    return None


def _spanned(ends: _Ends, kept: str, asked: Asked) -> Reading:
    """Some time between the two; only one of them leaves open when it was."""
    first = _placed(ends.first, "", asked) if ends.first else None
    last = _placed(ends.last, "", asked) if ends.last else None
    asks = next((one.asks for one in (first, last) if one and one.asks), "")
    order = next((one.order for one in (first, last) if one and one.order), "")
    whole = Reading(
        when=When.unknown(kept),
        asks=asks,
        order=order,
        note="" if asks else NOT_READ,
        starts=first.when if first and not ends.either else None,
        ends=last.when if last and not ends.either else None,
    )
    if asks or first is None or last is None or not (first.found.earliest and last.found.latest):
        return whole
    if last.found.latest < first.found.earliest:
        return replace(whole, note="", asks="The second of these is before the first.")
    when = When.between(first.found.earliest, last.found.latest, kept)
    return replace(whole, when=when, found=span(when, born_on=asked.born_on), note="")


def words_read_as(
    kept: str,
    precision: str,
    found: Span,
    age: int | None,
    born_on: date | None,
    name: str = "",
) -> str:
    """Words that are read as was saved: those that were said, or how it was understood."""
    if precision == "unknown":
        return kept
    reading = read_when(kept, born_on=born_on, name=name)
    if kept and (reading.when.precision, reading.found) == (precision, found):
        return kept
    return when_in_words(precision, found, age)
