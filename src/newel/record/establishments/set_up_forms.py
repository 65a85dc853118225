"""What is asked to set up a setting in one sitting."""

from collections.abc import Mapping
from typing import Any

from django import forms

from newel.definitions import choices, read
from newel.record.access.names import sort_key
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.fields import LongTextField, NumberField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.establishments.forms import LONGEST_KEY
from newel.record.establishments.models import ConfirmDays, SharingChoice

KINDS = choices("understanding/statements.yaml", "kinds")
WRITING = choices("places/set_up.yaml", "kinds_of_writing")
LEVELS = choices("places/set_up.yaml", "levels_by_default")
BOUNDS = read("places/set_up.yaml")["confirm_days"]
ASK = "ask"
MOST_UNITS = 40


class UnitsForm(NewelForm):
    submit_label = "Add these units"

    names = LongTextField(
        label="Names of the units",
        hint="One a line: houses, landings, wards",
        called="at least one unit",
        rows=5,
    )

    def clean_names(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        named = [name for name in names if name]
        keys = [sort_key(name) for name in named]
        wrong = [n for n, key in zip(named, keys, strict=True) if not key or len(key) > LONGEST_KEY]
        twice = [n for n, key in zip(named, keys, strict=True) if keys.count(key) > 1]
        long = [name for name in named if len(name) > 120]
        if wrong or long:
            raise forms.ValidationError(f"“{(wrong + long)[0][:40]}” cannot be a unit’s name")
        if twice:
            raise forms.ValidationError(f"“{twice[0]}” is written twice")
        if len(named) > MOST_UNITS:
            raise forms.ValidationError(f"Add at most {MOST_UNITS} units at a time")
        return named


class StaffListForm(NewelForm):
    """The list itself. What is asked about single lines is read from the page beside it."""

    keep_words = False  # a chosen file is sent by the browser itself

    list = LongTextField(
        label="Or paste the lines here",
        hint="The first line names the columns: name, login name, role, unit, discipline, agency, "
        "start. Copied cells of a spreadsheet are fine.",
        called="the list",
        rows=8,
        required=False,
    )


class ConfirmDaysForm(NewelForm):
    submit_label = "Use these numbers of days"

    source = TextField(
        label="Who decided this, and where is it written?",
        hint="For example, formulation lead, clinical meeting of 3 March",
        called="who decided this",
        max_length=200,
    )

    def __init__(self, *args: Any, in_force: Mapping[str, ConfirmDays], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, words in KINDS:
            self.fields[kind] = NumberField(
                label=words,
                called=f"the days for “{words}”",
                suffix="days",
                width=4,
                min_value=BOUNDS["fewest"],
                max_value=BOUNDS["most"],
                initial=in_force[kind].days,
            )
        self.order_fields([*(kind for kind, _ in KINDS), "source"])

    @property
    def days(self) -> dict[str, int]:
        return {kind: self.cleaned_data[kind] for kind, _ in KINDS}


class SharingChoiceForm(NewelForm):
    submit_label = "Use these"

    team_in_words = TextField(
        label="Who is “the team around the child” here?",
        hint="In the setting’s own words. It stands where somebody decides who may read what they "
        "write. For example, everyone on the unit, education, health and the social worker",
        called="who the team is",
        max_length=200,
    )

    def __init__(self, *args: Any, chosen: SharingChoice | None, **kwargs: Any) -> None:
        given = {"team_in_words": chosen.team_in_words} if chosen else {}
        super().__init__(*args, initial=given, **kwargs)
        for kind, words in WRITING:
            self.fields[kind] = RadiosField(
                label=f"Who usually reads this: {words}?",
                choices=LEVELS,
                initial=(chosen.levels.get(kind) if chosen else None) or ASK,
            )

    @property
    def levels(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind, _ in WRITING}


class SlipsForm(NewelForm):
    """Whose first passwords are made now."""

    submit_label = "Make these slips"
