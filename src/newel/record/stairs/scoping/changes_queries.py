"""What has changed in the scoping and on the life timeline: for the handover.

Of a life event only its title is told, and of an entry only under which heading it stands: a
handover is about this shift, and both are long. The way to the words is given.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.children.changes import HISTORY, Change, Quote
from newel.record.children.changes_queries import Period, written_in
from newel.record.children.models import Child
from newel.record.stairs.scoping.models import PARTS, LifeEvent, ScopingEntry
from newel.record.stairs.scoping.queries import HELD_BACK, readable_by

_PARTS = dict(PARTS)


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Two queries."""
    ids, period = [child.pk for child in children], (since, until)
    return [*_events(ids, period, visible_to), *_entries(ids, period, visible_to)]


def _events(ids: list[int], period: Period, visible_to: StaffMember) -> Iterator[Change]:
    rows = LifeEvent.objects.filter(
        readable_by(visible_to), written_in(period, "written_at"), child__in=ids, is_current=True
    )
    for row in rows.select_related("written_by").defer("text"):
        what = "Changed on the life timeline" if row.replaces_id else "New on the life timeline"
        words = (Quote(text=row.title),)
        yield _change(row, what, "scoping:timeline", words=words)


def _entries(ids: list[int], period: Period, visible_to: StaffMember) -> Iterator[Change]:
    rows = ScopingEntry.objects.filter(
        readable_by(visible_to), written_in(period, "written_at"), child__in=ids, is_current=True
    )
    for row in rows.select_related("written_by").defer("text"):
        act = "Changed in scoping" if row.replaces_id else "Written in scoping"
        yield _change(row, f"{act}: {_PARTS[row.part]}", "scoping:scoping")


def _change(
    row: LifeEvent | ScopingEntry, what: str, place: str, words: tuple[Quote, ...] = ()
) -> Change:
    return Change(
        child_id=row.child_id,
        at=row.written_at,
        what=what,
        key=f"{row._meta.model_name}:{row.pk}",
        rank=HISTORY,
        words=words,
        by=row.written_by.name,
        childs_own_words=bool(words) and row.whose_words == "child",
        place=place,
        held_back=row.sharing_level in HELD_BACK,
    )
