"""Form fields that draw themselves as NHS components and say in plain words what is wrong.

`called` is how an error names the answer ("Enter the name they like"); without it the label is
used. Choices, dates and times are in `choice_fields.py` and `date_fields.py`.
"""

import re
from typing import Any

from django import forms
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
)
from django.forms.boundfield import BoundField
from django.utils.deconstruct import deconstructible
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newel.record.design_system import nhs

NUL = "\x00"
NUL_ERROR = (
    "This held a hidden character that cannot be saved. It has been taken out: "
    "check the words and save again"
)


class NhsBoundField(BoundField):
    """A field of a form with what was typed into it, able to draw itself."""

    field: "NhsField"

    def as_nhs(self) -> SafeString:
        if self.is_hidden:
            return self.as_hidden()
        return format_html("{}", self.field.draw(self))

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,
    ) -> SafeString:
        if widget is None and not self.is_hidden:
            return self.as_nhs()
        return super().as_widget(widget, attrs, only_initial)

    @property
    def element_id(self) -> str:
        return str(self.auto_id or self.html_name)

    @property
    def first_error(self) -> str | None:
        return str(self.errors[0]) if self.errors else None

    @property
    def error_target(self) -> str:
        """The id an error in the summary leads to."""
        return self.field.error_target(self)

    @property
    def typed(self) -> Any:
        """What goes back into the box: as typed, but for NULs, which no page can hold."""
        value = self.value()
        return value.replace(NUL, "") if isinstance(value, str) else value


class NhsField(forms.Field):
    """Shared by all fields: how it is labelled, named in errors and drawn."""

    def __init__(
        self,
        *,
        hint: str = "",
        called: str = "",
        label_size: str | None = "s",
        **kwargs: Any,
    ) -> None:
        self.hint = hint
        self.label_size = label_size
        self._called = called
        super().__init__(**kwargs)
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = self.missing_message()

    @property
    def called(self) -> str:
        if self._is_question:
            return f"the answer to “{self.label}”"
        return self._called or in_a_sentence(str(self.label or "answer"))

    @property
    def _is_question(self) -> bool:
        return not self._called and str(self.label or "").endswith("?")

    def missing_message(self) -> str:
        return f"Answer “{self.label}”" if self._is_question else f"Enter {self.called}"

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> NhsBoundField:
        return NhsBoundField(form, self, field_name)

    def draw(self, bound: NhsBoundField) -> str:
        raise NotImplementedError(f"{type(self).__name__} does not draw itself")

    def error_target(self, bound: NhsBoundField) -> str:
        return bound.element_id

    def shared_params(self, bound: NhsBoundField) -> dict[str, Any]:
        """What every component with one label takes."""
        return {
            "id": bound.element_id,
            "name": bound.html_name,
            "label": self._heading(bound),
            "hint": {"text": self.hint} if self.hint else None,
            "errorMessage": {"text": bound.first_error} if bound.first_error else None,
        }

    def group_params(self, bound: NhsBoundField) -> dict[str, Any]:
        """What every component with a fieldset and legend takes."""
        params = self.shared_params(bound)
        params["fieldset"] = {"legend": params.pop("label")}
        return params

    def _heading(self, bound: NhsBoundField) -> dict[str, Any]:
        label = (
            str(bound.label)
            if self.required or self._is_shown_by_choice(bound)
            else (f"{bound.label} (optional)")
        )
        return {"text": label, "size": self.label_size}

    def _is_shown_by_choice(self, bound: NhsBoundField) -> bool:
        return bound.name in getattr(bound.form, "shown_by_choice", {})


# A label that starts like this needs no "the" before it.
NO_ARTICLE = re.compile(
    r"(a|an|the|this|that|his|her|their|your|my|our|who|whose|what|when|where|why|how|which)\b",
    re.IGNORECASE,
)


def in_a_sentence(label: str) -> str:
    """'Date of birth' becomes 'the date of birth'; 'NHS number' keeps its capitals."""
    words = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return words if NO_ARTICLE.match(words) else f"the {words}"


@deconstructible
class WordsLimit(MaxLengthValidator):
    """Says how many characters there are, so that the writer knows how much to cut."""

    def __init__(self, limit_value: int) -> None:
        super().__init__(limit_value)

    def __call__(self, value: str) -> None:
        length = self.clean(value)
        if length > self.limit_value:
            raise forms.ValidationError(
                f"Use {self.limit_value:,} characters or fewer; you have {length:,}",
                code="max_length",
            )


