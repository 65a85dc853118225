"""What is asked to set up a place and to say who works where."""

from typing import Any

from django import forms

from newel.record.access.names import sort_key
from newel.record.design_system.choice_fields import (
    ModelSelectField,
    RadiosField,
    SelectField,
    YesNoField,
)
from newel.record.design_system.fields import TextField
from newel.record.design_system.forms import NewelForm
from newel.record.establishments.models import (
    AGENCY_KINDS,
    DISCIPLINES,
    SETTING_TYPES,
    Agency,
    Setting,
    Unit,
)

WHOLE = "whole:"
LONGEST_KEY = 150


class PlaceNameField(TextField):
    """A name with a letter or a number in it, in any script."""

    def clean(self, value: Any) -> str:
        name = " ".join(super().clean(value).split())
        key = sort_key(name)
        if name and not key:
            raise forms.ValidationError("Use at least one letter or number in a name")
        if len(key) > LONGEST_KEY:
            raise forms.ValidationError("This name is too long. Use a shorter form of it")
        return name


class SettingForm(NewelForm):
    submit_label = "Add the setting"

    name = PlaceNameField(label="Name of the setting", max_length=120)
    setting_type = RadiosField(label="What kind of setting is it?", choices=SETTING_TYPES)
    in_scope = YesNoField(
        label="Is it within the commissioning of the framework?",
        hint="It decides whether the setting is counted in figures, nothing else.",
    )


class UnitForm(NewelForm):
    submit_label = "Add the unit"
    name = PlaceNameField(label="Name of the unit", max_length=120)


class AgencyForm(NewelForm):
    submit_label = "Add the agency"

    name = PlaceNameField(label="Name of the agency", max_length=120)
    kind = RadiosField(label="What kind of agency is it?", choices=AGENCY_KINDS)


class AgencyField(ModelSelectField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class PostForm(NewelForm):
    """A unit, or a whole setting for those who work on all of its units."""

    submit_label = "Start this post now"

    place = SelectField(label="Where do they work?", choices=[], called="where they work")
    discipline = SelectField(label="Discipline", choices=DISCIPLINES)
    agency = AgencyField(label="Who employs them?", called="who employs them")

    def __init__(self, *args: Any, settings: list[Setting], agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = _places(settings)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (code, _in_words(setting, unit)) for code, (setting, unit) in self._places.items()
        ]
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    @property
    def saved(self) -> dict[str, Any]:
        setting, unit = self._places[self.cleaned_data["place"]]
        given = self.cleaned_data
        return {
            "setting": setting,
            "unit": unit,
            "discipline": given["discipline"],
            "agency": given["agency"],
        }


def _places(settings: list[Setting]) -> dict[str, tuple[Setting, Unit | None]]:
    places: dict[str, tuple[Setting, Unit | None]] = {}
    for setting in settings:
        places[WHOLE + setting.public_id] = (setting, None)
        places |= {unit.public_id: (setting, unit) for unit in setting.units.all()}
    return places


def _in_words(setting: Setting, unit: Unit | None) -> str:
    return f"{setting.name}: {unit.name}" if unit else f"{setting.name}: the whole setting"


class UnitField(ModelSelectField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="public_id", **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.setting.name}: {obj.name}"


class MovePostForm(NewelForm):
    submit_label = "Move now"
    place = UnitField(label="Which unit do they move to?", called="the unit they move to")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = units  # type: ignore[attr-defined]


class ConfirmForm(NewelForm):
    """A button and nothing to fill in."""
