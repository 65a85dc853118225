"""The only place where this room saves. A change is a new row; the earlier wording stays."""

from newel.record.access import audit
from newel.record.stairs.scoping.actions.lists import Brought, bring_list, take_back_list
from newel.record.stairs.scoping.actions.places import change_place, write_place
from newel.record.stairs.scoping.actions.taking_back import take_back
from newel.record.stairs.scoping.actions.writing import (
    change_entry,
    change_event,
    change_readers,
    write_entry,
    write_event,
)

__all__ = [
    "Brought",
    "audit",
    "bring_list",
    "change_entry",
    "change_event",
    "change_place",
    "change_readers",
    "take_back",
    "take_back_list",
    "write_entry",
    "write_event",
    "write_place",
]
