"""Computed without a database: dates, states, and what the words of a statement allow."""

from newel.record.stairs.activators.rules.comparing import Compared, Side, Standing, compare
from newel.record.stairs.activators.rules.dates import (
    CURRENT,
    PAST,
    SOON,
    confirm_by,
    freshness,
    is_due,
    longest_confirm_by,
)
from newel.record.stairs.activators.rules.events import event_in_words
from newel.record.stairs.activators.rules.language import Suggestion, suggestions
from newel.record.stairs.activators.rules.on_the_page import why_not_on_page
from newel.record.stairs.activators.rules.recommendations import stood_with, was_closed
from newel.record.stairs.activators.rules.sides import side_of_statements, side_of_version
from newel.record.stairs.activators.rules.states import MOVES, Move, moves_from, states_in_words
from newel.record.stairs.activators.rules.who_said_so import SAID_BY, said_by_in_words
from newel.record.stairs.activators.rules.wording import Piece, pieces

__all__ = [
    "CURRENT",
    "MOVES",
    "PAST",
    "SAID_BY",
    "SOON",
    "Compared",
    "Move",
    "Piece",
    "Side",
    "Standing",
    "Suggestion",
    "compare",
    "confirm_by",
    "event_in_words",
    "freshness",
    "is_due",
    "longest_confirm_by",
    "moves_from",
    "pieces",
    "said_by_in_words",
    "side_of_statements",
    "side_of_version",
    "states_in_words",
    "stood_with",
    "suggestions",
    "was_closed",
    "why_not_on_page",
]
