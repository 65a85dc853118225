"""Agreeing a formulation, what is not agreed, and a copy that leaves Newel."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from newel.record.children.models import READ_BY_CHILD
from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
)
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import HiddenField, LongTextField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.stairs.activators.forms.until import LONGEST
from newel.record.stairs.activators.models import (
    COPY_FORMATS,
    INCLUDES,
    INVOLVEMENT,
    SUMMARY_LEVELS,
    Statement,
)
from newel.record.stairs.activators.rules import SAID_BY
from newel.record.stairs.activators.version_queries import PersonAround

LONGEST_SUMMARY = 4000
LONGEST_SEEN = 20_000  # the ids of more statements than anybody has written about one child
WHOLE = "whole"
NO_LONGER_HERE = (
    "Somebody whom you chose no longer works with this child. If they took part, write their name "
    "under “Who else took part?”"
)


class AgreeFormulationForm(NewelForm):
    """The day, who took part, and the summary in a person's words. Nothing is filled in but the
    day: who took part and what is so has to be said by somebody."""

    submit_label = "Agree this formulation"

    agreed_on = DateField(label="On which day was it agreed?", called="the day it was agreed")
    took_part = CheckboxesField(label="Who took part?", called="who took part", choices=())
    others = LongTextField(
        label="Who else took part?",
        called="who else took part",
        hint="One person on each line: the name, a comma, and what they do for the child. "
        "For example, Jo Field, aunt",
        max_length=LONGEST,
        rows=3,
        required=False,
    )
    involvement = RadiosField(
        label="How did the child take part?",
        called="how the child took part",
        choices=INVOLVEMENT,
    )
    involvement_reason = LongTextField(
        label="How, or why not?",
        called="how the child took part, or why not",
        hint="Through whom and with what, or what stood in the way. Leave it empty only if the "
        "child took part directly.",
        max_length=LONGEST,
        rows=3,
    )
    keep_summary = TickField(
        label="Keep the summary of the version before, word for word", required=False
    )
    summary = LongTextField(
        label="The formulation in a few sentences",
        called="the summary, in your own words",
        hint="How we understand it, in plain words that you would read aloud to the child. Newel "
        "never writes it.",
        max_length=LONGEST_SUMMARY,
        rows=7,
    )
    summary_level = RadiosField(
        label="Who may read the summary?",
        choices=SUMMARY_LEVELS,
        hints={READ_BY_CHILD: "It may then stand on a copy that holds only what the child reads."},
    )
    seen_changes = TickField(
        label="I have read what changed while this page was open", required=False
    )
    last = HiddenField(required=False, max_length=14)
    statements = HiddenField(required=False, max_length=LONGEST_SEEN)
    views = HiddenField(required=False, max_length=LONGEST_SEEN)
    new_statements = HiddenField(required=False, max_length=LONGEST_SEEN)
    new_views = HiddenField(required=False, max_length=LONGEST_SEEN)

    def __init__(
        self,
        *args: Any,
        today: date,
        earliest: date | None,
        people: Sequence[PersonAround],
        summary_before: str,
        may_open: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.code: one for one in people}
        self.summary_before = summary_before
        self.asks_to_read_changes = False
        self.fields["agreed_on"].latest = today  # type: ignore[attr-defined]
        self.fields["agreed_on"].earliest = earliest  # type: ignore[attr-defined]
        self.fields["took_part"].choices = [  # type: ignore[attr-defined]
            (code, one.in_words) for code, one in self.people.items()
        ]
        if not may_open:
            level = self.fields["summary_level"]
            level.choices = SUMMARY_LEVELS[1:]  # type: ignore[attr-defined]
            level.hint = "A psychologist decides what the child may read."  # type: ignore[attr-defined]
        self.fields["took_part"].error_messages["invalid_choice"] = NO_LONGER_HERE
        if not summary_before:
            del self.fields["keep_summary"]

    def clean_others(self) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data["others"].splitlines():
            name, _, part = (one.strip() for one in line.partition(","))
            if not line.strip():
                continue
            if not name or len(name) > 160 or len(part) > 160:
                self.add_error(
                    "others", f"Write a name, a comma, and what they do: “{line.strip()[:80]}”"
                )
                continue
            found.append((name, part))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_somebody_took_part(cleaned)
        self._check_reason(cleaned)
        self._check_summary(cleaned)
        return cleaned

    def _check_somebody_took_part(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("others"):
            self._was_not_needed(cleaned, "took_part", [])

    def _check_reason(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("involvement") in ("direct", None):
            self._was_not_needed(cleaned, "involvement_reason", "")

    def _check_summary(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("keep_summary"):
            return
        typed = cleaned.get("summary")
        if typed and typed != self.summary_before:
            self.add_error("summary", "Write a new summary, or keep the one before: not both")
        else:
            self._was_not_needed(cleaned, "summary", "")

    def _was_not_needed(self, cleaned: dict[str, Any], name: str, nothing: Any) -> None:
        """Another answer stands in for this one: that it is missing is no error."""
        missing = [error.code == "required" for error in self.errors.as_data().get(name, ())]
        if missing and all(missing):
            del self.errors[name]
            cleaned[name] = nothing

    def agreement(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "on": data["agreed_on"],
            "summary": self.summary_before if data.get("keep_summary") else data["summary"],
            "summary_level": data["summary_level"],
            "involvement": data["involvement"],
            "involvement_reason": data["involvement_reason"],
            "people": [self.people[code] for code in data["took_part"]],
            "others": data["others"],
        }

    def seen(self) -> dict[str, Any]:
        """What its writer had before them: as the page was opened, or what changed since, once
        they have ticked that they read it."""
        newer = "new_" if self.cleaned_data.get("seen_changes") else ""
        return {
            "last": self._sent("last"),
            "statements": frozenset(self._sent(f"{newer}statements").split()),
            "views": frozenset(self._sent(f"{newer}views").split()),
        }

    def opened_with(self, name: str) -> frozenset[str]:
        return frozenset(self._sent(name).split())

    def _sent(self, name: str) -> str:
        return str(self[name].value() or "")

    def ask_to_read_changes(self, **now: str) -> None:
        """The page shows what is different; a tick says that it was read."""
        self.asks_to_read_changes = True
        self.draw_anew(seen_changes="", **now)

    def draw_anew(self, **now: str) -> None:
        data = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        for name, value in now.items():
            data[name] = value
        self.data = data


class ViewForm(NewelForm):
    submit_label = "Write it down"

    about = SelectField(label="What is it about?", called="what it is about", choices=())
    whose = SelectField(
        label="Whose view is it?",
        called="whose view it is",
        choices=SAID_BY,
        hint="A role, never a name: this can be printed, and paper gets found.",
    )
    text = LongTextField(
        label="What do they say, in their words?",
        called="what they say",
        hint="As they put it. Nobody changes it later.",
        max_length=LONGEST,
        rows=4,
    )
    sharing_level = RadiosField(
        label="Who may read it?",
        choices=[
            ("team", "The team around the child"),
            ("restricted_third_party", "Held back: it is about somebody else"),
        ],
        hints={"restricted_third_party": "For psychologists and for you."},
    )

    def __init__(self, *args: Any, statements: Iterable[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (WHOLE, "The formulation as a whole"),
            *((one.public_id, _short(one.text)) for one in statements),
        ]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 100 else f"{words[:99].rstrip()}…"


class SettleForm(NewelForm):
    submit_label = "It is settled"

    because = LongTextField(
        label="How was it settled?",
        called="how it was settled",
        hint="What was talked about, and what everybody can live with. Both stay readable.",
        max_length=LONGEST,
        rows=3,
    )


class CopyForm(NewelForm):
    """The least is offered first, and picked."""

    submit_label = "Make the copy"
    keep_words = False

    for_whom = TextField(
        label="Who is it for?",
        called="who it is for",
        hint="A name and what they do. It stands at the foot of every page.",
        max_length=160,
    )
    includes = RadiosField(label="What may be in it?", called="what may be in it", choices=INCLUDES)
    kind = RadiosField(
        label="As what?",
        choices=COPY_FORMATS,
        hints={"word": "To be written on.", "pdf": "To be read, printed, or read out by software."},
    )
