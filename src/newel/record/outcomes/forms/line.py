"""One answer of a measure, as it comes from a page: an option, a number on a line, or none."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Responses
from newel.record.design_system.fields import NUL, NhsBoundField, NhsField
from newel.record.outcomes.actions import Given
from newel.record.outcomes.codes import A_NUMBER, DECLINED, NOT_WANTED, TAKEN_BACK


class _OneAnswer(forms.Widget):
    """A number and the box beside it come in as one text."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        typed = str(data.get(name, "")).replace(NUL, "").strip()
        if f"{name}{NOT_WANTED}" in data:
            return f"{typed} {DECLINED}".strip()
        return typed


class AnswerField(NhsField):
    """`raw` is what the page showed last; the field cleans to a `Given`."""

    widget = _OneAnswer

    def __init__(self, *, measure: Measure, item: str, number: int, **kwargs: Any) -> None:
        self.measure, self.item, self.number = measure, item, number
        self.responses: Responses = measure.responses_of(item)
        super().__init__(required=False, label=measure.item(item).label, **kwargs)

    def clean(self, value: Any) -> Given:
        typed = str(value or "")
        if typed == DECLINED:
            return Given(None, declined=True)
        if typed in ("", TAKEN_BACK):
            return Given(None)
        if typed.endswith(f" {DECLINED}"):
            raise forms.ValidationError(
                f"Question {self.number}: give a number, or tick that there is no wish to answer; "
                "not both"
            )
        return self._one_of_its_values(typed.replace(",", "."))

    def _one_of_its_values(self, typed: str) -> Given:
        if A_NUMBER.fullmatch(typed) and float(typed) in self.responses.values:
            return Given(Decimal(typed))
        raise forms.ValidationError(self._what_is_wrong())

    def _what_is_wrong(self) -> str:
        one = self.responses
        if one.options:
            return f"Question {self.number}: choose one of the answers"
        step = (
            "" if one.step == 1 else f", with at most one place after the point, like {_like(one)}"
        )
        return f"Question {self.number}: enter a number from {one.lowest} to {one.highest}{step}"

    def error_target(self, bound: NhsBoundField) -> str:
        return f"{bound.element_id}-0" if self.responses.options else bound.element_id


def _like(one: Responses) -> str:
    return f"{one.values[len(one.values) * 3 // 4 - 1]}"
