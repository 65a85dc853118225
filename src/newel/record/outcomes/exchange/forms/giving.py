"""Which questionnaires leave, as what, for whom and why. Nothing is ticked that is not needed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from newel.record.design_system.choice_fields import CheckboxesField, RadiosField, TickField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.exchange.models import KINDS, WHO


class GiveOutForm(NewelForm):
    submit_label = "Make the file"
    keep_words = False

    measures = CheckboxesField(
        label="Which questionnaires?",
        called="at least one questionnaire",
        hint="Only those that are needed.",
    )
    since = DateField(
        label="Answered since when?",
        called="the first day",
        hint="Leave it empty for all of them.",
        required=False,
    )
    with_unfinished = TickField(
        label="Also those that were begun and not finished, or set aside", required=False
    )
    kind = RadiosField(
        label="As what?",
        called="the kind of file",
        choices=KINDS,
        hints={
            "xlsx": "To be read and worked with by people. A sheet a questionnaire.",
            "csv": "For programs that work with figures.",
            "fhir": "For the record of another service.",
        },
    )
    for_whom = TextField(
        label="Who is it for?",
        called="who it is for",
        hint="A name, what they do, and where.",
        max_length=160,
    )
    why = LongTextField(
        label="Why do they need it?", called="why they need it", max_length=300, rows=2
    )
    who_it_is = CheckboxesField(
        label="Must the file say who the child is?",
        called="what it says of the child",
        hint="Without a tick it has the child’s reference in Newel, and no name.",
        choices=WHO,
        required=False,
    )
    why_who_it_is = LongTextField(
        label="Why does the file have to say that?",
        called="why the file has to say who the child is",
        hint="Only if you ticked something above.",
        max_length=300,
        rows=2,
        required=False,
    )

    def __init__(
        self, *args: Any, offered: Sequence[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"].choices = offered  # type: ignore[attr-defined]
        self.fields["since"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who_it_is") and not cleaned.get("why_who_it_is"):
            self.add_error(
                "why_who_it_is",
                "Say why the file has to say who the child is, or take the ticks off",
            )
        if not cleaned.get("who_it_is"):
            cleaned["why_who_it_is"] = ""
        return cleaned
