"""From draft to agreed, confirmed again and again, and in the end replaced or retired."""

from datetime import date, datetime
from typing import Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import READ_BY_CHILD
from newel.record.stairs.activators import policies, queries, rules
from newel.record.stairs.activators.actions.opening import check_level, check_words
from newel.record.stairs.activators.actions.page_version import bump_page_of
from newel.record.stairs.activators.actions.rows import Wording, end, locked, new_row, tell
from newel.record.stairs.activators.actions.writing import take_place
from newel.record.stairs.activators.models import AGREED, DRAFT, Confirmation, Statement


@transaction.atomic
def agree_statement(
    *, statement: Statement, by: StaffMember, at: datetime, confirm_by: date | None = None
) -> Statement:
    """This is our best understanding from now on, until the day by which it is to be confirmed.

    confirm_by: an earlier day than the kind's own, if the one who agrees or the writer wants one.
    """
    statement = locked(statement)
    policies.check_can_agree(statement)
    if statement.sharing_level == READ_BY_CHILD:
        check_words(statement.text, child=statement.child, by=by, at=at)
    own = confirm_by or statement.confirm_by
    policies.check_day_is_ahead(own, on=timezone.localdate(at))
    _mark_agreed(statement, by=by, at=at, own=own)
    statement.save(update_fields=["state", "agreed_by", "agreed_at", "confirmed_on", "confirm_by"])
    bump_page_of(statement, at=at)
    tell("agree_statement", statement, "state", "confirm_by")
    return statement


def _mark_agreed(statement: Statement, *, by: StaffMember, at: datetime, own: date | None) -> None:
    on = timezone.localdate(at)
    statement.state = AGREED
    statement.agreed_by = by
    statement.agreed_at = at
    statement.confirmed_on = on
    statement.confirm_by = _confirm_by(statement, on=on, own=own)


def _confirm_by(statement: Statement, *, on: date, own: date | None) -> date:
    days = queries.days_to_confirm(child=statement.child, kind=statement.kind)
    return rules.confirm_by(kind=statement.kind, on=on, own=own, days=days)


@transaction.atomic
def confirm_statement(
    *,
    statement: Statement,
    by: StaffMember,
    at: datetime,
    what_was_seen: str,
    confirm_by: date | None = None,
) -> Confirmation:
    """Somebody saw that it still holds. One at a time: there is no confirming of many."""
    statement = locked(statement)
    policies.check_can_confirm(statement)
    on = timezone.localdate(at)
    confirmation = Confirmation.objects.create(
        child_id=statement.child_id,
        statement=statement,
        what_was_seen=what_was_seen,
        confirmed_on=on,
        confirmed_by=by,
        written_at=at,
    )
    statement.confirmed_on = on
    statement.confirm_by = _confirm_by(statement, on=on, own=confirm_by)
    statement.save(update_fields=["confirmed_on", "confirm_by"])
    bump_page_of(statement, at=at)
    tell("confirm_statement", statement, "what_was_seen", "confirmed_on", "confirm_by")
    return confirmation


@transaction.atomic
def replace_statement(
    *,
    statement: Statement,
    by: StaffMember,
    at: datetime,
    because: str = "",
    **wording: Unpack[Wording],
) -> Statement:
    """New words, agreed at once, in the place of agreed ones, which stay readable."""
    old = locked(statement)
    policies.check_can_replace(old)
    new = new_row(child=old.child, by=by, at=at, **wording)
    check_level(level=new.sharing_level, text=new.text, child=old.child, by=by, at=at)
    _mark_agreed(new, by=by, at=at, own=new.confirm_by)
    take_place(old, new, by=by, at=at, because=because)
    bump_page_of(old, new, at=at)
    tell("replace_statement", new, *wording)
    return new


@transaction.atomic
def retire_statement(
    *, statement: Statement, by: StaffMember, at: datetime, because: str
) -> Statement:
    """It is no longer so, or was never so. The words and the reason stay readable."""
    statement = locked(statement)
    policies.check_can_retire(statement)
    _check_may_retire(statement, by)
    end(statement, by=by, at=at, because=because)
    bump_page_of(statement, at=at)
    tell("retire_statement", statement, "state", "ended_because")
    return statement


def _check_may_retire(statement: Statement, by: StaffMember) -> None:
    """Everybody may withdraw a draft of their own; the rest needs the right to agree."""
    own_draft = statement.state == DRAFT and statement.written_by_id == by.pk
    if not (own_draft or by.may(Capability.AGREE_UNDERSTANDING)):
        raise PermissionDenied(Capability.AGREE_UNDERSTANDING)
