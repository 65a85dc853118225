"""The form of this house: NHS components, errors beside the field and in a summary, nothing lost.

In a template, `{% include "design_system/form.jinja" %}` draws `page.form` with its button; where
a page places fields itself, `{{ form.render_nhs("name", "born_on") }}` draws some of them.
"""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from newel.record.design_system import nhs
from newel.record.design_system.choice_fields import _Choice
from newel.record.design_system.fields import NhsBoundField


class NewelForm(forms.Form):
    submit_label = "Save"
    # Where it posts to; empty is the page it is on.
    action = ""
    # Where "Cancel" beside the button leads. No such link without it.
    cancel: str | None = None
    # Sent by `keep-words.js`, so that words outlive a lost connection or a dead server.
    keep_words = True
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def shown_by_choice(self) -> dict[str, tuple[str, str]]:
        """Fields that appear when a choice is picked: name -> (the asking field, the choice)."""
        return {
            shown: (asking, choice)
            for asking, field in self.fields.items()
            if isinstance(field, _Choice)
            for choice, shown in field.shows.items()
        }

    def render_nhs(self, *names: str) -> SafeString:
        """The fields named, or all of them in order; hidden ones always come with all."""
        return format_html_join("\n", "{}", ((one.as_nhs(),) for one in self._to_draw(names)))

    def _to_draw(self, names: tuple[str, ...]) -> Iterator[NhsBoundField]:
        shown_elsewhere = self.shown_by_choice
        for name in names or self.fields:
            if names or name not in shown_elsewhere:
                yield cast(NhsBoundField, self[name])

    def render_error_summary(self) -> SafeString:
        if not self.errors:
            return SafeString("")
        params = {"heading": "There is a problem", "errorList": self.error_links()}
        return format_html("{}", nhs.component("error-summary", params))

    def error_links(self) -> list[dict[str, str]]:
        """Every error once, in the order of the page, with where it leads."""
        links = [{"text": str(error)} for error in self.non_field_errors()]
        for name in self.fields:
            field = cast(NhsBoundField, self[name])
            links += [
                {"text": str(error)}
                | ({} if field.is_hidden else {"href": f"#{field.error_target}"})
                for error in field.errors
            ]
        return links

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        self._drop_answers_not_asked_for()

    def _drop_answers_not_asked_for(self) -> None:
        """A box that was not shown is neither wrong nor answered."""
        for name, (asking, choice) in self.shown_by_choice.items():
            if choice in self._picked(asking):
                continue
            self.errors.pop(name, None)
            self.cleaned_data[name] = _nothing(self.fields[name])

    def _picked(self, name: str) -> set[str]:
        return cast(_Choice, self.fields[name]).picked(cast(NhsBoundField, self[name]))


def _nothing(field: forms.Field) -> Any:
    return field.to_python(None)
