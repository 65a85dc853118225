"""What the child said: written down, said again, read back, taken back. No form changes it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD
from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
)
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField, TextField
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.forms.read_it import ReadItForm
from newel.record.stairs.activators.words_models import HOW_TOLD, OUTCOMES
from newel.record.stairs.scoping.queries import HELD_BACK
from newel.record.stairs.scoping.rules import repeats

LONGEST = 4000
LEVELS = [
    ("child_open", "Everybody on the team, and it may be shown to the child again"),
    ("team", "The team around the child"),
    ("named_people", "Only people named here"),
    ("restricted_third_party", "Held back: it is about somebody else"),
]
REPEATS = (
    "Some of these words are held back elsewhere in this record. Hold this back too, or tick that "
    "you have checked"
)
STAYS = "Word for word. Nobody changes them later, you included."


class WordsForm(HelpedForm):
    """No language helper here, and no correcting: what a child says is right as it was said."""

    submit_label = "Write it down"

    words = LongTextField(
        label="What did the child say?",
        called="what the child said",
        hint=STAYS,
        max_length=LONGEST,
        rows=5,
        label_size="m",
    )
    told_on = DateField(label="When?", called="the day the child said it")
    how = SelectField(label="How did it come to you?", choices=HOW_TOLD)
    where_told = TextField(
        label="Where was it?",
        called="where it was",
        hint="For example, in the kitchen, or in the review meeting.",
        max_length=200,
        required=False,
    )
    sharing_level = RadiosField(
        label="Who may read it? Ask the child",
        called="who may read it",
        choices=LEVELS,
        shows={"named_people": "named_readers", READ_BY_CHILD: "child_allows_page"},
        hints={"restricted_third_party": "For psychologists and for you."},
    )
    named_readers = CheckboxesField(label="Which people?", choices=(), called="who may read it")
    child_allows_page = TickField(
        label="The child says that it may stand on “How to be with me”, also on paper",
        required=False,
    )
    copied_knowingly = TickField(
        label="I have checked these words: everyone chosen above may read them", required=False
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        readers: Iterable[StaffMember],
        held_back: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held_back = held_back
        self.asks_about_copies = bool(self.data.get("copied_knowingly"))
        self.fields["told_on"].latest = today  # type: ignore[attr-defined]
        self.people = {one.public_id: one for one in readers}
        self.fields["named_readers"].choices = [  # type: ignore[attr-defined]
            (public_id, f"{one.name}, {one.their_role.name.lower()}")
            for public_id, one in self.people.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        level, words = cleaned.get("sharing_level"), str(cleaned.get("words") or "")
        open_to_many = level and level not in HELD_BACK
        if open_to_many and not cleaned.get("copied_knowingly") and repeats(words, self.held_back):
            self.asks_about_copies = True
            self.add_error("copied_knowingly", REPEATS)
        return cleaned

    def saying(self) -> dict[str, Any]:
        """For the action."""
        data = {k: v for k, v in self.cleaned_data.items() if k != "copied_knowingly"}
        readers = [self.people[public_id].pk for public_id in data["named_readers"] or ()]
        allows = bool(data["child_allows_page"])
        return data | {"named_readers": readers, "child_allows_page": allows}


class CheckForm(HelpedForm):
    submit_label = "Save what the child said about it"
    for_these_words = ("outcome",)

    outcome = RadiosField(label="You read it to the child. What came of it?", choices=OUTCOMES)
    what_child_said = LongTextField(
        label="What did the child say about it?",
        called="what the child said about it",
        hint="In the child’s words. If it is to be said differently, write that down as new words.",
        max_length=LONGEST,
        rows=3,
        required=False,
    )
    checked_on = DateField(label="When?", called="the day you read it to the child")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].latest = today  # type: ignore[attr-defined]


class BesideForm(HelpedForm):
    submit_label = "Put it beside the words"
    helped_field = "text"

    text = LongTextField(
        label="What do you think about it?",
        called="what you think about it",
        hint="It stands under your name, beside the child’s words. The words stay as they are.",
        max_length=2000,
        rows=4,
    )


class OnPageForm(ReadItForm):
    submit_label = "Let it stand on “How to be with me”"


class TakeBackForm(HelpedForm):
    submit_label = "Take it back for the child"
    for_these_words = ("child_wants_it",)
    keep_words = False

    child_wants_it = TickField(label="The child does not want this here any more")
    taken_back_on = DateField(label="When did the child say so?", called="the day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_back_on"].latest = today  # type: ignore[attr-defined]
