"""What is typed, or stands in a list that somebody keeps, is never markup on a page (H5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms

from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
    YesNoField,
)
from newel.record.design_system.date_fields import DateField, TimeField
from newel.record.design_system.fields import (
    EmailField,
    HiddenField,
    LongTextField,
    NhsField,
    NumberField,
    PasswordField,
    TextField,
)
from newel.record.design_system.forms import NewelForm

NASTY = "\"'><script>alert(1)</script>"
SAID = {"label": NASTY, "hint": NASTY, "called": NASTY}
CHOICES = {**SAID, "choices": [(NASTY, NASTY), ("b", NASTY)]}
FIELDS: dict[str, Callable[[], NhsField]] = {
    "one line": lambda: TextField(**SAID),
    "email": lambda: EmailField(**SAID),
    "password": lambda: PasswordField(**SAID),
    "many lines": lambda: LongTextField(**SAID),
    "many lines, counted": lambda: LongTextField(max_length=10, **SAID),
    "number": lambda: NumberField(suffix=NASTY, **SAID),
    "hidden": lambda: HiddenField(**SAID),
    "date": lambda: DateField(**SAID),
    "time": lambda: TimeField(**SAID),
    "one of a few": lambda: RadiosField(hints={NASTY: NASTY}, shows={NASTY: "shown"}, **CHOICES),
    "any of a few": lambda: CheckboxesField(hints={NASTY: NASTY}, **CHOICES),
    "one of many": lambda: SelectField(**CHOICES),
    "yes or no": lambda: YesNoField(**SAID),
    "a tick": lambda: TickField(**SAID),
}


def form_with(field: NhsField, typed: dict[str, Any]) -> NewelForm:
    class Asked(NewelForm):
        asked = field
        shown = LongTextField(**SAID, required=False)

        def clean(self) -> None:
            self.add_error(None, NASTY)
            self.add_error("asked", forms.ValidationError(NASTY))

    return Asked(typed)


@pytest.mark.parametrize("kind", FIELDS)
def test_no_field_draws_what_it_was_given_as_markup(kind: str) -> None:
    typed = dict.fromkeys(("asked", "asked-day", "asked-month", "asked-year", "shown"), NASTY)
    form = form_with(FIELDS[kind](), typed)
    drawn = form.render_nhs() + form.render_error_summary()
    assert "&lt;script&gt;" in drawn
    assert "<script" not in drawn
    assert f'value="{NASTY[0]}{NASTY[1]}' not in drawn


def test_a_field_that_draws_plain_words_has_them_escaped() -> None:
    class Careless(TextField):
        def draw(self, bound: object) -> str:
            return f"<p>{NASTY}</p>"

    assert "<" not in form_with(Careless(label="Asked"), {}).render_nhs("asked")
