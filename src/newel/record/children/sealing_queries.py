"""What is sealed, who may read it, and who may be a child whom Newel knows from before."""

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from newel.record.access.models import StaffMember
from newel.record.children.models import Child, PerhapsSame, Sealing, SealOpening
from newel.record.children.models.visible_to import running


def sealings(*, child: Child) -> QuerySet[Sealing]:
    rows = Sealing.objects.filter(child=child).select_related(
        "asked_by", "confirmed_by", "set_aside_by"
    )
    return rows.order_by("-asked_at", "-pk")


def openings(*, child: Child) -> QuerySet[SealOpening]:
    rows = SealOpening.objects.filter(child=child)
    return rows.select_related("staff", "given_by", "sealing").order_by("-starts_at", "-pk")


def open_to(*, child: Child, staff: StaffMember, at: datetime) -> QuerySet[SealOpening]:
    return openings(child=child).filter(running(at), staff=staff)


def sealed_names(*, child: Child) -> list[tuple[str, str]]:
    """(name, kind), through the door of the database: nothing unless it was opened by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, kind FROM children_sealed_names(%s)", [child.pk])
        return [(name, kind) for name, kind in cursor.fetchall()]


def perhaps_same(*, by: StaffMember) -> list[PerhapsSame]:
    """What a governance lead is asked: only of children over whom they watch (the policy)."""
    if not by.may("govern_access"):
        return []
    rows = PerhapsSame.objects.filter(is_same__isnull=True).select_related("child")
    return list(rows.order_by("asked_at", "pk"))


def pair(*, by: StaffMember, public_id: str) -> PerhapsSame | None:
    found = (one for one in perhaps_same(by=by) if one.public_id == public_id)
    return next(found, None)


def earlier_settings(*, pair: PerhapsSame) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_earlier_settings(%s)", [pair.pk])
        settings: list[str] = cursor.fetchone()[0]
    return settings
