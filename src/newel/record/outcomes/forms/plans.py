"""Planning a measure, ending a plan, and beginning a form."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.design_system.choice_fields import RadiosField, SelectField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.models import RHYTHMS

LONGEST = 300
AHEAD = timedelta(days=366)


class PlanForm(NewelForm):
    submit_label = "Plan it"

    answered_by = RadiosField(label="Who answers?", called="who answers")
    rhythm = RadiosField(label="How often?", called="how often", choices=RHYTHMS)
    starts_on = DateField(label="From when?", called="the day from which it is due")
    why = LongTextField(
        label="Why for this child?",
        called="why",
        hint="Whoever gives it reads this, and can tell the child.",
        max_length=LONGEST,
        rows=2,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        who: Sequence[tuple[str, str]],
        proposed: str,
        source: str,
        today: date,
        earliest: date,
        rhythms: Sequence[tuple[str, str]] = RHYTHMS,
        asks_why: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "answered_by": who[0][0], "rhythm": proposed, "starts_on": today,
        } | kwargs.get("initial", {})  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["answered_by"].choices = who  # type: ignore[attr-defined]
        self.fields["rhythm"].hint = source  # type: ignore[attr-defined]
        self.fields["rhythm"].choices = rhythms  # type: ignore[attr-defined]
        self.fields["why"].required = asks_why
        starts_on = self.fields["starts_on"]
        starts_on.earliest, starts_on.latest = earliest, today + AHEAD  # type: ignore[attr-defined]


class EndPlanForm(NewelForm):
    submit_label = "End the plan"

    because = LongTextField(
        label="Why does it end?", called="why it ends", max_length=LONGEST, rows=2
    )


class SetAsideForm(NewelForm):
    submit_label = "Set it aside"

    because = LongTextField(
        label="Why will nobody finish it?",
        called="why nobody will finish it",
        hint="The answers so far are kept, and never scored.",
        max_length=LONGEST,
        rows=2,
    )


class _Adults(NewelForm):
    """Two adults, where an answer may ask for a talk (H9). The list is of those who work here."""

    talk_to = SelectField(
        label="Who talks with the child if an answer asks for it?",
        called="who talks with the child",
        choices=(),
    )
    cover = SelectField(
        label="Who steps in when that person is away?", called="who steps in", choices=()
    )

    def __init__(self, *args: Any, adults: Sequence[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adults = {one.public_id: one for one in adults}
        for name in ("talk_to", "cover"):
            if name in self.fields:
                self.fields[name].choices = [  # type: ignore[attr-defined]
                    (one.public_id, f"{one.name}, {one.their_role.name.lower()}") for one in adults
                ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("talk_to"), cleaned.get("cover")
        if first and first == second:
            self.add_error("cover", "Choose two different people: one may be away")
        return cleaned

    @property
    def named(self) -> dict[str, StaffMember | None]:
        return {
            name: self.adults.get(self.cleaned_data.get(name, "")) for name in ("talk_to", "cover")
        }


class NameAdultsForm(_Adults):
    submit_label = "Save"


class BeginForm(_Adults):
    submit_label = "Begin"

    language = RadiosField(
        label="In which language?",
        called="the language",
        hint="It stays the same to the last question.",
    )
    way = RadiosField(label="How will it be answered?", called="how it will be answered")

    def __init__(
        self,
        *args: Any,
        ways: Sequence[tuple[str, str]],
        languages: Sequence[tuple[str, str]],
        hints: Mapping[str, str],
        asks_for_a_talk: bool,
        **kwargs: Any,
    ) -> None:
        """languages: the usual one first; hints: what is not there in one of them."""
        kwargs["initial"] = {"way": ways[0][0]} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self._offer(languages, hints)
        if not asks_for_a_talk:
            del self.fields["talk_to"], self.fields["cover"]

    def _offer(self, languages: Sequence[tuple[str, str]], hints: Mapping[str, str]) -> None:
        """Nobody is asked what has one answer. Nobody’s language is guessed: one is chosen."""
        if len(languages) == 1:
            del self.fields["language"]
            return
        field: RadiosField = self.fields["language"]  # type: ignore[assignment]
        field.choices, field.hints = languages, dict(hints)


class FinishForm(NewelForm):
    submit_label = "Finish"

    answered_on = DateField(label="On which day was it answered?", called="the day")

    def __init__(
        self, *args: Any, today: date, born_on: date | None, on_paper: bool, **kwargs: Any
    ) -> None:
        if not on_paper:
            kwargs["initial"] = {"answered_on": today}
        super().__init__(*args, **kwargs)
        field = self.fields["answered_on"]
        field.latest, field.earliest = today, born_on  # type: ignore[attr-defined]
