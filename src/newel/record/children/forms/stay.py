"""The stay: why the law allows it, and on which unit."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from newel.record.children.forms.fields import AnswerForm, UnitField
from newel.record.children.models.stay import LEGAL_REASONS
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import TextField
from newel.record.establishments.models import Unit

EARLIEST = date(2000, 1, 1)


class LegalReasonForm(AnswerForm):
    submit_label = "Add this legal reason"

    kind = RadiosField(label="What kind of legal reason is it?", choices=LEGAL_REASONS)
    statute_text = TextField(
        label="What the order says",
        hint="For example, the order’s name and the court",
        max_length=300,
        required=False,
    )
    starts_on = DateField(label="First day", called="the first day", earliest=EARLIEST)
    ends_on = DateField(label="Last day", called="the last day", required=False)
    review_due_on = DateField(label="Review due", called="the day of review", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must not be before the first day")
        return given


class EndLegalReasonForm(AnswerForm):
    submit_label = "Save the last day"
    ends_on = DateField(label="Last day", called="the last day")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"ends_on": timezone.localdate(at)}
        super().__init__(*args, **kwargs)


class MoveUnitForm(AnswerForm):
    submit_label = "Move now"
    unit = UnitField(label="Which unit do they move to?", with_setting=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
