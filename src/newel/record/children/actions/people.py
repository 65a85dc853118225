"""The team around the child and the keyworker."""

from datetime import date, datetime

from django.db import transaction

from newel.record.access import audit, transactions
from newel.record.access.models import StaffMember
from newel.record.children.models import KeyworkerAssignment, Stay, TeamMember
from newel.record.children.policies import check_not_keyworker_already
from newel.record.establishments.models import Agency


@transaction.atomic
def add_team_member(
    *,
    stay: Stay,
    name: str,
    part: str,
    agency: Agency,
    discipline: str,
    starts_on: date,
    staff: StaffMember | None = None,
    contact: str = "",
    at: datetime | None = None,
) -> TeamMember:
    """Somebody joins the team. If they sign in to Newel, the record opens to them for this stay."""
    member = TeamMember.objects.create(
        child_id=stay.child_id,
        stay=stay,
        staff=staff,
        name=name,
        part=part,
        agency=agency,
        discipline=discipline,
        contact=contact,
        starts_on=starts_on,
        written_at=at,
    )
    _tell("add_team_member", member, "staff", "agency", "discipline")
    return member


@transaction.atomic
def change_contact(*, member: TeamMember, contact: str) -> None:
    """How to reach somebody at work. A phone number that is no longer theirs is not kept."""
    member.contact = contact
    member.save(update_fields=["contact"])
    _tell("change_contact", member, "contact")


@transaction.atomic
def end_team_member(*, member: TeamMember, on: date, at: datetime | None = None) -> None:
    """Out of the team: `opens_record` goes at once, the day stays as history."""
    member.ends_on = max(on, member.starts_on)
    member.opens_record = False
    member.end_written_at = at
    member.save(update_fields=["ends_on", "opens_record", "end_written_at"])
    _tell("end_team_member", member, "ends_on")
    transactions.reach_again()


@transaction.atomic
def assign_keyworker(
    *, stay: Stay, staff: StaffMember, on: date, at: datetime | None = None
) -> KeyworkerAssignment:
    Stay.objects.select_for_update(of=("self",)).get(pk=stay.pk)  # one assignment after the other
    check_not_keyworker_already(stay, staff, on)
    assignment = KeyworkerAssignment.objects.create(
        child_id=stay.child_id, stay=stay, staff=staff, starts_on=on, written_at=at
    )
    _tell("assign_keyworker", assignment, "staff")
    return assignment


@transaction.atomic
def end_keyworker(*, assignment: KeyworkerAssignment, on: date, at: datetime | None = None) -> None:
    """The last day: until midnight of it the record stays open to them, for the goodbye."""
    assignment.ends_on = max(on, assignment.starts_on)
    assignment.end_written_at = at
    assignment.save(update_fields=["ends_on", "end_written_at"])
    _tell("end_keyworker", assignment, "ends_on")
    transactions.reach_again()


def _tell(act: str, row: TeamMember | KeyworkerAssignment, *fields: str) -> None:
    audit.record(
        act, thing=row._meta.model_name or "", thing_id=row.pk, child_id=row.child_id, fields=fields
    )
