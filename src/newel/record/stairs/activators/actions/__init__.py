"""What is done with statements and with "Keeping safe now"."""

from newel.record.stairs.activators.actions.agreeing import (
    agree_statement,
    confirm_statement,
    replace_statement,
    retire_statement,
)
from newel.record.stairs.activators.actions.differing import settle_view, write_view
from newel.record.stairs.activators.actions.evidence import add_evidence
from newel.record.stairs.activators.actions.keeping_safe import (
    MeanwhileWritten,
    write_keeping_safe,
)
from newel.record.stairs.activators.actions.opening import open_to_child
from newel.record.stairs.activators.actions.page_version import bump_page
from newel.record.stairs.activators.actions.recommendations import (
    change_recommendation,
    close_recommendation,
    write_recommendation,
)
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
    "Seen",
    "add_evidence",
    "agree_formulation",
    "agree_statement",
    "bump_page",
    "change_draft",
    "change_recommendation",
    "close_recommendation",
    "confirm_statement",
    "make_copy",
    "open_to_child",
    "replace_statement",
    "retire_statement",
    "settle_view",
    "write_keeping_safe",
    "write_recommendation",
    "write_statement",
    "write_view",
]
