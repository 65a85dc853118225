"""One form with a field of every kind."""

from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
    YesNoField,
)
from newel.record.design_system.date_fields import DateField, TimeField
from newel.record.design_system.fields import HiddenField, LongTextField, NumberField, TextField
from newel.record.design_system.forms import NewelForm


class Arrival(NewelForm):
    submit_label = "Save and go on"

    preferred_name = TextField(label="Name they like", max_length=100, hint="As they say it.")
    born_on = DateField(label="Date of birth")
    came_at = TimeField(label="Time of arrival", required=False)
    told = LongTextField(label="What they told you", max_length=50, required=False)
    kin = RadiosField(
        label="Is there someone to call?",
        choices=[("yes", "Yes"), ("no", "No"), ("unsure", "Not known yet")],
        shows={"yes": "kin_name"},
        hints={"unsure": "You can come back to this."},
    )
    kin_name = TextField(label="Who?", called="who to call", max_length=100)
    safe = YesNoField(label="Is it safe to ring them?", required=False)
    needs = CheckboxesField(
        label="What helps them follow a talk?",
        choices=[("easy", "Easy words"), ("pictures", "Pictures")],
        required=False,
    )
    unit = SelectField(label="Unit", choices=[("ash", "Ash"), ("oak", "Oak")])
    visits = NumberField(label="Visits a week", required=False, min_value=0, max_value=14)
    read_with = TickField(label="I have read this with them", required=False)
    came_from = HiddenField(required=False)


GOOD = {
    "preferred_name": "David",
    "born_on-day": "27",
    "born_on-month": "3",
    "born_on-year": "2009",
    "kin": "no",
    "unit": "ash",
}


def arrival(**answers: object) -> Arrival:
    """`born_on_day` stands for `born_on-day`."""
    named = {
        key.replace("on_day", "on-day")
        .replace("on_month", "on-month")
        .replace("on_year", "on-year"): value
        for key, value in answers.items()
    }
    return Arrival(GOOD | named)
