"""What has changed in what keeps a child safe now, and which watch a child is on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from newel.definitions import read
from newel.record.children.changed_rows import (
    Asked,
    ChangedRows,
    day_after,
    of_children,
    written_in,
)
from newel.record.children.changes import SAFETY, Change, Quote
from newel.record.stairs.activators.models import SAFE_PARTS, KeepingSafe

_PARTS = dict(SAFE_PARTS)
_SAFE = read("understanding/keeping_safe.yaml")["parts"]
NONE_KNOWN = {part["code"]: part["none_known"] for part in _SAFE}


def watched_now(about: Asked) -> dict[int, str]:
    """child id -> the watch that a child is on now. Who is on none, or of whom nobody has entered
    anything, is absent."""
    return {row.child_id: row.text for row in _WATCHED.of(about)}


def _watched(about: Asked) -> QuerySet[Any]:
    rows = KeepingSafe.objects.filter(
        of_children(about), part="watch", is_current=True, none_known=False
    )
    return rows.values_list("child_id", "text")


def _kept_safe(about: Asked) -> QuerySet[Any]:
    due = Q(next_review_on__gte=about.before, next_review_on__lt=about.last)
    rows = KeepingSafe.objects.filter(
        written_in(about, "written_at") | due, of_children(about), is_current=True
    )
    return rows.annotate(by=F("written_by__name")).values_list(
        "pk", "child_id", "part", "text", "written_at", "next_review_on", "by"
    )


def tell_kept_safe(row: Any) -> Iterator[Change]:
    about = f"Keeping safe now: {_PARTS[row.part]}"
    yield _safe(row, "wrote", row.written_at, about, by=row.by)
    due_at = day_after(row.next_review_on)
    yield _safe(row, "due", due_at, f"{about}. It was to be looked at again")


def _safe(row: Any, act: str, at: datetime, what: str, by: str = "") -> Change:
    return Change(
        child_id=row.child_id,
        at=at,
        what=what,
        key=f"keepingsafe:{row.pk}:{act}",
        rank=SAFETY,
        words=(Quote(text=row.text or NONE_KNOWN[row.part]),),
        by=by,
        place="activators:keeping_safe",
        for_everybody=True,
    )


KEPT_SAFE = ChangedRows(_kept_safe)
_WATCHED = ChangedRows(_watched)
