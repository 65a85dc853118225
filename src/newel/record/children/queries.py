"""Reading children. What finds a child takes `visible_to`: the person who asks. What reads on
from a child takes the child that such a query gave."""

from datetime import datetime

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.names import are_alike, sort_key
from newel.record.children.models import (
    Child,
    ChildName,
    CommunicationNeed,
    Home,
    KeyworkerAssignment,
    LegalReason,
    Stay,
    TeamMember,
    UnitStay,
)
from newel.record.children.models.visible_to import ChildQuerySet, on_the_day, running
from newel.record.establishments.models import Unit


def children(*, visible_to: StaffMember, at: datetime) -> ChildQuerySet:
    return Child.objects.visible_to(visible_to, at=at).order_by("name_key", "pk")


def child(*, public_id: str, visible_to: StaffMember, at: datetime) -> Child | None:
    """The child with the unit stays that the banner needs, or nothing for a stranger."""
    found: Child | None = (
        children(visible_to=visible_to, at=at)
        .filter(public_id=public_id)
        .prefetch_related(_open_unit_stays())
        .first()
    )
    return found


def _open_unit_stays() -> Prefetch:
    rows = UnitStay.objects.filter(ends_at__isnull=True).select_related("unit__setting", "stay")
    return Prefetch("unit_stays", queryset=rows, to_attr="open_unit_stays")


def hidden_id(*, public_id: str) -> int | None:
    """The id of a child whom the person may not see: only for the audit of the refusal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_id_behind(%s)", [public_id])
        found: int | None = cursor.fetchone()[0]
    return found


def on_unit(*, unit: Unit, visible_to: StaffMember, at: datetime) -> ChildQuerySet:
    """The children whom a unit looks after or expects."""
    here = UnitStay.objects.filter(running(at), unit=unit, stay__ended_at__isnull=True)
    return children(visible_to=visible_to, at=at).filter(pk__in=here.values("child"))


def named_alike(*, child: Child, visible_to: StaffMember, at: datetime) -> list[Child]:
    """Other children in the same settings whose names could be mistaken for this child's."""
    settings = Stay.objects.filter(child=child, ended_at__isnull=True).values("setting")
    others = (
        children(visible_to=visible_to, at=at)
        .filter(stays__setting__in=settings, stays__ended_at__isnull=True)
        .exclude(pk=child.pk)
        .only("pk", "public_id", "preferred_name", "name_key", "born_on")
        .distinct()
    )
    return [other for other in others if are_alike(child.name_key, other.name_key)]


def search(*, words: str, visible_to: StaffMember, at: datetime) -> ChildQuerySet:
    """By any name the child goes by now; a former name finds nothing (H34)."""
    key = sort_key(words)
    other = ChildName.objects.filter(name_key__contains=key).exclude(kind="former")
    known_as = Q(name_key__contains=key) | Q(pk__in=other.values("child"))
    return children(visible_to=visible_to, at=at).filter(known_as)


def behind_glass(*, name: str, unit: Unit) -> list[int]:
    """Ids of children on a unit who go by this name, out of reach until the glass is broken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_behind_glass(%s, %s)", [sort_key(name), unit.pk])
        found: list[int] = cursor.fetchone()[0]
    return found


def open_stay(*, child: Child) -> Stay | None:
    return (
        Stay.objects.filter(child=child, ended_at__isnull=True)
        .select_related("setting")
        .order_by("-referred_at")
        .first()
    )


def team_now(*, child: Child, at: datetime) -> QuerySet[TeamMember]:
    return (
        TeamMember.objects.filter(on_the_day(at), child=child, stay__ended_at__isnull=True)
        .select_related("agency", "staff")
        .order_by("discipline", "name")
    )


def keyworkers_now(*, child: Child, at: datetime) -> QuerySet[KeyworkerAssignment]:
    return KeyworkerAssignment.objects.filter(
        on_the_day(at), child=child, stay__ended_at__isnull=True
    ).select_related("staff")


def homes(*, child: Child) -> QuerySet[Home]:
    return Home.objects.filter(child=child, ended_at__isnull=True).order_by("kind", "name")


def legal_reasons(*, child: Child) -> QuerySet[LegalReason]:
    return LegalReason.objects.filter(child=child).order_by("-starts_on")


def communication_needs(*, child: Child) -> QuerySet[CommunicationNeed]:
    return CommunicationNeed.objects.filter(child=child, ended_at__isnull=True).order_by("need")
