"""A child is coming, and has arrived."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from newel.record.children.forms.fields import (
    AnswerForm,
    BornOnField,
    NameField,
    PronounsField,
    UnitField,
    at_that_time,
)
from newel.record.children.rules import NotAnNhsNumber, checked_nhs_number
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.date_fields import DateField, TimeField
from newel.record.design_system.fields import HiddenField, TextField
from newel.record.establishments.models import Unit

OLDEST = 26  # years; nobody older is in a children's setting
INTERPRETER = [("yes", "Yes"), ("no", "No"), ("unknown", "Nobody has asked yet")]
INTERPRETER_SAVED = {"yes": True, "no": False, "unknown": None}
ANOTHER_CHILD = "another"


class ReferralForm(AnswerForm):
    submit_label = "Save: a child is coming"

    same_child = RadiosField(label="Is it one of these children?", choices=[], label_size="m")
    shown_before = HiddenField(required=False)
    preferred_name = NameField(label="Name the child likes to be called", called="the child’s name")
    pronouns = PronounsField()
    born_on = BornOnField()
    nhs_number = TextField(
        label="NHS number",
        hint="10 digits, like 999 000 0018",
        max_length=40,
        width=10,
        inputmode="numeric",
        required=False,
    )
    first_language = TextField(label="First language", max_length=80, width=20, required=False)
    interpreter = RadiosField(label="Does the child need an interpreter?", choices=INTERPRETER)
    unit = UnitField(label="Which unit are they coming to?")
    expected_on = DateField(label="Day they are expected", required=False)
    expected_time = TimeField(
        label="Time they are expected", hint="A rough time will do: 6:45am or 18:45", required=False
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._same_child = self.fields.pop("same_child")
        self._shown_before = self.fields.pop("shown_before")
        today = timezone.localdate(at)
        self.fields["born_on"].latest = today
        self.fields["born_on"].earliest = today.replace(year=today.year - OLDEST, day=1)
        self.fields["expected_on"].earliest = today - timedelta(days=31)
        self.fields["expected_on"].latest = today + timedelta(days=366)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0].public_id

    def clean_nhs_number(self) -> str:
        typed: str = self.cleaned_data["nhs_number"]
        try:
            return checked_nhs_number(typed) if typed else ""
        except NotAnNhsNumber as wrong:
            self.add_error("nhs_number", str(wrong))
            return ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, clock = given.get("expected_on"), given.get("expected_time")
        if day and clock is None and "expected_time" not in self.errors:
            self.add_error("expected_time", "Enter a time as well, even a rough one")
        if clock is not None and day is None and "expected_on" not in self.errors:
            self.add_error("expected_on", "Enter the day as well")
        return given

    def whether_same(self, choices: list[tuple[str, str]]) -> str | None:
        """The public id of the child it is, "another", or None: it has to be asked first.

        An answer counts only for the children whom the person was shown when they gave it.
        """
        shown = set(self.data.get("shown_before", "").split())
        answer = self.data.get("same_child", "")
        ids = {value for value, _ in choices}
        if ids <= shown and answer in ids | {ANOTHER_CHILD}:
            return str(answer)
        self._ask_whether_same(choices)
        return None

    def _ask_whether_same(self, choices: list[tuple[str, str]]) -> None:
        """The same child must not get two records, nor two children one."""
        self._same_child.choices = [*choices, (ANOTHER_CHILD, "No, this is another child")]
        self.fields = {
            "same_child": self._same_child,
            "shown_before": self._shown_before,
            **self.fields,
        }
        self.data = self.data.copy()
        self.data["shown_before"] = " ".join(value for value, _ in choices)
        self.add_error("same_child", "Say whether it is one of the children whom Newel knows")

    @property
    def who(self) -> dict[str, Any]:
        """What is known of a child whom Newel does not know yet."""
        given = self.cleaned_data
        names = ("preferred_name", "pronouns", "born_on", "first_language", "nhs_number")
        known = {name: given[name] for name in names}
        return known | {"interpreter_needed": INTERPRETER_SAVED[given["interpreter"]]}

    @property
    def expected_at(self) -> datetime | None:
        given = self.cleaned_data
        if given["expected_on"] is None:
            return None
        return at_that_time(given["expected_on"], given["expected_time"])


class ArrivalForm(AnswerForm):
    submit_label = "Save: the child is here"

    arrived_on = DateField(label="Day of arrival")
    arrived_time = TimeField(label="Time of arrival")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        local = timezone.localtime(at)
        kwargs["initial"] = {"arrived_on": local.date(), "arrived_time": local.time()}
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["arrived_on"].latest = local.date()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"arrived_on", "arrived_time"} <= set(given) and self.arrived_at > self._soon():
            self.add_error("arrived_time", "The time of arrival must not be in the future")
        return given

    def _soon(self) -> datetime:
        return self.at + timedelta(minutes=5)

    @property
    def arrived_at(self) -> datetime:
        return at_that_time(self.cleaned_data["arrived_on"], self.cleaned_data["arrived_time"])
