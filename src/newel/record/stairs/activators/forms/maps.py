"""Where a statement stands, what it goes with, what was seen, and how sure we are after that."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from newel.record.design_system.choice_fields import CheckboxesField, RadiosField, SelectField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import HiddenField, LongTextField
from newel.record.design_system.forms import NewelForm
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.map_models import AREAS, FIVE_PS, LIFE_STAGES
from newel.record.stairs.activators.models import CONFIDENCE, SHOWS, Statement
from newel.record.stairs.activators.rules.places import Places

LONGEST_NOTE = 600
NOWHERE = "nowhere"
STAGES_ASKED = [*LIFE_STAGES, (NOWHERE, "Not placed in time")]


class PlaceForm(NewelForm):
    """One form for all maps, because a statement stands in the same place on each of them."""

    submit_label = "Put it there"

    five_ps = CheckboxesField(
        label="On the 5 Ps",
        choices=FIVE_PS,
        required=False,
        hint="Any that fit, or none.",
        called="a place on the 5 Ps",
    )
    area = RadiosField(label="Is it about body, mind or people?", choices=AREAS)
    life_stage = RadiosField(
        label="When in the life does it belong?",
        choices=STAGES_ASKED,
        hint="Only if somebody knows. “Not placed in time” is an answer.",
    )
    seen = HiddenField(required=False, max_length=14)

    @staticmethod
    def as_it_stands(places: Places, seen: str) -> dict[str, Any]:
        return {
            "five_ps": list(places.five_ps),
            "area": places.area,
            "life_stage": places.life_stage or NOWHERE,
            "seen": seen,
        }

    def places(self) -> dict[str, Any]:
        """For the action."""
        data = self.cleaned_data
        stage = "" if data["life_stage"] == NOWHERE else data["life_stage"]
        in_order = [code for code, _ in FIVE_PS if code in data["five_ps"]]
        return {
            "five_ps": in_order,
            "area": data["area"],
            "life_stage": stage,
            "seen": data["seen"] or "",
        }


class GoesWithForm(NewelForm):
    submit_label = "They go together"

    other = SelectField(label="What does it go with?", choices=(), called="what it goes with")

    def __init__(self, *args: Any, others: Sequence[tuple[str, Statement]], **kwargs: Any) -> None:
        """`others`: what kind each is, and the statement."""
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (one.public_id, f"{kind}: {one.text[:90]}{'…' if len(one.text) > 90 else ''}")
            for kind, one in others
        ]


class EndGoesWithForm(NewelForm):
    submit_label = "Take them apart"
    keep_words = False


class SeenForm(HelpedForm):
    """Under a minute: what was seen, when, and which way it speaks."""

    submit_label = "Save what was seen"
    helped_field = "text"

    shows = RadiosField(
        label="Does it back the statement, or speak against it?",
        called="which way it speaks",
        choices=SHOWS,
    )
    text = LongTextField(
        label="What was seen?",
        called="what was seen",
        hint="What happened, and what came before it. One or two sentences.",
        max_length=LONGEST_NOTE,
        rows=3,
    )
    seen_on = DateField(label="When?", called="the day it was seen")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_on"].latest = today  # type: ignore[attr-defined]


class LookAgainForm(HelpedForm):
    submit_label = "Agree it as it stands here"
    helped_field = "because"

    confidence = RadiosField(label="How sure are we now?", choices=CONFIDENCE)
    because = LongTextField(
        label="Why?",
        called="why we are this sure",
        hint="What was looked at, for and against. It stays readable with the statement.",
        max_length=LONGEST_NOTE,
        rows=3,
    )
