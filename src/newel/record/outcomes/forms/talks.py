"""What was done after an answer asked for a talk: one of a few sentences, or in own words."""

from typing import Any

from newel.record.design_system.fields import LongTextField
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.rules import WHAT_WAS_DONE


class TalkForm(NewelForm):
    """Each sentence is a button of its own, so that it is said with one press."""

    more = LongTextField(
        label="What else must the next adult know?",
        hint="Not needed. What the child told you in confidence does not belong here.",
        max_length=2000,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "more" in self.errors:
            return cleaned
        sentence = WHAT_WAS_DONE.get(str(self.data.get("done", "")), "")
        words = " ".join(part for part in (sentence, cleaned.get("more", "").strip()) if part)
        if not words:
            self.add_error("more", "Say what was done: press one of the buttons, or write it here")
        cleaned["what_was_done"] = words
        return cleaned
