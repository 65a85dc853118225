"""What may not stand on "How to be with me", because paper gets found.

A net with holes: it stands beside the eyes of whoever opens a statement to the child.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from newel.definitions import read
from newel.record.stairs.activators.rules.language import any_of

_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b\d{1,4}[A-Za-z]?,?\s+(?:[A-Z][\w’'-]*\s+){1,3}"
    r"(?i:street|road|avenue|lane|close|drive|way|court|place|terrace|crescent|gardens|square|"
    r"grove|hill|row|walk|st|rd|ave)\b"
)
_PHONE = re.compile(r"(?<![\w+])(?:\+44\s?|0)(?:[\s()-]*\d){9,10}(?!\d)")
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,64}\.[A-Za-z]{2,}")


def why_not_on_page(text: str, *, names_of_other_children: Iterable[str] = ()) -> list[str]:
    """Every reason in a plain sentence; none when the text may stand there."""
    return [
        *_names(text, names_of_other_children),
        *_ways_to_find_somebody(text),
        *_words_to_keep_off(text),
    ]


def _names(text: str, names: Iterable[str]) -> Iterator[str]:
    """Whole words, and as names are written: "Will" is a name, "will" is not."""
    for name in sorted(set(names)):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield f"It has the name of another child: {name}."


def _ways_to_find_somebody(text: str) -> Iterator[str]:
    if _POSTCODE.search(text) or _STREET.search(text):
        yield "It has what looks like an address."
    if _PHONE.search(text):
        yield "It has what looks like a phone number."
    if _EMAIL.search(text):
        yield "It has what looks like an email address."


def _words_to_keep_off(text: str) -> Iterator[str]:
    for says, pattern in _kinds():
        match = pattern.search(text)
        if match:
            yield f"{says}: “{match[0]}”."


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = read("understanding/not_on_the_page.yaml")["kinds"]
    return tuple((kind["says"], any_of(tuple(kind["words"]))) for kind in kinds)
