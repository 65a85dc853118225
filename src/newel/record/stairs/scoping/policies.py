"""What may become of a row about a child, apart from who may write at all."""

from typing import Any, TypeVar

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping.models import LifeEvent, ScopingEntry

Row = LifeEvent | ScopingEntry
AnyRow = TypeVar("AnyRow", LifeEvent, ScopingEntry)

CHILDS_WORDS = "child"
HELD_BACK = frozenset({"named_people", "restricted_third_party"})
# From open to closed. What is closed further must not stay readable in its earlier wording.
OPENNESS = ("child_open", "team", "named_people", "restricted_third_party")
WORDS = (
    "title",
    "text",
    "when_words",
    "precision",
    "earliest_on",
    "latest_on",
    "about_age",
    "kind",
)


class ChangedMeanwhile(NotNow):
    """Somebody else replaced this row first. Nothing of either text is lost."""


def levels_open_to(by: StaffMember, row: Row | None = None) -> list[tuple[str, str]]:
    """Who may read it, as far as this person decides that."""
    return [level for level in SHARING_LEVELS if level[0] in _allowed(by, row)]


def _allowed(by: StaffMember, row: Row | None) -> set[str]:
    allowed = {code for code, _ in SHARING_LEVELS}
    if not by.may(Capability.OPEN_TO_CHILD):
        allowed.discard(READ_BY_CHILD)
    if row is not None and row.sharing_level in HELD_BACK and not may_open_up(row, by):
        allowed = {row.sharing_level}
    return allowed


def may_open_up(row: Row, by: StaffMember) -> bool:
    """What was held back is opened by who held it back, or who reads all that is held back."""
    return row.written_by_id == by.pk or by.may(Capability.READ_RESTRICTED)


def check_level(level: str, by: StaffMember, row: Row | None = None) -> None:
    if level == READ_BY_CHILD and not by.may(Capability.OPEN_TO_CHILD):
        raise NotNow("Your role does not decide what the child may read. Ask the psychologist.")
    if level not in _allowed(by, row):
        raise NotNow("This was held back by somebody else. Only they, or a psychologist, open it.")


def readers_who_stay(row: Row, level: str, by: StaffMember) -> set[int]:
    """Whoever holds something back keeps sight of it, and their readers stay those they named."""
    if row.sharing_level != level or level not in HELD_BACK:
        return set()
    if level == "named_people" and may_open_up(row, by):
        return set()
    return {*row.named_readers, row.written_by_id}


def check_readers(level: str, readers: set[int]) -> None:
    if level == "named_people" and not readers:
        raise NotNow("Name at least one person who may read it.")


def checked_current(row: AnyRow | None) -> AnyRow:
    if row is None or not row.is_current:
        raise ChangedMeanwhile("Somebody else changed this while you were writing.")
    return row


def can_change_words(row: Row, by: StaffMember) -> bool:
    """A child's words are corrected only by whoever took them down."""
    return row.whose_words != CHILDS_WORDS or row.written_by_id == by.pk


def check_words(row: Row, changes: dict[str, Any], by: StaffMember) -> None:
    if row.whose_words != CHILDS_WORDS:
        return
    if changes.get("whose_words", CHILDS_WORDS) != CHILDS_WORDS:
        raise NotNow("These are the child’s own words, and stay marked so.")
    changed = [name for name in WORDS if name in changes and changes[name] != getattr(row, name)]
    if changed and not can_change_words(row, by):
        raise NotNow(
            "These are the child’s own words. Nobody changes them; only whoever wrote them down "
            "may correct a slip. Write what you see in a row of your own beside them."
        )


def closes_further(row: Row, level: str) -> bool:
    return level in HELD_BACK or OPENNESS.index(level) > OPENNESS.index(row.sharing_level)
