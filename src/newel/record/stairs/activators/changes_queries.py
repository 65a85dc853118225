"""What has changed in our understanding of a child, and in what keeps them safe: for the handover.

Every row is filtered by who may read it: what is held back from somebody is not there for them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.children.changed_rows import (
    Asked,
    ChangedRows,
    ReadableRows,
    asked,
    of_children,
    readable_by_reader,
    written_in,
)
from newel.record.children.changes import SAFETY, UNDERSTANDING, Change, Quote
from newel.record.children.models import Child
from newel.record.stairs.activators.models import (
    AGREED,
    KINDS,
    SAFE_PARTS,
    Confirmation,
    KeepingSafe,
    Statement,
)
from newel.record.stairs.scoping.queries import HELD_BACK

_PARTS, _KINDS = dict(SAFE_PARTS), dict(KINDS)
_SAFE = read("understanding/keeping_safe.yaml")["parts"]
NONE_KNOWN = {part["code"]: part["none_known"] for part in _SAFE}


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Three queries."""
    about = asked(children=children, since=since, until=until, visible_to=visible_to)
    statements = _STATEMENTS.of(about, visible_to=visible_to)
    confirmations = _CONFIRMATIONS.of(about, visible_to=visible_to)
    found = (
        *(one for row in statements for one in _tell_statement(row)),
        *(_tell_confirmation(row) for row in confirmations),
        *(one for row in _KEPT_SAFE.of(about) for one in _tell_kept_safe(row)),
    )
    return [change for change in found if since <= change.at <= until]


def watched_now(about: Asked) -> dict[int, str]:
    """child id -> the watch that a child is on now. Who is on none, or of whom nobody has entered
    anything, is absent."""
    return {row.child_id: row.text for row in _WATCHED.of(about)}


def _watched(about: Asked) -> QuerySet[Any]:
    rows = KeepingSafe.objects.filter(
        of_children(about), part="watch", is_current=True, none_known=False
    )
    return rows.values_list("child_id", "text")


def _statements(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    wanted = written_in(about, "written_at", "agreed_at", "ended_at") | _ran_out(about)
    rows = Statement.objects.filter(
        readable_by_reader(about, restricted=restricted),
        wanted,
        of_children(about),
        replaced_by__isnull=True,  # the words in its place are told instead
    )
    return rows.annotate(
        before_agreed_at=F("replaces__agreed_at"),
        writer=F("written_by__name"),
        agreer=F("agreed_by__name"),
        ender=F("ended_by__name"),
    ).values_list(
        "pk", "child_id", "public_id", "text", "kind", "whose_words", "sharing_level", "state",
        "time", "written_at", "agreed_at", "ended_at", "ended_because", "confirm_by",
        "replaces_id", "before_agreed_at", "writer", "agreer", "ender",
    )  # fmt: skip


def _ran_out(about: Asked) -> Q:
    """Whose last day lies in the period: the day after it, they are out of date."""
    ended = Q(confirm_by__gte=about.before, confirm_by__lt=about.last)
    return Q(ended, state=AGREED, time="present")


def _tell_statement(row: Any) -> Iterator[Change]:
    if row.agreed_at is None and row.ended_at is None:  # else that is told
        what = "A draft was put in new words" if row.replaces_id else "A draft was written"
        yield _statement(row, "wrote", row.written_at, what, by=row.writer)
    if row.agreed_at is not None:
        what = "Put in new words" if row.before_agreed_at else "Agreed"
        yield _statement(row, "agreed", row.agreed_at, what, by=row.agreer)
    if row.state == AGREED and row.time == "present":
        yield _statement(row, "ran_out", _day_after(row.confirm_by), "No longer confirmed, ask")
    if row.ended_at is not None:
        what = "No longer used" if row.agreed_at else "A draft was withdrawn"
        why = Quote(text=row.ended_because, asked="Why")
        yield _statement(row, "ended", row.ended_at, what, why, by=row.ender)


def _day_after(last: date) -> datetime:
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _statement(row: Any, act: str, at: datetime, what: str, *more: Quote, by: str = "") -> Change:
    return Change(
        child_id=row.child_id,
        at=at,
        what=f"{what}: {_KINDS[row.kind]}",
        key=f"statement:{row.pk}:{act}",
        rank=UNDERSTANDING,
        words=(Quote(text=row.text), *(quote for quote in more if quote.text)),
        by=by,
        childs_own_words=row.whose_words == "child",
        place="activators:statement",
        place_ids=(row.public_id,),
        held_back=row.sharing_level in HELD_BACK,
    )


def _confirmations(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    readable = Statement.objects.filter(
        readable_by_reader(about, restricted=restricted), of_children(about)
    )
    rows = Confirmation.objects.filter(
        written_in(about, "written_at"), of_children(about), statement__in=readable
    )
    return rows.annotate(
        public_id=F("statement__public_id"),
        text=F("statement__text"),
        kind=F("statement__kind"),
        whose_words=F("statement__whose_words"),
        sharing_level=F("statement__sharing_level"),
        by=F("confirmed_by__name"),
    ).values_list(
        "pk", "child_id", "what_was_seen", "written_at", "public_id", "text", "kind",
        "whose_words", "sharing_level", "by",
    )  # fmt: skip


def _tell_confirmation(row: Any) -> Change:
    seen = Quote(text=row.what_was_seen, asked="Seen")
    return _statement(row, "seen", row.written_at, "Confirmed", seen, by=row.by)


def _kept_safe(about: Asked) -> QuerySet[Any]:
    due = Q(next_review_on__gte=about.before, next_review_on__lt=about.last)
    rows = KeepingSafe.objects.filter(
        written_in(about, "written_at") | due, of_children(about), is_current=True
    )
    return rows.annotate(by=F("written_by__name")).values_list(
        "pk", "child_id", "part", "text", "written_at", "next_review_on", "by"
    )


def _tell_kept_safe(row: Any) -> Iterator[Change]:
    about = f"Keeping safe now: {_PARTS[row.part]}"
    yield _safe(row, "wrote", row.written_at, about, by=row.by)
    due_at = _day_after(row.next_review_on)
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
    )


_STATEMENTS = ReadableRows(_statements)
_CONFIRMATIONS = ReadableRows(_confirmations)
_KEPT_SAFE = ChangedRows(_kept_safe)
_WATCHED = ChangedRows(_watched)
