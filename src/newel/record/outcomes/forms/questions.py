"""The questions of a form as they are drawn: options to choose from, or a line with a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import cast

from newel.evidence.measures import Measure
from newel.evidence.measures.wording import Wording
from newel.record.children.models import Child
from newel.record.design_system.fields import NhsBoundField
from newel.record.outcomes.actions import Given
from newel.record.outcomes.codes import (
    DECLINED,
    NOT_WANTED,
    SEEN,
    TAKEN_BACK,
    answer_in_words,
    given_by,
)
from newel.record.outcomes.forms.answers import AnswersForm
from newel.record.outcomes.forms.line import AnswerField
from newel.record.outcomes.models import Answer, Form
from newel.record.outcomes.page_words import ENGLISH, page_words
from newel.record.outcomes.shown_beside import (
    ShownPicture,
    address_of_picture,
    address_of_recording,
    picture_of,
    recording_of,
)
from newel.record.outcomes.wording import in_words


@dataclass(frozen=True, kw_only=True)
class Option:
    """in_language: its words are those of the questionnaire and not of the page. `english` says the
    same for the adult, where that is another language."""

    id: str
    value: str
    words: str
    checked: bool
    in_language: bool = False
    english: str = ""
    picture: ShownPicture | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    number: int
    of: int
    id: str
    name: str
    label: str
    lang: str
    dir: str
    english: str
    english_ends: tuple[str, str] | None
    picture: ShownPicture | None
    recording: str
    options: tuple[Option, ...]
    value: str
    lowest: str
    highest: str
    step: str
    ends: tuple[str, str]
    not_wanted: str  # the name of the box beside a number
    not_wanted_words: str
    is_not_wanted: bool
    error: str
    theirs: str
    seen_name: str
    seen_code: str


def asked(form: AnswersForm, about: Form, child: Child, wording: Wording) -> tuple[Question, ...]:
    wish = not_wanted(about.answered_by, child)
    return tuple(_question(form, name, wish, wording) for name in form.fields)


def not_wanted(answered_by: str, child: Child) -> str:
    if answered_by == "self":
        return f"{child.preferred_name} doesn’t want to answer"
    return "No wish to answer" if answered_by == "carer" else "Cannot be said"


def _question(form: AnswersForm, name: str, wish: str, wording: Wording) -> Question:
    bound = cast(NhsBoundField, form[name])
    field = cast(AnswerField, bound.field)
    one, raw, seen = field.responses, str(bound.typed or ""), form.seen_code(name)
    declined = raw == DECLINED or raw.endswith(f" {DECLINED}")
    english = None if wording.language == ENGLISH else in_words(wording.measure.id)
    words = page_words(wording.language, direction=wording.direction)
    return Question(
        number=field.number,
        of=len(form.measure.items),
        id=bound.element_id,
        name=name,
        label=str(field.label),
        lang=words.html_lang,
        dir=words.direction,
        english=english.item(name).label if english else "",
        english_ends=english.responses_of(name).anchors if english else None,
        picture=picture_of(wording, field.number, address=partial(address_of_picture, wording)),
        recording=recording_of(
            wording, field.number, address=partial(address_of_recording, wording)
        ),
        options=_options(bound, field, raw, wish, wording, has_answer=bool(seen))
        if one.options
        else (),
        value="" if declined else raw,
        lowest="" if one.lowest is None else str(one.lowest),
        highest="" if one.highest is None else str(one.highest),
        step=str(one.step),
        ends=one.anchors or (str(one.lowest), str(one.highest)),
        not_wanted=f"{name}{NOT_WANTED}",
        not_wanted_words=wish,
        is_not_wanted=declined,
        error=bound.first_error or "",
        theirs=_theirs(form, field, seen) if name in form.answered_meanwhile else "",
        seen_name=f"{SEEN}{name}",
        seen_code=seen,
    )


def _options(
    bound: NhsBoundField,
    field: AnswerField,
    raw: str,
    wish: str,
    wording: Wording,
    *,
    has_answer: bool,
) -> tuple[Option, ...]:
    own = tuple(_own_options(bound, field, raw, wording))
    told = [(DECLINED, wish), *([(TAKEN_BACK, "Nothing: take the answer back")] * has_answer)]
    more = (
        Option(id=f"{bound.element_id}-{place}", value=value, words=words, checked=value == raw)
        for place, (value, words) in enumerate(told, len(own))
    )
    return (*own, *more)


def _own_options(
    bound: NhsBoundField, field: AnswerField, raw: str, wording: Wording
) -> Iterator[Option]:
    """Those of the questionnaire, in its language."""
    english = in_words(wording.measure.id).responses_of(field.item).options
    for place, one in enumerate(field.responses.options):
        yield Option(
            id=f"{bound.element_id}-{place}",
            value=str(one.value),
            words=one.label,
            checked=str(one.value) == raw,
            in_language=True,
            english="" if wording.language == ENGLISH else english[place].label,
            picture=picture_of(
                wording,
                field.number,
                option=place + 1,
                address=partial(address_of_picture, wording),
            ),
        )


def _theirs(form: AnswersForm, field: AnswerField, seen: str) -> str:
    return given_in_words(given_by(seen), form.measure, field.item)


def given_in_words(given: Given, measure: Measure, item: str) -> str:
    if given == Given(None):
        return "nothing"
    return answer_in_words(Answer(value=given.value, declined=given.declined), measure, item)
