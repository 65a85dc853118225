"""Two boxes that a timeline needs beside those of the design system: a month, and a year."""

import re
from typing import Any

from django import forms

from newel.record.design_system.dates import MONTHS
from newel.record.design_system.fields import TextField, refuse_nul


class MonthField(TextField):
    """A month as people write it in one go: March 2014, mar 2014, 3 2014, 03/2014. (year, month)"""

    _pattern = re.compile(r"([^\W\d_]{3,9}|[0-9]{1,2})[\s/.,-]+([0-9]{4})")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("hint", "For example, March 2014 or 3 2014")
        super().__init__(width=20, **kwargs)

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value)
        if not words:
            return words
        refuse_nul(words)
        match = self._pattern.fullmatch(words)
        month = _month(match[1]) if match else None
        if match is None or month is None:
            raise forms.ValidationError(
                "Enter a month and a year, like March 2014 or 3 2014", code="invalid"
            )
        return int(match[2]), month

    def run_validators(self, value: Any) -> None:
        """The pattern has already let nothing else through."""

    def prepare_value(self, value: Any) -> Any:
        return f"{MONTHS[value[1] - 1]} {value[0]}" if isinstance(value, tuple) else value


class YearField(TextField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(width=4, inputmode="numeric", **kwargs)

    def to_python(self, value: Any) -> Any:
        words = str(value) if isinstance(value, int) else super().to_python(value)
        if not words:
            return words
        refuse_nul(words)
        if not re.fullmatch(r"[0-9]{4}", words):
            raise forms.ValidationError("The year must have 4 numbers, like 2014", code="invalid")
        return int(words)

    def run_validators(self, value: Any) -> None:
        """As above."""


def _month(typed: str) -> int | None:
    if typed.isdigit():
        return int(typed) if 1 <= int(typed) <= 12 else None
    return next(
        (n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(typed.lower())), None
    )
