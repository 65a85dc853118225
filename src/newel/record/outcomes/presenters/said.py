"""After the last question: what is left open, and what they said in their own picks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Item, Responses
from newel.record.design_system.pages import Link
from newel.record.outcomes.models import Answer
from newel.record.outcomes.page_words import PageWords, Words
from newel.record.outcomes.presenters.answering import AnsweringPage, plain


@dataclass(frozen=True, kw_only=True)
class Said:
    question: str
    words: Words
    href: str
    # Where on a line the mark stands, from 0 to 100; None where it is no line or has no mark.
    mark: float | None = None


@dataclass(kw_only=True)
class SaidPage(AnsweringPage):
    said: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class LeftOpen:
    text: Words
    href: str


@dataclass(kw_only=True)
class LastPage(AnsweringPage):
    left_open: tuple[LeftOpen, ...]


def said_page(*, measure: Measure, answers: Mapping[str, Answer], words: PageWords) -> SaidPage:
    """What they said, in the words that they picked. No score: nothing is worked out here (H4)."""
    said = [
        _said(measure, item, answers.get(item.id), number, words)
        for number, item in enumerate(measure.items, 1)
    ]
    return SaidPage(
        title=words.say("words.said_heading"),
        words=words,
        back=Link(text="Back", href=reverse("answering:last")),
        said=tuple(said),
    )


def _said(
    measure: Measure, item: Item, answer: Answer | None, number: int, words: PageWords
) -> Said:
    responses = measure.responses_of(item.id)
    return Said(
        question=item.label,
        words=_in_words(responses, answer, words),
        href=reverse("answering:question", args=[number]),
        mark=_mark(responses, answer),
    )


def _in_words(responses: Responses, answer: Answer | None, words: PageWords) -> Words:
    if answer is None:
        return words.say("words.not_answered")
    if answer.value is None:
        return words.say("words.did_not_want")
    picked = [one.label for one in responses.options if one.value == answer.value]
    return Words(picked[0]) if picked else _on_the_line(responses, answer, words)


def _on_the_line(responses: Responses, answer: Answer, words: PageWords) -> Words:
    mark = _mark(responses, answer)
    if responses.anchors is None or mark is None:
        return Words(plain(answer))
    left, right = responses.anchors
    if mark == 50:
        return words.say("words.in_the_middle", left=left, right=right)
    near, end = (mark, left) if mark < 50 else (100 - mark, right)
    if near == 0:
        return words.say("words.all_the_way", end=end)
    return words.say("words.close_to" if near < 25 else "words.nearer_to", end=end)


def _mark(responses: Responses, answer: Answer | None) -> float | None:
    if responses.options or answer is None or answer.value is None:
        return None
    lowest, highest = float(responses.lowest or 0), float(responses.highest or 0)
    return round((float(answer.value) - lowest) / (highest - lowest) * 100, 1)


def last_page(*, measure: Measure, answers: Mapping[str, Answer], words: PageWords) -> LastPage:
    left_open = [
        LeftOpen(
            text=words.say("words.question", number=number),
            href=reverse("answering:question", args=[number]),
        )
        for number, item in enumerate(measure.items, 1)
        if item.id not in answers
    ]
    return LastPage(
        title=words.say("words.last_heading"),
        words=words,
        back=Link(text="Back", href=reverse("answering:question", args=[len(measure.items)])),
        left_open=tuple(left_open),
    )
