"""Asking for a list of events: pasted, or as a file."""

from datetime import date
from typing import Any

from django import forms

from newel.record.design_system import nhs
from newel.record.design_system.fields import LongTextField, NhsBoundField, NhsField
from newel.record.design_system.forms import NewelForm
from newel.record.stairs.scoping.rules import files, tables
from newel.record.stairs.scoping.rules.lines import LISTS, Line

LIMITS = LISTS["limits"]
NOTHING = "Paste a list into the box, or choose a file"
ONLY_HEADINGS = "There are only headings in this list. Copy the lines below them too"
NO_EVENTS = "No events were found in it. Copy the list itself, one event a line"


class ListFileField(NhsField, forms.FileField):
    def draw(self, bound: NhsBoundField) -> str:
        return nhs.component("file-upload", self.shared_params(bound))


class BringForm(NewelForm):
    text = LongTextField(
        label="Paste the list here",
        hint="One event a line, however it is written: “summer 2014 – moved to his aunt”, "
        "“12/03/2015; excluded from school”. Or a table, copied from Word or Excel.",
        rows=10,
        required=False,
        called="the list",
    )
    file = ListFileField(
        label="Or choose a file",
        hint=f"Excel, OpenDocument or CSV, up to {LIMITS['file_bytes'] // 1_000_000} MB. You can "
        "also drop it here.",
        required=False,
        called="the file",
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, born_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born_on = born_on
        self.lines: list[Line] = []
        if not self.is_bound:
            self._say_that_one_is_needed()

    def full_clean(self) -> None:
        super().full_clean()
        self._say_that_one_is_needed()

    def _say_that_one_is_needed(self) -> None:
        """Neither of the two boxes is optional as the page words it: one of them is needed."""
        for field in self.fields.values():
            field.required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        name = "file" if data.get("file") else "text"
        try:
            self.lines = self._read(data, name)
            self._check(self.lines)
        except files.NotAList as wrong:
            self.add_error(name, str(wrong).removesuffix("."))
        return data

    def _read(self, data: dict[str, Any], name: str) -> list[Line]:
        if name == "text":
            return _lines(_not_of_a_processor(data.get("text") or ""), self.born_on)
        files.check_size(data["file"].size)
        found = files.rows_or_text(data["file"].read())
        if isinstance(found, str):
            return tables.lines_of_csv(_not_too_long(found), born_on=self.born_on)
        return tables.lines_of_rows(found, born_on=self.born_on)

    def _check(self, lines: list[Line]) -> None:
        if not lines:
            raise files.NotAList(NO_EVENTS if self._brought_something() else NOTHING)
        if all(line.out for line in lines):
            raise files.NotAList(ONLY_HEADINGS)
        most = LIMITS["lines"]
        if len(lines) > most:
            raise files.NotAList(
                f"This list has {len(lines):,} lines. Newel takes {most} at a time. "
                "Bring it in parts"
            )

    def _brought_something(self) -> bool:
        return bool(self.cleaned_data.get("file") or self.cleaned_data.get("text"))

    @property
    def how(self) -> str:
        return "file" if self.cleaned_data.get("file") else "pasted"

    @property
    def file_name(self) -> str:
        found = self.cleaned_data.get("file")
        return found.name.replace("\x00", "")[:200] if found else ""


def _lines(text: str, born_on: date | None) -> list[Line]:
    return tables.lines_of_text(_not_too_long(text), born_on=born_on) if text else []


def _not_of_a_processor(text: str) -> str:
    if text.lstrip().startswith("{\\rtf"):
        raise files.NotAList(
            "These are the inner signs of a document, not its words. Open it, copy the list, and "
            "paste it again"
        )
    return text


def _not_too_long(text: str) -> str:
    most = LIMITS["text_characters"]
    if len(text) > most:
        raise files.NotAList(
            f"This list has {len(text):,} letters. Newel takes {most:,} at a time. "
            "Bring it in parts"
        )
    return text
