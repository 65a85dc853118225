"""What has changed in our understanding of a child, and in what keeps them safe: for the handover.

Every row is filtered by who may read it: what is held back from somebody is not there for them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.children.changes import SAFETY, UNDERSTANDING, Change, Quote
from newel.record.children.changes_queries import Period, written_in
from newel.record.children.models import Child
from newel.record.stairs.activators.models import (
    AGREED,
    KINDS,
    SAFE_PARTS,
    Confirmation,
    KeepingSafe,
    Statement,
)
from newel.record.stairs.scoping.queries import HELD_BACK, readable_by

_PARTS, _KINDS = dict(SAFE_PARTS), dict(KINDS)
_SAFE = read("understanding/keeping_safe.yaml")["parts"]
NONE_KNOWN = {part["code"]: part["none_known"] for part in _SAFE}


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Three queries."""
    ids, period = [child.pk for child in children], (since, until)
    found = (
        *_statements(ids, period, visible_to),
        *_confirmations(ids, period, visible_to),
        *_keeping_safe(ids, period),
    )
    return [change for change in found if since <= change.at <= until]


def watched_now(*, children: Sequence[Child]) -> dict[int, KeepingSafe]:
    """child id -> the watch that a child is on now. Who is on none, or of whom nobody has entered
    anything, is absent."""
    rows = KeepingSafe.objects.filter(
        child__in=[child.pk for child in children], part="watch", is_current=True, none_known=False
    )
    return {row.child_id: row for row in rows}


def _statements(ids: list[int], period: Period, visible_to: StaffMember) -> Iterator[Change]:
    wanted = written_in(period, "written_at", "agreed_at", "ended_at") | _ran_out(period)
    rows = Statement.objects.filter(readable_by(visible_to), wanted, child__in=ids)
    rows = rows.select_related("written_by", "agreed_by", "ended_by")
    for row in rows.annotate(
        before_agreed_at=F("replaces__agreed_at"), replaced_by_id=F("replaced_by__pk")
    ):
        if row.replaced_by_id is None:  # the words in its place are told instead
            yield from (*_written(row), *_agreed(row), *_ended(row))


def _ran_out(period: Period) -> Q:
    """Whose last day lies in the period: the day after it, they are out of date."""
    first, last = (timezone.localdate(moment) for moment in period)
    day = timedelta(days=1)
    ended = Q(confirm_by__gte=first - day, confirm_by__lt=last)
    return Q(ended, state=AGREED, time="present")


def _written(row: Statement) -> Iterator[Change]:
    if row.agreed_at is None and row.ended_at is None:  # else that is told
        again = "A draft was put in new words" if row.replaces_id else "A draft was written"
        yield _statement(row, "wrote", row.written_at, again, by=row.written_by.name)


def _agreed(row: Statement) -> Iterator[Change]:
    if row.agreed_at is not None and row.agreed_by is not None:
        anew = row.before_agreed_at is not None  # type: ignore[attr-defined]
        what = "Put in new words" if anew else "Agreed"
        yield _statement(row, "agreed", row.agreed_at, what, by=row.agreed_by.name)
    if row.state == AGREED and row.time == "present" and row.confirm_by is not None:
        yield _statement(row, "ran_out", _day_after(row.confirm_by), "No longer confirmed, ask")


def _day_after(last: date) -> datetime:
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _ended(row: Statement) -> Iterator[Change]:
    if row.ended_at is None or row.ended_by is None:
        return
    what = "No longer used" if row.agreed_at else "A draft was withdrawn"
    why = Quote(text=row.ended_because, asked="Why")
    yield _statement(row, "ended", row.ended_at, what, why, by=row.ended_by.name)


def _statement(
    row: Statement, act: str, at: datetime, what: str, *more: Quote, by: str = ""
) -> Change:
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


def _confirmations(ids: list[int], period: Period, visible_to: StaffMember) -> Iterator[Change]:
    readable = Statement.objects.filter(readable_by(visible_to), child__in=ids)
    rows = Confirmation.objects.filter(
        written_in(period, "written_at"), child__in=ids, statement__in=readable
    )
    for row in rows.select_related("statement", "confirmed_by"):
        seen = Quote(text=row.what_was_seen, asked="Seen")
        what, by = "Confirmed", row.confirmed_by.name
        change = _statement(row.statement, f"seen:{row.pk}", row.written_at, what, seen, by=by)
        yield change


def _keeping_safe(ids: list[int], period: Period) -> Iterator[Change]:
    since, until = (timezone.localdate(moment) for moment in period)
    due = Q(next_review_on__gte=since - timedelta(days=1), next_review_on__lt=until)
    rows = KeepingSafe.objects.filter(
        written_in(period, "written_at") | due, child__in=ids, is_current=True
    )
    for row in rows.select_related("written_by"):
        about = f"Keeping safe now: {_PARTS[row.part]}"
        yield _safe(row, "wrote", row.written_at, about, by=row.written_by.name)
        due_at = _day_after(row.next_review_on)
        yield _safe(row, "due", due_at, f"{about}. It was to be looked at again")


def _safe(row: KeepingSafe, act: str, at: datetime, what: str, by: str = "") -> Change:
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
