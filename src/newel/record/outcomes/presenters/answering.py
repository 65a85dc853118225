"""The pages of somebody who answers by their own hand. Nothing on them leads out, and nothing but
the questions says whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from newel.definitions import read
from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Item, Responses
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.models import Answer, Form
from newel.record.outcomes.rules import asks_for_a_talk

WORDS = read("asking/by_own_hand.yaml")
NO_ANSWER = "I don’t want to answer this"
NOT_ANSWERED = "You have not answered this yet"


@dataclass(kw_only=True)
class AnsweringPage(Page):
    """`closes_in`: so many seconds until the sitting's time is over; 0 where none goes on."""

    closes_in: int = 0


@dataclass(kw_only=True)
class ToldPage(AnsweringPage):
    """One idea in a few sentences, and one way on: a link, or a button that begins."""

    says: tuple[str, ...]
    names: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    onward: Link | None = None
    begins: bool = False
    can_stop: bool = True


@dataclass(kw_only=True)
class OverPage(AnsweringPage):
    """Nothing opens any more; in words why."""

    says: tuple[str, ...]
    not_kept: str = ""
    help_now: str = WORDS["help_now"]


@dataclass(kw_only=True)
class DoorPage(AnsweringPage):
    """Where a link is opened, by the script or by pasting it."""

    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    label: str
    picked: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    lowest: str
    highest: str
    step: str
    left: str
    right: str
    value: str


@dataclass(kw_only=True)
class QuestionPage(AnsweringPage):
    question: str
    place: str
    choices: tuple[Choice, ...] = ()
    line: Line | None = None
    is_first: bool = False
    declined: bool = False
    wrong: str = ""

    @property
    def has_errors(self) -> bool:
        return bool(self.wrong)


@dataclass(frozen=True, kw_only=True)
class Said:
    question: str
    words: str
    href: str
    place: int
    # Where on a line the mark stands, from 0 to 100; None where it is no line or has no mark.
    mark: float | None = None
    left: str = ""
    right: str = ""


@dataclass(kw_only=True)
class SaidPage(AnsweringPage):
    said: tuple[Said, ...]


@dataclass(kw_only=True)
class LastPage(AnsweringPage):
    left_open: tuple[Link, ...]


def _steps(measure: Measure) -> list[dict[str, Any]]:
    asks = asks_for_a_talk(measure)
    return [one for one in WORDS["before"] if asks or not one.get("only_where_a_talk_may_follow")]


def first_step() -> str:
    return str(WORDS["before"][0]["code"])


def before_page(*, form: Form, measure: Measure, code: str) -> ToldPage | None:
    """What is said before the first question, one idea a page. None: there is no such page."""
    steps = _steps(measure)
    at = next((n for n, one in enumerate(steps) if one["code"] == code), None)
    if at is None:
        return None
    step, last = steps[at], at == len(steps) - 1
    count = [_how_many(measure)] if at == 0 else []
    onward = None if last else Link(text="Go on", href=_before(steps[at + 1]["code"]))
    return ToldPage(
        title=step["heading"],
        back=Link(text="Back", href=_before(steps[at - 1]["code"])) if at else None,
        says=(*_told(step, form, measure), *count),
        names=tuple(WORDS["readers"].values()) if step.get("readers") else (),
        after=tuple(step.get(_of_goals("after", measure), step.get("after", ()))),
        onward=onward,
        begins=last,
    )


def _before(code: str) -> str:
    return reverse("answering:before", args=[code])


def _how_many(measure: Measure) -> str:
    of = len(measure.items)
    return "There is one question." if of == 1 else f"There are {of} questions."


def _told(step: Mapping[str, Any], form: Form, measure: Measure) -> list[str]:
    who = form.answered_by
    says = step.get(_of_goals(who, measure), step.get(who, step["self"]))
    adults = {"talk_to": form.talk_to, "cover": form.cover}
    named = {part: one.name if one else "" for part, one in adults.items()}
    return [one.format(**named) for one in says]


def _of_goals(key: str, measure: Measure) -> str:
    return f"{key}_of_goals" if measure.kind == "goals" else key


def again_page(*, form: Form, measure: Measure) -> ToldPage:
    """Somebody comes back. That adults must act is said again before they go on (H9)."""
    again = WORDS["again"]
    safe = [one for one in _steps(measure) if one.get("only_where_a_talk_may_follow")]
    return ToldPage(
        title=again["heading"],
        says=tuple(again["says"]),
        after=tuple(line for one in safe for line in _told(one, form, measure)),
        begins=True,
    )


