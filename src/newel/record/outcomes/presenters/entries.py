"""A form on paper: typed in, typed in again, and where the two entries differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.forms import BaseForm

from newel.evidence.measures import Measure
from newel.evidence.measures.wording import Wording
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Page
from newel.record.outcomes.codes import answer_in_words
from newel.record.outcomes.models import Answer, Form
from newel.record.outcomes.presenters.forms import AnswerPage, answer_page
from newel.record.outcomes.presenters.words import (
    about,
    counted,
    to_form,
)


@dataclass(frozen=True, kw_only=True)
class Difference:
    number: int
    label: str
    name: str
    choices: tuple[tuple[str, str], ...]
    error: str = ""


@dataclass(kw_only=True)
class ComparePage(Page):
    differences: tuple[Difference, ...]
    alike: str


def type_in_page(
    *,
    child: Child,
    form: Form,
    wording: Wording,
    answers: BaseForm,
    questions: tuple[object, ...],
    again: bool,
    person: StaffMember,
    at: datetime,
) -> AnswerPage:
    measure = wording.measure
    page = answer_page(
        child=child,
        form=form,
        wording=wording,
        answers=answers,
        questions=questions,
        person=person,
        at=at,
    )
    page.heading = f"{measure.name}: type it in{' a second time' if again else ''}"
    page.said_before, page.another_way = (), None
    page.paragraphs = _before_typing(measure, again)
    page.buttons = (
        (("compare", "Save and compare"), ("stop", "Save and stop"))
        if again
        else (("finish", "Save and finish"), ("again", "Save and type it a second time"),
              ("stop", "Save and stop"))
    )  # fmt: skip
    return page


def _before_typing(measure: Measure, again: bool) -> tuple[str, ...]:
    leave = "Leave open what is open on the paper."
    if again:
        return (
            "What was typed first is not shown. Best somebody else types this time. Where the two "
            f"differ, you see both and decide. {leave}",
        )
    if measure.kind == "entered_scores":
        return (f"Only the scores of the paper form are entered. {leave}",)
    said = f"{leave} If two answers are marked to one question, ask whoever answered."
    return (f"{said} {_RULER}" if _has_lines(measure) else said,)


_RULER = (
    "Measure a line from its left end: on a line of ten centimetres, 73 millimetres are 7.3. Check "
    "with the ruler that the printed line is ten centimetres long."
)


def _has_lines(measure: Measure) -> bool:
    return any(one.highest == 10 and one.step == 0.1 for one in measure.responses.values())


def compare_page(
    *,
    child: Child,
    form: Form,
    measure: Measure,
    different: Sequence[str],
    entries: tuple[Mapping[str, Answer], Mapping[str, Answer]],
    missing: frozenset[str],
    person: StaffMember,
    at: datetime,
) -> ComparePage:
    alike = len(entries[0].keys() | entries[1].keys()) - len(different)
    return ComparePage(
        title="Where the two entries differ",
        **about(child, person, at, back=to_form(child, form, measure)),
        differences=tuple(_difference(measure, item, entries, missing) for item in different),
        alike=f"{counted(alike, 'answer')} are the same in both."
        if alike != 1
        else "1 answer is the same in both.",
    )


def _difference(
    measure: Measure,
    item: str,
    entries: tuple[Mapping[str, Answer], Mapping[str, Answer]],
    missing: frozenset[str],
) -> Difference:
    number = next(place for place, one in enumerate(measure.items, 1) if one.id == item)
    return Difference(
        number=number,
        label=measure.item(item).label,
        name=item,
        choices=tuple(
            (code, _entry_in_words(words, entry.get(item), measure, item))
            for code, words, entry in (
                ("1", "First entry", entries[0]),
                ("2", "Second entry", entries[1]),
            )
        ),
        error=f"Question {number}: choose which entry is what stands on the paper"
        if item in missing
        else "",
    )


def _entry_in_words(words: str, answer: Answer | None, measure: Measure, item: str) -> str:
    by = f", by {answer.written_by.name}" if answer and answer.written_by else ""
    return f"{words}{by}: {answer_in_words(answer, measure, item)}"
