"""How far each goal has got, in the words of whoever rated it: a line for each goal and none for
two. What is more than chance is told of the mean of the goals alone, never of one goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newel.evidence.measures.definition import Number, ReliableChange
from newel.evidence.measures.goals import GoalsMoved, goals_moved
from newel.evidence.measures.limits import changed
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link
from newel.record.outcomes.codes import NO_WISH, NOT_ANSWERED, plain_number
from newel.record.outcomes.models import Form, Goal
from newel.record.outcomes.presenters.goals import became, goes_on
from newel.record.outcomes.presenters.picture import Picture, picture
from newel.record.outcomes.presenters.words import (
    CONFIRMED_IN_WORDS,
    address_of,
    answered_by_in_words,
    counted,
)
from newel.record.outcomes.queries import goals_on
from newel.record.outcomes.rules import GOALS

(SUBSCALE,) = GOALS.subscales
_LINE = GOALS.responses_of(GOALS.items[0].id)
# For a picture: one goal has no cut-off and no band, whatever the mean of several has.
ONE_GOAL = SUBSCALE.model_copy(update={"cut_offs": (), "reliable_change": None})


@dataclass(frozen=True)
class Rating:
    """One goal on one form: None where it was left open or there was no wish to answer."""

    on: date
    value: Number | None
    declined: bool


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    id: str
    words: str
    since: str
    became: str
    picture: Picture | None
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class OfGoals:
    id: str
    heading: str
    who: str
    said: str
    moved: str
    ends: str
    lines: tuple[GoalLine, ...]
    forms: tuple[Link, ...]


def is_of_goals(form: Form) -> bool:
    return form.measure == GOALS.id


def goals_over_time(*, child: Child, forms: Iterable[Form]) -> tuple[OfGoals, ...]:
    """Of finished forms, in the order of their days: a section for each person who answers."""
    by: dict[str, list[Form]] = {}
    for form in forms:
        if is_of_goals(form):
            by.setdefault(form.answered_by, []).append(form)
    return tuple(_of_one(child, whose, found) for whose, found in by.items())


def _of_one(child: Child, whose: str, forms: Sequence[Form]) -> OfGoals:
    ratings = ratings_of(forms)
    return OfGoals(
        id=f"{GOALS.id}-{whose}",
        heading=GOALS.name,
        who=answered_by_in_words(whose, child),
        said=f"Answered {counted(len(forms), 'time')}.",
        moved=moved_in_words(moved(forms), forms),
        ends=ends_in_words(),
        lines=tuple(_line(goal, found, list(ratings)) for goal, found in ratings.items()),
        forms=tuple(
            Link(
                text=day(form.answered_on),
                href=address_of("form", child, form.public_id),
                about=f": every answer to {GOALS.short_name}",
            )
            for form in forms
        ),
    )


def ratings_of(forms: Sequence[Form]) -> dict[Goal, list[Rating]]:
    """Those that go on first, by their place; then those of before."""
    found: dict[Goal, list[Rating]] = {}
    for form in forms:
        for goal, rating in _on(form):
            found.setdefault(goal, []).append(rating)
    ordered = sorted(found, key=lambda one: (not goes_on(one), one.place, one.pk))
    return {goal: found[goal] for goal in ordered}


def _on(form: Form) -> list[tuple[Goal, Rating]]:
    answers = {one.item: one for one in form.answers_now}  # type: ignore[attr-defined]
    assert form.answered_on is not None  # noqa: S101 - a finished form has its day
    told = []
    for asked in goals_on(form):
        answer = answers.get(asked.item)
        value = None if answer is None or answer.value is None else plain_number(answer.value)
        declined = answer is not None and answer.declined
        told.append((asked.goal, Rating(form.answered_on, value, declined)))
    return told


def moved(forms: Sequence[Form]) -> GoalsMoved | None:
    """A goal is known by its row: in other words it is another goal."""
    return goals_moved([{goal.pk: one.value for goal, one in _on(form)} for form in forms])


def _line(goal: Goal, ratings: Sequence[Rating], all_goals: Sequence[Goal]) -> GoalLine:
    points = [(one.on, float(one.value)) for one in ratings if one.value is not None]
    return GoalLine(
        id=f"goal-{goal.public_id}",
        words=goal.words,
        since=f"Since {day(goal.since)}.",
        became=became(goal, all_goals),
        picture=picture(
            id=f"goal-{goal.public_id}",
            subscale=ONE_GOAL,
            scored=points,
            unscored=[one.on for one in ratings if one.value is None],
            title=goal.words,
            description=f"{counted(len(points), 'answer')} from 0 to 10. The table has them all.",
        )
        if len(points) > 1
        else None,
        rows=tuple((day(one.on), rating_in_words(one)) for one in reversed(ratings)),
    )


def rating_in_words(one: Rating) -> str:
    if one.value is not None:
        return f"{one.value} out of {_LINE.highest}"
    return NO_WISH if one.declined else NOT_ANSWERED


def ends_in_words() -> str:
    left, right = _LINE.anchors or ("", "")
    return f"{_LINE.lowest} is “{left}”, {_LINE.highest} is “{right}”."


def moved_in_words(found: GoalsMoved | None, forms: Sequence[Form]) -> str:
    """Of the mean, as the definition says it, with where that comes from."""
    if found is None:
        if len(forms) < 2:
            return "There is no change to speak of before a second time."
        return (
            "No change is worked out: no goal has an answer both the first time and the last. A "
            "goal in other words is another goal."
        )
    ends = f"from {_number(found.first)} to {_number(found.last)}"
    if found.goals == 1:
        return (
            f"One goal has an answer both the first time and the last: {ends}. What is more than "
            "chance is known of the average of a person’s goals, not of one goal."
        )
    return (
        f"Over the {found.goals} goals with an answer both the first time and the last, on average "
        f"{ends}. {_reliable(found)}"
    )


def _reliable(found: GoalsMoved) -> str:
    known = SUBSCALE.reliable_change
    if known is None:
        return "No source gives the number of points from which that is more than chance."
    source = f"({known.source}; {CONFIRMED_IN_WORDS[known.confirmed]})"
    least = f"{_number(known.points)} points or more on the average of a person’s goals"
    which = which_way(found, known)
    if which == "same":
        return f"Chance alone can make that: it takes {least} {source}."
    return f"That is {_number(abs(found.change))} {which}; {least} are more than chance {source}."


def which_way(found: GoalsMoved, known: ReliableChange) -> str:
    """ "up", "down" or "same"."""
    return changed(found.first, found.last, points=known.points)


def _number(value: Number) -> str:
    return f"{round(float(value), 2):g}"
