"""What is done with statements and with "Keeping safe now"."""

from newel.record.stairs.activators.actions.agreeing import (
    agree_statement,
    confirm_statement,
    replace_statement,
    retire_statement,
)
from newel.record.stairs.activators.actions.childs_words import (
    add_adult_view,
    check_words_with_child,
    let_words_stand_on_page,
    take_words_back,
    write_down_words,
)
from newel.record.stairs.activators.actions.differing import settle_view, write_view
from newel.record.stairs.activators.actions.evidence import add_evidence
from newel.record.stairs.activators.actions.keeping_safe import (
    MeanwhileWritten,
    write_keeping_safe,
)
from newel.record.stairs.activators.actions.opening import open_to_child
from newel.record.stairs.activators.actions.page_version import bump_page
from newel.record.stairs.activators.actions.placing import (
    PlacedMeanwhile,
    end_goes_with,
    place_statement,
    say_goes_with,
)
from newel.record.stairs.activators.actions.recommendations import (
    change_recommendation,
    close_recommendation,
    write_recommendation,
)
from newel.record.stairs.activators.actions.seen import look_again, note_what_was_seen
from newel.record.stairs.activators.actions.versions import (
    Agreement,
    ChangedMeanwhile,
    MeanwhileAgreed,
    Seen,
    agree_formulation,
    make_copy,
)
from newel.record.stairs.activators.actions.writing import change_draft, write_statement

__all__ = [
    "Agreement",
    "ChangedMeanwhile",
    "MeanwhileAgreed",
    "MeanwhileWritten",
    "PlacedMeanwhile",
    "Seen",
    "add_adult_view",
    "add_evidence",
    "agree_formulation",
    "agree_statement",
    "bump_page",
    "change_draft",
    "change_recommendation",
    "check_words_with_child",
    "close_recommendation",
    "confirm_statement",
    "end_goes_with",
    "let_words_stand_on_page",
    "look_again",
    "make_copy",
    "note_what_was_seen",
    "open_to_child",
    "place_statement",
    "replace_statement",
    "retire_statement",
    "say_goes_with",
    "settle_view",
    "take_words_back",
    "write_down_words",
    "write_keeping_safe",
    "write_recommendation",
    "write_statement",
    "write_view",
]
