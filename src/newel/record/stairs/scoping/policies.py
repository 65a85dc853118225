"""What may become of a row about a child, apart from who may write at all."""

from typing import TypeVar

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping.models import EventList, LifeEvent, PathwayPlace, ScopingEntry
from newel.record.stairs.scoping.queries import EventRow

Row = LifeEvent | ScopingEntry | PathwayPlace | EventRow
AnyRow = TypeVar("AnyRow", LifeEvent, ScopingEntry, PathwayPlace)

CHILDS_WORDS = "child"
HELD_BACK = frozenset({"named_people", "restricted_third_party"})
# From open to closed. What is closed further must not stay readable in its earlier wording.
OPENNESS = ("child_open", "team", "named_people", "restricted_third_party")


class ChangedMeanwhile(NotNow):
    """Somebody else replaced this row first. Nothing of either text is lost."""


def levels_open_to(by: StaffMember) -> list[tuple[str, str]]:
    """Who may read it, as far as this person decides that."""
    return [level for level in SHARING_LEVELS if level[0] != READ_BY_CHILD or _opens(by)]


def _opens(by: StaffMember) -> bool:
    return by.may(Capability.OPEN_TO_CHILD)


def check_level(level: str, by: StaffMember) -> None:
    if level == READ_BY_CHILD and not _opens(by):
        raise NotNow("Your role does not decide what the child may read. Ask the psychologist.")


def can_decide_on(row: Row, by: StaffMember) -> bool:
    """What is held back is changed and opened by its writer, or who reads all that is held back.

    Others who may read it write a row of their own: as writers of this one they could open it.
    """
    held_back = row.sharing_level in HELD_BACK
    return not held_back or row.written_by_id == by.pk or by.may(Capability.READ_RESTRICTED)


def check_can_decide_on(row: Row, by: StaffMember) -> None:
    if not can_decide_on(row, by):
        raise NotNow(
            "This was held back by somebody else. Only they or a psychologist change it. Write "
            "what you know in a row of your own."
        )


def readers_who_stay(row: LifeEvent | ScopingEntry | PathwayPlace, level: str) -> set[int]:
    """Whoever holds something back as being about somebody else keeps sight of it."""
    if level == row.sharing_level == "restricted_third_party":
        return {*row.named_readers, row.written_by_id}
    return set()


def check_readers(level: str, readers: set[int]) -> None:
    if level == "named_people" and not readers:
        raise NotNow("Name at least one person who may read it.")


def checked_current(row: AnyRow | None) -> AnyRow:
    if row is None or not row.is_current:
        raise ChangedMeanwhile("Somebody else changed this while you were writing.")
    return row


def can_change(row: Row, by: StaffMember) -> bool:
    return can_decide_on(row, by) and _can_change_words(row, by)


def _can_change_words(row: Row, by: StaffMember) -> bool:
    """A child's words are corrected only by whoever took them down."""
    return row.whose_words != CHILDS_WORDS or row.written_by_id == by.pk


def check_words(row: Row, whose_words: str, by: StaffMember) -> None:
    if not _can_change_words(row, by):
        raise NotNow(
            "These are the child’s own words. Nobody changes them; only whoever wrote them down "
            "may correct a slip. Write what you see in a row of your own beside them."
        )
    if row.whose_words == CHILDS_WORDS and whose_words != CHILDS_WORDS:
        raise NotNow("These are the child’s own words, and stay marked so.")


def closes_further(row: Row, level: str) -> bool:
    return level in HELD_BACK or OPENNESS.index(level) > OPENNESS.index(row.sharing_level)


def can_take_back(row: LifeEvent | PathwayPlace, by: StaffMember) -> bool:
    """Whoever may change it; nobody else takes back a child's own words."""
    return can_change(row, by)


def check_can_take_back(row: LifeEvent | PathwayPlace, by: StaffMember) -> None:
    if not can_take_back(row, by):
        raise NotNow(
            "Only whoever wrote this takes it back. Write what you know in a row of your own."
        )


def can_read_as_brought(row: LifeEvent | PathwayPlace, by: StaffMember) -> bool:
    """A line as it was brought may hold a name that was taken out before it was saved (H8)."""
    return row.written_by_id == by.pk or by.may(Capability.READ_RESTRICTED)


def can_take_back_list(brought: EventList, by: StaffMember) -> bool:
    """Whoever brought it, and those who agree what is written about the child."""
    return brought.written_by_id == by.pk or by.may(Capability.AGREE_UNDERSTANDING)


def check_can_take_back_list(brought: EventList, by: StaffMember) -> None:
    if not brought.is_current:
        raise NotNow("This list has been taken back already.")
    if not can_take_back_list(brought, by):
        raise NotNow("Only whoever brought this list, a psychologist or a manager takes it back.")
