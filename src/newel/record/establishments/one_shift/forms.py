"""What is asked to let somebody in for a shift: as little as will do."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from newel.record.design_system.choice_fields import ModelRadiosField, RadiosField, TickField
from newel.record.design_system.date_fields import TimeField
from newel.record.design_system.forms import NewelForm
from newel.record.establishments.forms import PlaceNameField
from newel.record.establishments.models import Unit
from newel.record.establishments.one_shift import rules

SOMEBODY_ELSE = "somebody_else"


class UnitRadios(ModelRadiosField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.name}, {obj.setting.name}"


class ShiftForm(NewelForm):
    """Where and until when."""

    submit_label = "Let them in and print the slip"
    fields: dict[str, Any]

    unit = UnitRadios(label="Which unit?", called="the unit")
    until = TimeField(
        label="When does their shift end?",
        hint="A time on the clock, such as 7:30am or 21:45. Their account closes then by itself.",
        called="the end of the shift",
    )

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit],
        at: datetime,
        last: Unit | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["unit"].queryset = units
        if last is not None and last in units:
            self.fields["unit"].initial = last.public_id
        elif len(units) == 1:
            self.fields["unit"].initial = units[0].public_id

    def clean_until(self) -> datetime:
        clock: time = self.cleaned_data["until"]
        try:
            return rules.end_of_shift(clock, after=self.at)
        except rules.TooLong as error:
            hours = int(rules.longest() / timedelta(hours=1))
            raise forms.ValidationError(
                f"That is more than {hours} hours away. Let them in again for the next shift"
            ) from error


class LetInForm(ShiftForm):
    same_person = RadiosField(label="Is it one of these people?", choices=[])
    name = PlaceNameField(label="Name", called="their name", max_length=120, width=20)
    agency = PlaceNameField(
        label="Agency that sends them", called="the agency", max_length=120, width=20
    )

    field_order = ("same_person", "name", "agency", "unit", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._same_person = self.fields.pop("same_person")

    def whether_same(self, choices: list[tuple[str, str]]) -> str | None:
        """The public id of who it is, "somebody_else", or None: it has to be asked first."""
        answer = str(self.data.get("same_person", ""))
        if answer in {value for value, _ in choices} | {SOMEBODY_ELSE}:
            return answer
        self._same_person.choices = [*choices, (SOMEBODY_ELSE, "No, this is somebody else")]
        self.fields = {"same_person": self._same_person, **self.fields}
        self.add_error("same_person", "Say whether it is somebody who has been here before")
        return None


class LetInAgainForm(ShiftForm):
    new_password = TickField(
        label="They have forgotten their password: print a new one", required=False
    )


class LetOutForm(NewelForm):
    submit_label = "Close their account now"
