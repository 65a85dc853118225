"""The pages of somebody who answers by their own hand. Nothing on them leads out, and nothing but
the questions says whose they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from newel.definitions import read
from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Responses
from newel.evidence.measures.wording import Wording
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.models import Answer, Form
from newel.record.outcomes.page_words import PageWords, Words
from newel.record.outcomes.rules import asks_for_a_talk
from newel.record.outcomes.shown_beside import ShownPicture, picture_of, recording_of

STEPS = read("asking/by_own_hand.yaml")


@dataclass(kw_only=True)
class AnsweringPage(Page):
    """`words`: the language of the page, and what is said in it. `closes_in`: so many seconds until
    the sitting's time is over; 0 where none goes on."""

    words: PageWords = field(default_factory=PageWords)
    closes_in: int = 0


@dataclass(kw_only=True)
class ToldPage(AnsweringPage):
    """One idea in a few sentences, and one way on: a link, or a button that begins."""

    says: tuple[Words, ...]
    names: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()
    onward: str = ""
    begins: Words | None = None


@dataclass(kw_only=True)
class OverPage(AnsweringPage):
    """Nothing opens any more; in words why."""

    says: tuple[Words, ...]
    not_kept: Words | None = None


@dataclass(kw_only=True)
class DoorPage(AnsweringPage):
    """Where a link is opened, by the script or by pasting it."""

    wrong: tuple[Words, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    label: str
    picked: bool
    picture: ShownPicture | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    lowest: str
    highest: str
    step: str
    left: str
    right: str
    value: str
    label: Words


@dataclass(kw_only=True)
class QuestionPage(AnsweringPage):
    question: str
    place: Words
    choices: tuple[Choice, ...] = ()
    line: Line | None = None
    is_first: bool = False
    declined: bool = False
    wrong: Words | None = None
    picture: ShownPicture | None = None
    recording: str = ""

    @property
    def has_errors(self) -> bool:
        return bool(self.wrong)


def _steps(measure: Measure) -> list[dict[str, Any]]:
    asks = asks_for_a_talk(measure)
    return [one for one in STEPS["before"] if asks or not one.get("only_where_a_talk_may_follow")]


def first_step() -> str:
    return str(STEPS["before"][0]["code"])


def before_page(*, form: Form, measure: Measure, code: str, words: PageWords) -> ToldPage | None:
    """What is said before the first question, one idea a page. None: there is no such page."""
    steps = _steps(measure)
    at = next((n for n, one in enumerate(steps) if one["code"] == code), None)
    if at is None:
        return None
    step, last = steps[at], at == len(steps) - 1
    count = [_how_many(measure, words)] if at == 0 else []
    readers = STEPS["readers"] if step.get("readers") else ()
    return ToldPage(
        title=words.say(f"before.{code}.heading"),
        words=words,
        back=Link(text="Back", href=_before(steps[at - 1]["code"])) if at else None,
        says=(*_told(step, form, measure, words), *count),
        names=tuple(words.say(f"readers.{role}") for role in readers),
        after=tuple(_listed(words, step, _of_goals("after", step, measure))),
        onward="" if last else _before(steps[at + 1]["code"]),
        begins=words.say("words.begin") if last else None,
    )


def _before(code: str) -> str:
    return reverse("answering:before", args=[code])


def _how_many(measure: Measure, words: PageWords) -> Words:
    number = len(measure.items)
    return words.say("words.one_question" if number == 1 else "words.how_many", count=number)


def _told(
    step: Mapping[str, Any], form: Form, measure: Measure, words: PageWords
) -> Iterator[Words]:
    who = form.answered_by if form.answered_by in step else "self"
    named = {"talk_to": _name(form.talk_to), "cover": _name(form.cover)}
    yield from _listed(words, step, _of_goals(who, step, measure), **named)


def _listed(
    words: PageWords, step: Mapping[str, Any], key: str, **put_in: object
) -> Iterator[Words]:
    yield from _lines(words, f"before.{step['code']}.{key}", step.get(key, ()), **put_in)


def _lines(words: PageWords, key: str, lines: Any, **put_in: object) -> Iterator[Words]:
    for number, _ in enumerate(lines, 1):
        yield words.say(f"{key}.{number}", **put_in)


def _of_goals(key: str, step: Mapping[str, Any], measure: Measure) -> str:
    """Goals are spoken of in words of their own, where a step has them."""
    own = f"{key}_of_goals"
    return own if measure.kind == "goals" and own in step else key


def _name(staff: Any) -> str:
    return str(staff.name) if staff is not None else ""


def again_page(*, form: Form, measure: Measure, words: PageWords) -> ToldPage:
    """Somebody comes back. That adults must act is said again before they go on (H9)."""
    safe = [one for one in _steps(measure) if one.get("only_where_a_talk_may_follow")]
    return ToldPage(
        title=words.say("again.heading"),
        words=words,
        says=tuple(_lines(words, "again.says", STEPS["again"]["says"])),
        after=tuple(line for one in safe for line in _told(one, form, measure, words)),
        begins=words.say("words.go_on"),
    )


def question_page(
    *,
    wording: Wording,
    words: PageWords,
    number: int,
    answer: Answer | None,
    typed: str,
    wrong: Words | None,
) -> QuestionPage:
    """number: from 1. typed: what was just sent and could not be taken."""
    measure = wording.measure
    item, place = measure.items[number - 1], {"number": number, "count": len(measure.items)}
    responses = measure.responses_of(item.id)
    value = typed or plain(answer)
    return QuestionPage(
        title=words.say("words.place", **place),
        heading="",
        words=words,
        question=item.label,
        place=words.say("words.place", **place),
        choices=tuple(_choices(wording, number, responses, value)),
        line=None if responses.options else _line(responses, value, words),
        is_first=number == 1,
        declined=answer is not None and answer.declined and not typed,
        wrong=wrong,
        picture=picture_of(wording, number, address=_picture),
        recording=recording_of(wording, number, address=_recording),
    )


def _picture(part: str) -> str:
    return reverse("answering:picture", args=[part])


def _recording(part: str) -> str:
    return reverse("answering:recording", args=[part])


def _choices(wording: Wording, number: int, responses: Responses, value: str) -> Iterator[Choice]:
    for place, one in enumerate(responses.options, 1):
        yield Choice(
            value=str(one.value),
            label=one.label,
            picked=str(one.value) == value,
            picture=picture_of(wording, number, option=place, address=_picture),
        )


def _line(responses: Responses, value: str, words: PageWords) -> Line:
    left, right = responses.anchors or ("", "")
    ends = {"lowest": responses.lowest, "highest": responses.highest}
    return Line(
        lowest=str(responses.lowest),
        highest=str(responses.highest),
        step=str(responses.step),
        left=left,
        right=right,
        value=value,
        label=words.say("words.a_number_between", left=left, right=right, **ends)
        if responses.anchors
        else words.say("words.a_number", **ends),
    )


def plain(answer: Answer | None) -> str:
    """As the definition writes the value: 7 and 7.5, where the database keeps 7.000 and 7.500."""
    if answer is None or answer.value is None:
        return ""
    return f"{answer.value.normalize():f}"


def over_page(*, why: str, sent_just_now: bool, words: PageWords) -> OverPage:
    why = why if why in STEPS["over"] else "unknown"
    return OverPage(
        title=words.say(f"over.{why}.heading"),
        words=words,
        says=_over_says(why, words),
        not_kept=words.say("not_kept") if sent_just_now else None,
    )


def _over_says(why: str, words: PageWords) -> tuple[Words, ...]:
    return tuple(_lines(words, f"over.{why}.says", STEPS["over"][why]["says"]))


def door_page(*, why: str = "") -> DoorPage:
    """Before it is opened nobody knows its language."""
    words = PageWords()
    return DoorPage(
        title=words.say("words.door_heading"),
        words=words,
        wrong=_over_says(why, words) if why else (),
    )
