"""One part of "Keeping safe now"."""

from datetime import date
from typing import Any

from newel.definitions import read
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import HiddenField, LongTextField, TextField
from newel.record.stairs.activators.forms.helped import HelpedForm

_PARTS = {part["code"]: part for part in read("understanding/keeping_safe.yaml")["parts"]}


class KeepingSafeForm(HelpedForm):
    """One part. Nothing is ever filled in by itself: "none" has to be said by somebody."""

    helped_field = "text"

    none_known = RadiosField(label="What is known?", choices=(), shows={"some": "text"})
    text = LongTextField(
        label="What everybody has to know",
        called="what everybody has to know",
        hint="The child may read this. No names of others, no addresses.",
        max_length=600,
        rows=4,
    )
    live_plan_at = TextField(
        label="Where is the live plan kept?",
        called="where the live plan is kept",
        hint="For example, SystmOne, health room.",
        max_length=200,
    )
    next_review_on = DateField(
        label="When is it looked at next?",
        called="the next review",
        hint="For example, 27 3 2027",
    )
    seen = HiddenField(required=False, max_length=14)

    def __init__(self, *args: Any, part: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = "Save"
        self.fields["none_known"].choices = [  # type: ignore[attr-defined]
            ("some", "There is something to know"),
            ("none", _PARTS[part]["none_known"]),
        ]
        self.fields["next_review_on"].earliest = today  # type: ignore[attr-defined]

    def entry(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "none_known": data["none_known"] == "none",
            "text": data["text"],
            "live_plan_at": data["live_plan_at"],
            "next_review_on": data["next_review_on"],
        }
