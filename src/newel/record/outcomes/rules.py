"""When a measure is due again. Pure: dates in, dates out."""

from datetime import date

from newel.evidence.measures import Measure

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
