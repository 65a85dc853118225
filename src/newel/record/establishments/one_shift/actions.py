"""Letting somebody in for a shift and out again: the account and its post in one step."""

from datetime import datetime

from django.db import transaction

from newel.record.access import one_shift_actions as accounts
from newel.record.access.models import StaffMember
from newel.record.access.one_shift_actions import Slip
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency, Unit
from newel.record.establishments.one_shift import queries

DISCIPLINE = "residential"


@transaction.atomic
def let_in(
    *, name: str, agency: str, unit: Unit, until: datetime, by: StaffMember, at: datetime
) -> Slip:
    slip = accounts.let_in(name=name, until=until, by=by, at=at)
    _start(slip.staff, _agency(agency), unit, until, at)
    return slip


@transaction.atomic
def let_in_again(
    *,
    staff: StaffMember,
    agency: Agency,
    unit: Unit,
    until: datetime,
    new_password: bool,
    by: StaffMember,
    at: datetime,
) -> Slip:
    """On one unit at a time: what was still open closes in the same moment."""
    _end_posts(staff, at)
    slip = accounts.let_in_again(staff=staff, until=until, new_password=new_password, by=by, at=at)
    _start(staff, agency, unit, until, at)
    return slip


@transaction.atomic
def let_out(*, staff: StaffMember, by: StaffMember, at: datetime) -> None:
    accounts.close_for_shift(staff=staff, by=by, at=at)
    _end_posts(staff, at)


def _start(staff: StaffMember, agency: Agency, unit: Unit, until: datetime, at: datetime) -> None:
    places.start_post(
        staff=staff,
        setting=unit.setting,
        unit=unit,
        discipline=DISCIPLINE,
        agency=agency,
        at=at,
        ends_at=until,
    )


def _end_posts(staff: StaffMember, at: datetime) -> None:
    for post in queries.running_posts(staff=staff, at=at):
        places.end_post(post=post, at=at)


def _agency(name: str) -> Agency:
    return queries.agency_called(name=name) or places.add_agency(name=name, kind="other")
