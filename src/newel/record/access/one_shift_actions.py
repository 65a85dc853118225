"""Accounts for one shift: made, opened again, and closed before their time.

What they open is a post, in `establishments`; who makes them stands in the audit. Two things sign
them in, as everybody: a password of their own, and what they hold, a printed slip of codes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from newel.definitions import read
from newel.record.access import audit, policies, queries
from newel.record.access.actions import one_time_password
from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.access.roles import ONE_SHIFT_ROLES
from newel.record.access.sign_in import actions as sign_in

RULES = "places/one_shift.yaml"


@dataclass(frozen=True)
class Slip:
    """What is printed and handed over. No password: they have chosen one before."""

    staff: StaffMember
    codes: list[str]
    password: str = ""


@transaction.atomic
def let_in(*, name: str, until: datetime, by: StaffMember, at: datetime) -> Slip:
    """A new account, which closes by itself."""
    staff = StaffMember(
        name=name,
        name_key=sort_key(name),
        username=_free_username(name),
        role=ONE_SHIFT_ROLES[0],
        started_at=at,
        open_until=until,
    )
    staff.set_unusable_password()
    staff.save()
    audit.record(
        "let_in_for_a_shift",
        thing="staff_member",
        thing_id=staff.pk,
        fields=("name", "username", "role", "open_until"),
    )
    return _slip(staff, at, new_password=True)


@transaction.atomic
def let_in_again(
    *, staff: StaffMember, until: datetime, new_password: bool, by: StaffMember, at: datetime
) -> Slip:
    """The same person and account on another shift. What signed them in before is void."""
    policies.check_slip_can_be_given(staff)
    staff.open_until = until
    staff.save(update_fields=["open_until"])
    audit.record("let_in_again", thing="staff_member", thing_id=staff.pk, fields=("open_until",))
    return _slip(staff, at, new_password=new_password or staff.must_choose_password)


@transaction.atomic
def close_for_shift(*, staff: StaffMember, by: StaffMember, at: datetime) -> None:
    """Before the shift is over: signed out wherever they are, and the slip opens nothing."""
    policies.check_slip_can_be_given(staff)
    staff.open_until = min(at, staff.open_until or at)
    staff.save(update_fields=["open_until"])
    sign_in.remove_keys(staff=staff)
    audit.record("close_for_shift", thing="staff_member", thing_id=staff.pk, fields=("open_until",))


def _slip(staff: StaffMember, at: datetime, *, new_password: bool) -> Slip:
    sign_in.remove_keys(staff=staff)
    password = one_time_password() if new_password else ""
    if password:
        staff.set_password(password)
        staff.must_choose_password = True
        staff.first_password_until = at + timedelta(minutes=read(RULES)["first_password_minutes"])
        staff.save(update_fields=["password", "must_choose_password", "first_password_until"])
    codes = sign_in.make_codes(staff=staff)
    return Slip(staff=staff, codes=codes, password=password)


def _free_username(name: str) -> str:
    """From the name, as small letters that every keyboard has; with a number if it is taken."""
    plain = ".".join(word for word in sort_key(name).split() if word.isascii())[:40] or "agency"
    number, username = 1, plain
    while queries.is_username_taken(username=username):
        number += 1
        username = f"{plain}.{number}"
    return username
