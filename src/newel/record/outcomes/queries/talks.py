"""Talks that are wanted, and for whom: the named adult and the cover at once, more people later.

Later is at once where neither of the two can be told. Of a child who is on no unit (expected, or
between two) everybody is told then who reaches the child; where nobody does, the governance lead
(`told.watched`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.roles import ROLES, Capability
from newel.record.children import queries as children
from newel.record.children.models import Block, Child, KeyworkerAssignment, TeamMember, UnitStay
from newel.record.children.models.visible_to import on_the_day, running, stay_goes_on
from newel.record.establishments.models import Post, Unit
from newel.record.outcomes.models import Talk
from newel.record.outcomes.queries.told import named_can_be_told
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
    """What this person is told where they begin, the longest waiting first. One query. `unit`: the
    one they look at, besides those where they have a post."""
    reached = children.children(visible_to=staff, at=at)
    for_me = Q(form__talk_to=staff) | Q(form__cover=staff)
    late = Q(asked_at__lte=at - MORE_PEOPLE_AFTER) | Q(named_can_be_told=False)
    if not staff.may(MANAGES):
        late &= _is_near(unit, staff, at)
    rows = Talk.objects.annotate(named_can_be_told=named_can_be_told(at))
    rows = rows.filter(for_me | late, seen_at=None, child__in=reached)
    rows = rows.select_related("child", "form__talk_to", "form__cover")
    return rows.order_by("asked_at", "pk")


def _is_near(unit: Unit | None, staff: StaffMember, at: datetime) -> Q:
    """The child is on a unit of theirs, or on none."""
    mine = Post.objects.now(at).filter(staff=staff, unit__isnull=False).values("unit")
    lives = UnitStay.objects.filter(running(at), stay_goes_on(at), child=OuterRef("child"))
    return Q(Exists(lives.filter(Q(unit=unit) | Q(unit__in=mine)))) | ~Q(Exists(lives))


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
    blocked = Block.objects.filter(child=child, lifted_at__isnull=True)
    return rows.exclude(pk__in=blocked.values("staff")).order_by("name_key", "pk")


def _whole_setting(stays: Iterable[tuple[int, int]]) -> Q:
    return Q(unit__isnull=True, setting__in=[setting for _, setting in stays])


def _units_of(child: Child, stays: list[int]) -> Q:
    units = child.unit_stays.filter(ends_at__isnull=True, stay__in=stays)
    return Q(unit__in=units.values("unit"))


def _of_stay(model: type[TeamMember | KeyworkerAssignment], stays: list[int], at: datetime) -> Any:
    return model.objects.filter(on_the_day(at), stay__in=stays)
