"""What stands beside every piece of writing: who wrote it, when, from where, and for whom."""

from dataclasses import dataclass

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import SHARING_LEVELS
from newel.record.design_system.dates import day
from newel.record.stairs.scoping import policies
from newel.record.stairs.scoping.models import LifeEvent, PathwayPlace, ScopingEntry

LEVEL_WORDS = dict(SHARING_LEVELS)
# The team may read what says nothing else; a mark on nearly every row would hide the others.
UNSAID = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What may be done with a row by whoever looks at it; no address, no link."""

    text: str = ""
    href: str = ""
    earlier: str = ""


@dataclass(slots=True, kw_only=True)
class Written:
    by: str
    source: str
    own_words: bool
    level: str
    held_back: bool
    action: Action = Action()


def written(row: LifeEvent | ScopingEntry | PathwayPlace, action: Action = Action()) -> Written:
    return Written(
        by=f"{row.written_by.name}, {day(row.written_at)}",
        source=row.source,
        own_words=row.whose_words == policies.CHILDS_WORDS,
        level="" if row.sharing_level == UNSAID else LEVEL_WORDS[row.sharing_level],
        held_back=row.sharing_level in policies.HELD_BACK,
        action=action,
    )


def action_on(
    row: LifeEvent | ScopingEntry | PathwayPlace, base: str, visible_to: StaffMember
) -> Action:
    """`base` is the address under which the rows live: `reverse` for each of 150 is too slow."""
    here = f"{base}{row.public_id}/"
    earlier = f"{here}earlier/" if row.replaces_id else ""
    if not visible_to.may(Capability.WRITE_HISTORY):
        return Action(earlier=earlier)
    if not policies.can_decide_on(row, visible_to):
        return Action(earlier=earlier)
    if policies.can_change(row, visible_to):
        return Action(text="Change", href=f"{here}change/", earlier=earlier)
    return Action(text="Who may read it", href=f"{here}readers/", earlier=earlier)
