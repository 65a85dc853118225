"""Reading what is understood about a child. The child given is one that `children.queries` found
for the person who asks. `visible_to`, because a statement can be held back from some who reach the
child; counts for other rooms lean on the database alone, which holds back the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, Count, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
from newel.record.children import names_queries
from newel.record.children import queries as children_queries
from newel.record.children.models import Child
from newel.record.establishments import queries as establishments
from newel.record.stairs.activators.models import (
    AGREED,
    SAFE_PARTS,
    Confirmation,
    Evidence,
    KeepingSafe,
    Statement,
)
from newel.record.stairs.activators.rules.dates import SOON_DAYS
from newel.record.stairs.activators.words_queries import childs_words as childs_words
from newel.record.stairs.scoping import queries as scoping
from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.queries import HELD_BACK, readable_by


def statements(*, child: Child, visible_to: StaffMember) -> QuerySet[Statement]:
    """Drafts and agreed statements, oldest first; `backs` and `speaks_against` count events that
    stand on the timeline."""
    stands = ~Q(evidence__event__in=scoping.events_taken_back(child=child))
    return (
        Statement.objects.filter(readable_by(visible_to), child=child, is_current=True)
        .select_related("written_by", "agreed_by")
        .annotate(
            backs=Count("evidence", filter=stands & Q(evidence__shows="for")),
            speaks_against=Count("evidence", filter=stands & Q(evidence__shows="against")),
        )
        .order_by("said_on", "pk")
    )


def ended_statements(*, child: Child, visible_to: StaffMember) -> QuerySet[Statement]:
    """Retired or withdrawn, and not replaced by other words."""
    return (
        Statement.objects.filter(readable_by(visible_to), child=child, is_current=False)
        .filter(replaced_by__isnull=True)
        .select_related("ended_by")
        .order_by("-ended_at")
    )


def statement(*, child: Child, public_id: str, visible_to: StaffMember) -> Statement | None:
    return (
        Statement.objects.filter(readable_by(visible_to), child=child, public_id=public_id)
        .select_related("written_by", "agreed_by", "ended_by")
        .first()
    )


def wordings(*, statement: Statement, visible_to: StaffMember) -> list[Statement]:
    """Every wording this statement has had, the first one first, in one query."""
    rows = list(
        Statement.objects.filter(readable_by(visible_to), child_id=statement.child_id)
        .filter(Q(replaces__isnull=False) | Q(replaced_by__isnull=False))
        .select_related("written_by", "ended_by", "agreed_by")
    )
    before = {row.pk: row.replaces_id for row in rows}
    after = {row.replaces_id: row.pk for row in rows if row.replaces_id}
    by_id = {row.pk: row for row in rows} | {statement.pk: statement}
    first = statement.pk
    while (earlier := before.get(first)) in by_id:
        first = earlier
    chain = [by_id[first]]
    while (later := after.get(chain[-1].pk)) in by_id:
        chain.append(by_id[later])
    return chain


def newest_wording(*, statement: Statement, visible_to: StaffMember) -> Statement:
    return wordings(statement=statement, visible_to=visible_to)[-1]


def confirmations(*, wordings: Iterable[Statement]) -> QuerySet[Confirmation]:
    """Of a statement in every wording it has had, latest first."""
    return (
        Confirmation.objects.filter(statement__in=[row.pk for row in wordings])
        .select_related("confirmed_by")
        .order_by("-written_at", "-pk")
    )


def evidence(*, statement: Statement, visible_to: StaffMember) -> list[Evidence]:
    """Each with its life event in the words it has now, or None where that is not for the reader.

    The note about an event that is held back is held back with it (H8).
    """
    rows = list(
        Evidence.objects.filter(statement=statement)
        .select_related("written_by")
        .order_by("written_at", "pk")
    )
    newest = _newest_events(statement.child_id, visible_to) if rows else {}
    for row in rows:
        row.event_now = newest.get(row.event_id)  # type: ignore[attr-defined]
    return rows


def _newest_events(child_id: int, visible_to: StaffMember) -> dict[int, LifeEvent]:
    """Any wording of a life event -> its newest wording, of those the reader may see."""
    rows = LifeEvent.objects.filter(readable_by(visible_to), child_id=child_id)
    rows = rows.defer("text").select_related("taken_back")
    by_id = {row.pk: row for row in rows}
    after = {row.replaces_id: row.pk for row in by_id.values() if row.replaces_id}
    newest = {}
    for pk in by_id:
        last = pk
        while last in after:
            last = after[last]
        newest[pk] = by_id[last]
    return newest


def needing_confirmation(*, children: Iterable[Child], on: date) -> QuerySet[Statement]:
    """Past their date or past it within a few days, the oldest date first. What was so in the
    past stays as it is and needs none."""
    return Statement.objects.filter(
        child__in=children,
        state=AGREED,
        time="present",
        confirm_by__lte=on + timedelta(days=SOON_DAYS),
    ).order_by("confirm_by", "pk")


def to_confirm_by_child(*, children: Iterable[Child], on: date) -> dict[int, int]:
    """child id -> how many statements need confirming; a child without any is absent."""
    counted = (
        needing_confirmation(children=children, on=on)
        .order_by()
        .values_list("child_id")
        .annotate(Count("pk"))
    )
    return dict(counted)


def keeping_safe_now(child: Child) -> dict[str, KeepingSafe | None]:
    """Every part, in order; None where nobody has entered anything."""
    rows = KeepingSafe.objects.filter(child=child, is_current=True).select_related("written_by")
    entered = {row.part: row for row in rows}
    return {code: entered.get(code) for code, _ in SAFE_PARTS}


def keeping_safe_entry(*, child: Child, part: str, public_id: str) -> KeepingSafe | None:
    return KeepingSafe.objects.filter(child=child, part=part, public_id=public_id).first()


def keeping_safe_before(*, child: Child) -> dict[str, list[KeepingSafe]]:
    """Earlier entries of each part, latest first."""
    before = defaultdict(list)
    rows = KeepingSafe.objects.filter(child=child, is_current=False).select_related("written_by")
    for row in rows.order_by("-written_at", "-pk"):
        before[row.part].append(row)
    return before


_CHANGES = {
    "agreed": "A statement was agreed",
    "replaced": "A statement was put in new words",
    "looked_again": "A statement was looked at again",
    "confirmed": "A statement was confirmed",
    "retired": "A statement is no longer used",
    "keeping_safe": "“Keeping safe now” was written",
}


@dataclass(frozen=True)
class Change:
    """That something changed, and when: none of a statement's words."""

    child_id: int
    what: str
    at: datetime

    @property
    def words(self) -> str:
        return _CHANGES[self.what]


