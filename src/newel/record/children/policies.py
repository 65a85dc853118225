"""What the state of a stay allows, apart from who may do it."""

from datetime import date, datetime

from newel.record.access.models import StaffMember
from newel.record.access.sign_in import lock
from newel.record.children.models import Block, Child, Home, KeyworkerAssignment, LegalReason, Stay
from newel.record.design_system.dates import clock_time
from newel.record.establishments import readiness_queries
from newel.record.establishments.models import Setting, Unit
from newel.record.establishments.readiness import missing_in_words

GLASS_TRIES = "break_glass_tries"
NUMBER_ON_ANOTHER_RECORD = (
    "This number is already on another record in Newel. Check each digit. If it is right, tell "
    "your information governance lead: they can find out why."
)


class NotNow(Exception):
    """What was asked for does not fit the state of things. The message is for the person.

    `field` is the answer on the form that it is about, if it is about one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class SeveralOfThatName(NotNow):
    """Who is meant has to be told by something that is not shown."""


class NotReady(NotNow):
    """The setting has not put on record what comes before children."""

    def __init__(self, setting: Setting, missing: tuple[str, ...]) -> None:
        self.setting = setting
        super().__init__(
            f"No child can be entered at {setting.name} yet. Not on record: "
            f"{missing_in_words(missing)}. What you typed is still here.",
            field="unit",
        )


def check_setting_is_ready(setting: Setting) -> None:
    readiness = readiness_queries.readiness(setting=setting)
    if not readiness.is_ready:
        raise NotReady(setting, readiness.missing)


class NobodyOfThatName(NotNow):
    """Said in the same words whether nobody is there or not for this person."""


def check_can_arrive(stay: Stay) -> None:
    if stay.ended_at is not None:
        raise NotNow("This stay has ended. Write a new referral instead.")
    if stay.arrived_at is not None:
        raise NotNow("Somebody has already written down that this child arrived.")


def check_can_end(stay: Stay, at: datetime) -> None:
    if stay.ended_at is not None:
        raise NotNow("This stay has already ended.")
    if stay.arrived_at is not None and at < stay.arrived_at:
        raise NotNow("A stay cannot end before the child arrived.")


def check_unit_of_stay(stay: Stay, unit: Unit) -> None:
    if stay.ended_at is not None:
        raise NotNow("This stay has ended.")
    if unit.setting_id != stay.setting_id:
        raise NotNow("That unit belongs to another setting. A move there is a new stay.")


def check_can_stay_again(child: Child, setting: Setting) -> None:
    if Stay.objects.filter(child=child, setting=setting, ended_at__isnull=True).exists():
        raise NotNow(f"{child.preferred_name} already has a stay open at {setting.name}.")


def check_not_keyworker_already(stay: Stay, staff: StaffMember, on: date) -> None:
    over = {"ends_on__isnull": False, "ends_on__lt": on}
    theirs = KeyworkerAssignment.objects.filter(stay=stay, staff=staff)
    if theirs.exclude(**over).exists():
        raise NotNow(f"{staff.name} is already keyworker on that day.", field="staff")


def check_can_end_reason(reason: LegalReason, on: date) -> None:
    if on < reason.starts_on:
        raise NotNow("A legal reason cannot end before it begins.", field="ends_on")


def check_not_blocked_already(child: Child, staff: StaffMember) -> None:
    if Block.objects.filter(child=child, staff=staff, lifted_at__isnull=True).exists():
        raise NotNow(f"{staff.name} is already blocked from this record.", field="staff")


def check_home_goes_on(home: Home) -> None:
    if home.ended_at is not None:
        raise NotNow("Somebody has already written down that this is no longer home.")


def check_names_may_be_tried(person: StaffMember, at: datetime) -> None:
    """Five names that nobody goes by: somebody is guessing, or needs another way to help."""
    until = lock.shut_until(person.username, at=at, door=GLASS_TRIES)
    if until is not None:
        raise NotNow(
            f"Too many names that nobody goes by there. You can try again at "
            f"{clock_time(until)}. Ask the person in charge of the unit meanwhile.",
            field="name",
        )


def the_one_behind_glass(found: list[int], *, told_birth: bool) -> int:
    """The child who is meant in an emergency, from those who go by the name that was given."""
    if not found:
        raise NobodyOfThatName(
            "No child by that name with that date of birth is on that unit."
            if told_birth
            else "No child by that name is on that unit. Check the unit and try the first name "
            "alone.",
            field="name",
        )
    if len(found) > 1 and told_birth:
        raise NobodyOfThatName(
            "More than one child there has that name and date of birth. "
            "Ask the person in charge of the unit.",
            field="name",
        )
    if len(found) > 1:
        raise SeveralOfThatName(
            "More than one child there goes by that name. Enter the date of birth as well.",
            field="born_on",
        )
    return found[0]
