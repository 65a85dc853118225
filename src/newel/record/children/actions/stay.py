"""A stay from arrival to its end."""

from datetime import date, datetime

from django.db import transaction

from newel.record.access import audit, transactions
from newel.record.access.models import StaffMember
from newel.record.children.models import LegalReason, Stay, UnitStay
from newel.record.children.policies import (
    check_can_arrive,
    check_can_end,
    check_can_end_reason,
    check_unit_of_stay,
)
from newel.record.establishments.models import Unit


@transaction.atomic
def arrive(*, stay: Stay, at: datetime, written_at: datetime | None = None) -> None:
    """The child is here, since `at`. Written down later than that, it says when."""
    _hold(stay)
    check_can_arrive(stay)
    stay.arrived_at = at
    stay.arrival_written_at = written_at or at
    stay.save(update_fields=["arrived_at", "arrival_written_at"])
    _tell("arrive", stay, "arrived_at")


@transaction.atomic
def move_unit(*, stay: Stay, unit: Unit, at: datetime) -> None:
    """The old unit's access ends and the new unit's begins in the same moment."""
    _hold(stay)
    check_unit_of_stay(stay, unit)
    at = _not_before_the_last_move(stay, at)
    UnitStay.objects.filter(stay=stay, ends_at__isnull=True).update(ends_at=at)
    UnitStay.objects.create(child_id=stay.child_id, stay=stay, unit=unit, starts_at=at)
    _tell("move_unit", stay, "unit")
    transactions.reach_again()


@transaction.atomic
def end_stay(*, stay: Stay, at: datetime) -> None:
    """The stay is over: what it opened closes, named grants with an end of their own stay open."""
    _hold(stay)
    check_can_end(stay, at)
    at = _not_before_the_last_move(stay, at)
    _tell("end_stay", stay, "ended_at")
    UnitStay.objects.filter(stay=stay, ends_at__isnull=True).update(ends_at=at)
    stay.ended_at = at
    stay.save(update_fields=["ended_at"])
    transactions.reach_again()


def _hold(stay: Stay) -> None:
    """Two people who change a stay at once do so one after the other, each seeing what is."""
    stay.refresh_from_db(from_queryset=Stay.objects.select_for_update(of=("self",)))


def _not_before_the_last_move(stay: Stay, at: datetime) -> datetime:
    here = UnitStay.objects.filter(stay=stay, ends_at__isnull=True).first()
    return max(at, here.starts_at) if here else at


@transaction.atomic
def record_legal_reason(
    *,
    stay: Stay,
    by: StaffMember,
    at: datetime,
    kind: str,
    statute_text: str,
    starts_on: date,
    ends_on: date | None,
    review_due_on: date | None,
) -> LegalReason:
    reason = LegalReason.objects.create(
        child_id=stay.child_id,
        stay=stay,
        kind=kind,
        statute_text=statute_text,
        starts_on=starts_on,
        ends_on=ends_on,
        review_due_on=review_due_on,
        recorded_by=by,
        recorded_at=at,
    )
    _tell("record_legal_reason", stay, "kind", "starts_on", "ends_on", "review_due_on")
    return reason


@transaction.atomic
def end_legal_reason(*, reason: LegalReason, on: date, at: datetime) -> None:
    """on: the last day; at: when that is written down."""
    check_can_end_reason(reason, on)
    reason.ends_on, reason.end_written_at = on, at
    reason.save(update_fields=["ends_on", "end_written_at"])
    _tell("end_legal_reason", reason.stay, "ends_on")


def _tell(act: str, stay: Stay, *fields: str) -> None:
    audit.record(act, thing="stay", thing_id=stay.pk, child_id=stay.child_id, fields=fields)
