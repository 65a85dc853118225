"""Reading places and posts. Nothing here is about a child."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Agency, Post, Setting, Unit


def posts_now(*, staff: StaffMember, at: datetime) -> QuerySet[Post]:
    return (
        Post.objects.now(at)
        .filter(staff=staff)
        .select_related("setting", "unit", "agency")
        .order_by("setting__name_key", "unit__name_key")
    )


def units_open_to(*, staff: StaffMember, at: datetime) -> QuerySet[Unit]:
    """The units where somebody works, or every unit of a setting where they have a whole post."""
    posts = Post.objects.now(at).filter(staff=staff)
    on_unit = Unit.objects.filter(pk__in=posts.filter(unit__isnull=False).values("unit"))
    in_setting = Unit.objects.filter(setting__in=posts.filter(unit__isnull=True).values("setting"))
    return (on_unit | in_setting).select_related("setting").order_by("setting_id", "name_key")


def units_of_settings_of(*, staff: StaffMember, at: datetime) -> QuerySet[Unit]:
    """Every unit of the settings where somebody has a post: where they may break the glass."""
    settings = Post.objects.now(at).filter(staff=staff).values("setting")
    return Unit.objects.filter(setting__in=settings).select_related("setting").order_by("name_key")


def staff_on_unit(*, unit: Unit, at: datetime) -> QuerySet[StaffMember]:
    """Those whose post is this unit, not those of the whole setting."""
    on_unit = Post.objects.now(at).filter(unit=unit).values("staff")
    return StaffMember.objects.filter(pk__in=on_unit, is_active=True).order_by("name_key")


def settings() -> QuerySet[Setting]:
    return Setting.objects.prefetch_related("units").order_by("name_key")


def agencies() -> QuerySet[Agency]:
    return Agency.objects.order_by("name_key")


def setting(*, public_id: str) -> Setting | None:
    return Setting.objects.filter(public_id=public_id).first()


def all_units() -> QuerySet[Unit]:
    return Unit.objects.select_related("setting").order_by("setting__name_key", "name_key")


def posts_ever(*, staff: StaffMember) -> QuerySet[Post]:
    """Where somebody has worked, the newest first."""
    return (
        Post.objects.filter(staff=staff)
        .select_related("staff", "setting", "unit", "agency")
        .order_by("-starts_at", "-pk")
    )


def post_of(*, staff: StaffMember, public_id: str) -> Post | None:
    return posts_ever(staff=staff).filter(public_id=public_id).first()


def posts_of_each(*, staff: Sequence[int], at: datetime) -> dict[int, list[Post]]:
    """staff id -> where they work now."""
    found: dict[int, list[Post]] = {}
    for post in Post.objects.now(at).filter(staff__in=staff).select_related("unit", "agency"):
        found.setdefault(post.staff_id, []).append(post)
    return found


def managers_near(*, staff: StaffMember, at: datetime, at_most: int = 3) -> list[str]:
    """Names of managers of the settings where somebody works now: whom to ask."""
    settings = Post.objects.now(at).filter(staff=staff).values("setting")
    managing = Post.objects.now(at).filter(setting__in=settings, staff__role="manager")
    found = StaffMember.objects.filter(pk__in=managing.values("staff"), is_active=True)
    return list(
        found.exclude(pk=staff.pk).order_by("name_key").values_list("name", flat=True)[:at_most]
    )