class _Words(NhsField, forms.CharField):
    """Text of any script, as typed. Lines end in one way, so that both sides count alike."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length
        self.validators = [v for v in self.validators if not _is_djangos_nul_rule(v)]
        self.validators.insert(0, refuse_nul)
        if max_length is not None:
            self.validators.append(WordsLimit(max_length))
        for validator in self.validators:
            if isinstance(validator, MinLengthValidator):
                validator.message = f"Use at least {validator.limit_value} characters"

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        return words.replace("\r\n", "\n").replace("\r", "\n") if words else words


def refuse_nul(value: str) -> None:
    if NUL in value:
        raise forms.ValidationError(NUL_ERROR, code="null_characters_not_allowed")


def _is_djangos_nul_rule(validator: Any) -> bool:
    return type(validator).__name__ == "ProhibitNullCharactersValidator"


class TextField(_Words):
    """One line. `width` is a number of characters of the design system: 2, 3, 4, 5, 10, 20, 30."""

    input_type = "text"

    def __init__(
        self,
        *,
        width: int | None = None,
        inputmode: str | None = None,
        autocomplete: str | None = "off",
        spellcheck: bool | None = None,
        **kwargs: Any,
    ) -> None:
        self.width = width
        self.inputmode = inputmode
        self.autocomplete = autocomplete
        self.spellcheck = spellcheck
        super().__init__(**kwargs)

    def draw(self, bound: NhsBoundField) -> str:
        return nhs.component(
            "input",
            self.shared_params(bound)
            | {
                "type": self.input_type,
                "value": bound.typed,
                "width": self.width,
                "inputmode": self.inputmode,
                "autocomplete": self.autocomplete,
                "spellcheck": self.spellcheck,
                "attributes": {"dir": "auto"},
            },
        )


class EmailField(TextField):
    input_type = "email"
    default_validators = [EmailValidator("Enter an email address like name@example.org")]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 320)
        super().__init__(spellcheck=False, **kwargs)


class PasswordField(TextField):
    """Never drawn back into the page."""

    def __init__(self, *, autocomplete: str = "current-password", **kwargs: Any) -> None:
        kwargs = {"max_length": 1024} | kwargs
        super().__init__(autocomplete=autocomplete, strip=False, **kwargs)

    def draw(self, bound: NhsBoundField) -> str:
        params = self.shared_params(bound) | {"autocomplete": self.autocomplete}
        return nhs.component("password-input", params)


class LongTextField(_Words):
    """Several lines. With a `max_length` it counts what is left, unless `count` is false."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, count: bool = True, **kwargs: Any) -> None:
        self.rows = rows
        self.count = count
        super().__init__(**kwargs)

    def draw(self, bound: NhsBoundField) -> str:
        params = self.shared_params(bound) | {
            "rows": self.rows,
            "value": keep_first_line(bound.typed or ""),
            "attributes": {"dir": "auto"},
        }
        if self.max_length is None or not self.count:
            return nhs.component("textarea", params)
        # Quiet until the end is near: a number that moves while one writes is no help.
        counted = {"maxlength": self.max_length, "threshold": 75}
        return nhs.component("character-count", params | counted)


def keep_first_line(words: str) -> str:
    """A browser drops a line break that comes first in a textarea, so it gets one to drop."""
    return f"\n{words}" if words[:1] in {"\n", "\r"} else words


class NumberField(NhsField, forms.IntegerField):
    """A whole number, typed."""

    def __init__(self, *, width: int = 4, suffix: str = "", **kwargs: Any) -> None:
        self.width = width
        self.suffix = suffix
        kwargs = {"widget": forms.TextInput} | kwargs
        super().__init__(**kwargs)
        self.error_messages["invalid"] = f"Enter {self.called} as a number, like 3"
        for validator in self.validators:
            if isinstance(validator, MaxValueValidator):
                validator.message = f"Use a number that is {self.max_value:,} or less"
            if isinstance(validator, MinValueValidator):
                validator.message = f"Use a number that is {self.min_value:,} or more"

    def draw(self, bound: NhsBoundField) -> str:
        return nhs.component(
            "input",
            self.shared_params(bound)
            | {
                "value": "" if bound.typed is None else bound.typed,
                "width": self.width,
                "inputmode": "numeric",
                "suffix": self.suffix or None,
                "autocomplete": "off",
            },
        )


class HiddenField(_Words):
    widget = forms.HiddenInput

    def draw(self, bound: NhsBoundField) -> str:
        return str(bound.as_hidden())
