"""What becomes of each form of a file: new, known already, another than one here, or faulty.

Pure: what is here and what day it is come in. Nothing is decided; a person does that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from newel.evidence.measures import Measure, measure
from newel.evidence.measures.exchange.read_form import ReadForm
from newel.evidence.measures.form import BEGUN, GOAL_ID
from newel.evidence.measures.form import Form as Told
from newel.record.outcomes import rules
from newel.record.outcomes.exchange.fitting import why_not_here
from newel.record.outcomes.exchange.told import told
from newel.record.outcomes.models import OPEN, Form

NEW, KNOWN, DIFFERS, ANOTHER, FAULTY = "new", "known", "differs", "another", "faulty"
IN, OUT = "in", "out"  # what a person decides about one of them
# DIFFERS: the very form that is here, with other answers: it never comes in.
# ANOTHER: another form of the same questionnaire, person and day: a person says whether it is one.


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is not the same here and in the file."""

    name: str
    here: object
    there: object


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A form of the file beside what is here."""

    number: int
    read: ReadForm
    status: str
    why_not: tuple[str, ...] = ()
    here: Form | None = None  # the one that it is, or stands beside
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def can_come_in(self) -> bool:
        return self.status in (NEW, ANOTHER)

    @property
    def needs_a_choice(self) -> bool:
        """Whether a person has to say what becomes of it; what is new and whole comes in else."""
        return self.can_come_in and (self.status == ANOTHER or bool(self.read.faults))

    @property
    def asks_for_a_talk(self) -> bool:
        return self.can_come_in and bool(asking(self.read))


@dataclass(kw_only=True)
class _Known:
    """What is here, and what stood above in the same file."""

    by_id: dict[str, tuple[Told, Form | None]] = field(default_factory=dict)
    by_day: dict[tuple[object, ...], list[tuple[Told, Form | None]]] = field(default_factory=dict)

    def add(self, form: Told, id: str, row: Form | None) -> None:
        for one in {form.id, row.public_id if row else ""} - {""}:
            self.by_id[f"{one}"] = (form, row)
        if form.on is not None:
            self.by_day.setdefault((id, form.answered_by, form.on), []).append((form, row))


def asking(read: ReadForm) -> list[str]:
    """The items whose answer means that an adult must talk with the child (H9)."""
    if read.measure is None or read.form is None:
        return []
    values = read.form.answers
    return [
        one.id
        for one in read.measure.items
        if one.conversation_above is not None
        and (value := values.get(one.id)) is not None
        and value > one.conversation_above
    ]


def matched(
    forms: Iterable[ReadForm], *, here: Sequence[Form], reference: str, born_on: date | None,
    today: date,
) -> list[Incoming]:  # fmt: skip
    known = _Known()
    for row in here:
        if row.state != OPEN:
            known.add(told(row, measure(row.measure), reference=reference), row.measure, row)
    found, forms = [], list(forms)
    twice = _said_in_two_ways(forms)
    for number, read in enumerate(forms, 1):
        if read.form is not None and read.form.id in twice:
            read = replace(read, wrong=(*read.wrong, TWO_WAYS.format(id=read.form.id)))
        one = _match(number, read, known, born_on, today)
        found.append(one)
        if one.can_come_in and read.form is not None and read.measure is not None:
            known.add(read.form, read.measure.id, None)
    return found


TWO_WAYS = (
    "Its id “{id}” stands in this file more than once, with different answers: which of them is "
    "so, the file does not say."
)


def _said_in_two_ways(forms: Iterable[ReadForm]) -> set[str]:
    """Ids under which the file has more than one thing to say."""
    found: dict[str, ReadForm] = {}
    twice = set()
    for one in forms:
        if one.form is None or not one.form.id:
            continue
        first = found.setdefault(one.form.id, one)
        if (first.form, first.faults, first.measure) != (one.form, one.faults, one.measure):
            twice.add(one.form.id)
    return twice


def _match(
    number: int, read: ReadForm, known: _Known, born_on: date | None, today: date
) -> Incoming:
    why_not = read.wrong
    if read.form is not None and read.measure is not None:
        why_not = (*why_not, *_why_not(read.measure, read.form, born_on, today))
    if why_not or read.form is None or read.measure is None:
        return Incoming(number=number, read=read, status=FAULTY, why_not=why_not)
    notes = _notes(read.measure, read.form, born_on)
    if read.form.id and read.form.id in known.by_id:
        there, row = known.by_id[read.form.id]
        return _beside(number, read, there, row, notes, DIFFERS)
    same_day = known.by_day.get((read.measure.id, read.form.answered_by, read.form.on), [])
    if not same_day:
        return Incoming(number=number, read=read, status=NEW, notes=notes)
    return _of_that_day(number, read, same_day, notes)


def _of_that_day(
    number: int, read: ReadForm, same_day: list[tuple[Told, Form | None]], notes: tuple[str, ...]
) -> Incoming:
    """The same answers on the same day are the same form, where no id says otherwise."""
    assert read.form is not None and read.measure is not None  # noqa: S101 - asked before
    from_here = [one for one in same_day if one[1] is not None]
    if read.form.id and not from_here:
        return Incoming(number=number, read=read, status=NEW, notes=notes)
    compared = [
        _beside(number, read, there, row, notes, ANOTHER) for there, row in from_here or same_day
    ]
    return next((one for one in compared if one.status == KNOWN), compared[0])


def _beside(
    number: int, read: ReadForm, there: Told, row: Form | None, notes: tuple[str, ...], other: str
) -> Incoming:
    assert read.form is not None and read.measure is not None  # noqa: S101 - asked before
    found = tuple(differences(read.measure, there, read.form))
    # A cell that is no answer is no answer here either: with it, it is not known to be the same.
    same = not found and not read.faults
    return Incoming(
        number=number, read=read, status=KNOWN if same else other, here=row,
        differences=found, notes=notes,
    )  # fmt: skip


def differences(measure: Measure, here: Told, there: Told) -> Iterator[Difference]:
    for name in ("on", "state", "answered_by", "way", "language", "has_wording", "because"):
        if getattr(here, name) != getattr(there, name):
            yield Difference(name=name, here=getattr(here, name), there=getattr(there, name))
    for one in measure.items:
        mine, theirs = _answer(here, one.id), _answer(there, one.id)
        if mine != theirs:
            yield Difference(name=one.id, here=mine, there=theirs)
    mine_texts, theirs_texts = _texts(here), _texts(there)
    for name in sorted(mine_texts.keys() | theirs_texts.keys()):
        if mine_texts.get(name, "") != theirs_texts.get(name, ""):
            yield Difference(
                name=name, here=mine_texts.get(name, ""), there=theirs_texts.get(name, "")
            )


def _answer(form: Told, item: str) -> object:
    return "declined" if item in form.declined else form.answers.get(item)


def _texts(form: Told) -> Mapping[str, str]:
    """A goal’s id is the other system’s own: its words say whether it is the same."""
    told_texts = {name: text for name, text in form.texts.items() if not name.endswith(GOAL_ID)}
    return told_texts | {f"{item}_reason": text for item, text in form.reasons.items()}


def _why_not(found: Measure, form: Told, born_on: date | None, today: date) -> Iterator[str]:
    if form.state == BEGUN:
        yield "It is begun and not finished. Finish it where it was begun, and bring it in then."
    if form.on is not None and form.on > today:
        yield f"It is of {form.on.isoformat()}, which is still to come."
    if form.on is not None and born_on is not None and form.on < born_on:
        yield f"It is of {form.on.isoformat()}, before the child was born."
    yield from why_not_here(found, form)


def _notes(found: Measure, form: Told, born_on: date | None) -> tuple[str, ...]:
    notes = []
    if form.on is not None and (said := rules.age_warning(found, born_on=born_on, on=form.on)):
        notes.append(said.replace("This child is", "On that day the child was"))
    if form.language != "en":
        notes.append(f"It was asked in another language: {form.language}.")
    return tuple(notes)
