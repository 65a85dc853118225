"""What opens a record in an emergency or by name, and what closes it."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children.forms.fields import (
    AnswerForm,
    NameField,
    StaffField,
    UnitField,
    at_that_time,
    reads_children,
)
from newel.record.children.models import Stay
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField, TextField
from newel.record.establishments.models import Unit

WITH_STAY = "stay"
ON_A_DAY = "day"
LONGEST_GRANT = timedelta(days=366)


def at_least_a_sentence(words: str) -> None:
    if len(words.split()) < 4:
        raise forms.ValidationError(
            "Write at least a sentence: what is happening, and why you need the record now"
        )


class BreakGlassForm(AnswerForm):
    submit_label = "Open the record now"

    name = NameField(
        label="Name of the child", hint="Any name they go by. The first name is enough"
    )
    unit = UnitField(label="Which unit is the child on?")
    born_on = DateField(label="Date of birth of the child", called="the date of birth")
    reason = LongTextField(
        label="Why do you need the record now?",
        called="why you need the record now",
        max_length=1000,
        rows=3,
        validators=[at_least_a_sentence],
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": name}, **kwargs)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0].public_id
        self._born_on = self.fields.pop("born_on")
        if self.is_bound and "born_on-day" in self.data:
            self.ask_birth()

    def ask_birth(self) -> None:
        """Asked only when several children there go by the name: nothing is shown of them."""
        self.fields["born_on"] = self._born_on
        self.order_fields(["name", "born_on", "unit", "reason"])


class GrantForm(AnswerForm):
    submit_label = "Give access"

    staff = StaffField(
        label="Who gets access?",
        called="who gets access",
        hint="Their name, or the name they sign in with",
    )
    purpose = TextField(
        label="What for?",
        hint="For example, check-in six weeks after the move",
        max_length=300,
        called="what it is for",
    )
    ends = RadiosField(label="When does it end?", choices=[], shows={ON_A_DAY: "ends_on"})
    ends_on = DateField(label="Last day", called="the last day")

    def __init__(self, *args: Any, stay: Stay | None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_stay = [(WITH_STAY, "When the stay ends")] if stay else []
        self.fields["ends"].choices = [*with_stay, (ON_A_DAY, "On a day")]
        today = timezone.localdate(at)
        self.fields["ends_on"].earliest = today
        self.fields["ends_on"].latest = today + LONGEST_GRANT
        self._stay = stay

    def clean_staff(self) -> StaffMember:
        return reads_children(self.cleaned_data["staff"])

    @property
    def saved(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "staff": given["staff"],
            "purpose": given["purpose"],
            "stay": self._stay if given["ends"] == WITH_STAY else None,
            "ends_at": self._ends_at() if given["ends"] == ON_A_DAY else None,
        }

    def _ends_at(self) -> datetime:
        """The last day counts."""
        return at_that_time(self.cleaned_data["ends_on"] + timedelta(days=1), time(0, 0))


class BlockForm(AnswerForm):
    submit_label = "Block this person"

    staff = StaffField(
        label="Who must not see this record?",
        called="who must not see this record",
        hint="Their name, or the name they sign in with",
    )
    reason = TextField(
        label="Why?",
        hint="For example, a relative of the child",
        max_length=300,
        called="why",
    )
