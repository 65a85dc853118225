"""Answers that several forms of this room ask for."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.children import queries
from newel.record.design_system.choice_fields import ModelRadiosField, ModelSelectField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import TextField
from newel.record.design_system.forms import NewelForm
from newel.record.establishments.models import Agency, Unit


class AnswerForm(NewelForm):
    """Forms of this room: they set choices and limits that Django's own field does not know of."""

    fields: dict[str, Any]
    data: Any


class NameField(TextField):
    """A name that can be found again: with a letter or a number in it, in any script."""

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, spellcheck=False, **kwargs)

    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        key = sort_key(name)
        if name and not key:
            raise forms.ValidationError("Use at least one letter or number in a name")
        if len(key) > 150:  # one character of some scripts is many letters of the key
            raise forms.ValidationError("This name is too long. Use a shorter form of it")
        return " ".join(name.split())


class PronounsField(TextField):
    def __init__(self) -> None:
        hint = "For example, she and her"
        super().__init__(label="Pronouns", hint=hint, max_length=60, width=20, required=False)


class BornOnField(DateField):
    def __init__(self) -> None:
        hint = "For example, 27 3 2009. Leave empty if not known."
        super().__init__(label="Date of birth", hint=hint, required=False)


class StaffField(TextField):
    """Somebody who signs in to Newel, by the name they sign in with or the name they go by."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, width=20, spellcheck=False, **kwargs)

    def clean(self, value: Any) -> StaffMember | None:
        words: str = super().clean(value)
        if not words:
            return None
        found = queries.staff_called(words=words)
        if not found:
            raise forms.ValidationError("Nobody who signs in to Newel has this name")
        if len(found) > 1:
            raise forms.ValidationError(
                f"{len(found)} people have this name. Enter the name they sign in with"
            )
        return found[0]


def reads_children(staff: StaffMember) -> StaffMember:
    if not staff.reads_children:
        raise forms.ValidationError(
            f"{staff.name} is {staff.their_role.name.lower()}: that role opens no child’s record"
        )
    return staff


class UnitField(ModelRadiosField):
    def __init__(self, *, with_setting: bool = True, **kwargs: Any) -> None:
        self.with_setting = with_setting
        super().__init__(queryset=Unit.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.name}, {obj.setting.name}" if self.with_setting else obj.name


class AgencyField(ModelSelectField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class ConfirmForm(AnswerForm):
    """A button and nothing to fill in."""


def at_that_time(day: date, clock: time) -> datetime:
    """The moment that a day and a time mean on a clock in the setting."""
    return timezone.make_aware(datetime.combine(day, clock))
