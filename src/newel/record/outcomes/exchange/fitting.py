"""Why a form from elsewhere cannot stand in this record, whatever is chosen: each kind of
questionnaire has rules of its own."""

from collections.abc import Iterator
from datetime import date

from newel.evidence.measures import Measure
from newel.evidence.measures.form import ANSWERED_BY, GOAL, OF_A_GOAL, WHAT_IT_IS
from newel.evidence.measures.form import Form as Told
from newel.record.outcomes import rules
from newel.record.outcomes.models import (
    HEARD,
    HOW_TOLD,
    REASONS,
    SOURCES,
    Answer,
    Form,
    Judgement,
    Reason,
)
from newel.record.outcomes.models import WHAT_IT_IS as PART_WHAT
from newel.record.outcomes.queries.judged import Judged, lacking_about, lacking_words

LONGEST_GOAL = 300


def why_not_here(measure: Measure, form: Told) -> Iterator[str]:
    if reason := rules.why_not_here(measure):
        yield reason
        return
    if form.answered_by in ANSWERED_BY and form.answered_by not in rules.who_can_answer(measure):
        yield f"{measure.short_name} is not answered by {ANSWERED_BY[form.answered_by]}."
    if (form.way == "judged") != (form.answered_by == "assessor"):
        yield "What trained professionals judge has the way “judged”, and nothing else has."
    if measure.kind == "goals":
        yield from _of_goals(measure, form)
    if measure.is_judgement:
        yield from _of_judgement(measure, form)


def _of_goals(measure: Measure, form: Told) -> Iterator[str]:
    asked = [one.id for one in measure.items if form.texts.get(one.id + GOAL, "").strip()]
    if not asked:
        yield "It holds no goal in words."
    for one in measure.items:
        answered = form.answers.get(one.id) is not None or one.id in form.declined
        if answered and one.id not in asked:
            yield f"{one.id} has an answer, and no goal in words."
    for id in asked:
        yield from _of_one_goal(form, id)


def _of_one_goal(form: Told, id: str) -> Iterator[str]:
    words, _, since, how = (form.texts.get(id + ending, "") for ending in OF_A_GOAL)
    if len(words) > LONGEST_GOAL:
        yield f"The goal {id} is longer than {LONGEST_GOAL} letters."
    if since and day_of(since) is None:
        yield f"“{since}” is no day since when there is the goal {id}."
    elif since and form.on and date.fromisoformat(since) > form.on:
        yield f"The goal {id} is younger than the form that asks about it."
    if how and how not in dict(HOW_TOLD):
        yield f"“{how}” does not say how the child told the goal {id}."


def _of_judgement(measure: Measure, form: Told) -> Iterator[str]:
    """A finished judgement is whole: as those who judge here must make it, too."""
    head = head_of(form)
    yield from _strange_codes(head)
    if form.texts.get("look_again_on") and head.look_again_on is None:
        yield f"“{form.texts['look_again_on']}” is no day on which it is looked at again."
    if form.set_aside:
        return
    now = Judged(Form(measure=measure.id), _ratings(form), _words(form), head)
    yield from (_sentence(one.sentence) for one in (*lacking_words(now), *lacking_about(head)))


def _sentence(said: str) -> str:
    return said if said.endswith(".") else f"{said}."


def _strange_codes(head: Judgement) -> Iterator[str]:
    for code in head.sources_used:
        if code not in dict(SOURCES):
            yield f"“{code}” is no source that a judgement is made from here."
    if head.heard and head.heard not in dict(HEARD):
        yield f"“{head.heard}” does not say whether the young person was heard."


def head_of(form: Told) -> Judgement:
    """What stands around a judgement, not yet saved."""
    told = form.texts
    return Judgement(
        assessors=told.get("assessors", ""),
        are_trained=told.get("are_trained", "") == "yes",
        sources_used=told.get("sources_used", "").split(),
        more_sources=told.get("more_sources", ""),
        heard=told.get("heard", ""),
        heard_words=told.get("heard_words", ""),
        conclusion=told.get("conclusion", ""),
        look_again_on=day_of(told.get("look_again_on", "")),
        look_again_because=told.get("look_again_because", "")[:300],
    )


def _ratings(form: Told) -> dict[str, Answer]:
    return {
        item: Answer(item=item, value=value)
        for item, value in form.answers.items()
        if value is not None
    }


def _words(form: Told) -> dict[tuple[str, str], Reason]:
    return {(item, part): Reason(text=text) for item, part, text in words_of(form)}


def words_of(form: Told) -> Iterator[tuple[str, str, str]]:
    """Item, part and text of all that is written beside ratings."""
    for item, text in form.reasons.items():
        yield item, REASONS, text
    for name, text in form.texts.items():
        if name.endswith(WHAT_IT_IS):
            yield name.removesuffix(WHAT_IT_IS), PART_WHAT, text


def day_of(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
