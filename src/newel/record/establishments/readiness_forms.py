"""What is asked of a governance lead before children are entered in a setting."""

from datetime import date
from typing import Any

from newel.record.design_system.choice_fields import ModelCheckboxesField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import HiddenField, LongTextField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.establishments.models import Agency, OnRecord
from newel.record.establishments.readiness import AGREEMENT, ASSESSMENT, OFFICER

YEARS_BACK, YEARS_AHEAD = 20, 5


class OnRecordForm(NewelForm):
    """`shown` is the row that stood on the page when it was drawn: what this one replaces."""

    submit_label = "Put on record"
    fields: dict[str, Any]
    data: Any

    shown = HiddenField(required=False)

    def __init__(self, *args: Any, now: OnRecord | None, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"shown": now.public_id if now else ""} | self.taken_from(now)
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "shown"), "shown"])
        for name, field in self.fields.items():
            if isinstance(field, DateField):
                ahead = name in ("review_on", "ends_on")
                field.earliest = today if ahead else _years(today, -YEARS_BACK)
                field.latest = _years(today, YEARS_AHEAD) if ahead else today

    def taken_from(self, now: OnRecord | None) -> dict[str, Any]:
        """What need not be typed again where a new row replaces an old one."""
        return {}

    def show_now(self, now: OnRecord | None) -> None:
        """After somebody else was first: what is sent next replaces what they recorded."""
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = now.public_id if now else ""

    @property
    def saved(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "shown"}


def _years(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


class AssessmentForm(OnRecordForm):
    reference = TextField(
        label="Where is the assessment kept?",
        hint="Its number or the place where the paper is found. Newel does not hold the paper.",
        called="where the assessment is kept",
        max_length=200,
    )
    signed_by = TextField(
        label="Who signed it?",
        hint="Name and job",
        called="who signed it",
        max_length=200,
    )
    signed_on = DateField(label="Signed on", called="the day it was signed")
    review_on = DateField(label="To be looked at again by", called="the day of the next review")


class OfficerForm(OnRecordForm):
    name = TextField(label="Name of the Clinical Safety Officer", called="the name", max_length=160)
    registration = TextField(
        label="How are they registered?",
        hint="Professional body and number, as they give it. Newel does not check it.",
        called="how they are registered",
        max_length=200,
    )
    appointed_on = DateField(label="Appointed on", called="the day of the appointment")


class AgenciesField(ModelCheckboxesField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class AgreementForm(OnRecordForm):
    reference = TextField(
        label="Where is the agreement kept?",
        hint="Its name or number, and where the paper is found",
        called="where the agreement is kept",
        max_length=200,
    )
    agencies = AgenciesField(
        label="Which agencies does it bind?",
        called="the agencies",
        hint="An administrator adds agencies that are missing here.",
    )
    agreed_on = DateField(label="Agreed on", called="the day it was agreed")
    review_on = DateField(label="To be looked at again by", called="the day of the next review")
    ends_on = DateField(label="Last day of the agreement", required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        review, end = given.get("review_on"), given.get("ends_on")
        if review and end and review > end:
            self.add_error("review_on", "It has to be looked at again before it ends")
        return given

    @property
    def saved(self) -> dict[str, Any]:
        return super().saved | {"agencies": list(self.cleaned_data["agencies"])}


class WithdrawForm(NewelForm):
    submit_label = "Withdraw it"
    because = LongTextField(
        label="Why does it no longer hold?",
        called="why it no longer holds",
        max_length=300,
        rows=3,
    )


FORMS: dict[str, type[OnRecordForm]] = {
    ASSESSMENT: AssessmentForm,
    OFFICER: OfficerForm,
    AGREEMENT: AgreementForm,
}
