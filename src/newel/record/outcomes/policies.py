"""What the state of a form, a plan or a talk allows, apart from who may do it."""

from newel.evidence.measures import Measure
from newel.record.access.models import StaffMember
from newel.record.children.policies import NotNow
from newel.record.outcomes.models import OPEN, Form, Plan, Talk
from newel.record.outcomes.page_words import called
from newel.record.outcomes.rules import asks_for_a_talk, is_answered_alone, why_not_here
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