def question_page(
    *, measure: Measure, number: int, answer: Answer | None, typed: str, wrong: str
) -> QuestionPage:
    """number: from 1. typed: what was just sent and could not be taken."""
    item = measure.items[number - 1]
    responses = measure.responses_of(item.id)
    value = typed or _plain(answer)
    return QuestionPage(
        title=f"Question {number} of {len(measure.items)}",
        heading="",
        question=item.label,
        place=f"{number} of {len(measure.items)}",
        choices=tuple(_choices(responses, value)),
        line=None if responses.options else _line(responses, value),
        is_first=number == 1,
        declined=answer is not None and answer.declined and not typed,
        wrong=wrong,
    )


def _choices(responses: Responses, value: str) -> list[Choice]:
    return [
        Choice(value=str(one.value), label=one.label, picked=str(one.value) == value)
        for one in responses.options
    ]


def _line(responses: Responses, value: str) -> Line:
    left, right = responses.anchors or ("", "")
    return Line(
        lowest=str(responses.lowest),
        highest=str(responses.highest),
        step=str(responses.step),
        left=left,
        right=right,
        value=value,
    )


def _plain(answer: Answer | None) -> str:
    """As the definition writes the value: 7 and 7.5, where the database keeps 7.000 and 7.500."""
    if answer is None or answer.value is None:
        return ""
    return f"{answer.value.normalize():f}"


def said_page(*, measure: Measure, answers: Mapping[str, Answer]) -> SaidPage:
    """What they said, in the words that they picked. No score: nothing is worked out here (H4)."""
    said = [
        _said(measure, item, answers.get(item.id), number)
        for number, item in enumerate(measure.items, 1)
    ]
    return SaidPage(
        title="What you said",
        back=Link(text="Back", href=reverse("answering:last")),
        said=tuple(said),
    )


def _said(measure: Measure, item: Item, answer: Answer | None, number: int) -> Said:
    responses = measure.responses_of(item.id)
    left, right = responses.anchors or ("", "")
    return Said(
        question=item.label,
        words=_in_words(responses, answer),
        href=reverse("answering:question", args=[number]),
        place=number,
        mark=_mark(responses, answer),
        left=left,
        right=right,
    )


def _in_words(responses: Responses, answer: Answer | None) -> str:
    if answer is None:
        return NOT_ANSWERED
    if answer.value is None:
        return "You did not want to answer this"
    picked = [one.label for one in responses.options if one.value == answer.value]
    return picked[0] if picked else _on_the_line(responses, answer)


def _on_the_line(responses: Responses, answer: Answer) -> str:
    mark = _mark(responses, answer)
    if responses.anchors is None or mark is None:
        return _plain(answer)
    left, right = responses.anchors
    if mark == 50:
        return f"In the middle between “{left}” and “{right}”"
    near, end = (mark, left) if mark < 50 else (100 - mark, right)
    if near == 0:
        return f"All the way at “{end}”"
    return f"Close to “{end}”" if near < 25 else f"A bit nearer to “{end}”"


def _mark(responses: Responses, answer: Answer | None) -> float | None:
    if responses.options or answer is None or answer.value is None:
        return None
    lowest, highest = float(responses.lowest or 0), float(responses.highest or 0)
    return round((float(answer.value) - lowest) / (highest - lowest) * 100, 1)


def last_page(*, measure: Measure, answers: Mapping[str, Answer]) -> LastPage:
    left_open = [
        Link(text=f"Question {number}", href=reverse("answering:question", args=[number]))
        for number, item in enumerate(measure.items, 1)
        if item.id not in answers
    ]
    return LastPage(
        title="That was the last question",
        back=Link(text="Back", href=reverse("answering:question", args=[len(measure.items)])),
        left_open=tuple(left_open),
    )


def over_page(*, why: str, sent_just_now: bool) -> OverPage:
    told = WORDS["over"].get(why, WORDS["over"]["unknown"])
    return OverPage(
        title=told["heading"],
        says=tuple(told["says"]),
        not_kept=WORDS["not_kept"] if sent_just_now else "",
    )


def door_page(*, why: str = "") -> DoorPage:
    told = WORDS["over"][why] if why else {"says": ()}
    return DoorPage(title="Your questions", wrong=tuple(told["says"]))
