"""Talks that are wanted, and for whom: the named adult and the cover at once, more people later."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.roles import ROLES, Capability
from newel.record.children import queries as children
from newel.record.children.models import Child, KeyworkerAssignment, TeamMember
from newel.record.children.models.visible_to import on_the_day
from newel.record.establishments.models import Post, Unit
from newel.record.outcomes.models import Talk
from newel.record.outcomes.rules import MORE_PEOPLE_AFTER

# Whoever is named sees a shift, where the talk is shown, and gives questionnaires themselves.
CAN_BE_NAMED = [
    role.code
    for role in ROLES.values()
    if {Capability.SEE_SHIFT, Capability.GIVE_MEASURES} <= role.capabilities
]
# Those who answer for a whole setting are told of every talk that waits too long in it.
MANAGES = Capability.PLACE_CHILD
TALK_SHOWS = ("preferred_name", "talk")


def talk(*, child: Child, public_id: str) -> Talk | None:
    rows = Talk.objects.filter(child=child, public_id=public_id)
    return rows.select_related("form__talk_to", "form__cover", "answer", "seen_by").first()


def wanted_on_shift(*, staff: StaffMember, unit: Unit | None, at: datetime) -> QuerySet[Talk]:
    """What this person is told on their shift, the longest waiting first. One query."""
    reached = children.children(visible_to=staff, at=at)
    for_me = Q(form__talk_to=staff) | Q(form__cover=staff)
    late = Q(asked_at__lte=at - MORE_PEOPLE_AFTER)
    if not staff.may(MANAGES):
        late &= Q(child__in=_on(unit, staff, at))
    rows = Talk.objects.filter(for_me | late, seen_at=None, child__in=reached)
    rows = rows.select_related("child", "form__talk_to", "form__cover")
    return rows.order_by("asked_at", "pk")


def _on(unit: Unit | None, staff: StaffMember, at: datetime) -> QuerySet[Child]:
    if unit is None:
        return Child.objects.none()
    return children.on_unit(unit=unit, visible_to=staff, at=at).order_by()


def talks_ever(*, child: Child) -> QuerySet[Talk]:
    """Those that somebody has answered, the latest first."""
    rows = Talk.objects.filter(child=child, seen_at__isnull=False)
    return rows.select_related("form", "seen_by").order_by("-seen_at", "-pk")


def adults_near(*, child: Child, at: datetime) -> QuerySet[StaffMember]:
    """Who can be named for a talk: those who work where the child is, by name. Two queries."""
    stays = list(child.stays.filter(ended_at__isnull=True).values_list("pk", "setting"))
    theirs = [stay for stay, _ in stays]
    posts = Post.objects.now(at).filter(_whole_setting(stays) | _units_of(child, theirs))
    works_here = (
        Q(pk__in=posts.values("staff"))
        | Q(pk__in=_of_stay(TeamMember, theirs, at).filter(opens_record=True).values("staff"))
        | Q(pk__in=_of_stay(KeyworkerAssignment, theirs, at).values("staff"))
    )
    rows = StaffMember.objects.filter(works_here, is_active=True, role__in=CAN_BE_NAMED)
    return rows.order_by("name_key", "pk")


def _whole_setting(stays: Iterable[tuple[int, int]]) -> Q:
    return Q(unit__isnull=True, setting__in=[setting for _, setting in stays])


def _units_of(child: Child, stays: list[int]) -> Q:
    units = child.unit_stays.filter(ends_at__isnull=True, stay__in=stays)
    return Q(unit__in=units.values("unit"))


def _of_stay(model: type[TeamMember | KeyworkerAssignment], stays: list[int], at: datetime) -> Any:
    return model.objects.filter(on_the_day(at), stay__in=stays)
