"""Asking where the child lived or went to school, in the words people use for time."""

from datetime import date
from typing import Any

from newel.record.children.models import Child
from newel.record.design_system.choice_fields import SelectField, TickField
from newel.record.design_system.fields import HiddenField, LongTextField, TextField
from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.forms.written import LONGEST, WrittenForm
from newel.record.stairs.scoping.models import PLACE_KINDS
from newel.record.stairs.scoping.rules import NotADate, When
from newel.record.stairs.scoping.rules.reading import LONGEST as LONGEST_WHEN
from newel.record.stairs.scoping.rules.reading import Reading, read_when, words_read_as

IN_WORDS = (
    "For example, March 2014, summer 2014, about age 6, Year 7. Leave it empty if nobody knows"
)


class PlaceForm(WrittenForm):
    """Saved only with both ends as they were last shown: `saw` holds what the page said."""

    kind = SelectField(label="What kind of place", choices=PLACE_KINDS, called="the kind of place")
    name = TextField(
        label="Which place, in a few words",
        hint="For example, Foster carers in Kent, or Salem House. No street and no house number.",
        max_length=160,
        called="which place, in a few words",
        width=30,
    )
    starts = TextField(
        label="From when?", hint=IN_WORDS, max_length=LONGEST_WHEN, required=False, width=20
    )
    ends = TextField(
        label="Until when?", hint=IN_WORDS, max_length=LONGEST_WHEN, required=False, width=20
    )
    still = TickField(label="The child is still there", required=False)
    text = LongTextField(
        label="More about it",
        max_length=LONGEST,
        rows=3,
        required=False,
        hint="What it was like, and why it ended. No addresses.",
    )
    saw = HiddenField(required=False)

    def __init__(
        self, *args: Any, child: Child, today: date, row: Any = None, **kwargs: Any
    ) -> None:
        if row is not None:
            kwargs["initial"] = _initial(row) | kwargs.get("initial", {})
        super().__init__(*args, row=row, **kwargs)
        self.child, self.today = child, today
        self.readings: dict[str, Reading] = {}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("starts", "ends"):
            if name not in self.errors:
                self._read(name, str(data.get(name) or ""))
        if data.get("still") and data.get("ends"):
            self.add_error("ends", "Leave this empty while the child is still there")
        self._check_order()
        return data

    def _read(self, name: str, words: str) -> None:
        reading = self.readings[name] = read_when(
            words, born_on=self.child.born_on, name=self.child.preferred_name
        )
        if reading.asks:
            self.add_error(name, reading.asks.removesuffix("."))
            return
        try:
            rules.checked(
                reading.when, kind="moving", born_on=self.child.born_on, today=self.today,
                name=self.child.preferred_name,
            )  # fmt: skip
        except NotADate as wrong:
            self.add_error(name, str(wrong))

    def _check_order(self) -> None:
        first, last = (self.readings.get(name) for name in ("starts", "ends"))
        if not first or not last or not (first.found.earliest and last.found.latest):
            return
        if last.found.latest < first.found.earliest:
            self.add_error("ends", "This is before the beginning. Check both")

    @property
    def read_as(self) -> str:
        if len(self.readings) < 2:
            return ""
        first, last = (self.readings[name].in_words() for name in ("starts", "ends"))
        last = "still there" if self.cleaned_data.get("still") else last
        return f"From: {first}. Until: {last}."

    @property
    def shown_before(self) -> bool:
        return self.cleaned_data.get("saw") == self.read_as

    def place(self) -> dict[str, Any]:
        names = ("kind", "name")
        facts = {name: self.cleaned_data[name] for name in names}
        ends: dict[str, When] = {name: one.when for name, one in self.readings.items()}
        return facts | ends | {"still": bool(self.cleaned_data["still"])} | self.written()


def _initial(row: Any) -> dict[str, Any]:
    """Words that are read as the row says; where they would be read otherwise, what was read."""
    initial = {name: getattr(row, name) for name in ("kind", "name", "still")}
    return initial | {"starts": _words(row, "start"), "ends": _words(row, "end")}


def _words(row: Any, end: str) -> str:
    kept = getattr(row, f"{end}_words")
    found = rules.Span(getattr(row, f"{end}_earliest_on"), getattr(row, f"{end}_latest_on"))
    precision = getattr(row, f"{end}_precision")
    return words_read_as(
        kept, precision, found, getattr(row, f"{end}_about_age"), row.child.born_on,
        row.child.preferred_name,
    )  # fmt: skip
