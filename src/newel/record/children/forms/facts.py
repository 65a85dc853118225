"""Who the child is: facts, names, numbers, and what they need to be understood."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from newel.record.children.forms.coming import INTERPRETER, INTERPRETER_SAVED, OLDEST
from newel.record.children.forms.fields import (
    AnswerForm,
    BornOnField,
    NameField,
    PronounsField,
)
from newel.record.children.models import Child, Identifier
from newel.record.children.models.child import NAME_KINDS
from newel.record.children.rules import NotAnNhsNumber, checked_nhs_number
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.dates import day
from newel.record.design_system.fields import HiddenField, LongTextField, TextField

FACTS = ("preferred_name", "pronouns", "born_on", "first_language", "interpreter_needed")
_ASKED_AS = {"interpreter_needed": "interpreter"}
NHS = "nhs"


class FactsForm(AnswerForm):
    """Changes only what its writer changed. What somebody else changed meanwhile is shown first."""

    preferred_name = NameField(label="Name the child likes to be called", called="the child’s name")
    pronouns = PronounsField()
    born_on = BornOnField()
    first_language = TextField(label="First language", max_length=80, width=20, required=False)
    interpreter = RadiosField(label="Does the child need an interpreter?", choices=INTERPRETER)
    was = HiddenField()

    def __init__(self, *args: Any, child: Child, at: datetime, **kwargs: Any) -> None:
        self.child = child
        kwargs["initial"] = _initial(child) | {"was": json.dumps(_now(child))}
        super().__init__(*args, **kwargs)
        today = timezone.localdate(at)
        self.fields["born_on"].latest = today
        self.fields["born_on"].earliest = today.replace(year=today.year - OLDEST, day=1)

    @property
    def changes(self) -> dict[str, Any]:
        """What the writer changed since the page was drawn."""
        was = self._was()
        return {
            fact: self._answer(fact)
            for fact in FACTS
            if fact not in was or _text(self._answer(fact)) != was[fact]
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            self._say_what_others_changed()
        return given

    def _answer(self, fact: str) -> Any:
        if fact == "interpreter_needed":
            return INTERPRETER_SAVED[self.cleaned_data["interpreter"]]
        return self.cleaned_data[fact]

    def _was(self) -> dict[str, str]:
        try:
            read = json.loads(self.cleaned_data.get("was") or "{}")
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def _say_what_others_changed(self) -> None:
        was, now = self._was(), _now(self.child)
        for fact, answer in self.changes.items():
            changed_since = fact in was and was[fact] != now[fact]
            if changed_since and _text(answer) != now[fact]:
                self.add_error(_ASKED_AS.get(fact, fact), _changed_meanwhile(self.child, fact))
        self.data = self.data.copy()
        self.data["was"] = json.dumps(now)


def _changed_meanwhile(child: Child, fact: str) -> str:
    value = getattr(child, fact)
    words = day(value) if isinstance(value, date) else {True: "yes", False: "no"}.get(value, value)
    return (
        f"Somebody changed this while you were writing. It now says: {words or 'not known'}. "
        "Save again to put yours in its place"
    )


def _initial(child: Child) -> dict[str, Any]:
    words = {saved: word for word, saved in INTERPRETER_SAVED.items()}
    facts = {fact: getattr(child, fact) for fact in FACTS}
    return facts | {"interpreter": words[child.interpreter_needed]}


def _now(child: Child) -> dict[str, str]:
    return {fact: _text(getattr(child, fact)) for fact in FACTS}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class OtherNameForm(AnswerForm):
    submit_label = "Add this name"

    name = NameField(label="Name")
    kind = RadiosField(
        label="What kind of name is it?",
        choices=NAME_KINDS,
        hints={
            "former": "It stays out of sight and finds nothing in a search.",
        },
    )


class CommunicationNeedForm(AnswerForm):
    submit_label = "Add this need"

    need = TextField(
        label="What does the child need?",
        hint="It is shown at the top of every page. For example: short sentences, one at a time",
        max_length=300,
    )
    how_to_meet = LongTextField(label="How do we meet it?", max_length=500, rows=3)
    review_on = DateField(label="When do we look at it again?", called="the day of review")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate(at)
        self.fields["review_on"].earliest = today
        self.fields["review_on"].latest = today + timedelta(days=732)


class NumberForm(AnswerForm):
    submit_label = "Add this number"

    kind = RadiosField(
        label="Which number is it?",
        choices=[(NHS, "NHS number"), ("other", "A number of another system")],
        shows={"other": "system"},
    )
    system = TextField(
        label="Name of the system",
        hint="As people there call it, for example the youth justice case system",
        max_length=100,
    )
    value = TextField(label="Number", max_length=60, width=20, spellcheck=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind") == NHS and given.get("value"):
            try:
                given["value"] = checked_nhs_number(given["value"])
            except NotAnNhsNumber as wrong:
                self.add_error("value", str(wrong))
        return given

    @property
    def saved_system(self) -> str:
        if self.cleaned_data["kind"] == NHS:
            return Identifier.NHS_NUMBER
        return str(self.cleaned_data["system"])


class TakeAwayForm(AnswerForm):
    """Which of those written down was wrong."""

    submit_label = "Take it away"
    which = RadiosField(label="Which one is wrong?", choices=[])

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = choices
