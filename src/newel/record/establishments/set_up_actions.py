"""Setting up a setting in one sitting: units, staff from a list, and the setting's own choices."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from newel.record.access import actions as accounts
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.establishments import queries
from newel.record.establishments.actions import add_unit, start_post
from newel.record.establishments.models import ConfirmDays, Setting, SharingChoice
from newel.record.establishments.policies import AlreadyThere
from newel.record.establishments.staff_plan import Person, Plan


@dataclass(frozen=True)
class Slip:
    """What somebody needs for their first sign-in: shown once, on paper."""

    staff: StaffMember
    password: str


@transaction.atomic
def add_units(*, setting: Setting, names: list[str]) -> None:
    """All of them or none."""
    for name in names:
        add_unit(setting=setting, name=name)


@transaction.atomic
def bring_in(*, plan: Plan, setting: Setting, by: StaffMember, at: datetime) -> list[StaffMember]:
    """Everybody on the list or nobody. New accounts cannot sign in before a slip is made."""
    if not plan.is_clear:
        raise AlreadyThere("This list is not clear yet.")
    added: dict[str, StaffMember] = {}
    new = []
    for one in plan.to_save:
        staff = one.known or added.get(one.username)
        if staff is None:
            staff = accounts.add_staff(
                name=one.name, username=one.username, role=one.role, by=by, at=at
            )
            new.append(staff)
        added[one.username] = staff
        _start(one, staff, setting, at)
    audit.record("bring_in_staff", thing="setting", thing_id=setting.pk, fields=("staff", "posts"))
    return new


def _start(one: Person, staff: StaffMember, setting: Setting, at: datetime) -> None:
    if not one.works_here or one.agency is None:
        return
    start_post(
        staff=staff,
        setting=setting,
        unit=one.unit,
        discipline=one.discipline,
        agency=one.agency,
        at=_from(one.starts_on, at),
    )


def _from(day: date | None, at: datetime) -> datetime:
    """Never before now: what somebody read earlier stays what it was."""
    if day is None:
        return at
    return max(at, timezone.make_aware(datetime.combine(day, time.min)))


@transaction.atomic
def make_slips(*, staff: list[StaffMember], by: StaffMember, at: datetime) -> list[Slip]:
    """A first password for each: the one before it, on an older slip, stops working."""
    return [
        Slip(one, accounts.give_one_time_password(staff=one, by=by, at=at))
        for one in staff
        if one.pk != by.pk
    ]


@transaction.atomic
def choose_confirm_days(
    *, setting: Setting, days: dict[str, int], source: str, by: StaffMember, at: datetime
) -> None:
    """From now on; dates that statements already have stay. What does not change is not repeated
    but for the first time, when it says that the setting has looked at it."""
    in_force = queries.confirm_days_in_force(setting=setting)
    ConfirmDays.objects.bulk_create(
        ConfirmDays(setting=setting, kind=kind, days=chosen, source=source, set_by=by, set_at=at)
        for kind, chosen in days.items()
        if in_force[kind].pk is None or in_force[kind].days != chosen
    )
    audit.record("choose_confirm_days", thing="setting", thing_id=setting.pk, fields=("days",))


@transaction.atomic
def choose_sharing(
    *,
    setting: Setting,
    team_in_words: str,
    levels: dict[str, str],
    by: StaffMember,
    at: datetime,
) -> SharingChoice:
    chosen = SharingChoice.objects.create(
        setting=setting, team_in_words=team_in_words, levels=levels, set_by=by, set_at=at
    )
    audit.record(
        "choose_sharing", thing="setting", thing_id=setting.pk, fields=("team_in_words", "levels")
    )
    return chosen
