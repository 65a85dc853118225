"""What has changed in our understanding of a child, and in what keeps them safe: for the handover.

Every row is filtered by who may read it: what is held back from somebody is not there for them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children.changed_rows import ReadableRows, asked
from newel.record.children.changes import Change
from newel.record.children.models import Child
from newel.record.stairs.activators.changes_queries.childs_words import CHILDS_WORDS, tell_words
from newel.record.stairs.activators.changes_queries.formulation import (
    FORMULATION,
    tell_formulation,
)
from newel.record.stairs.activators.changes_queries.keeping_safe import (
    KEPT_SAFE,
    tell_kept_safe,
    watched_now,
)
from newel.record.stairs.activators.changes_queries.statements import (
    SEEN,
    STATEMENTS,
    tell_seen,
    tell_statement,
)

__all__ = ["changes_since", "watched_now"]

_WITH_A_LEVEL: tuple[tuple[ReadableRows, Callable[[Any], Iterator[Change]]], ...] = (
    (STATEMENTS, tell_statement),
    (SEEN, tell_seen),
    (FORMULATION, tell_formulation),
    (CHILDS_WORDS, tell_words),
)


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Five queries."""
    about = asked(children=children, since=since, until=until, visible_to=visible_to)
    found = [one for row in KEPT_SAFE.of(about) for one in tell_kept_safe(row)]
    for rows, tell in _WITH_A_LEVEL:
        found += [one for row in rows.of(about, visible_to=visible_to) for one in tell(row)]
    return [change for change in found if since <= change.at <= until]
