"""What is done with one statement: agreed, confirmed, retired, opened to the child, backed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from newel.record.design_system.choice_fields import RadiosField, SelectField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.dates import day
from newel.record.design_system.fields import LongTextField, TextField
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.forms.read_it import ReadItForm
from newel.record.stairs.activators.forms.until import LONGEST, check_not_later
from newel.record.stairs.activators.models import SHOWS
from newel.record.stairs.activators.rules import event_in_words
from newel.record.stairs.scoping.models import LifeEvent


class _UntilForm(HelpedForm):
    """Something that holds until a day: the usual one, or an earlier one."""

    confirm_by = DateField(
        label="Ask again earlier than usual?", called="the day to ask again", required=False
    )

    def __init__(self, *args: Any, today: date, longest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest
        until = self.fields["confirm_by"]
        until.earliest = today  # type: ignore[attr-defined]
        until.hint = (  # type: ignore[attr-defined]
            f"Leave it empty to be asked by {day(longest)}."
        )

    def clean_confirm_by(self) -> date | None:
        own: date | None = self.cleaned_data["confirm_by"]
        if own:
            check_not_later(self, own, self.longest)
        return own


class AgreeForm(_UntilForm):
    submit_label = "Mark as agreed"


class ConfirmForm(_UntilForm):
    helped_field = "what_was_seen"
    submit_label = "Confirm this statement"
    field_order = ("what_was_seen", "confirm_by")

    what_was_seen = LongTextField(
        label="What did you see that tells you it is still so?",
        called="what you saw",
        hint="What happened, and when. One or two sentences.",
        max_length=LONGEST,
        rows=4,
    )


class RetireForm(HelpedForm):
    helped_field = "because"
    submit_label = "Stop using this statement"

    because = LongTextField(
        label="Why is it no longer used?",
        called="why it is no longer used",
        hint="What is different now, or what was wrong. It stays readable.",
        max_length=LONGEST,
        rows=3,
    )


class OpenForm(ReadItForm):
    submit_label = "Let the child read it"


class EvidenceForm(HelpedForm):
    helped_field = "note"
    submit_label = "Link this event"

    event = SelectField(label="Which event in the child’s life?", choices=())
    shows = RadiosField(
        label="What does it tell us about the statement?", called="what it tells us", choices=SHOWS
    )
    note = TextField(label="In what way?", max_length=500, required=False)

    def __init__(self, *args: Any, events: Sequence[LifeEvent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [  # type: ignore[attr-defined]
            (event.public_id, event_in_words(event)) for event in events
        ]
