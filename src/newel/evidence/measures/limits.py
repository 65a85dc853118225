"""When a change is more than noise, and which side of a cut-off a score is on: said once.

For numbers and for columns alike: the web compares two scores and loads no library of tables, and
files are compared by columns, with the same signs.
"""

import operator
from collections.abc import Callable
from typing import Any

from newel.evidence.measures.definition import CutOff, Number

# Scores of tenths and sums of thirds: 25.1 - 20.1 is five, though not in binary.
DIGITS = 9
# At the cut-off itself a score is of concern only where the definition says so.
_SIDES: dict[str, Callable[[Any, Any], Any]] = {
    "below": operator.lt,
    "at_or_below": operator.le,
    "above": operator.gt,
    "at_or_above": operator.ge,
}


def is_gain(change: Any, points: float) -> Any:
    """change: last minus first, rounded to `DIGITS`, a number or a column; points: from how many
    a change is reliable. As many points are enough, fewer are not. Returns a bool, or a column."""
    return change >= round(points, DIGITS)


def is_loss(change: Any, points: float) -> Any:
    """As `is_gain`, downwards."""
    return change <= -round(points, DIGITS)


def is_of_concern(score: Any, cut_off: CutOff) -> Any:
    """score: a number or a column, rounded to `DIGITS`. Returns a bool, or a column."""
    return _SIDES[cut_off.concern](score, cut_off.value)


def changed(first: Number, last: Number, *, points: Number) -> str:
    """ "up", "down" or "same", by the number of points from which a change is more than chance."""
    change = round(last - first, DIGITS)
    if is_gain(change, points):
        return "up"
    return "down" if is_loss(change, points) else "same"


def is_on_the_side_of_concern(score: Number, cut_off: CutOff) -> bool:
    return bool(is_of_concern(round(score, DIGITS), cut_off))
