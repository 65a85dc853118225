"""Setting up places and saying who works where."""

from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.establishments.models import Agency, Post, Setting, Unit
from newel.record.establishments.policies import (
    check_agency_is_new,
    check_not_working_here_already,
    check_post_goes_on,
    check_setting_is_new,
    check_unit_is_new,
)


@transaction.atomic
def add_agency(*, name: str, kind: str) -> Agency:
    check_agency_is_new(name)
    agency = Agency.objects.create(name=name, name_key=sort_key(name), kind=kind)
    audit.record("add_agency", thing="agency", thing_id=agency.pk, fields=("name", "kind"))
    return agency


@transaction.atomic
def add_setting(*, name: str, setting_type: str, in_scope: bool = True) -> Setting:
    check_setting_is_new(name)
    setting = Setting.objects.create(
        name=name,
        name_key=sort_key(name),
        setting_type=setting_type,
        in_scope_of_commissioning=in_scope,
    )
    audit.record(
        "add_setting", thing="setting", thing_id=setting.pk, fields=("name", "setting_type")
    )
    return setting


@transaction.atomic
def add_unit(*, setting: Setting, name: str) -> Unit:
    check_unit_is_new(setting, name)
    unit = Unit.objects.create(setting=setting, name=name, name_key=sort_key(name))
    audit.record("add_unit", thing="unit", thing_id=unit.pk, fields=("name",))
    return unit


@transaction.atomic
def start_post(
    *,
    staff: StaffMember,
    setting: Setting,
    unit: Unit | None,
    discipline: str,
    agency: Agency,
    at: datetime,
    ends_at: datetime | None = None,
) -> Post:
    """From this moment the person works here: what the post opens is open at once."""
    check_not_working_here_already(staff, setting, unit, at)
    post = Post.objects.create(
        staff=staff,
        setting=setting,
        unit=unit,
        discipline=discipline,
        agency=agency,
        starts_at=at,
        ends_at=ends_at,
    )
    audit.record("start_post", thing="post", thing_id=post.pk, fields=("staff", "setting", "unit"))
    return post


@transaction.atomic
def end_post(*, post: Post, at: datetime) -> None:
    """From this moment the post opens nothing any more. One that has not begun never does."""
    _hold(post, at)
    post.ends_at = max(at, post.starts_at)
    post.save(update_fields=["ends_at"])
    audit.record("end_post", thing="post", thing_id=post.pk, fields=("ends_at",))


@transaction.atomic
def move_to_unit(*, post: Post, unit: Unit, at: datetime) -> Post:
    """The old unit closes and the new one opens in the same moment. Of two who move somebody at
    once the second is told: nobody is left with both units open."""
    until = _hold(post, at).ends_at
    check_not_working_here_already(post.staff, unit.setting, unit, at)
    end_post(post=post, at=at)
    return start_post(
        staff=post.staff,
        setting=unit.setting,
        unit=unit,
        discipline=post.discipline,
        agency=post.agency,
        at=max(at, post.starts_at),
        ends_at=until,
    )


def _hold(post: Post, at: datetime) -> Post:
    """As it is now, and still going on."""
    held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    check_post_goes_on(held, at)
    return held
