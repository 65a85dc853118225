"""Words for the next shift, taking over, and when shifts begin."""

from collections.abc import Sequence
from typing import Any

from newel.record.design_system.choice_fields import TickField
from newel.record.design_system.date_fields import TimeField
from newel.record.design_system.fields import HiddenField, LongTextField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.overview.rules import Times
from newel.record.stairs.scoping.rules import repeats

REPEATS = (
    "Some of these words are held back elsewhere in this record, and everybody on the shift reads "
    "a handover. Take them out, or tick that you have checked"
)


class NoteForm(NewelForm):
    """What happened and when, and what helped: never what somebody is."""

    submit_label = "Save for the next shift"

    text = LongTextField(
        label="What should the next shift know?",
        called="what the next shift should know",
        hint="Say what happened, when, and what came before it. “After the phone call at 4pm he "
        "stayed in his room and did not eat” rather than “moody”.",
        max_length=600,
        rows=4,
        label_size="m",
    )
    what_helped = LongTextField(
        label="What helped, or might help?",
        hint="Leave it empty if nobody knows yet.",
        max_length=400,
        rows=2,
        required=False,
    )
    copied_knowingly = TickField(
        label="I have checked these words: everybody around the child may read them",
        required=False,
    )

    def __init__(self, *args: Any, held_back: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held_back = held_back
        if not self.data.get("copied_knowingly"):
            self._tick = self.fields.pop("copied_knowingly")

    def clean(self) -> dict[str, Any]:
        """Restricted words pasted where more people read them (H7): asked about, not forbidden."""
        given: dict[str, Any] = super().clean() or {}
        words = (str(given.get("text") or ""), str(given.get("what_helped") or ""))
        if given.get("copied_knowingly") or not any(repeats(one, self.held_back) for one in words):
            return given
        if "copied_knowingly" not in self.fields:
            self.fields["copied_knowingly"] = self._tick
        self.add_error("copied_knowingly", REPEATS)
        return given

    def words(self) -> dict[str, str]:
        """For the actions."""
        return {name: self.cleaned_data[name] for name in ("text", "what_helped")}


class UnitNoteForm(NewelForm):
    submit_label = "Save for the next shift"

    text = TextField(
        label="What should the next shift know about the unit?",
        called="what the next shift should know",
        hint="About the place, and no child: “The kitchen light is broken, a fitter comes at 9”.",
        max_length=300,
        label_size="m",
    )


class TakeOverForm(NewelForm):
    """One button. `seen` says which page it stood on, so that nothing unread is taken over."""

    submit_label = "I have read this and take over"
    keep_words = False

    seen = HiddenField(max_length=400)


class ShiftTimesForm(NewelForm):
    submit_label = "Save: these are our shift times"

    early = TimeField(
        label="When does the early shift begin?", called="when the early shift begins"
    )
    late = TimeField(
        label="When does the late shift begin?",
        called="when the late shift begins",
        hint="Leave it empty if two shifts make a day. For example, 14:00",
        required=False,
    )
    night = TimeField(
        label="When does the night shift begin?", called="when the night shift begins"
    )

    def times(self) -> Times:
        given = self.cleaned_data
        return Times(early=given["early"], late=given["late"], night=given["night"], confirmed=True)
