"""What the state of a form, a plan or a talk allows, apart from who may do it."""

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from newel.evidence.measures import Measure
from newel.record.access.models import StaffMember
from newel.record.children.policies import NotNow
from newel.record.outcomes import rules
from newel.record.outcomes.models import OPEN, Form, Goal, Plan, Talk
from newel.record.outcomes.page_words import called
from newel.record.outcomes.queries.judged import Lack, is_judgement
from newel.record.outcomes.rules import (
    asks_for_a_talk,
    is_answered_alone,
    who_can_answer,
    why_not_here,
)
from newel.record.outcomes.wording import languages


def check_is_open(form: Form) -> None:
    if form.state != OPEN:
        raise NotNow("This form is finished. What was answered stays as it was.")


def why_not_open(form: Form) -> str:
    try:
        check_is_open(form)
    except NotNow as reason:
        return str(reason)
    return ""


def check_plan_goes_on(plan: Plan) -> None:
    if plan.ended_at is not None:
        raise NotNow("This plan has ended already.")


def check_is_for_one_child(measure: Measure) -> None:
    if reason := why_not_here(measure):
        raise NotNow(reason, field="measure")


def check_answers_it(measure: Measure, answered_by: str) -> None:
    """A professional judgement is made by those trained for it, and nothing else is judged so."""
    if answered_by not in who_can_answer(measure):
        raise NotNow("Choose who answers from the list.", field="answered_by")


def check_is_judged(form: Form) -> None:
    if not is_judgement(form.measure):
        raise NotNow("Reasons belong to professional judgement only.")


def check_is_asked(form: Form) -> None:
    """Its ratings are kept together with their reasons, by people who sign in."""
    if is_judgement(form.measure):
        raise NotNow("A professional judgement is not given by anybody’s own hand.")


def check_lacks_nothing(lacks: Sequence[Lack]) -> None:
    """Ratings without their reasons are not handed on as a judgement."""
    if lacks:
        raise NotNow(
            "It is not finished yet, and everything is kept. "
            + " ".join(
                one.sentence if one.sentence.endswith(".") else f"{one.sentence}."
                for one in lacks[:5]
            )
            + (f" And {len(lacks) - 5} more." if len(lacks) > 5 else "")
        )


def check_ends_after(look_again_on: date | None, answered_on: date) -> None:
    if look_again_on is not None and look_again_on <= answered_on:
        raise NotNow(
            "It is to be looked at again after the day it is of. Change one of the two days.",
            field="answered_on",
        )


def check_two_adults(
    measure: Measure, talk_to: StaffMember | None, cover: StaffMember | None
) -> None:
    """A measure that may bring something up is not given without somebody to talk to (H9)."""
    if not asks_for_a_talk(measure):
        return
    if talk_to is None:
        raise NotNow("Say who talks with the child if an answer asks for it.", field="talk_to")
    if cover is None or cover == talk_to:
        raise NotNow("Say who steps in when that person is away.", field="cover")


def check_can_be_asked_in(measure: Measure, language: str) -> None:
    if language not in languages(measure.id):
        raise NotNow(
            f"{measure.short_name} cannot be asked in that language any more. Choose another.",
            field="language",
        )


def why_not_asked(form: Form) -> str:
    """Why nobody can go on with it in its language, or “”. It is never gone on with in another."""
    if form.state != OPEN or form.language in languages(form.measure):
        return ""
    return (
        f"It was begun in {called(form.language)}, and the site’s wording in that language is not "
        "there any more or does not fit. Ask whoever looks after the wording to put it back. Or "
        "set this form aside and begin another in a language that is there."
    )


def check_can_be_answered_alone(form: Form, measure: Measure) -> None:
    """What an adult rates, or types in as scores, is put before no child."""
    if not is_answered_alone(measure, answered_by=form.answered_by):
        raise NotNow(f"{measure.short_name} is filled in by staff, not by the person’s own hand.")


def why_not_alone(form: Form, measure: Measure) -> str:
    """Why nobody can answer it by their own hand now, or “”."""
    try:
        check_is_open(form)
        check_can_be_answered_alone(form, measure)
    except NotNow as reason:
        return str(reason)
    return why_not_asked(form)


def check_not_yet_seen(talk: Talk) -> None:
    if talk.seen_at is not None:
        raise NotNow("Somebody has answered this already. What they wrote is on the page.")


def check_entries_agree(different: list[str]) -> None:
    """Where a paper form was typed twice, a person decides on every difference first."""
    if different:
        number = len(different)
        raise NotNow(
            f"The two entries differ at {number} question{'' if number == 1 else 's'}. "
            "Decide on them first."
        )


class ReplacedMeanwhile(Exception):
    """Somebody has put other words in place of these: a person looks at both before anything is
    kept. `now` is what stands there."""

    def __init__(self, now: Goal) -> None:
        self.now = now
        super().__init__("Somebody else wrote this goal in other words while you were writing.")


def check_has_room(taken: Sequence[int]) -> list[int]:
    """The free places on the form; the definition says how many there are."""
    places = rules.free_places(taken)
    if not places:
        raise NotNow(
            f"{rules.MOST_GOALS} goals are going on, and the questionnaire has room for no more. "
            "End one first, or write one of them in other words."
        )
    return places


def refuse_hidden_goals() -> NoReturn:
    raise NotNow(
        "There are goals here that are not shown to you, and they leave no room. Ask your "
        "information governance lead who may see them."
    )


def check_is_another_goal(words: str, going_on: Sequence[str]) -> None:
    if rules.is_one_of(words, going_on):
        raise NotNow("This goal is written down already, in these words.", field="words")


def check_is_this_goal(goal: Goal, now: Goal) -> None:
    if now.pk != goal.pk:
        raise ReplacedMeanwhile(now)
    if now.ended_at is not None:
        raise NotNow("This goal has ended already. Nothing of it is changed any more.")


def check_not_before(day: date, goal: Goal, *, field: str) -> None:
    if day < goal.since:
        raise NotNow("This is before the day since when there is this goal.", field=field)


def check_there_are_goals(goals: Sequence[Goal]) -> None:
    if not goals:
        raise NotNow("There is no goal to ask about yet. Write down the first goal.")
