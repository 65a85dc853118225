"""Answers that an adult puts down on a page, where another adult may have done so meanwhile."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.outcomes import policies
from newel.record.outcomes.actions.answering import Given, answer
from newel.record.outcomes.models import Answer, Form

NOTHING = Given(None)


def given_of(row: Answer | None) -> Given:
    return NOTHING if row is None else Given(row.value, row.declined)


@transaction.atomic
def answer_together(
    *,
    form: Form,
    answers: Mapping[str, Given],
    seen: Mapping[str, Given],
    by: StaffMember,
    at: datetime,
    entry: int = 1,
) -> dict[str, Answer]:
    """Keeps every answer that differs from what its page showed (`seen`).

    Returns, by item, what somebody else has answered in between: those are not kept, and a person
    decides with both before them.
    """
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_is_open(form)
    rows = form.answers.filter(is_current=True, entry=entry).select_related("written_by")
    now = {one.item: one for one in rows}
    mine = {item: one for item, one in answers.items() if one != seen.get(item, NOTHING)}
    theirs = {
        item: now[item]
        for item, one in mine.items()
        if given_of(now.get(item)) not in (seen.get(item, NOTHING), one)
    }
    kept = {item: one for item, one in mine.items() if item not in theirs}
    answer(form=form, answers=kept, by=by, at=at, entry=entry)
    return theirs


@transaction.atomic
def type_in(
    *,
    form: Form,
    answers: Mapping[str, Given],
    seen: Mapping[str, Given],
    by: StaffMember,
    at: datetime,
    entry: int = 1,
) -> dict[str, Answer]:
    """The same, from a form on paper: the form says from then on that it was answered on paper."""
    theirs = answer_together(form=form, answers=answers, seen=seen, by=by, at=at, entry=entry)
    if form.way != "paper":
        form.way = "paper"
        form.save(update_fields=["way"])
        audit.record("note_paper", thing="form", thing_id=form.pk, child_id=form.child_id)
    return theirs


@transaction.atomic
def decide_entry(
    *, form: Form, decided: Mapping[str, Given], by: StaffMember, at: datetime
) -> None:
    """Two entries of one paper differ: what a person read on it stands in both from now on."""
    for entry in (1, 2):
        answer(form=form, answers=decided, by=by, at=at, entry=entry)
