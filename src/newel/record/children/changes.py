"""What has changed in a record, as the handover tells it: plain data, no model and no HTML.

Every room that holds something about a child gives `changes_since(...)` in its `changes_queries`,
and `overview` puts them together. The words are those of the record itself: whoever wrote them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newel.record.access.models import StaffMember
from newel.record.children.models import Child

# What is read first. A room chooses one of these for each of its changes.
SAFETY, COMING_AND_GOING, UNDERSTANDING, HISTORY, PEOPLE = range(1, 6)


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words as they stand in the record, and what was asked when they were written."""

    text: str
    asked: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that was written, changed or ran out, in a child's record."""

    child_id: int
    at: datetime
    what: str  # a whole sentence without its full stop: "A statement was agreed"
    key: str  # the same for the same change, whoever asks and whenever
    rank: int
    words: tuple[Quote, ...] = ()  # never put together here
    by: str = ""
    childs_own_words: bool = False
    # Where it stands: the name of an address about a child, and what follows the child's id in it.
    place: str = ""
    place_ids: tuple[str, ...] = ()
    # Read by fewer people than the team: never on paper.
    held_back: bool = False
    # What everybody on the shift has to know, also those to whom the record itself is closed. A
    # room says so of each kind: what is not said to be for everybody is not.
    for_everybody: bool = False


class ChangesSince(Protocol):
    """What each room gives. `children` are within the reach of whoever asks; `since` is included,
    `until` too. As many queries for one child as for twelve, and for a shift as for a month."""

    def __call__(
        self,
        *,
        children: Sequence[Child],
        since: datetime,
        until: datetime,
        visible_to: StaffMember,
    ) -> list[Change]: ...
