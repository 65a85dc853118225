"""A date in three boxes and a time in one, with an error for what exactly is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms

from newel.record.design_system import nhs
from newel.record.design_system.dates import MONTHS, day
from newel.record.design_system.fields import NUL, NhsBoundField, NhsField, TextField

PARTS = ("day", "month", "year")
EXAMPLE = "27 3 2009"


@dataclass(frozen=True)
class TypedDate:
    """The three boxes as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> "TypedDate":
        if isinstance(value, cls):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls()

    @property
    def empty_parts(self) -> tuple[str, ...]:
        return tuple(part for part in PARTS if not getattr(self, part))


class DateBoxes(forms.Widget):
    """Reads three boxes named after the field: `born_on-day`, `born_on-month`, `born_on-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDate:
        return TypedDate(
            **{part: str(data.get(f"{name}-{part}", "")).replace(NUL, "").strip() for part in PARTS}
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}-day"


class WrongDate(forms.ValidationError):
    """An error in some of the boxes."""

    def __init__(self, message: str, parts: tuple[str, ...] = PARTS) -> None:
        super().__init__(message, code="invalid")
        self.parts = parts


class DateField(NhsField):
    """`latest` and `earliest` are set by the form, from the date the view passed in."""

    widget = DateBoxes

    def __init__(
        self, *, latest: date | None = None, earliest: date | None = None, **kwargs: Any
    ) -> None:
        self.latest = latest
        self.earliest = earliest
        kwargs.setdefault("hint", f"For example, {EXAMPLE}")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        typed = TypedDate.of(value)
        if len(typed.empty_parts) == len(PARTS):
            if self.required:
                raise WrongDate(str(self.error_messages["required"]))
            return None
        return self._in_range(self._real_date(typed))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return TypedDate.of(initial) != TypedDate.of(data)

    def _real_date(self, typed: TypedDate) -> date:
        self._check_all_filled(typed)
        numbers = {
            "day": _number(typed.day, 1, 31),
            "month": _month(typed.month),
            "year": self._year(typed.year),
        }
        wrong = tuple(part for part in PARTS if numbers[part] is None)
        if wrong:
            raise WrongDate(self._not_real, wrong)
        try:
            return date(numbers["year"] or 0, numbers["month"] or 0, numbers["day"] or 0)
        except ValueError as error:
            raise WrongDate(self._not_real) from error

    def _check_all_filled(self, typed: TypedDate) -> None:
        missing = typed.empty_parts
        if missing:
            words = " and ".join(f"a {part}" for part in missing)
            raise WrongDate(
                f"{upper_first(self.called)} must have {words}, like {EXAMPLE}", missing
            )

    def _year(self, typed: str) -> int | None:
        if re.fullmatch(r"[0-9]{1,3}", typed):
            raise WrongDate("The year must have 4 numbers, like 2009", ("year",))
        return _number(typed, 1800, 2200)

    @property
    def _not_real(self) -> str:
        return f"{upper_first(self.called)} must be a real date, like {EXAMPLE}"

    def _in_range(self, value: date) -> date:
        if self.latest is not None and value > self.latest:
            raise WrongDate(f"{upper_first(self.called)} must not be after {day(self.latest)}")
        if self.earliest is not None and value < self.earliest:
            raise WrongDate(f"{upper_first(self.called)} must not be before {day(self.earliest)}")
        return value

    @property
    def called(self) -> str:
        return "the date" if self._is_question else super().called

    def draw(self, bound: NhsBoundField) -> str:
        params = self.group_params(bound)
        params.pop("name")
        return nhs.component("date-input", params | {"items": self._boxes(bound)})

    def error_target(self, bound: NhsBoundField) -> str:
        return f"{bound.element_id}-{(self._wrong_parts(bound) or PARTS)[0]}"

    def _boxes(self, bound: NhsBoundField) -> list[dict[str, Any]]:
        typed = TypedDate.of(bound.value())
        wrong = self._wrong_parts(bound)
        return [
            {
                "label": part.capitalize(),
                "id": f"{bound.element_id}-{part}",
                "name": f"{bound.html_name}-{part}",
                "value": getattr(typed, part),
                "width": 4 if part == "year" else 2,
                "error": part in wrong,
                "autocomplete": "off",
            }
            for part in PARTS
        ]

    def _wrong_parts(self, bound: NhsBoundField) -> tuple[str, ...]:
        for error in bound.errors.as_data():
            if isinstance(error, WrongDate):
                return error.parts
        return PARTS if bound.errors else ()


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _number(typed: str, least: int, most: int) -> int | None:
    if not re.fullmatch(r"[0-9]{1,4}", typed):
        return None
    return int(typed) if least <= int(typed) <= most else None


def _month(typed: str) -> int | None:
    """A number, or the name as people write it: March, mar."""
    if len(typed) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.lower().startswith(typed.lower()):
                return number
    return _number(typed, 1, 12)


class TimeField(TextField):
    """A time as people write it: 6:45, 18:45, 6.45pm, 0645, 6pm."""

    _pattern = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?\s*(am|pm)?", re.ASCII)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("hint", "For example, 6:45am or 18:45")
        super().__init__(width=5, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, time):
            return value
        words = super().to_python(value)
        return self._read(words.lower().replace(".m.", "m")) if words else None

    def run_validators(self, value: Any) -> None:
        """The pattern has already let nothing else through."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}:{value.minute:02}" if isinstance(value, (time, datetime)) else value

    def _read(self, words: str) -> time:
        match = self._pattern.fullmatch(words)
        if match is None or (match[2] is None and match[3] is None):
            raise self._unclear()
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if half and not 1 <= hour <= 12:
            raise self._unclear()
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        try:
            return time(hour, minute)
        except ValueError as error:
            raise self._unclear() from error

    def _unclear(self) -> forms.ValidationError:
        return forms.ValidationError(
            f"{upper_first(self.called)} must be a time, like 6:45am or 18:45", code="invalid"
        )
