"""The language helper: it suggests beside a draft, and never blocks, changes or counts (H3)."""

import re
from dataclasses import dataclass
from functools import cache

from newel.definitions import read

# What stands in quotation marks was said by somebody: nobody's words are corrected.
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")


@dataclass(frozen=True)
class Suggestion:
    word: str
    instead: str


def suggestions(text: str, *, whose_words: str = "adult") -> list[Suggestion]:
    """One for each label in the words of an adult, in the order of the list."""
    if whose_words == "child":
        return []
    unquoted = _QUOTED.sub(" ", text)
    if not _any_label().search(unquoted):  # as for most texts: one look instead of one a label
        return []
    found = ((pattern.search(unquoted), instead) for pattern, instead in _labels())
    return [Suggestion(match[0], instead) for match, instead in found if match]


@cache
def _labels() -> tuple[tuple[re.Pattern[str], str], ...]:
    lists = read("understanding/language.yaml")
    entries = (*lists["labels"], *lists["plainer"])
    return tuple((any_of(tuple(entry["words"])), entry["instead"]) for entry in entries)


@cache
def _any_label() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in _labels()))


def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these as whole words. A label in capitals only (LAC) is found in capitals only."""
    parts = (re.escape(w) if w.isupper() else f"(?i:{re.escape(w)})" for w in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
