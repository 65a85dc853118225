"""Reading what governance needs: who reaches a record and who opened it, never what is in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, Count, F, Max, Min, Prefetch, QuerySet, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.names import sort_key
from newel.record.access.roles import Capability
from newel.record.children.models import Block, Child, Grant, Notice, Stay
from newel.record.establishments.models import Post

LOOKING = ("view", "print", "export", "refused", "break_glass")
ON_LISTS = ("list",)


def watched_children(*, by: StaffMember, at: datetime, words: str = "") -> QuerySet[Child]:
    """The children of a governance lead's settings: over whose access they watch. Nothing of what
    is in the records comes with it."""
    if not by.may(Capability.GOVERN_ACCESS):
        return Child.objects.none()
    settings = Post.objects.now(at).filter(staff=by).values("setting")
    stays = Stay.objects.filter(setting__in=settings).order_by("-referred_at")
    return (
        Child.objects.filter(pk__in=stays.values("child"), name_key__contains=sort_key(words))
        .only("pk", "public_id", "preferred_name", "name_key")
        .prefetch_related(Prefetch("stays", stays.select_related("setting"), "watched_stays"))
        .order_by("name_key", "pk")
    )


def notices(*, by: StaffMember, at: datetime) -> QuerySet[Notice]:
    """What a governance lead was told: what nobody has looked at first, then the newest."""
    settings = Post.objects.now(at).filter(staff=by).values("setting")
    return (
        Notice.objects.filter(setting__in=settings)
        .select_related("setting", "child", "broken_glass__staff", "seen_by")
        .only(
            "public_id",
            "given_at",
            "seen_at",
            "setting__name",
            "child__public_id",
            "child__preferred_name",
            "broken_glass__reason",
            "broken_glass__ends_at",
            "broken_glass__starts_at",
            "broken_glass__staff__name",
            "broken_glass__staff__role",
            "seen_by__name",
        )
        .order_by(F("seen_at").asc(nulls_first=True), "-given_at")
    )


def grants(*, child: Child) -> QuerySet[Grant]:
    return (
        Grant.objects.filter(child=child)
        .select_related("staff", "given_by", "stay__setting")
        .order_by("-starts_at", "-pk")
    )


def blocks(*, child: Child) -> QuerySet[Block]:
    return (
        Block.objects.filter(child=child)
        .select_related("staff", "set_by")
        .order_by("-set_at", "-pk")
    )


@dataclass(frozen=True)
class Looked:
    """One page that one person looked at on one day: how often, from when until when."""

    on: date
    actor: int | None
    act: str
    page: str
    times: int
    first_at: datetime
    last_at: datetime
    who: StaffMember | None


def looks(
    *,
    child: Child,
    first: int,
    count: int,
    on_lists: bool = False,
    each: bool = False,
    staff: StaffMember | None = None,
    on: date | None = None,
) -> list[Looked]:
    """Who opened the record, the newest first. Or, apart from them because they are many, who saw
    the child's name on a page about several children.

    The same page of the same person on the same day is one row, unless `each` is asked for. An
    emergency is always a row of its own.
    """
    events = AuditEvent.objects.filter(chain=child.pk, act__in=ON_LISTS if on_lists else LOOKING)
    if staff:
        events = events.filter(actor=staff.pk)
    if on:
        events = events.filter(at__range=_day_of(on))
    alone = F("pk") if each else Case(When(act="break_glass", then=F("pk")))
    rows = (
        events.annotate(on=TruncDate("at"), alone=alone)
        .values("on", "actor", "act", "page", "alone")
        .annotate(times=Count("pk"), first_at=Min("at"), last_at=Max("at"), last=Max("pk"))
        .order_by("-last_at", "-last")[first : first + count]
    )
    return _with_who([dict(row) for row in rows])


def _day_of(on: date) -> tuple[datetime, datetime]:
    """A day in London. So asked, the index over chain and time answers."""
    begins = timezone.make_aware(datetime.combine(on, time.min))
    return begins, timezone.make_aware(datetime.combine(on, time.max))


def _with_who(rows: list[dict[str, Any]]) -> list[Looked]:
    people = StaffMember.objects.in_bulk({row["actor"] for row in rows if row["actor"]})
    return [
        Looked(
            on=row["on"],
            actor=row["actor"],
            act=row["act"],
            page=row["page"],
            times=row["times"],
            first_at=row["first_at"],
            last_at=row["last_at"],
            who=people.get(row["actor"]),
        )
        for row in rows
    ]
