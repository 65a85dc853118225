"""A child's own goals for the child's own eyes, in words for a reading age of 9."""

from collections.abc import Sequence
from dataclasses import dataclass

from newel.record.design_system.dates import day
from newel.record.outcomes.models import Form, Goal
from newel.record.outcomes.presenters.goals import goes_on
from newel.record.outcomes.presenters.goals_over_time import (
    ONE_GOAL,
    SUBSCALE,
    Rating,
    ends_in_words,
    is_of_goals,
    moved,
    ratings_of,
    which_way,
)
from newel.record.outcomes.presenters.picture import Picture, picture


@dataclass(frozen=True, kw_only=True)
class MyGoal:
    words: str
    lines: tuple[str, ...]
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class MyGoals:
    ends: str
    together: str
    goals: tuple[MyGoal, ...]


def my_goals(forms: Sequence[Form]) -> MyGoals | None:
    """Of the forms that the child answered; None where none asked about goals."""
    own = [form for form in forms if form.answered_by == "self" and is_of_goals(form)]
    if not own:
        return None
    ratings = ratings_of(own)
    return MyGoals(
        ends=ends_in_words(),
        together=_together(own, len(ratings)),
        goals=tuple(_mine(goal, found, list(ratings)) for goal, found in ratings.items()),
    )


def _mine(goal: Goal, ratings: Sequence[Rating], all_goals: Sequence[Goal]) -> MyGoal:
    points = [(one.on, float(one.value)) for one in ratings if one.value is not None]
    return MyGoal(
        words=goal.words,
        lines=tuple(one for one in (_how_far(ratings), _became(goal, all_goals)) if one),
        picture=picture(
            id=f"my-goal-{goal.public_id}",
            subscale=ONE_GOAL,
            scored=points,
            unscored=(),
            title=f"My line: {goal.words}",
            description="How far I said that I had got, each time.",
        )
        if len(points) > 1
        else None,
    )


def _how_far(ratings: Sequence[Rating]) -> str:
    told = [one for one in ratings if one.value is not None]
    if not told:
        return "I have not said yet how far I have got."
    first, last = told[0], told[-1]
    if len(told) == 1:
        return f"I said {first.value} on {day(first.on)}."
    first_time = f"First I said {first.value}, on {day(first.on)}."
    return f"{first_time} Last I said {last.value}, on {day(last.on)}."


def _became(goal: Goal, all_goals: Sequence[Goal]) -> str:
    if goal.ended_on is not None:
        return f"This goal ended on {day(goal.ended_on)}. Why: {goal.ended_because}"
    if goes_on(goal):
        return ""
    after = next((one for one in all_goals if one.replaces_id == goal.pk), None)
    return f"Now I say it like this: {after.words}" if after else "I say it in other words now."


def _together(forms: Sequence[Form], number: int) -> str:
    """Only where it is known from how many points a change is more than chance."""
    found = moved(forms)
    if found is None or SUBSCALE.reliable_change is None or found.goals < 2:
        return ""
    which = "All my goals" if found.goals == number else f"{found.goals} of my goals"
    how = {
        "same": "I am about as far as the first time.",
        "up": "I have got further than the first time.",
        "down": "I am further away than the first time.",
    }[which_way(found, SUBSCALE.reliable_change)]
    return f"{which} together: {how}"
