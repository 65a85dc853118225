"""Reading what settings have on record. A fiction counts in the demo and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings as configured
from django.db.models import QuerySet

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Post, Setting, SharingAgreement
from newel.record.establishments.readiness import AGREEMENT, ASSESSMENT, MODELS, OFFICER, Readiness


def readiness(*, setting: Setting) -> Readiness:
    return readiness_of(settings=[setting])[0]


def readiness_of(*, settings: Iterable[Setting]) -> list[Readiness]:
    """Of several settings, always in the same number of queries."""
    every = list(settings)
    held = {kind: list(_on_record(model, every)) for kind, model in MODELS.items()}

    def of(kind: str, setting: Setting) -> tuple[Any, ...]:
        return tuple(row for row in held[kind] if row.setting_id == setting.pk)

    return [
        Readiness(one, of(ASSESSMENT, one), of(OFFICER, one), of(AGREEMENT, one)) for one in every
    ]


def on_record(*, setting: Setting, kind: str) -> QuerySet[Any]:
    """What counts now of one kind."""
    return _on_record(MODELS[kind], [setting])


def history(*, setting: Setting, kind: str) -> QuerySet[Any]:
    """Everything that was ever recorded of one kind, the newest first."""
    rows = MODELS[kind].objects.filter(setting=setting)
    related = rows.select_related("recorded_by", "setting", "withdrawn_by", "replaced_by")
    return _with_agencies(related).order_by("-recorded_at", "-pk")


def _on_record(model: Any, settings: list[Setting]) -> QuerySet[Any]:
    rows = model.objects.filter(
        setting__in=settings, replaced_by__isnull=True, withdrawn_at__isnull=True
    )
    if not configured.NEWEL_DEMO:
        rows = rows.filter(is_fiction=False)
    return _with_agencies(rows.select_related("recorded_by", "setting")).order_by(
        "recorded_at", "pk"
    )


def _with_agencies(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.prefetch_related("agencies") if rows.model is SharingAgreement else rows


def settings_of(*, staff: StaffMember, at: datetime) -> QuerySet[Setting]:
    """The settings in which somebody has a post now."""
    posts = Post.objects.now(at).filter(staff=staff)
    return Setting.objects.filter(pk__in=posts.values("setting")).order_by("name_key")


def governance_leads(*, setting: Setting, at: datetime) -> list[StaffMember]:
    """Whom to ask about what is missing."""
    posts = Post.objects.now(at).filter(setting=setting).values("staff")
    leads = StaffMember.objects.filter(role="governance_lead", is_active=True, pk__in=posts)
    return list(leads.order_by("name_key"))
