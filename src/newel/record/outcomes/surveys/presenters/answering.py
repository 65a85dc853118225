"""The pages of somebody who holds a slip. They carry what was answered so far in themselves, so
that nothing is kept anywhere while somebody is still answering."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newel.evidence.measures.beside import Picture
from newel.evidence.measures.definition import Measure
from newel.evidence.measures.site_files import TYPES, what_is_wrong
from newel.evidence.measures.wording import Wording
from newel.record.design_system.pages import Page
from newel.record.outcomes.page_words import ENGLISH, PageWords, Words, page_words
from newel.record.outcomes.surveys import rules
from newel.record.outcomes.surveys.models import STAFF, WaveGroup
from newel.record.outcomes.surveys.presenters import words

DECLINED = "declined"
CHOOSE = "Choose an answer, or “I don’t want to answer”"


@dataclass(kw_only=True)
class SurveyPage(Page):
    """What every one of them has: the code, and the answers that are not on this screen."""

    code: str = ""
    screen: int = 0
    carried: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    problem_at: str = ""
    in_demo: bool = False
    language: str = ENGLISH

    @property
    def full_title(self) -> str:
        return f"{'Error: ' if self.problem else ''}{self.title} – Newel"


@dataclass(kw_only=True)
class AboutPage(SurveyPage):
    paragraphs: list[str]
    who_sees: list[str]
    need_help: str
    languages: list[tuple[str, str]]  # only where there is more than one


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    text: Words
    checked: bool
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    id: str
    text: str
    choices: list[Choice]
    lang: str
    dir: str
    picture: str = ""
    alt: str = ""
    problem: str = ""


@dataclass(kw_only=True)
class ScreenPage(SurveyPage):
    questions: list[Question]
    one_by_one: bool
    where: str


@dataclass(kw_only=True)
class EndPage(SurveyPage):
    lines: list[str]


def code_page(*, code: str = "", problem: str = "") -> SurveyPage:
    return SurveyPage(
        title="Type the code on your slip", code=code, problem=problem, problem_at="code"
    )


def about_page(
    *, group: WaveGroup, found: Measure, code: str, languages: list[tuple[str, str]]
) -> AboutPage:
    """Who sees what, before the first question."""
    languages = languages if len(languages) > 1 else []
    least = rules.number("fewest_forms")
    where = words.place(group.wave)
    if group.asked == STAFF:
        return AboutPage(
            title=f"A survey of staff: {found.name}",
            code=code,
            languages=languages,
            paragraphs=[
                f"It is about {where}. There are {len(found.items)} questions; they take about "
                f"{max(2, -(-len(found.items) // 5))} minutes. You need not take part, and nobody "
                "is told whether you did.",
            ],
            who_sees=[
                "Newel does not know who you are: no sign-in, no name, no time, and nothing that "
                "ties your slip to your answers.",
                f"Answers are read by nobody. They are counted together when {least} forms or more "
                "have come, after the survey is closed.",
                "Managers, psychologists and evaluators of this setting see those figures, for "
                "staff as a group. Never one form.",
            ],
            need_help="Nobody can act on what you answer here, because nobody can tell that it "
            "was you. If a child or anyone else is in danger, say so the usual way, now.",
        )
    return AboutPage(
        title=f"Questions about {where}",
        code=code,
        languages=languages,
        paragraphs=[
            f"There are {len(found.items)} short questions. You do not have to do this. You can "
            "stop at any time. Nothing bad happens if you do.",
        ],
        who_sees=[
            "Nobody can see which answers are yours. We do not ask your name.",
            f"We only look at answers of {least} or more people, all mixed together.",
            "Then grown-ups who run this place see how people feel here.",
        ],
        need_help="Nobody will know that it was you. So nobody can help you because of what you "
        "say here. If you are not safe, or someone hurts you, tell an adult you trust.",
    )


def screen_page(
    *,
    wording: Wording,
    items: Sequence[str],
    screen: int,
    screens: int,
    code: str,
    answers: Mapping[str, str],
    one_by_one: bool,
    with_problem: bool = False,
) -> ScreenPage:
    found = wording.measure
    words = page_words(wording.language, direction=wording.direction)
    questions = [_question(wording, words, id, answers.get(id), with_problem) for id in items]
    missing = next((one for one in questions if one.problem), None)
    where = (
        f"Question {screen + 1} of {screens}" if one_by_one else f"Page {screen + 1} of {screens}"
    )
    return ScreenPage(
        title=questions[0].text if one_by_one else found.name,
        caption=where,
        code=code,
        language=wording.language,
        screen=screen,
        carried=[(id, value) for id, value in answers.items() if id not in items],
        questions=questions,
        one_by_one=one_by_one,
        where=where,
        problem=missing.problem if missing else "",
        problem_at=f"{missing.id}-1" if missing else "",
    )


def _question(
    wording: Wording, words: PageWords, id: str, given: str | None, with_problem: bool
) -> Question:
    item = wording.measure.item(id)
    pictures, options = wording.beside.options, wording.measure.responses_of(id).options
    choices = [
        Choice(
            value=_value(one.value),
            text=Words(one.label[:1].upper() + one.label[1:]),
            checked=_value(one.value) == given,
            **_picture(pictures.get((item.responses, one.value))),
        )
        for one in options
    ]
    choices.append(Choice(value=DECLINED, text=_decline(words), checked=given == DECLINED))
    return Question(
        id=id,
        text=item.label,
        lang=words.html_lang,
        dir=words.direction,
        choices=choices,
        problem=CHOOSE if with_problem and given is None else "",
        **_picture(wording.beside.items.get(id)),
    )


def _decline(words: PageWords) -> Words:
    if words.language == ENGLISH:
        return Words("I don’t want to answer")
    return words.say("words.decline")


def _picture(found: Picture | None) -> dict[str, str]:
    """In the page itself: asked for by itself, it would stand in a log with a time (0024)."""
    if found is None or what_is_wrong(found.file):
        return {}
    kept = base64.b64encode(found.file.read_bytes()).decode()
    return {"picture": f"data:{TYPES[found.file.suffix]};base64,{kept}", "alt": found.alt}


def _value(value: float) -> str:
    return f"{value:g}"


def end_page(
    *,
    wording: Wording,
    screens: int,
    code: str,
    answers: Mapping[str, str],
    plain: bool,
) -> EndPage:
    found = wording.measure
    answered = sum(value != DECLINED for value in answers.values())
    left = len(found.items) - len(answers)
    lines = [f"You answered {answered} of {len(found.items)} questions."]
    if left:
        lines.append(
            f"{left} have no answer yet. You can go back, or send it as it is."
            if left > 1
            else "1 has no answer yet. You can go back, or send it as it is."
        )
    lines.append(
        "When you press the button, your answers are mixed with the others. You cannot change "
        "them after that."
        if plain
        else "Once sent, they are mixed with the others and cannot be changed or taken back."
    )
    return EndPage(
        title="Ready to send?",
        code=code,
        language=wording.language,
        screen=screens,
        carried=list(answers.items()),
        lines=lines,
    )


def thank_you_page() -> SurveyPage:
    return SurveyPage(title="Thank you. Your answers have arrived.")


def stopped_page() -> SurveyPage:
    return SurveyPage(title="You have stopped. Nothing was kept.")
