"""Whether an adult can be told of a talk: they reach the child at this moment, and may have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, CharField, F, Func, Value
from django.db.models.expressions import Combinable

from newel.record.access.models import StaffMember
from newel.record.access.roles import ROLES, Capability
from newel.record.children import governance_queries
from newel.record.children.models import Child
from newel.record.outcomes.models import Form
from newel.record.outcomes.rules import GOVERNANCE_LEAD_AFTER

# Whoever may open a talk and say what was done.
CAN_TALK = [role.code for role in ROLES.values() if Capability.GIVE_MEASURES in role.capabilities]


def named_can_be_told(at: datetime) -> Combinable:
    """Of a row of talks: whether the named adult or the cover still reaches the child. They may
    have left, have another post or another role, or be blocked; or the child has moved."""
    named = Func(
        F("form__talk_to"),
        F("form__cover"),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(BigIntegerField()),
    )
    return Func(
        F("child_id"),
        Value(CAN_TALK, ArrayField(CharField())),
        named,
        Value(at),
        function="outcomes_can_be_told",
        output_field=BooleanField(),
    )


def can_be_told(*, child_id: int, among: Iterable[int], at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcomes_can_be_told(%s, %s, %s, %s)", [child_id, CAN_TALK, [*among], at]
        )
        return bool(cursor.fetchone()[0])


def gone(*, form: Form, at: datetime) -> tuple[StaffMember, ...]:
    """Those of the two named adults who cannot be told any more."""
    named = [one for one in (form.talk_to, form.cover) if one is not None]
    return tuple(
        one for one in named if not can_be_told(child_id=form.child_id, among=[one.pk], at=at)
    )


def nobody_would_come(*, form: Form, at: datetime) -> bool:
    """Whether what is said before the first question would not be true: of the two adults who are
    named there, neither can be told."""
    if form.talk_to_id is None or form.cover_id is None:
        return False
    return not can_be_told(child_id=form.child_id, among=[form.talk_to_id, form.cover_id], at=at)


@dataclass(frozen=True)
class Watched:
    """A talk that a governance lead is told of, and who knew of the form, the named adult first."""

    child: Child
    asked_at: datetime
    is_reached: bool
    people: tuple[StaffMember, ...]


def watched(*, by: StaffMember, at: datetime) -> list[Watched]:
    """Where nobody who could have the talk reaches the child, and where it has waited too long, in
    a governance lead’s settings. The longest waiting first. Always three queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM outcomes_talks_watched(%s, %s, %s)",
            [CAN_TALK, at, at - GOVERNANCE_LEAD_AFTER],
        )
        rows = cursor.fetchall()
    children = governance_queries.watched_children(by=by, at=at)
    found = {one.pk: one for one in children.filter(pk__in=[row[0] for row in rows])}
    staff = StaffMember.objects.in_bulk({pk for row in rows for pk in row[3]})
    return [
        Watched(found[child], asked_at, is_reached, _there(people, staff))
        for child, asked_at, is_reached, people in rows
        if child in found
    ]


def _there(people: Iterable[int], staff: dict[int, StaffMember]) -> tuple[StaffMember, ...]:
    """Each once, without those who have left or could not have a talk."""
    known = [staff[pk] for pk in dict.fromkeys(people) if pk in staff]
    return tuple(one for one in known if one.is_active and one.role in CAN_TALK)
