"""What opens a record to somebody by name, and what closes it."""

from datetime import datetime, timedelta

from django.db import transaction

from newel.record.access import audit, transactions
from newel.record.access.models import StaffMember
from newel.record.access.sign_in import lock
from newel.record.children.models import Block, BreakGlass, Child, Grant, Notice, Stay
from newel.record.children.policies import GLASS_TRIES, check_not_blocked_already
from newel.record.establishments.models import Unit

GLASS_STAYS_BROKEN_FOR = timedelta(hours=3)


@transaction.atomic
def give_access(
    *,
    child: Child,
    staff: StaffMember,
    by: StaffMember,
    at: datetime,
    purpose: str,
    stay: Stay | None = None,
    ends_at: datetime | None = None,
) -> Grant:
    grant = Grant.objects.create(
        child=child,
        staff=staff,
        stay=stay,
        purpose=purpose,
        given_by=by,
        starts_at=at,
        ends_at=ends_at,
    )
    _tell("give_access", "grant", grant.pk, child.pk, "staff", "stay", "ends_at")
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, at: datetime) -> None:
    grant.ends_at = max(at, grant.starts_at)
    grant.save(update_fields=["ends_at"])
    _tell("end_grant", "grant", grant.pk, grant.child_id, "ends_at")
    transactions.reach_again()


@transaction.atomic
def block(*, child: Child, staff: StaffMember, by: StaffMember, at: datetime, reason: str) -> Block:
    """Stronger than everything that opens: it holds at once and until it is lifted."""
    check_not_blocked_already(child, staff)
    blocked = Block.objects.create(child=child, staff=staff, set_by=by, set_at=at, reason=reason)
    _tell("block", "block", blocked.pk, child.pk, "staff")
    return blocked


@transaction.atomic
def lift_block(*, block: Block, at: datetime) -> None:
    block.lifted_at = at
    block.save(update_fields=["lifted_at"])
    _tell("lift_block", "block", block.pk, block.child_id, "lifted_at")


@transaction.atomic
def break_glass(*, child_id: int, by: StaffMember, at: datetime, reason: str) -> BreakGlass:
    """Open a record in an emergency; the governance leads of the setting are told."""
    broken = BreakGlass.objects.create(
        child_id=child_id,
        staff=by,
        reason=reason,
        starts_at=at,
        ends_at=at + GLASS_STAYS_BROKEN_FOR,
    )
    transactions.reach_again()
    stays = Stay.objects.filter(child_id=child_id, ended_at__isnull=True)
    Notice.objects.bulk_create(
        Notice(setting_id=stay.setting_id, child_id=child_id, broken_glass=broken, given_at=at)
        for stay in stays
    )
    _tell("break_glass", "break_glass", broken.pk, child_id, "reason", "ends_at")
    return broken


@transaction.atomic
def find_nobody_behind_glass(*, unit: Unit, by: StaffMember, at: datetime) -> None:
    """Trying names on a unit leaves a trace too, and after five it has to wait (H30)."""
    audit.record("break_glass_found_nobody", thing="unit", thing_id=unit.pk)
    if lock.failed(by.username, at=at, door=GLASS_TRIES):
        audit.record("break_glass_shut", thing="unit", thing_id=unit.pk)


@transaction.atomic
def see_notice(*, notice: Notice, by: StaffMember, at: datetime) -> None:
    notice.seen_by = by
    notice.seen_at = at
    notice.save(update_fields=["seen_by", "seen_at"])
    _tell("see_notice", "notice", notice.pk, notice.child_id, "seen_at")


def _tell(act: str, thing: str, thing_id: int, child_id: int, *fields: str) -> None:
    audit.record(act, thing=thing, thing_id=thing_id, child_id=child_id, fields=fields)