def changed_since(*, children: Iterable[Child], since: datetime) -> dict[int, list[Change]]:
    """child id -> what changed on the way to the shift, latest first. One query."""
    changed = defaultdict(list)
    for row in _changes(children, since):
        changed[row.child_id].append(row)
    for rows in changed.values():
        rows.sort(key=lambda row: row.at, reverse=True)
    return dict(changed)


def _changes(children: Iterable[Child], since: datetime) -> list[Change]:
    asked = _CHANGES_SINCE.ask(children=[child.pk for child in children], since=since)
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        return [Change(*row) for row in cursor.fetchall()]


def _changes_since() -> QuerySet:
    since = _STAND_INS["since"]
    about_them = Func(
        F("child"),
        RawSQL("%s::bigint[]", [_STAND_INS["children"]]),
        template="%(expressions)s)",
        arg_joiner=" = ANY (",
        output_field=BooleanField(),
    )
    mine = Statement.objects.filter(about_them)
    agreed = _as_changes(
        mine.filter(agreed_at__gte=since, replaces__agreed_at__isnull=True), "agreed", "agreed_at"
    )
    anew = mine.filter(agreed_at__gte=since, replaces__agreed_at__isnull=False)
    same_words = Q(text=F("replaces__text"))
    replaced = _as_changes(anew.exclude(same_words), "replaced", "agreed_at")
    looked_again = _as_changes(anew.filter(same_words), "looked_again", "agreed_at")
    retired = _as_changes(
        mine.filter(ended_at__gte=since, agreed_at__isnull=False, replaced_by__isnull=True),
        "retired",
        "ended_at",
    )
    confirmed = _as_changes(
        Confirmation.objects.filter(about_them, written_at__gte=since),
        "confirmed",
        "written_at",
    )
    kept_safe = _as_changes(
        KeepingSafe.objects.filter(about_them, written_at__gte=since),
        "keeping_safe",
        "written_at",
    )
    return agreed.union(replaced, looked_again, retired, confirmed, kept_safe, all=True)


def _as_changes(rows: QuerySet, what: str, at: str) -> QuerySet:
    return rows.values_list("child_id", Value(what, output_field=CharField()), at)


_STAND_INS: dict[str, Any] = {
    "children": (-7170,),
    "since": datetime(1901, 2, 3, 12, tzinfo=UTC),
}
_CHANGES_SINCE = Compiled(_changes_since, _STAND_INS)


def names_of_other_children(
    *, child: Child, visible_to: StaffMember, at: datetime
) -> frozenset[str]:
    """Of children in the same settings whom this person reaches. A name that this child has too
    is not among them."""
    called = names_queries.names_in_settings_of(child=child, visible_to=visible_to, at=at)
    mine = {*child.preferred_name.split()[:1], *called.pop(child.pk, ())}
    return frozenset(name for names in called.values() for name in names) - mine


def held_back_texts(*, child: Child, visible_to: StaffMember) -> list[str]:
    """Words about this child that this person reads and most others may not (H7)."""
    held_back = Q(readable_by(visible_to), child=child, sharing_level__in=HELD_BACK)
    texts = Statement.objects.filter(held_back).values_list("text", flat=True)
    return [*texts, *scoping.held_back_texts(child=child, visible_to=visible_to)]


def days_to_confirm(*, child: Child, kind: str) -> int:
    """As the setting has chosen in which the child stays; elsewhere as the definitions propose."""
    stay = children_queries.open_stay(child=child)
    return establishments.confirm_by_days(setting=stay.setting if stay else None, kind=kind)
