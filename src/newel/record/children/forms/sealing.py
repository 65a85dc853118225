"""What is asked when an identity is sealed or opened by name, and when a child comes back."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from newel.record.children.forms.fields import AnswerForm, NameField, StaffField, reads_children
from newel.record.children.models import ChildName, Identifier
from newel.record.design_system.choice_fields import CheckboxesField, RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import TextField

LONGEST_OPENING = timedelta(days=92)


class AskToSealForm(AnswerForm):
    submit_label = "Ask for the sealing"

    new_name = NameField(
        label="The name from now on",
        hint="If the name the child likes to be called changes too. The name of before is sealed.",
        required=False,
    )
    names = CheckboxesField(
        label="Which other names are sealed?", choices=(), called="the names", required=False
    )
    numbers = CheckboxesField(
        label="Which numbers are sealed?",
        hint="A new identity often has a new NHS number.",
        choices=(),
        called="the numbers",
        required=False,
    )
    history_before = DateField(
        label="Seal the history before this day",
        hint="What was written before it opens by name only: scoping, events, statements and "
        "“Keeping safe now”. What still holds has to be written anew. Leave empty to seal none.",
        required=False,
    )
    why = TextField(
        label="Why?",
        hint="Without the former name. For example, adoption order, or moved for safety",
        called="why",
        max_length=300,
    )

    def __init__(
        self,
        *args: Any,
        names: list[ChildName],
        numbers: list[Identifier],
        in_words: dict[str, list[tuple[str, str]]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._names = {str(one.pk): one for one in names}
        self._numbers = {str(one.pk): one for one in numbers}
        for name, choices in in_words.items():
            self.fields[name].choices = choices
        self.fields["history_before"].latest = today
        for name in ("names", "numbers"):
            if not self.fields[name].choices:
                del self.fields[name]

    @property
    def asked(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "new_name": given["new_name"],
            "why": given["why"],
            "history_before": given["history_before"],
            "names": [self._names[key] for key in given.get("names", [])],
            "numbers": [self._numbers[key] for key in given.get("numbers", [])],
        }


class DecideSealingForm(AnswerForm):
    submit_label = "Save what I decide"

    decision = RadiosField(
        label="What do you decide?",
        choices=[
            ("seal", "Seal it now. I have spoken with who asks for it, and know that it cannot be "
             "undone in Newel"),
            ("aside", "Set it aside. Nothing is sealed, and it can be asked for anew"),
        ],
        called="what you decide",
    )  # fmt: skip


class OpenSealForm(AnswerForm):
    submit_label = "Open it to this person"

    staff = StaffField(
        label="Who may read what is sealed?",
        called="who may read it",
        hint="Their name, or the name they sign in with. They have to reach the child as well.",
    )
    why = TextField(label="What for?", called="what it is for", max_length=300)
    ends_on = DateField(label="Last day", called="the last day")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].earliest = today
        self.fields["ends_on"].latest = today + LONGEST_OPENING

    def clean_staff(self) -> Any:
        return reads_children(self.cleaned_data["staff"])

    @property
    def opened(self) -> dict[str, Any]:
        given = self.cleaned_data
        until = datetime.combine(given["ends_on"] + timedelta(days=1), time.min)
        return {
            "staff": given["staff"],
            "why": given["why"],
            "ends_at": timezone.make_aware(until),
        }


class SameChildForm(AnswerForm):
    submit_label = "Save"

    same = RadiosField(
        label="Is it the same child?",
        choices=[
            ("yes", "Yes. The stay goes on, on the earlier record too"),
            ("no", "No, another child"),
        ],
        called="whether it is the same child",
    )
