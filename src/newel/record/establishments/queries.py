"""Reading places and posts. Nothing here is about a child."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.access.roles import ONE_SHIFT_ROLES
from newel.record.establishments.models import (
    Agency,
    ConfirmDays,
    Post,
    Setting,
    SharingChoice,
    Unit,
)

PROPOSED_DAYS: dict[str, int] = {
    kind["code"]: int(kind["confirm_within_days"])
    for kind in read("understanding/statements.yaml")["kinds"]
}


def units_open_to(*, staff: StaffMember, at: datetime) -> QuerySet[Unit]:
    """The units where somebody works, or every unit of a setting where they have a whole post."""
    posts = Post.objects.now(at).filter(staff=staff)
    on_unit = Q(pk__in=posts.filter(unit__isnull=False).values("unit"))
    in_setting = Q(setting__in=posts.filter(unit__isnull=True).values("setting"))
    units = Unit.objects.filter(on_unit | in_setting)
    return units.select_related("setting").order_by("setting_id", "name_key")


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


def staff_who_may_be_meant(*, name_keys: set[str], usernames: set[str]) -> list[StaffMember]:
    """Accounts of these names or login names, ended ones too: a login name is never given again."""
    found = StaffMember.objects.filter(Q(name_key__in=name_keys) | Q(username__in=usernames))
    return list(found.order_by("username"))


def every_username() -> set[str]:
    return set(StaffMember.objects.values_list("username", flat=True))


def places_of(
    *, staff: list[StaffMember], setting: Setting, at: datetime
) -> set[tuple[int, int | None]]:
    """Who of these works where in a setting, now or later: (person, unit or the whole of it)."""
    posts = Post.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), setting=setting)
    return set(posts.filter(staff__in=staff).values_list("staff_id", "unit_id"))


def staff_of(*, setting: Setting, at: datetime) -> QuerySet[StaffMember]:
    """Who has a post in a setting, now or from a day to come."""
    posts = Post.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), setting=setting)
    return StaffMember.objects.filter(pk__in=posts.values("staff"), is_active=True).order_by(
        "name_key", "pk"
    )


def never_signed_in(*, setting: Setting, at: datetime) -> QuerySet[StaffMember]:
    """Those who still need their first password handed over. Whoever came for one shift has a slip
    of another kind."""
    waiting = staff_of(setting=setting, at=at).filter(last_login__isnull=True)
    return waiting.exclude(role__in=ONE_SHIFT_ROLES)


def confirm_by_days(*, setting: Setting | None, kind: str) -> int:
    """Within how many days a statement of this kind is to be confirmed in this setting."""
    return confirm_days_in_force(setting=setting)[kind].days


def confirm_days_in_force(*, setting: Setting | None) -> dict[str, ConfirmDays]:
    """For each kind what counts now: the setting's own choice, or the proposal of the definitions
    (a row without an id)."""
    proposed = {kind: ConfirmDays(kind=kind, days=days) for kind, days in PROPOSED_DAYS.items()}
    if setting is None:
        return proposed
    newest = ConfirmDays.objects.filter(setting=setting).order_by("kind", "-pk").distinct("kind")
    return proposed | {
        one.kind: one for one in newest.select_related("set_by") if one.kind in proposed
    }


def confirm_days_ever(*, setting: Setting) -> QuerySet[ConfirmDays]:
    return ConfirmDays.objects.filter(setting=setting).select_related("set_by").order_by("-pk")


def sharing_choice(*, setting: Setting | None) -> SharingChoice | None:
    if setting is None:
        return None
    chosen = SharingChoice.objects.filter(setting=setting).select_related("set_by")
    return chosen.order_by("-pk").first()


def level_by_default(*, setting: Setting | None, kind: str) -> str | None:
    """Who usually reads this kind of writing in a setting; nothing where it is asked each time."""
    chosen = sharing_choice(setting=setting)
    level = chosen.levels.get(kind) if chosen else None
    return level if level in ("team", "named_people") else None


def managers_near(*, staff: StaffMember, at: datetime, at_most: int = 3) -> list[str]:
    """Names of managers of the settings where somebody works now: whom to ask."""
    settings = Post.objects.now(at).filter(staff=staff).values("setting")
    managing = Post.objects.now(at).filter(setting__in=settings, staff__role="manager")
    found = StaffMember.objects.filter(pk__in=managing.values("staff"), is_active=True)
    return list(
        found.exclude(pk=staff.pk).order_by("name_key").values_list("name", flat=True)[:at_most]
    )
