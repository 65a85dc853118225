"""What has changed in the scoping and on the life timeline: for the handover.

Of a life event or a place only its title is told, and of an entry only under which heading it
stands: a handover is about this shift, and both are long. The way to the words is given.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.children.changed_rows import (
    Asked,
    ReadableRows,
    asked,
    of_children,
    readable_by_reader,
    said,
    written_in,
)
from newel.record.children.changes import HISTORY, Change, Quote
from newel.record.children.models import Child
from newel.record.stairs.scoping.models import PARTS, LifeEvent, PathwayPlace, ScopingEntry
from newel.record.stairs.scoping.queries import HELD_BACK

_PARTS = dict(PARTS)
_TAKEN_BACK = "Taken back: it should not have stood on the life timeline"
_SHARED = ("pk", "child_id", "written_at", "replaces_id", "whose_words", "sharing_level", "by")


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Two queries."""
    about = asked(children=children, since=since, until=until, visible_to=visible_to)
    return [
        *_tell_timeline(_TIMELINE.of(about, visible_to=visible_to)),
        *_tell_entries(_ENTRIES.of(about, visible_to=visible_to)),
    ]


def _timeline(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    """Events and places: what was written, and what was taken back after somebody had read it."""
    readable = Q(readable_by_reader(about, restricted=restricted), of_children(about))
    events, places = LifeEvent.objects.filter(readable), PathwayPlace.objects.filter(readable)
    return _written(events, about, "event", "title").union(
        _written(places, about, "place", "name"),
        _taken_back(events, about, "event taken back", "title"),
        _taken_back(places, about, "place taken back", "name"),
        all=True,
    )


def _written(rows: QuerySet[Any], about: Asked, of: str, title: str) -> QuerySet[Any]:
    rows = rows.filter(written_in(about, "written_at"), is_current=True)
    return rows.annotate(of=said(of), by=F("written_by__name")).values_list(
        "of", "pk", "child_id", "written_at", "replaces_id", "whose_words", "sharing_level", title,
        "by",
    )  # fmt: skip


def _taken_back(rows: QuerySet[Any], about: Asked, of: str, title: str) -> QuerySet[Any]:
    rows = rows.filter(written_in(about, "taken_back__taken_back_at"))
    return rows.annotate(of=said(of), by=F("taken_back__taken_back_by__name")).values_list(
        "of", "pk", "child_id", "taken_back__taken_back_at", "replaces_id", "whose_words",
        "sharing_level", title, "by",
    )  # fmt: skip


def _entries(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    rows = ScopingEntry.objects.filter(
        readable_by_reader(about, restricted=restricted),
        written_in(about, "written_at"),
        of_children(about),
        is_current=True,
    )
    return rows.annotate(by=F("written_by__name")).values_list(*_SHARED, "part")


def _tell_timeline(rows: Sequence[Any]) -> Iterator[Change]:
    for row in rows:
        words = (Quote(text=row.title),)
        if row.of.endswith("taken back"):
            yield _change(row.of, row, _TAKEN_BACK, "scoping:taken_back", words=words)
        else:
            what = "Changed" if row.replaces_id else "New"
            yield _change(row.of, row, f"{what} on the life timeline", "scoping:timeline", words)


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


_TIMELINE = ReadableRows(_timeline)
_ENTRIES = ReadableRows(_entries)
