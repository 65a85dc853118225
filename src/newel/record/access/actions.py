"""Making, changing and ending accounts. Where somebody works is said in `establishments`."""

import secrets
from datetime import datetime

from django.db import transaction

from newel.record.access import audit, policies, queries
from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.access.public_ids import ALPHABET
from newel.record.access.roles import ROLES
from newel.record.access.sign_in import actions as sign_in

_GROUPS, _GROUP_LENGTH = 4, 4  # 30^16: nobody guesses it, and it can be read out and typed


def one_time_password() -> str:
    """Without letters and numbers that look alike, in groups, to be written on a slip of paper."""
    return "-".join(_group() for _ in range(_GROUPS))


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(_GROUP_LENGTH))


@transaction.atomic
def add_staff(
    *,
    name: str,
    username: str,
    role: str,
    by: StaffMember | None,
    at: datetime,
    password: str | None = None,
    email: str = "",
) -> StaffMember:
    """`by` is nobody only where Newel is set up. Without a password nobody can sign in with it
    yet; one that is set here is known to who sets it, so its owner must choose another.

    Raises ValidationError for a username that is taken and for a weak password.
    """
    staff = StaffMember(
        name=name.strip(),
        name_key=sort_key(name),
        username=username.strip().casefold(),
        role=ROLES[role].code,
        email=email,
        started_at=at,
        must_choose_password=password is not None,
    )
    policies.check_username_is_free(staff.username)
    if password is not None:
        policies.check_password_strength(password, staff=staff)
    staff.set_password(password)
    staff.save()
    audit.record(
        "add_staff", thing="staff_member", thing_id=staff.pk, fields=("name", "username", "role")
    )
    return staff


@transaction.atomic
def change_role(*, staff: StaffMember, role: str, by: StaffMember | None, at: datetime) -> None:
    """What the new role opens and closes is so from the person's next click."""
    queries.hold_administrators()
    policies.check_may_change_role(staff=staff, role=role, by=by)
    staff.role = role
    staff.save(update_fields=["role"])
    audit.record("change_role", thing="staff_member", thing_id=staff.pk, fields=("role",))


@transaction.atomic
def end_staff(*, staff: StaffMember, by: StaffMember | None, at: datetime) -> None:
    """The person is signed out wherever they are. What they wrote stays, with their name."""
    queries.hold_administrators()
    policies.check_may_end(staff=staff, by=by)
    staff.is_active = False
    staff.ended_at = at
    staff.save(update_fields=["is_active", "ended_at"])
    sign_in.end_sessions(staff=staff)
    audit.record("end_staff", thing="staff_member", thing_id=staff.pk, fields=("is_active",))


@transaction.atomic
def give_one_time_password(*, staff: StaffMember, by: StaffMember | None, at: datetime) -> str:
    """Shown once, handed over by hand, good until the person has chosen their own."""
    policies.check_may_give_password(staff=staff, by=by)
    password = one_time_password()
    staff.set_password(password)
    staff.must_choose_password = True
    staff.first_password_until = None
    staff.save(update_fields=["password", "must_choose_password", "first_password_until"])
    sign_in.end_sessions(staff=staff)
    audit.record("give_password", thing="staff_member", thing_id=staff.pk, fields=("password",))
    return password


@transaction.atomic
def choose_password(*, staff: StaffMember, password: str, at: datetime) -> None:
    """Their own, known to nobody else."""
    staff.set_password(password)
    staff.must_choose_password = False
    staff.first_password_until = None
    staff.save(update_fields=["password", "must_choose_password", "first_password_until"])
    audit.record("choose_password", thing="staff_member", thing_id=staff.pk, fields=("password",))


@transaction.atomic
def replace_lost_keys(*, staff: StaffMember, by: StaffMember | None, at: datetime) -> str:
    """All of somebody's keys and codes stop working; the next sign-in asks for a new key.

    The password is replaced as well: whoever knew the old one could otherwise add a key.
    """
    policies.check_may_replace_keys(staff=staff, by=by)
    sign_in.remove_keys(staff=staff)
    return give_one_time_password(staff=staff, by=by, at=at)
