"""What is asked to plan a wave and to make slips."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from newel.record.design_system.choice_fields import CheckboxesField, RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import NumberField
from newel.record.design_system.forms import NewelForm
from newel.record.establishments.models import Setting, Unit
from newel.record.outcomes.surveys import rules
from newel.record.outcomes.surveys.models import ASKED, RESIDENTS, STAFF

FOR_WHOM = {
    (STAFF,): "For staff.",
    (RESIDENTS,): "For the children and young people.",
    (STAFF, RESIDENTS): "For staff, and for the children and young people.",
}


class WaveForm(NewelForm):
    submit_label = "Plan this survey"
    fields: dict[str, Any]

    measure = RadiosField(label="Which questionnaire?", called="the questionnaire", choices=[])
    place = RadiosField(label="Where?", called="the place", choices=[])
    asked = CheckboxesField(
        label="Who is asked?",
        called="who is asked",
        hint="Staff and residents get slips of their own, and are counted apart.",
        choices=ASKED,
    )
    opens_on = DateField(label="First day", called="the first day")
    closes_on = DateField(
        label="Last day",
        called="the last day",
        hint="Long enough for every shift, nights too. Results are worked out once, afterwards.",
    )

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit],
        settings: QuerySet[Setting],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[Setting, Unit | None]] = {
            one.public_id: (one.setting, one) for one in units
        } | {one.public_id: (one, None) for one in settings}
        self.fields["measure"].choices = [(one.id, one.name) for one in rules.for_surveys()]
        self.fields["measure"].hints = {
            one.id: FOR_WHOM[rules.who_may_be_asked(one.id)] for one in rules.for_surveys()
        }
        self.fields["place"].choices = [
            (one.public_id, f"{one.name}, {one.setting.name}") for one in units
        ] + [(one.public_id, f"The staff of the whole of {one.name}") for one in settings]
        self.fields["opens_on"].earliest = today

    def wave(self) -> dict[str, Any]:
        given = self.cleaned_data
        setting, unit = self.places[given["place"]]
        days = {name: given[name] for name in ("opens_on", "closes_on")}
        asked = {"measure": given["measure"], "asked": list(given["asked"])}
        return {"setting": setting, "unit": unit} | asked | days


class SlipsForm(NewelForm):
    submit_label = "Make the slips and show them once"
    keep_words = False  # its answer is the slips themselves
    fields: dict[str, Any]

    number = NumberField(
        label="How many slips?",
        called="how many slips",
        hint="As many as there are people to ask, and a few to spare, so that everybody draws one "
        "from several.",
        min_value=1,
        max_value=rules.number("slips_at_once"),
    )


class CloseForm(NewelForm):
    submit_label = "Close it and work out the results"


class TogetherForm(NewelForm):
    submit_label = "Count them together"
