"""What the state of a wave allows, and who stays away from one."""

from datetime import date, datetime

from newel.evidence.measures import measure as definition
from newel.record.access.models import StaffMember
from newel.record.children.policies import NotNow
from newel.record.establishments.models import Setting, Unit
from newel.record.outcomes.surveys import queries, rules
from newel.record.outcomes.surveys.models import Wave
from newel.record.outcomes.surveys.queries import Counts

FROM_OUTSIDE = (
    "You work on a unit that is asked here. Slips, counts and closing are for somebody from "
    "outside it, so that nobody has to think of you when they answer."
)


class FromInside(NotNow):
    """Somebody who works on the unit that is asked (H20)."""


def check_comes_from_outside(
    *, staff: StaffMember, setting: Setting, unit: Unit | None, at: datetime
) -> None:
    """H20: who helps with a survey of a unit comes from outside the unit."""
    if queries.works_there(staff=staff, setting=setting, unit=unit, at=at):
        raise FromInside(FROM_OUTSIDE)


def check_can_be_planned(
    *,
    measure: str,
    setting: Setting,
    unit: Unit | None,
    asked: list[str],
    opens_on: date,
    closes_on: date,
) -> None:
    may = rules.who_may_be_asked(measure)
    if not may:
        raise NotNow("This questionnaire is not for an anonymous survey.", field="measure")
    if not asked or not set(asked) <= set(may):
        only = "staff" if may == ("staff",) else "the children and young people"
        raise NotNow(f"This questionnaire is for {only} only.", field="asked")
    if unit is None and asked != ["staff"]:
        raise NotNow("Children and young people are asked unit by unit. Pick a unit.", field="unit")
    if closes_on < opens_on:
        raise NotNow("The last day is before the first.", field="closes_on")
    if (closes_on - opens_on).days > rules.number("longest_days"):
        days = rules.number("longest_days")
        raise NotNow(f"A wave is open for {days} days at most.", field="closes_on")
    if queries.is_open_already(measure=measure, setting=setting, unit=unit):
        raise NotNow("A wave of this questionnaire is open there. Close it first.", field="measure")


def check_takes_slips(wave: Wave, *, today: date) -> None:
    if wave.closed_at is not None or today > wave.closes_on:
        raise NotNow("This wave is over. It takes no more slips.")


def check_is_over(wave: Wave, *, today: date, counts: list[Counts]) -> None:
    """Closing early would let somebody choose the moment, and with it whose answers count."""
    if wave.closed_at is not None:
        raise NotNow("This wave is closed already.")
    made, returned = sum(one.made for one in counts), sum(one.returned for one in counts)
    if not rules.is_over(closes_on=wave.closes_on, today=today, made=made, returned=returned):
        raise NotNow(
            "This wave can be closed after its last day, or when every slip has come back."
        )


def check_is_of_this_version(wave: Wave) -> None:
    """Answers to one version of a questionnaire are never counted by the rules of another."""
    if definition(wave.measure).version != wave.version:
        raise NotNow(
            "This survey was made with an earlier version of the questionnaire. Ask whoever runs "
            "Newel for your setting: its answers are kept, and are not counted by other rules."
        )


def check_enough(forms: int) -> None:
    if not rules.enough(forms):
        least = rules.number("fewest_forms")
        raise NotNow(f"Together they are still fewer than {least} forms. They wait on.")
