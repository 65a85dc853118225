"""What is done with statements and with "Keeping safe now"."""

from newel.record.stairs.activators.actions.agreeing import (
    agree_statement,
    confirm_statement,
    replace_statement,
    retire_statement,
)
from newel.record.stairs.activators.actions.evidence import add_evidence
from newel.record.stairs.activators.actions.keeping_safe import (
    MeanwhileWritten,
    write_keeping_safe,
)
from newel.record.stairs.activators.actions.opening import open_to_child
from newel.record.stairs.activators.actions.page_version import bump_page
from newel.record.stairs.activators.actions.writing import change_draft, write_statement

__all__ = [
    "MeanwhileWritten",
    "add_evidence",
    "agree_statement",
    "bump_page",
    "change_draft",
    "confirm_statement",
    "open_to_child",
    "replace_statement",
    "retire_statement",
    "write_keeping_safe",
    "write_statement",
]
