"""Where a statement stands on the maps, and what goes with what: said, never worked out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from newel.record.access.models import StaffMember
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.rows import locked, tell
from newel.record.stairs.activators.map_models import GoesWith, Placing
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.rules.places import Places, may_go_with, places_of


class PlacedMeanwhile(NotNow):
    """Somebody else moved the statement after this person had opened it."""

    def __init__(self, now_there: Placing | None) -> None:
        super().__init__("Somebody else has moved this meanwhile. Nothing is lost: look at both.")
        self.now_there = now_there


@transaction.atomic
def place_statement(
    *,
    statement: Statement,
    by: StaffMember,
    at: datetime,
    seen: str,
    five_ps: Sequence[str],
    area: str,
    life_stage: str,
) -> Statement:
    """`seen` is the placing that the person had before them: its public id, or empty for the
    places in which the statement was written."""
    statement = locked(statement)
    policies.check_can_place(statement)
    before = Placing.objects.filter(statement=statement, is_current=True).first()
    if seen != (before.public_id if before else ""):
        raise PlacedMeanwhile(before)
    wanted = Places(five_ps=tuple(five_ps), area=area, life_stage=life_stage)
    if wanted != places_of(statement, before):
        _put(statement, wanted, before, by=by, at=at)
    return statement


def _put(
    statement: Statement,
    wanted: Places,
    before: Placing | None,
    *,
    by: StaffMember,
    at: datetime,
) -> None:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    Placing.objects.create(
        child_id=statement.child_id,
        statement=statement,
        five_ps=list(wanted.five_ps),
        area=wanted.area,
        life_stage=wanted.life_stage,
        placed_by=by,
        placed_at=at,
        replaces=before,
    )
    tell("place_statement", statement, "five_ps", "area", "life_stage")


@transaction.atomic
def say_goes_with(*, first: Statement, then: Statement, by: StaffMember, at: datetime) -> GoesWith:
    """This early sign goes with what sets things off; this helps with it."""
    first, then = _both_locked(first, then)
    for one in (first, then):
        policies.check_can_place(one)
    if first.child_id != then.child_id:
        raise ValueError("These statements are about two children.")
    if not may_go_with(first=first.kind, then=then.kind):
        raise NotNow("What sets things off comes first, then early signs, then what helps.")
    if GoesWith.objects.filter(first=first, then=then, ended_at=None).exists():
        raise NotNow("Somebody has already said that these go together.", field="other")
    said = GoesWith.objects.create(
        child_id=first.child_id, first=first, then=then, said_by=by, said_at=at
    )
    tell("say_goes_with", first, "followed_by")
    tell("say_goes_with", then, "follows")
    return said


def _both_locked(first: Statement, then: Statement) -> list[Statement]:
    """In one order, so that two people who link at once do not wait for each other."""
    rows = {one.pk: locked(one) for one in sorted((first, then), key=lambda one: one.pk)}
    return [rows[first.pk], rows[then.pk]]


@transaction.atomic
def end_goes_with(*, link: GoesWith, by: StaffMember, at: datetime) -> GoesWith:
    """It does not go with it after all. Who said so, and who took it back, stays. Not between words
    that were replaced meanwhile: the link has gone on to the newer ones, and would stand there."""
    for one in _both_locked(link.first, link.then):
        policies.check_can_place(one)
    link = GoesWith.objects.select_for_update(of=("self",)).select_related("first").get(pk=link.pk)
    if link.ended_at is not None:
        raise NotNow("Somebody has already taken these apart.")
    link.ended_by, link.ended_at = by, at
    link.save(update_fields=["ended_by", "ended_at"])
    tell("end_goes_with", link.first, "followed_by")
    return link


def carry_links(old: Statement, new: Statement) -> None:
    """What was said of the old wording holds for the new one, as who said it and when."""
    for row in GoesWith.objects.filter(first=old, ended_at=None).select_related("then"):
        if may_go_with(first=new.kind, then=row.then.kind):
            _again(row, first_id=new.pk, then_id=row.then_id)
    for row in GoesWith.objects.filter(then=old, ended_at=None).select_related("first"):
        if may_go_with(first=row.first.kind, then=new.kind):
            _again(row, first_id=row.first_id, then_id=new.pk)


def _again(row: GoesWith, *, first_id: int, then_id: int) -> None:
    GoesWith.objects.create(
        child_id=row.child_id,
        first_id=first_id,
        then_id=then_id,
        said_by_id=row.said_by_id,
        said_at=row.said_at,
    )
