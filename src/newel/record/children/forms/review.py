"""One decision a person in the quarterly review of access. There is no ticking of all at once."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from newel.record.access.models import StaffMember
from newel.record.children.actions.review import Decided
from newel.record.children.forms.fields import AnswerForm
from newel.record.children.models.review import DECISIONS, ENDS_ON
from newel.record.design_system.date_fields import DateBoxes, DateField
from newel.record.design_system.fields import HiddenField, LongTextField, TextField

AHEAD = timedelta(days=366)


class BeginReviewForm(AnswerForm):
    submit_label = "Begin the review"

    together_with = TextField(
        label="Which manager goes through it with you?",
        hint="Their name. They know who still works with which child.",
        called="the manager’s name",
        max_length=200,
    )


class LookIntoForm(AnswerForm):
    submit_label = "Mark as looked into"

    words = LongTextField(
        label="What did you find out?",
        hint="About the look, never about the child: whom you asked and what they said.",
        called="what you found out",
        max_length=500,
        rows=3,
    )
    up_to = HiddenField(required=False)  # until which look was shown


def decisions_in(
    given: Mapping[str, str], *, people: Iterable[StaffMember], today: date
) -> tuple[list[Decided], dict[str, str]]:
    """What was picked, and for each person what is wrong with it. Who was not picked stays open."""
    decided, errors = [], {}
    for staff in people:
        picked = given.get(f"decision_{staff.public_id}", "")
        if not picked:
            continue
        try:
            decided.append(_one(staff, picked, given, today))
        except ValidationError as wrong:
            errors[staff.public_id] = str(wrong.messages[0])
    return decided, errors


def _one(staff: StaffMember, picked: str, given: Mapping[str, str], today: date) -> Decided:
    if picked not in dict(DECISIONS):
        raise ValidationError("Choose one of the three")
    if picked != ENDS_ON:
        return Decided(staff, picked)
    field = DateField(label="Last day", called="the last day", earliest=today, latest=today + AHEAD)
    typed = DateBoxes().value_from_datadict(given, None, f"ends_{staff.public_id}")
    return Decided(staff, picked, field.clean(typed))
