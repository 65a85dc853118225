"""What has changed in the scoping and on the life timeline: for the handover.

Of a life event only its title is told, and of an entry only under which heading it stands: a
handover is about this shift, and both are long. The way to the words is given.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from newel.record.access.models import StaffMember
from newel.record.children.changed_rows import (
    Asked,
    ReadableRows,
    asked,
    of_children,
    readable_by_reader,
    written_in,
)
from newel.record.children.changes import HISTORY, Change, Quote
from newel.record.children.models import Child
from newel.record.stairs.scoping.models import PARTS, LifeEvent, ScopingEntry
from newel.record.stairs.scoping.queries import HELD_BACK

_PARTS = dict(PARTS)
_SHARED = ("pk", "child_id", "written_at", "replaces_id", "whose_words", "sharing_level", "by")


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Two queries."""
    about = asked(children=children, since=since, until=until, visible_to=visible_to)
    return [
        *_tell_events(_EVENTS.of(about, visible_to=visible_to)),
        *_tell_entries(_ENTRIES.of(about, visible_to=visible_to)),
    ]


def _events(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    rows = LifeEvent.objects.filter(
        readable_by_reader(about, restricted=restricted),
        written_in(about, "written_at"),
        of_children(about),
        is_current=True,
    )
    return rows.annotate(by=F("written_by__name")).values_list(*_SHARED, "title")


def _entries(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    rows = ScopingEntry.objects.filter(
        readable_by_reader(about, restricted=restricted),
        written_in(about, "written_at"),
        of_children(about),
        is_current=True,
    )
    return rows.annotate(by=F("written_by__name")).values_list(*_SHARED, "part")


def _tell_events(rows: Sequence[Any]) -> Iterator[Change]:
    for row in rows:
        what = "Changed on the life timeline" if row.replaces_id else "New on the life timeline"
        yield _change("event", row, what, "scoping:timeline", words=(Quote(text=row.title),))


def _tell_entries(rows: Sequence[Any]) -> Iterator[Change]:
    for row in rows:
        act = "Changed in scoping" if row.replaces_id else "Written in scoping"
        yield _change("entry", row, f"{act}: {_PARTS[row.part]}", "scoping:scoping")


def _change(kind: str, row: Any, what: str, place: str, words: tuple[Quote, ...] = ()) -> Change:
    return Change(
        child_id=row.child_id,
        at=row.written_at,
        what=what,
        key=f"{kind}:{row.pk}",
        rank=HISTORY,
        words=words,
        by=row.by,
        childs_own_words=bool(words) and row.whose_words == "child",
        place=place,
        held_back=row.sharing_level in HELD_BACK,
    )


_EVENTS = ReadableRows(_events)
_ENTRIES = ReadableRows(_entries)
