"""The rooms whose changes a handover tells. A room that has something to tell adds itself here."""

from newel.record.children import changes_queries as children
from newel.record.children.changes import ChangesSince
from newel.record.outcomes import changes_queries as outcomes
from newel.record.stairs.activators import changes_queries as activators
from newel.record.stairs.scoping import changes_queries as scoping

ROOMS: tuple[ChangesSince, ...] = (
    children.changes_since,
    outcomes.changes_since,
    activators.changes_since,
    scoping.changes_since,
)
