"""Forms of statements and of "Keeping safe now". Their dates and lists come from the view."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS, WHOSE_WORDS
from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
)
from newel.record.design_system.date_fields import DateField, TypedDate
from newel.record.design_system.dates import day
from newel.record.design_system.fields import HiddenField, LongTextField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.stairs.activators.models import (
    AREAS,
    CONFIDENCE,
    FIVE_PS,
    KINDS,
    SHOWS,
    TIMES,
)
from newel.record.stairs.activators.rules import SAID_BY, event_in_words, longest_confirm_by
from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.queries import HELD_BACK
from newel.record.stairs.scoping.rules import repeats

LONGEST = 2000
# The answers that a statement is made of, as they are called on its row too.
WORDING = (
    "text",
    "kind",
    "area",
    "time",
    "five_ps",
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
_PARTS = {part["code"]: part for part in read("understanding/keeping_safe.yaml")["parts"]}


class StatementForm(NewelForm):
    """One thing we understand about a child: what is seen and when, and who said so."""

    submit_label = "Save the draft"

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
        return bool(self["five_ps"].value() or when != TypedDate() or "five_ps" in self.errors)

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


def check_not_later(form: NewelForm, own: date, longest: date) -> None:
    if own > longest:
        form.add_error(
            "confirm_by", f"The day to ask again must not be after {day(longest)}, the usual time"
        )


class ReplacementForm(StatementForm):
    submit_label = "Put these words in place"

    because = LongTextField(
        label="Why do the words change?", rows=2, max_length=LONGEST, required=False
    )


class _UntilForm(NewelForm):
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
    submit_label = "Confirm this statement"
    field_order = ("what_was_seen", "confirm_by")

    what_was_seen = LongTextField(
        label="What did you see that tells you it is still so?",
        called="what you saw",
        hint="What happened, and when. One or two sentences.",
        max_length=LONGEST,
        rows=4,
    )


class RetireForm(NewelForm):
    submit_label = "Stop using this statement"

    because = LongTextField(
        label="Why is it no longer used?",
        called="why it is no longer used",
        hint="What is different now, or what was wrong. It stays readable.",
        max_length=LONGEST,
        rows=3,
    )


class OpenForm(NewelForm):
    submit_label = "Let the child read it"

    read_it = TickField(
        label=(
            "I have read it as this child would read it, and as somebody would who finds the paper"
        )
    )


class EvidenceForm(NewelForm):
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


class KeepingSafeForm(NewelForm):
    """One part. Nothing is ever filled in by itself: "none" has to be said by somebody."""

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
