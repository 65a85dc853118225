"""When a measure is due again, for whom it is, and when a talk reaches more people. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from newel.definitions import read
from newel.evidence.measures import Measure, measure

TALKS = read("people/talks.yaml")
WHAT_WAS_DONE: dict[str, str] = {one["code"]: one["words"] for one in TALKS["what_was_done"]}
# The one measure of goals has a place for each goal that may go on at once.
GOALS = measure("gbo")
MOST_GOALS = len(GOALS.items)
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
    if is_made_for(measure, age):
        return ""
    return f"{measure.short_name} is made for ages {made_for(measure)}. This child is {age}."


def made_for(measure: Measure) -> str:
    return " or ".join(
        f"{one.lowest} to {one.highest}" if one.highest else f"{one.lowest} and over"
        for one in measure.ages
    )


def is_made_for(measure: Measure, age: int) -> bool:
    return any(one.lowest <= age <= (one.highest or age) for one in measure.ages)


def look_again_proposed(measure: Measure, *, on: date) -> date | None:
    """When a judgement of that day is out of date, where its definition says so."""
    return _months_after(on, measure.look_again.months) if measure.look_again else None


def why_not_here(measure: Measure) -> str:
    """Why a measure cannot be planned for one child in Newel, as a sentence; "" where it can."""
    if measure.measures != "child":
        return f"{measure.short_name} is not asked about one child."
    return ""


def who_can_answer(measure: Measure) -> tuple[str, ...]:
    """Codes of `ANSWERED_BY`, the most usual first."""
    if measure.is_judgement:
        return ("assessor",)
    return ("worker",) if measure.kind == "rating" else ("self", "carer", "worker")


def ways(measure: Measure, *, answered_by: str) -> tuple[str, ...]:
    """Codes of `WAYS` that an adult begins with. A measure of which scores alone may be entered
    is never asked on a screen, and what an adult rates is put before no child."""
    if measure.is_judgement:
        return ("judged",)
    if measure.kind == "entered_scores":
        return ("paper",)
    if is_answered_alone(measure, answered_by=answered_by):
        return ("together", "tablet", "paper")
    return ("together", "paper")


def is_answered_alone(measure: Measure, *, answered_by: str) -> bool:
    """Whether whoever it is about may answer by their own hand."""
    return measure.kind in ("questionnaire", "goals") and answered_by != "worker"


def free_places(taken: Collection[int]) -> list[int]:
    """The places on the form of goals that no goal has, the first one first."""
    return [one for one in range(1, MOST_GOALS + 1) if one not in taken]


def is_one_of(words: str, going_on: Iterable[str]) -> bool:
    """Whether a goal is there already: capitals, spaces and a full stop make no other goal."""
    return _plainly(words) in {_plainly(one) for one in going_on}


def _plainly(words: str) -> str:
    return " ".join(words.split()).rstrip(" .!").casefold()


def told_before(*, adult: str, cover: str) -> tuple[str, ...]:
    """What whoever answers is told before the first question (H9)."""
    return tuple(one.format(adult=adult, cover=cover) for one in TALKS["told_before"])
