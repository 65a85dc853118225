"""Reading for the maps: statements with where they stand, what goes with what, what was seen.

As in `queries`, the child given is one that `children.queries` found for the person who asks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators.map_models import GoesWith, Placing, SeenNote
from newel.record.stairs.activators.models import AGREED, Evidence, Statement
from newel.record.stairs.activators.rules.places import SEQUENCE, Places, places_today
from newel.record.stairs.scoping.queries import events_taken_back, readable_by


def on_maps(*, child: Child, visible_to: StaffMember) -> list[Statement]:
    """Drafts and agreed statements, oldest first, each with where it stands. Two queries."""
    rows = Statement.objects.filter(readable_by(visible_to), child=child, is_current=True)
    return placed(rows.order_by("said_on", "pk"), child=child)


def placed(statements: Iterable[Statement], *, child: Child) -> list[Statement]:
    """These statements of the child, each with where it stands now. One query more."""
    # By child: a list of 120 statements costs more to send than to find.
    rows = {row.statement_id: row for row in Placing.objects.filter(child=child, is_current=True)}
    found = list(statements)
    for one in found:
        now = rows.get(one.pk)
        one.placings_now = [now] if now else []  # type: ignore[attr-defined]
    return found


def with_place(statement: Statement) -> Statement:
    """A statement that another query gave, with where it stands now."""
    rows = Placing.objects.filter(statement=statement, is_current=True)
    statement.placings_now = list(rows.select_related("placed_by"))  # type: ignore[attr-defined]
    return statement


def placing_now(statement: Statement) -> Placing | None:
    """Of a statement that `on_maps` or `with_place` gave."""
    rows: list[Placing] = statement.placings_now  # type: ignore[attr-defined]
    return rows[0] if rows else None


def places_now(statement: Statement) -> Places:
    return places_today(statement)


def what_goes_with_what(*, child: Child) -> list[GoesWith]:
    """Between statements that the database shows to whoever asks, and that are still used."""
    rows = GoesWith.objects.filter(child=child, ended_at=None, first__is_current=True)
    return list(rows.filter(then__is_current=True).select_related("said_by").order_by("pk"))


def what_went_with_what(*, child: Child, at: datetime) -> list[GoesWith]:
    """The links that stood at a time, between whatever wordings; for a version of that time."""
    ended = Q(ended_at=None) | Q(ended_at__gt=at)
    return list(GoesWith.objects.filter(ended, child=child, said_at__lte=at).order_by("pk"))


def link(*, child: Child, public_id: str) -> GoesWith | None:
    """Also one that somebody has ended: who comes second is told so."""
    rows = GoesWith.objects.filter(child=child).select_related("first", "then")
    return rows.filter(public_id=public_id).first()


def links_of(*, statement: Statement) -> list[GoesWith]:
    rows = GoesWith.objects.filter(Q(first=statement) | Q(then=statement), ended_at=None)
    return list(
        rows.filter(first__is_current=True, then__is_current=True)
        .select_related("first", "then", "said_by")
        .order_by("pk")
    )


def in_sequence(*, child: Child, visible_to: StaffMember) -> QuerySet[Statement]:
    """What sets things off, early signs and what helps, as far as they are still used."""
    rows = Statement.objects.filter(readable_by(visible_to), child=child, is_current=True)
    return rows.filter(kind__in=SEQUENCE).order_by("said_on", "pk")


def held_back_count(*, child: Child) -> int:
    """How many statements are held back from whoever is asking now: a number and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT activators_held_back(%s)", [child.pk])
        return int(cursor.fetchone()[0])


def seen_notes(*, wordings: Iterable[Statement]) -> QuerySet[SeenNote]:
    """Of a statement in every wording it has had, in the order in which it was seen."""
    return (
        SeenNote.objects.filter(statement__in=[row.pk for row in wordings])
        .select_related("written_by")
        .order_by("seen_on", "pk")
    )


def what_was_seen(
    *, child: Child, came_from: Mapping[int, int], until: datetime | None = None
) -> dict[int, Counter[str]]:
    """statement id -> how many notes back it and how many speak against it, with those of the
    wordings that it came from. Only those written `until` then; None: all. One query."""
    rows = SeenNote.objects.filter(child=child)
    if until is not None:
        rows = rows.filter(written_at__lte=until)
    own: dict[int, Counter[str]] = defaultdict(Counter)
    for pk, shows in rows.values_list("statement_id", "shows"):
        own[pk][shows] += 1
    return {pk: _with_earlier(pk, own, came_from) for pk in {*own, *came_from}} if own else {}


def _with_earlier(
    pk: int, own: Mapping[int, Counter[str]], came_from: Mapping[int, int]
) -> Counter[str]:
    found: Counter[str] = Counter()
    step: int | None = pk
    while step is not None:
        found += own.get(step, Counter())
        step = came_from.get(step)
    return found


def add_what_was_seen(statements: Iterable[Statement], seen: Mapping[int, Counter[str]]) -> None:
    """To what `queries.statements` counted of events."""
    for one in statements:
        notes = seen.get(one.pk, Counter())
        one.backs += notes["for"]  # type: ignore[attr-defined]
        one.speaks_against += notes["against"]  # type: ignore[attr-defined]


def to_look_at_again(*, child: Child, visible_to: StaffMember) -> QuerySet[Statement]:
    """Against which a note or an event on the timeline came after they were agreed. In the order in
    which they were agreed: the order of nothing else."""
    mine = Q(statement=OuterRef("pk"), shows="against", written_at__gt=OuterRef("agreed_at"))
    events = Evidence.objects.filter(mine).exclude(event__in=events_taken_back(child=child))
    since = Exists(SeenNote.objects.filter(mine)) | Exists(events)
    rows = Statement.objects.filter(readable_by(visible_to), child=child, state=AGREED)
    return rows.filter(since, is_current=True).order_by(F("agreed_at"), "pk")
