"""Outcome measures: what each one asks, how it is scored, and whether it changed.

`measure(id)` reads a definition and `score` scores one form. What works on whole tables is in
`measures.tables` and loads Polars; this does not.
"""

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.reading import IDS, UnknownMeasure, measure, measures
from newel.evidence.measures.scoring import NotScored, RefusedAnswers, SubscaleScore, score

__all__ = [
    "IDS",
    "Measure",
    "NotScored",
    "RefusedAnswers",
    "SubscaleScore",
    "UnknownMeasure",
    "measure",
    "measures",
    "score",
]
