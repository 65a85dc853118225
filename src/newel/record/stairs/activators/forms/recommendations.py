"""A recommendation: what, who and by when; and what became of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from newel.record.access.names import sort_key
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS
from newel.record.design_system.choice_fields import RadiosField, SelectField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.stairs.activators.forms.until import LONGEST
from newel.record.stairs.activators.models import BECAME, OPEN
from newel.record.stairs.activators.version_queries import PersonAround

SOMEBODY_ELSE = "somebody_else"
_LEVELS = [level for level in SHARING_LEVELS if level[0] in (READ_BY_CHILD, "team")]


class RecommendationForm(NewelForm):
    """Somebody who has left can be neither picked nor typed."""

    submit_label = "Save the recommendation"

    text = LongTextField(
        label="What should be done?",
        called="what should be done",
        hint="One thing, so that somebody can say whether it was done.",
        max_length=LONGEST,
        rows=3,
    )
    who = SelectField(label="Who does it?", called="who does it", choices=())
    name = TextField(
        label="If somebody else: their name", called="their name", max_length=160, required=False
    )
    part = TextField(
        label="If somebody else: what they do for the child",
        called="what they do for the child",
        max_length=160,
        required=False,
    )
    by_when = DateField(label="By when?", called="the day by which it is done")
    sharing_level = RadiosField(label="Who may read it?", choices=_LEVELS)

    def __init__(
        self,
        *args: Any,
        child_called: str,
        today: date,
        people: Sequence[PersonAround],
        gone: frozenset[str],
        name_behind: Callable[[str], str],
        may_open: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.code: one for one in people}
        self.gone, self.child_called, self.name_behind = gone, child_called, name_behind
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            *((code, one.in_words) for code, one in self.people.items()),
            (SOMEBODY_ELSE, "Somebody else"),
        ]
        self.fields["by_when"].earliest = today  # type: ignore[attr-defined]
        if not may_open:
            level = self.fields["sharing_level"]
            level.choices = _LEVELS[1:]  # type: ignore[attr-defined]
            level.hint = "A psychologist decides what the child may read."  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Who was here when the page was opened and is not any more is told by name."""
        if self.is_bound:
            self.fields["who"].error_messages["invalid_choice"] = self._has_left(
                str(self.data.get("who", ""))
            )
        super().full_clean()

    def _has_left(self, code: str) -> str:
        if code in self.people or code in ("", SOMEBODY_ELSE):
            return "Choose who does it from the list"
        name = self.name_behind(code)
        if not name:
            return "Choose who does it from the list"
        return f"{name} no longer works with {self.child_called}. Choose somebody who does"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") != SOMEBODY_ELSE:
            return cleaned
        name = cleaned.get("name", "")
        if not name and "name" not in self.errors:
            self.add_error("name", "Enter the name of the person who does it")
        elif name and sort_key(name) in self.gone:
            self.add_error(
                "name",
                f"{name} no longer works with {self.child_called}. Name somebody who does, or "
                "write a fuller name if this is another person",
            )
        if not cleaned.get("part") and "part" not in self.errors:
            self.add_error("part", "Enter what they do for the child, like “aunt” or “GP”")
        return cleaned

    def recommendation(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "text": data["text"],
            "who": self._who(data),
            "by_when": data["by_when"],
            "sharing_level": data["sharing_level"],
        }

    def _who(self, data: dict[str, Any]) -> PersonAround:
        if data["who"] != SOMEBODY_ELSE:
            return self.people[data["who"]]
        return PersonAround(
            code=SOMEBODY_ELSE,
            staff=None,
            name=data["name"],
            part=data["part"],
            discipline="",
            agency="",
        )


class OutcomeForm(NewelForm):
    submit_label = "Write it down"

    became = RadiosField(
        label="What became of it?", choices=[one for one in BECAME if one[0] != OPEN]
    )
    outcome = LongTextField(
        label="In a few words",
        called="what became of it, in a few words",
        hint="What was done and how it went, or why it will not be done.",
        max_length=LONGEST,
        rows=3,
    )
    outcome_on = DateField(label="On which day?", called="the day")

    def __init__(self, *args: Any, today: date, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome_on"].latest = today  # type: ignore[attr-defined]
        self.fields["outcome_on"].earliest = earliest  # type: ignore[attr-defined]
