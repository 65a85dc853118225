"""When a measure is due again, for whom it is, and when a talk reaches more people. Pure."""

from datetime import date, timedelta

from newel.definitions import read
from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Number

TALKS = read("people/talks.yaml")
WHAT_WAS_DONE: dict[str, str] = {one["code"]: one["words"] for one in TALKS["what_was_done"]}
ADULT = 18
MORE_PEOPLE_AFTER = timedelta(minutes=int(TALKS["more_people_after_minutes"]))
GOVERNANCE_LEAD_AFTER = timedelta(minutes=int(TALKS["governance_lead_after_minutes"]))

# By the calendar: a form of 31 August is due again on the last day of February.
MONTHS = {"monthly": 1, "six_monthly": 6}
TIMES = {"once": 1, "before_and_after": 2}


def next_due(*, rhythm: str, starts_on: date, given_on: list[date]) -> date | None:
    """The day on which it is due next; None when a person says when (a session, a review) or when
    nothing is due any more. given_on: the days of the forms that were finished, in any order."""
    if not given_on:
        return starts_on
    if rhythm in MONTHS:
        return _months_after(max(given_on), MONTHS[rhythm])
    return None


def is_done(*, rhythm: str, given: int) -> bool:
    """Whether a plan has had all its forms."""
    return rhythm in TIMES and given >= TIMES[rhythm]


def _months_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def asks_for_a_talk(measure: Measure) -> bool:
    """Whether any answer to this measure could mean that an adult must talk with the child."""
    return any(one.conversation_above is not None for one in measure.items)


def age_warning(measure: Measure, *, born_on: date | None, on: date) -> str:
    """A sentence when the child is outside the ages that the measure is made for, else “”."""
    if born_on is None or not measure.ages:
        return ""
    age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    if any(one.lowest <= age <= (one.highest or age) for one in measure.ages):
        return ""
    made_for = " or ".join(
        f"{one.lowest} to {one.highest}" if one.highest else f"{one.lowest} and over"
        for one in measure.ages
    )
    return f"{measure.short_name} is made for ages {made_for}. This child is {age}."


def why_not_here(measure: Measure) -> str:
    """Why a measure cannot be planned for one child in Newel, as a sentence; "" where it can."""
    if measure.measures != "child":
        return f"{measure.short_name} is not asked about one child."
    if measure.is_judgement:
        return (
            "Each rating needs its reason in words beside it, and Newel has no place for the "
            "reasons yet. It stays where it is kept now."
        )
    if measure.kind == "goals":
        return "It needs the goals in the child’s own words, and Newel has no place for goals yet."
    return ""


def who_can_answer(measure: Measure) -> tuple[str, ...]:
    """Codes of `ANSWERED_BY`, the most usual first."""
    return ("worker",) if measure.kind == "rating" else ("self", "carer", "worker")


def ways(measure: Measure, *, answered_by: str) -> tuple[str, ...]:
    """Codes of `WAYS` that an adult begins with. A measure of which scores alone may be entered
    is never asked on a screen, and what an adult rates is put before no child."""
    if measure.kind == "entered_scores":
        return ("paper",)
    if is_answered_alone(measure, answered_by=answered_by):
        return ("together", "tablet", "paper")
    return ("together", "paper")


def is_answered_alone(measure: Measure, *, answered_by: str) -> bool:
    """Whether whoever it is about may answer by their own hand."""
    return measure.kind == "questionnaire" and answered_by != "worker"


def told_before(*, adult: str, cover: str) -> tuple[str, ...]:
    """What whoever answers is told before the first question (H9)."""
    return tuple(one.format(adult=adult, cover=cover) for one in TALKS["told_before"])


def changed(first: Number, last: Number, *, points: Number) -> str:
    """ "up", "down" or "same", by the number of points from which a change is more than chance."""
    difference = round(last - first, 9)
    if abs(difference) < points:
        return "same"
    return "up" if difference > 0 else "down"


def is_about(for_whom: str, *, answered_by: str, age: int | None) -> bool:
    """Whether a cut-off may be held against this line. A definition says in words for whom it is:
    what a carer says has cut-offs of its own, and those of adults are not for a child."""
    words = for_whom.casefold()
    if (answered_by == "carer") != ("carer" in words):
        return "carer" not in words and "themselves" not in words and answered_by == "carer"
    return not ("adults" in words and age is not None and age < ADULT)


def is_on_the_side_of_concern(score: Number, *, value: Number, concern: str) -> bool:
    sides = {
        "below": score < value,
        "at_or_below": score <= value,
        "above": score > value,
        "at_or_above": score >= value,
    }
    return sides[concern]
