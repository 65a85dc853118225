"""Who and where is home, and whether it is safe."""

from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child, Home, OpenAddress, ProtectedAddress, SafetyCheck
from newel.record.children.policies import check_home_goes_on


@transaction.atomic
def add_home(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    kind: str,
    name: str,
    relationship: str = "",
    why_home: str = "",
    address: str = "",
    address_is_protected: bool = False,
) -> Home:
    """A protected address goes where the service cannot read it back."""
    home = Home.objects.create(
        child=child,
        kind=kind,
        name=name,
        relationship=relationship,
        why_home=why_home,
        address_is_protected=address_is_protected,
        recorded_by=by,
        recorded_at=at,
    )
    if address:
        keeper = ProtectedAddress if address_is_protected else OpenAddress
        keeper.objects.create(home=home, child=child, address=address)
    _tell("add_home", home, "kind", "name", "address_is_protected")
    return home


@transaction.atomic
def check_home_is_safe(
    *, home: Home, by: StaffMember, at: datetime, safety_check: str, safety_note: str
) -> None:
    """The newest check counts; the ones before stay readable."""
    check_home_goes_on(home)
    SafetyCheck.objects.create(
        home=home,
        child_id=home.child_id,
        found=safety_check,
        note=safety_note,
        checked_by=by,
        checked_at=at,
    )
    home.safety_check = safety_check
    home.safety_note = safety_note
    home.checked_by = by
    home.checked_at = at
    home.save(update_fields=["safety_check", "safety_note", "checked_by", "checked_at"])
    _tell("check_home_is_safe", home, "safety_check", "safety_note")


@transaction.atomic
def end_home(*, home: Home, at: datetime) -> None:
    check_home_goes_on(home)
    home.ended_at = at
    home.save(update_fields=["ended_at"])
    _tell("end_home", home, "ended_at")


def _tell(act: str, home: Home, *fields: str) -> None:
    audit.record(act, thing="home", thing_id=home.pk, child_id=home.child_id, fields=fields)
