"""Who is here for one shift, and who was before. Nothing here is about a child."""

from datetime import datetime

from django.db.models import QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.names import are_alike, sort_key
from newel.record.access.roles import ONE_SHIFT_ROLES, Capability
from newel.record.establishments import queries
from newel.record.establishments.models import Agency, Post, Unit
from newel.record.establishments.one_shift import rules


def units_to_let_into(*, by: StaffMember, at: datetime) -> QuerySet[Unit]:
    """A manager’s own units; for an administrator, who answers for accounts, every unit."""
    if by.may(Capability.MANAGE_STAFF):
        return queries.all_units()
    return queries.units_open_to(staff=by, at=at)


def last_shifts(*, by: StaffMember, at: datetime) -> list[Post]:
    """The last post of everybody who came for a shift to these settings, the newest first."""
    settings = units_to_let_into(by=by, at=at).values("setting")
    posts = (
        Post.objects.filter(
            staff__role__in=ONE_SHIFT_ROLES,
            staff__is_active=True,
            setting__in=settings,
            starts_at__gt=at - rules.listed_for(),
        )
        .select_related("staff", "unit", "setting", "agency")
        .order_by("staff_id", "-starts_at", "-pk")
        .distinct("staff_id")
    )
    return sorted(posts, key=lambda post: post.starts_at, reverse=True)


def last_shift_of(*, public_id: str, by: StaffMember, at: datetime) -> Post | None:
    found = (post for post in last_shifts(by=by, at=at) if post.staff.public_id == public_id)
    return next(found, None)


def perhaps_the_same(*, name: str, by: StaffMember, at: datetime) -> list[Post]:
    """Who has been here before under a name like this: nobody gets two accounts."""
    key = sort_key(name)
    return [post for post in last_shifts(by=by, at=at) if are_alike(key, post.staff.name_key)]


def running_posts(*, staff: StaffMember, at: datetime) -> QuerySet[Post]:
    return Post.objects.now(at).filter(staff=staff)


def agency_called(*, name: str) -> Agency | None:
    return Agency.objects.filter(name_key=sort_key(name)).first()
