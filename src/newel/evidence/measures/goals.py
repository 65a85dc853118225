"""Goals in people's own words: the form that one person's goals make, and how far they moved.

A goal is known by who wrote it and when, not by its place on the form: whoever changes a goal has
another one from then on, although it stands where the first one stood. Plain Python, one person at
a time; `measures.change` does the same for files, in which a column is one goal throughout.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from newel.evidence.measures.definition import Measure, Number

Ratings = Mapping[Hashable, Number | None]


class NoGoals(ValueError):
    """A form of goals asks about goals, and there is none."""


@dataclass(frozen=True, kw_only=True)
class GoalsMoved:
    """first, last: the means of the goals that have a rating on both forms; goals: how many."""

    first: float
    last: float
    goals: int

    @property
    def change(self) -> float:
        return round(self.last - self.first, 9)


def with_goals(measure: Measure, words: Mapping[str, str]) -> Measure:
    """The measure with only those items that are somebody's goals, in that person's words.

    words: item id to the words of the goal. An item that is not named is not asked, and does not
    count as unanswered. Returns a new measure, its items in the definition's order; values and
    rules stay as they are.
    Raises NoGoals without any, and ValueError for an item that the definition does not have.
    """
    if strange := words.keys() - {one.id for one in measure.items}:
        raise ValueError(f"{measure.short_name} has no item “{sorted(strange)[0]}”.")
    if not words:
        raise NoGoals(f"{measure.short_name} asks about goals, and there is none.")
    # Made anew, not copied: a copy would keep what the definition has already worked out.
    told = measure.model_dump(by_alias=True)
    told["items"] = [
        one | {"label": words[one["id"]]} for one in told["items"] if one["id"] in words
    ]
    for one in told["subscales"]:
        one["items"] = [id for id in one["items"] if id in words]
    return Measure.model_validate(told)


def goals_moved(forms: Sequence[Ratings]) -> GoalsMoved | None:
    """From the first form with a rating to the last, over the goals that have one on both.

    forms: in the order of their days, each goal's identity to its rating; None is unrated.
    None where there are fewer than two such forms, or no goal stands rated on both: one goal's
    rating is never held against another's.
    Source: `missing_rule` of the definition; `measures.change` does the same for files.
    """
    rated = [one for form in forms if (one := _rated(form))]
    if len(rated) < 2:
        return None
    first, last = rated[0], rated[-1]
    both = [goal for goal in first if goal in last]
    if not both:
        return None
    return GoalsMoved(
        first=_mean([first[goal] for goal in both]),
        last=_mean([last[goal] for goal in both]),
        goals=len(both),
    )


def _rated(form: Ratings) -> dict[Hashable, Number]:
    return {goal: value for goal, value in form.items() if value is not None}


def _mean(values: Sequence[Number]) -> float:
    return sum(values) / len(values)
