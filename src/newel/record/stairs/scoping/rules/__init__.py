"""Computed without a database: when it was, how words and lists are read, what is missing."""

from newel.record.stairs.scoping.rules.copies import repeats
from newel.record.stairs.scoping.rules.dates import (
    BEFORE_BIRTH,
    FIRST_YEAR,
    KINDS_BEFORE_BIRTH,
    NOBODY_KNOWS,
    OLDEST_AGE,
    NotADate,
    Span,
    When,
    age_in_words,
    birthday,
    checked,
    known_span,
    span,
    when_in_words,
)
from newel.record.stairs.scoping.rules.pathway import Stretch, at_once, gaps
from newel.record.stairs.scoping.rules.reading import Reading, read_when

__all__ = [
    "BEFORE_BIRTH",
    "FIRST_YEAR",
    "KINDS_BEFORE_BIRTH",
    "NOBODY_KNOWS",
    "OLDEST_AGE",
    "NotADate",
    "Reading",
    "Span",
    "Stretch",
    "When",
    "age_in_words",
    "at_once",
    "birthday",
    "checked",
    "gaps",
    "known_span",
    "read_when",
    "repeats",
    "span",
    "when_in_words",
]
