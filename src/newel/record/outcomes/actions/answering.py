"""Putting down answers. `by` is the adult who does; None is the person's own hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from newel.evidence.measures import measure as definition
from newel.evidence.measures.definition import Measure
from newel.evidence.measures.scoring import faults_of
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.outcomes import policies, queries
from newel.record.outcomes.models import FINISHED, SET_ASIDE, Answer, Form, Talk
from newel.record.outcomes.queries import judged


@dataclass(frozen=True)
class Given:
    """What was answered to one item: a value, that somebody does not want to answer, or neither:
    an answer put down wrongly is taken back."""

    value: Decimal | None
    declined: bool = False


class NotAnAnswer(ValueError):
    """A value that the definition does not have: the form keeps such things out."""


@transaction.atomic
def answer(
    *,
    form: Form,
    answers: Mapping[str, Given],
    by: StaffMember | None,
    at: datetime,
    entry: int = 1,
) -> list[Answer]:
    """Keeps each answer at once, so that nothing is lost when somebody stops. The same answer again
    changes nothing; another one is a new row."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_is_open(form)
    if by is None:
        policies.check_is_asked(form)
    found = queries.as_asked(definition(form.measure), form=form)
    _refuse_strange(found, answers)
    before = {one.item: one for one in form.answers.filter(is_current=True, entry=entry)}
    kept = [
        _keep(form, item, given, before.get(item), by, at, entry)
        for item, given in answers.items()
        if not _is_the_same(before.get(item), given)
    ]
    for one in kept:
        ask_for_a_talk(found, form, one, at)
    if kept:
        fields = tuple(one.item for one in kept)
        audit.record(
            "answer", thing="form", thing_id=form.pk, child_id=form.child_id, fields=fields
        )
    return kept


def _refuse_strange(found: Measure, answers: Mapping[str, Given]) -> None:
    values = {
        item: None if one.value is None else float(one.value) for item, one in answers.items()
    }
    faults = faults_of(found, values)
    if faults:
        raise NotAnAnswer(" ".join(faults))


def _is_the_same(before: Answer | None, given: Given) -> bool:
    if before is None:
        return given == Given(None)
    return (before.value, before.declined) == (given.value, given.declined)


def _keep(
    form: Form,
    item: str,
    given: Given,
    before: Answer | None,
    by: StaffMember | None,
    at: datetime,
    entry: int,
) -> Answer:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    return Answer.objects.create(
        child_id=form.child_id,
        form=form,
        item=item,
        value=given.value,
        declined=given.declined,
        entry=entry,
        written_by=by,
        written_at=at,
        replaces=before,
    )


def ask_for_a_talk(found: Measure, form: Form, given: Answer, at: datetime) -> None:
    """An answer that is taken back afterwards was still given: the talk stays wanted (H9)."""
    above = found.item(given.item).conversation_above
    if above is None or given.value is None or given.value <= above:
        return
    if _is_asked_for_already(form, given):
        return
    talk = Talk.objects.create(child_id=form.child_id, form=form, answer=given, asked_at=at)
    audit.record("ask_for_talk", thing="talk", thing_id=talk.pk, child_id=form.child_id)


def _is_asked_for_already(form: Form, given: Answer) -> bool:
    """Changed to no greater an answer while the talk still waits, or typed in from the same paper
    again. The same answer given once more after somebody saw to the talk is a new one."""
    same = form.talks.filter(answer__item=given.item, answer__value__gte=given.value)
    return same.filter(Q(seen_at=None) | ~Q(answer__entry=given.entry)).exists()


@transaction.atomic
def finish(*, form: Form, answered_on: date, at: datetime) -> Form:
    """No more answers are expected. Whatever was left open stays unanswered."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_is_open(form)
    policies.check_entries_agree(queries.different_entries(form=form))
    _check_judgement(form, answered_on)
    form.state, form.answered_on, form.ended_at = FINISHED, answered_on, at
    form.save(update_fields=["state", "answered_on", "ended_at"])
    audit.record("finish_form", thing="form", thing_id=form.pk, child_id=form.child_id)
    return form


def _check_judgement(form: Form, answered_on: date) -> None:
    policies.check_lacks_nothing(judged.lacks(form=form))
    about = judged.about_judgement(form=form)
    policies.check_ends_after(about.look_again_on if about else None, answered_on)


@transaction.atomic
def set_aside(*, form: Form, because: str, at: datetime) -> Form:
    """Nobody will finish this form. Its answers are kept and never scored."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_is_open(form)
    form.state, form.set_aside_because, form.ended_at = SET_ASIDE, because, at
    form.save(update_fields=["state", "set_aside_because", "ended_at"])
    audit.record("set_form_aside", thing="form", thing_id=form.pk, child_id=form.child_id)
    return form


@transaction.atomic
def see_to_talk(*, talk: Talk, what_was_done: str, by: StaffMember, at: datetime) -> Talk:
    talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    policies.check_not_yet_seen(talk)
    talk.seen_by, talk.seen_at, talk.what_was_done = by, at, what_was_done
    talk.save(update_fields=["seen_by", "seen_at", "what_was_done"])
    audit.record("see_to_talk", thing="talk", thing_id=talk.pk, child_id=talk.child_id)
    return talk
