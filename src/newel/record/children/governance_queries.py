"""Reading what governance needs: who reaches a record and who opened it, never what is in it."""

from datetime import datetime

from django.db.models import F, Prefetch, QuerySet

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


def looks(*, child: Child, first: int, count: int, on_lists: bool = False) -> list[AuditEvent]:
    """Who opened the record, newest first, with `actor_in_person` on each. Or, apart from them
    because they are many, who saw the child's name on a page about several children."""
    acts = ON_LISTS if on_lists else LOOKING
    events = AuditEvent.objects.filter(chain=child.pk, act__in=acts).order_by("-at", "-id")
    page = list(events[first : first + count])
    people = StaffMember.objects.in_bulk({event.actor for event in page if event.actor})
    for event in page:
        event.actor_in_person = people.get(event.actor)  # type: ignore[attr-defined]
    return page
