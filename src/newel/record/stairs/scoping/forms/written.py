"""Asking for an entry, an event, and who may read it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS, WHOSE_WORDS, Child
from newel.record.design_system.choice_fields import (
    CheckboxesField,
    RadiosField,
    SelectField,
    TickField,
)
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import HiddenField, LongTextField, NumberField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.stairs.scoping import policies, rules
from newel.record.stairs.scoping.models import (
    EVENT_KINDS,
    PRECISIONS,
    LifeEvent,
    PathwayPlace,
    ScopingEntry,
)
from newel.record.stairs.scoping.rules import NotADate, Reading, Span, When, read_when
from newel.record.stairs.scoping.rules.reading import LONGEST as LONGEST_WHEN
from newel.record.stairs.scoping.rules.reading import words_read_as
from newel.record.stairs.scoping.when_fields import MonthField, YearField

LONGEST = 5000
LEVEL_HINTS = {
    "team": "Everyone who works with the child and can open this record.",
    "named_people": "Only you and those you tick.",
    "restricted_third_party": "A victim, a brother or sister, another child. Only you and "
    "psychologists read it.",
}
OPENS_AGAIN = (
    "The child may read the wording of now. With your change only the team may, until a "
    "psychologist opens it to the child again."
)
REPEATS = (
    "Some of these words are held back elsewhere in this record. Take them out, hold this back "
    "too, or tick that you have checked"
)


READERS_CHANGED = (
    "Somebody else has changed who may read this while you were writing. It is now “{}”. Choose "
    "again"
)


class ReadersForm(NewelForm):
    """Who may read it."""

    sharing_level = RadiosField(
        label="Who may read it?",
        choices=[],
        shows={"named_people": "readers"},
        hints=LEVEL_HINTS,
        initial="team",
    )
    readers = CheckboxesField(label="People who may read it", choices=[], called="who may read it")

    def __init__(
        self,
        *args: Any,
        by: StaffMember,
        readers: Iterable[StaffMember],
        row: LifeEvent | ScopingEntry | PathwayPlace | None = None,
        **kwargs: Any,
    ) -> None:
        if row is not None:
            kwargs["initial"] = initial_of(row) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.by = by
        self.people = {one.public_id: one for one in readers if one.pk != by.pk}
        self._offer_people(row)
        self.read_by = self._read_by(row)
        self._offer_levels(by)

    def clean(self) -> dict[str, Any]:
        """Somebody may have held it back since the page was drawn: saving would open it again."""
        data: dict[str, Any] = super().clean() or {}
        drawn = self.data.get("read_by", "")
        if self.read_by and drawn and drawn != self.read_by and "sharing_level" not in self.errors:
            self.add_error("sharing_level", READERS_CHANGED.format(_level_words(self.read_by)))
        return data

    def _read_by(self, row: LifeEvent | ScopingEntry | PathwayPlace | None) -> str:
        """Who may read it now, for the page to send back: the level, and who is named."""
        return " ".join([row.sharing_level, *self.initial["readers"]]) if row is not None else ""

    def _offer_people(self, row: LifeEvent | ScopingEntry | PathwayPlace | None) -> None:
        self.fields["readers"].choices = [  # type: ignore[attr-defined]
            (public_id, f"{one.name}, {one.their_role.name.lower()}")
            for public_id, one in self.people.items()
        ]
        if row is not None:
            may = {*row.named_readers, row.written_by_id}
            self.initial["readers"] = [p for p, one in self.people.items() if one.pk in may]

    def _offer_levels(self, by: StaffMember) -> None:
        field = self.fields["sharing_level"]
        field.choices = policies.levels_open_to(by)  # type: ignore[attr-defined]
        opens = any(code == READ_BY_CHILD for code, _ in policies.levels_open_to(by))
        if self.initial.get("sharing_level") == READ_BY_CHILD and not opens:
            self.initial["sharing_level"] = "team"
            field.hint = OPENS_AGAIN  # type: ignore[attr-defined]

    def shared(self) -> dict[str, Any]:
        ticked = self.cleaned_data.get("readers") or []
        return {
            "sharing_level": self.cleaned_data["sharing_level"],
            "named_readers": [self.people[public_id] for public_id in ticked],
        }


def _level_words(read_by: str) -> str:
    return dict(SHARING_LEVELS)[read_by.split()[0]]


class WrittenForm(ReadersForm):
    """What every piece of writing is asked."""

    source = TextField(
        label="Where this comes from",
        hint="For example, social work chronology, or told to the keyworker",
        max_length=200,
        called="where this comes from",
    )
    whose_words = RadiosField(
        label="Whose words are these?", choices=WHOSE_WORDS, initial="adult", inline=True
    )
    copied_knowingly = TickField(
        label="I have checked these words: everyone chosen above may read them", required=False
    )

    def __init__(self, *args: Any, held_back: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held_back = held_back
        self.repeats_held_back = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        level = data.get("sharing_level")
        if level and level not in policies.HELD_BACK and not data.get("copied_knowingly"):
            told = (data.get(name) for name in ("title", "name", "text"))
            self._look_for_copies("\n".join(str(words) for words in told if words))
        return data

    def _look_for_copies(self, text: str) -> None:
        if rules.repeats(text, self.held_back):
            self.repeats_held_back = True
            self.add_error("copied_knowingly", REPEATS)

    @property
    def asks_about_copies(self) -> bool:
        return self.repeats_held_back or bool(self.data.get("copied_knowingly"))

    def written(self) -> dict[str, Any]:
        names = ("text", "source", "whose_words")
        return {name: self.cleaned_data[name] for name in names} | self.shared()


class EntryForm(WrittenForm):
    text = LongTextField(label="What is known", max_length=LONGEST, rows=8)

    def __init__(self, *args: Any, part_words: str, part_hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = part_words
        self.fields["text"].hint = part_hint  # type: ignore[attr-defined]


IN_WORDS = "words"
WAYS_TO_SAY_WHEN = [
    (IN_WORDS, "In words, as it was said"),
    *(way for way in PRECISIONS if way[0] != "between"),
]


class EventForm(WrittenForm):
    """`today` and the child's date of birth bound what can have happened when.

    Words about time are saved only as the page has shown that they are read: `saw`.
    """

    title = TextField(
        label="What happened, in a few words",
        hint="For example, Moved to the house by the sea",
        max_length=160,
        called="what happened, in a few words",
        width=30,
    )
    text = LongTextField(
        label="More about it",
        max_length=LONGEST,
        rows=3,
        required=False,
        hint="What was done, by whom, and what the child did. No names of other children, "
        "no addresses.",
    )
    precision = RadiosField(
        label="When was it?",
        choices=WAYS_TO_SAY_WHEN,
        shows={
            IN_WORDS: "said",
            "exact": "on",
            "month": "month",
            "year": "year",
            "about_age": "age",
        },
    )
    said = TextField(
        label="When was it, in your own words?",
        hint="For example: summer 2014, about age 6, before school, Year 7, Christmas 2012. You "
        "see how it is read before it is saved.",
        max_length=LONGEST_WHEN,
        called="when it was",
        width=30,
    )
    saw = HiddenField(required=False)
    on = DateField(label="The day", called="the day")
    month = MonthField(label="Month and year", called="the month and year")
    year = YearField(label="Year", called="the year", hint="For example, 2014")
    age = NumberField(
        label="Age", called="the age", width=2, hint="The child’s age in years", min_value=0,
        max_value=rules.OLDEST_AGE,
    )  # fmt: skip
    when_words = TextField(
        label="How they put it",
        hint="When it was, as it was said. For example, the summer I was seven",
        max_length=LONGEST_WHEN,
        required=False,
    )
    kind = SelectField(label="What kind of event", choices=EVENT_KINDS, called="the kind of event")

    def __init__(self, *args: Any, child: Child, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        self.today = today
        self.when: When | None = None
        self.reading: Reading | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        precision = data.get("precision")
        box = self.fields["precision"].shows.get(precision)  # type: ignore[attr-defined]
        if precision and box not in self.errors:
            self._check_when(precision, box, data)
        return data

    def _check_when(self, precision: str, box: str | None, data: dict[str, Any]) -> None:
        try:
            self.when = self._read(data) if precision == IN_WORDS else _when(precision, data)
            rules.checked(
                self.when,
                kind=data.get("kind") or "family",
                born_on=self.child.born_on,
                today=self.today,
                name=self.child.preferred_name,
            )
        except NotADate as wrong:
            self.add_error(box or "precision", str(wrong))

    def _read(self, data: dict[str, Any]) -> When:
        self.reading = read_when(
            str(data.get("said") or ""),
            born_on=self.child.born_on,
            name=self.child.preferred_name,
        )
        if self.reading.asks:
            raise NotADate(self.reading.asks.removesuffix("."))
        return self.reading.when

    @property
    def read_as(self) -> str:
        """How words about time were read; empty where exact boxes say it."""
        if self.reading is None:
            return ""
        note = f" {self.reading.note}" if self.reading.note else ""
        return f"{self.reading.in_words(self.child.born_on)}.{note}"

    @property
    def shown_before(self) -> bool:
        return not self.read_as or self.cleaned_data.get("saw") == self.read_as

    def event(self) -> dict[str, Any]:
        facts = {"title": self.cleaned_data["title"], "kind": self.cleaned_data["kind"]}
        return facts | {"when": self.when} | self.written()


def _when(precision: str, data: dict[str, Any]) -> When:
    words = data.get("when_words") or ""
    if precision == "exact":
        return When.exact(data["on"], words)
    if precision == "month":
        year, month = data["month"]
        return When.month(year, month, words)
    if precision == "year":
        return When.year(data["year"], words)
    if precision == "about_age":
        return When.about_age(data["age"], words)
    return When.unknown(words)


def initial_of(row: LifeEvent | ScopingEntry | PathwayPlace) -> dict[str, Any]:
    """What the boxes of a change form begin with."""
    names = ["text", "source", "whose_words", "sharing_level"]
    if isinstance(row, LifeEvent):
        names += ["title", "kind", "precision", "when_words"]
    initial = {name: getattr(row, name) for name in names}
    return initial | (_boxes(row) if isinstance(row, LifeEvent) else {})


def _boxes(event: LifeEvent) -> dict[str, Any]:
    first = event.earliest_on
    if event.precision == "about_age":
        return {"age": event.about_age}
    if event.precision == "between":
        found = Span(first, event.latest_on)
        child = event.child
        words = words_read_as(
            event.when_words, event.precision, found, None, child.born_on, child.preferred_name
        )
        return {"precision": IN_WORDS, "said": words}
    if first is None:
        return {}
    if event.precision == "exact":
        return {"on": first}
    if event.precision == "month":
        return {"month": (first.year, first.month)}
    return {"year": first.year}


def like(event: LifeEvent | None) -> dict[str, Any]:
    """What the next event in a row most likely shares with the one before it."""
    if event is None:
        return {}
    precision = IN_WORDS if event.precision == "between" else event.precision
    return {"source": event.source, "precision": precision}
