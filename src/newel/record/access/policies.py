"""What the state of an account allows, apart from who may manage accounts at all."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from newel.record.access import queries
from newel.record.access.models import StaffMember
from newel.record.access.roles import ROLES

TAKEN = "Somebody already has this username. Choose another one, such as one with a number"
WEAK = {
    "password_too_short": "The password is too short. Use at least 12 characters",
    "password_too_common": "Many people use this password. Choose another one",
    "password_too_similar": "The password is too much like the name. Choose another one",
}


class NotPossible(Exception):
    """Says why, in words for the page."""


def check_username_is_free(username: str) -> None:
    if queries.is_username_taken(username=username):
        raise ValidationError(TAKEN, code="taken")


def check_password_strength(password: str, *, staff: StaffMember) -> None:
    """Django's rules, each said in words that tell what to do."""
    try:
        password_validation.validate_password(password, staff)
    except ValidationError as weak:
        raise ValidationError(
            [WEAK.get(str(one.code), str(one.messages[0])) for one in weak.error_list]
        ) from weak


def check_may_end(*, staff: StaffMember, by: StaffMember | None) -> None:
    if by is not None and by.pk == staff.pk:
        raise NotPossible("You cannot end your own account. Ask another administrator.")
    if not staff.is_active:
        raise NotPossible(f"{staff.name}’s account has already ended.")
    _check_one_administrator_stays(staff)


def check_may_change_role(*, staff: StaffMember, role: str, by: StaffMember | None) -> None:
    if role not in ROLES or ROLES[role].for_one_shift:
        raise NotPossible("Choose a role from the list.")
    if staff.their_role.for_one_shift:
        raise NotPossible(
            f"{staff.name}’s account is for one shift. Somebody who stays gets an account of "
            "their own."
        )
    if by is not None and by.pk == staff.pk:
        raise NotPossible("You cannot change your own role. Ask another administrator.")
    if not staff.is_active:
        raise NotPossible(f"{staff.name}’s account has ended, so it has no role to change.")
    if role != staff.role:
        _check_one_administrator_stays(staff)


def check_may_give_password(*, staff: StaffMember, by: StaffMember | None) -> None:
    if by is not None and by.pk == staff.pk:
        raise NotPossible("Choose your own password on your account page.")
    if not staff.is_active:
        raise NotPossible(f"{staff.name}’s account has ended.")
    if staff.their_role.for_one_shift:
        raise NotPossible(
            f"{staff.name}’s account is for one shift. Whoever lets them in prints a new slip, "
            "under “Agency staff”: its password has to be used soon."
        )


def check_may_replace_keys(*, staff: StaffMember, by: StaffMember | None) -> None:
    if by is not None and by.pk == staff.pk:
        raise NotPossible("Change your own keys on your account page.")


def check_slip_can_be_given(staff: StaffMember) -> None:
    if not staff.their_role.for_one_shift:
        raise NotPossible(f"{staff.name} has an account that lasts.")
    if not staff.is_active:
        raise NotPossible(f"{staff.name}’s account has ended for good. Ask an administrator.")


def _check_one_administrator_stays(staff: StaffMember) -> None:
    if staff.role == "administrator" and queries.is_only_administrator(staff=staff):
        raise NotPossible(f"{staff.name} is the only administrator. Add another one first.")
