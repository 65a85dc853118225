"""Fields where one picks: radios, checkboxes, one checkbox, a select."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from newel.record.design_system import nhs
from newel.record.design_system.fields import NhsBoundField, NhsField

Item = dict[str, Any]


class _Choice(NhsField):
    """`hints` explains a choice under its label; `shows` names the field that a choice reveals."""

    choices: Any

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        shows: Mapping[str, str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        self.hints = dict(hints or {})
        self.shows = dict(shows or {})
        self.inline = inline
        super().__init__(**kwargs)
        for code in ("invalid_choice", "invalid_list"):
            self.error_messages[code] = f"Choose {self.called} from the list"

    def missing_message(self) -> str:
        return super().missing_message().replace("Enter", "Choose", 1)

    def items(self, bound: NhsBoundField) -> list[Item]:
        picked = self.picked(bound)
        return [
            self._item(bound, value, label, picked)
            for value, label in self.choices
            if str(value) != ""
        ]

    def picked(self, bound: NhsBoundField) -> set[str]:
        value = bound.field.prepare_value(bound.typed)
        values = value if isinstance(value, (list, tuple, set)) else [value]
        return {str(one) for one in values if one not in (None, "")}

    def _item(self, bound: NhsBoundField, value: Any, label: Any, picked: set[str]) -> Item:
        item: Item = {"value": str(value), "text": str(label), "checked": str(value) in picked}
        if str(value) in self.hints:
            item["hint"] = {"text": self.hints[str(value)]}
        if str(value) in self.shows:
            item["conditional"] = {"html": _drawn(bound, self.shows[str(value)])}
        return item

    def draw_group(self, bound: NhsBoundField, component: str) -> str:
        params = self.group_params(bound) | {
            "idPrefix": bound.element_id,
            "items": self.items(bound),
            "classes": f"nhsuk-{component}--inline" if self.inline else "",
        }
        params.pop("id")
        return nhs.component(component, params)

    def draw_select(self, bound: NhsBoundField) -> str:
        items = self.items(bound)
        if not self.required or not self.picked(bound):
            items.insert(0, {"value": "", "text": "Choose one"})
        for item in items:
            item["selected"] = item.pop("checked", False)
        return nhs.component("select", self.shared_params(bound) | {"items": items})


def _drawn(bound: NhsBoundField, name: str) -> str:
    return cast(NhsBoundField, bound.form[name]).as_nhs()


class RadiosField(_Choice, forms.ChoiceField):
    """One of a few."""

    widget = forms.RadioSelect

    def draw(self, bound: NhsBoundField) -> str:
        return self.draw_group(bound, "radios")


class YesNoField(RadiosField):
    """Yes or no, with neither chosen before. Its value is True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"inline": not kwargs.get("shows")} | kwargs
        super().__init__(choices=[("yes", "Yes"), ("no", "No")], **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or None

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class CheckboxesField(_Choice, forms.MultipleChoiceField):
    """Any of a few."""

    widget = forms.CheckboxSelectMultiple

    def draw(self, bound: NhsBoundField) -> str:
        return self.draw_group(bound, "checkboxes")


class TickField(NhsField, forms.BooleanField):
    """One checkbox. Its label is the sentence that is agreed to by ticking."""

    def missing_message(self) -> str:
        return f"Tick “{self.label}” to go on"

    def draw(self, bound: NhsBoundField) -> str:
        params = self.shared_params(bound)
        label = params.pop("label")["text"].removesuffix(" (optional)")
        item = {
            "id": params.pop("id"),
            "value": "on",
            "text": label,
            "checked": bool(bound.value()),
            "hint": params.pop("hint"),
        }
        params |= {
            "idPrefix": bound.element_id,
            "items": [item],
            "classes": "nhsuk-checkboxes--small",
        }
        return nhs.component("checkboxes", params)


class SelectField(_Choice, forms.ChoiceField):
    """One of many. Radios are easier to read: use this only for a long list."""

    def draw(self, bound: NhsBoundField) -> str:
        return self.draw_select(bound)


class ModelRadiosField(_Choice, forms.ModelChoiceField):
    """One of a few rows. `to_field_name` keeps the inner key out of the page."""

    widget = forms.RadioSelect

    def __init__(self, *, queryset: Any, to_field_name: str, **kwargs: Any) -> None:
        super().__init__(queryset=queryset, to_field_name=to_field_name, empty_label=None, **kwargs)

    def draw(self, bound: NhsBoundField) -> str:
        return self.draw_group(bound, "radios")


class ModelSelectField(_Choice, forms.ModelChoiceField):
    """One of many rows. `to_field_name` keeps the inner key out of the page."""

    def __init__(self, *, queryset: Any, to_field_name: str, **kwargs: Any) -> None:
        super().__init__(queryset=queryset, to_field_name=to_field_name, empty_label=None, **kwargs)

    def draw(self, bound: NhsBoundField) -> str:
        return self.draw_select(bound)


class ModelCheckboxesField(_Choice, forms.ModelMultipleChoiceField):
    """Any of a few rows. `to_field_name` keeps the inner key out of the page."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, queryset: Any, to_field_name: str, **kwargs: Any) -> None:
        super().__init__(queryset=queryset, to_field_name=to_field_name, **kwargs)

    def draw(self, bound: NhsBoundField) -> str:
        return self.draw_group(bound, "checkboxes")
