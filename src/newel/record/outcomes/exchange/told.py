"""A form of the record as files tell of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from newel.evidence.measures import Measure
from newel.evidence.measures.form import ABOUT_JUDGEMENT, WHAT_IT_IS
from newel.evidence.measures.form import Form as Told
from newel.record.outcomes.codes import plain_number
from newel.record.outcomes.models import (
    FINISHED,
    REASONS,
    SET_ASIDE,
    Form,
    Judgement,
)


def told(form: Form, measure: Measure, *, reference: str) -> Told:
    """Of a form that `queries.forms_to_give` or `queries.forms_here` found: no query.

    reference: what the child is called in the file.
    """
    found: Any = form
    brought = getattr(form, "brought", None)
    answers = {one.item: one for one in found.answers_now}
    values = {item: one.value for item, one in answers.items() if one.value is not None}
    return Told(
        answers={
            one.id: plain_number(values[one.id]) if one.id in values else None
            for one in measure.items
        },
        declined=frozenset(item for item, one in answers.items() if one.declined),
        reasons={one.item: one.text for one in found.words_now if one.part == REASONS and one.text},
        texts=dict(_texts(found, brought.goals_there if brought else {})),
        on=form.answered_on,
        finished=form.state == FINISHED,
        set_aside=form.state == SET_ASIDE,
        because=form.set_aside_because,
        id=(brought.id_there if brought else "") or form.public_id,
        child=reference,
        answered_by=form.answered_by,
        way=form.way,
        language=form.language,
        has_wording=form.has_wording,
    )


def _texts(found: Any, goals_there: dict[str, str]) -> Iterable[tuple[str, str]]:
    for one in found.words_now:
        if one.part != REASONS and one.text:
            yield one.item + WHAT_IT_IS, one.text
    for row in found.about_now:
        yield from ((name, text) for name, text in _about(row).items() if text)
    for asked in found.goals_there:
        goal = asked.goal
        yield f"{asked.item}_goal", goal.words
        yield f"{asked.item}_goal_id", goals_there.get(asked.item) or goal.public_id
        yield f"{asked.item}_goal_since", goal.since.isoformat()
        if goal.how:
            yield f"{asked.item}_goal_how", goal.how


def _about(row: Judgement) -> dict[str, str]:
    return {name: _text(getattr(row, name)) for name in ABOUT_JUDGEMENT}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, list) else str(value or "")
