"""Writing a statement, and putting an agreed one in other words. Lists come from the view."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS, WHOSE_WORDS
from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
)
from newel.record.design_system.date_fields import DateField, TypedDate
from newel.record.design_system.fields import LongTextField
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.forms.until import LONGEST, check_not_later
from newel.record.stairs.activators.map_models import LIFE_STAGES
from newel.record.stairs.activators.models import (
    AREAS,
    CONFIDENCE,
    FIVE_PS,
    KINDS,
    TIMES,
)
from newel.record.stairs.activators.rules import SAID_BY, longest_confirm_by
from newel.record.stairs.scoping.queries import HELD_BACK
from newel.record.stairs.scoping.rules import repeats

# The answers that a statement is made of, as they are called on its row too.
WORDING = (
    "text",
    "kind",
    "area",
    "time",
    "five_ps",
    "life_stage",
    "whose_words",
    "said_by_role",
    "said_on",
    "confidence",
    "sharing_level",
)
OPENED_LATER = "A psychologist decides what the child may read, and can open it to the child later."
REPEATS = (
    "Some of these words are held back elsewhere in this record. Take them out, hold this back "
    "too, or tick that you have checked"
)
WITHOUT_CHILD = [level for level in SHARING_LEVELS if level[0] != READ_BY_CHILD]


class StatementForm(HelpedForm):
    """One thing we understand about a child: what is seen and when, and who said so."""

    submit_label = "Save the draft"
    helped_field = "text"

    text = LongTextField(
        label="What do we understand?",
        called="what we understand",
        hint=(
            "Say what is seen and when, not a label. “When a door is locked behind him he shouts "
            "and hits the wall” rather than “violent”."
        ),
        max_length=LONGEST,
        rows=4,
        label_size="m",
    )
    kind = RadiosField(label="What kind of statement is it?", choices=KINDS)
    area = RadiosField(label="What is it mostly about?", choices=AREAS)
    time = RadiosField(label="Is it so now?", choices=TIMES)
    five_ps = CheckboxesField(
        label="Where does it fit in the 5 Ps?", choices=FIVE_PS, required=False
    )
    life_stage = SelectField(
        label="When in the life does it belong?",
        choices=LIFE_STAGES,
        hint="Only if somebody knows. Without an answer it is not placed in time.",
        required=False,
    )
    whose_words = RadiosField(
        label="Whose words are these?",
        choices=WHOSE_WORDS,
        hints={"child": "Nobody changes them later. Write just what the child said."},
    )
    said_by_role = SelectField(
        label="Who said so?",
        choices=SAID_BY,
        hint="A role, never a name: this can be printed, and paper gets found.",
    )
    said_on = DateField(label="When was it said or seen?", called="the day it was said or seen")
    confidence = RadiosField(label="How sure are we?", choices=CONFIDENCE)
    sharing_level = RadiosField(
        label="Who may read it?",
        choices=SHARING_LEVELS,
        shows={"named_people": "named_readers"},
        hints={
            READ_BY_CHILD: "It can stand on “How to be with me” once it is agreed.",
            "restricted_third_party": "For psychologists and for you.",
        },
    )
    named_readers = CheckboxesField(label="Which people?", choices=(), called="who may read it")
    copied_knowingly = TickField(
        label="I have checked these words: everyone chosen above may read them", required=False
    )
    confirm_by = DateField(
        label="Ask again earlier than usual?",
        called="the day to ask again",
        hint="Leave it empty for the usual time. For example, 27 3 2027",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        may_open: bool,
        readers: Iterable[StaffMember],
        held_back: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.held_back = held_back
        self.asks_about_copies = bool(self.data.get("copied_knowingly"))
        self.fields["said_on"].latest = today  # type: ignore[attr-defined]
        self.fields["confirm_by"].earliest = today  # type: ignore[attr-defined]
        self._offer_levels(may_open)
        self._offer_people(readers)

    def _offer_levels(self, may_open: bool) -> None:
        if may_open:
            return
        level = self.fields["sharing_level"]
        level.choices = WITHOUT_CHILD  # type: ignore[attr-defined]
        level.hint = OPENED_LATER  # type: ignore[attr-defined]
        if self.initial.get("sharing_level") == READ_BY_CHILD:
            self.initial["sharing_level"] = "team"

    def _offer_people(self, readers: Iterable[StaffMember]) -> None:
        self.people = {one.public_id: one for one in readers}
        named: list[int] = self.initial.get("named_readers", [])
        self.initial["named_readers"] = [p for p, one in self.people.items() if one.pk in named]
        self.fields["named_readers"].choices = [  # type: ignore[attr-defined]
            (public_id, f"{one.name}, {one.their_role.name.lower()}")
            for public_id, one in self.people.items()
        ]

    @property
    def more_is_open(self) -> bool:
        """Nothing that was answered, or is wrong, is folded away."""
        when = TypedDate.of(self["confirm_by"].value())
        placed = self["five_ps"].value() or self["life_stage"].value()
        return bool(placed or when != TypedDate() or "five_ps" in self.errors)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_childs_words(cleaned)
        self._look_for_copies(cleaned)
        self._check_confirm_by(cleaned)
        return cleaned

    def _check_childs_words(self, cleaned: dict[str, Any]) -> None:
        said_by = cleaned.get("said_by_role")
        if cleaned.get("whose_words") == "child" and said_by not in (None, "", "child"):
            self.add_error("said_by_role", "If these are the child’s own words, the child said so")

    def _look_for_copies(self, cleaned: dict[str, Any]) -> None:
        """Restricted words pasted where more people read them (H7): asked about, not forbidden."""
        level, text = cleaned.get("sharing_level"), str(cleaned.get("text") or "")
        if not level or level in HELD_BACK or cleaned.get("copied_knowingly"):
            return
        if repeats(text, self.held_back):
            self.asks_about_copies = True
            self.add_error("copied_knowingly", REPEATS)

    def _check_confirm_by(self, cleaned: dict[str, Any]) -> None:
        own, kind = cleaned.get("confirm_by"), cleaned.get("kind")
        if own and kind:
            check_not_later(self, own, longest_confirm_by(kind=kind, on=self.today))

    def wording(self) -> dict[str, Any]:
        """For the actions."""
        data = self.cleaned_data
        readers = [self.people[public_id].pk for public_id in data["named_readers"] or ()]
        own = {"named_readers": readers, "confirm_by": data["confirm_by"]}
        return {name: data[name] for name in WORDING} | own


class ReplacementForm(StatementForm):
    submit_label = "Put these words in place"

    because = LongTextField(
        label="Why do the words change?", rows=2, max_length=LONGEST, required=False
    )
