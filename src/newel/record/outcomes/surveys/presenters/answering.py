"""The pages of somebody who holds a slip. They carry what was answered so far in themselves, so
that nothing is kept anywhere while somebody is still answering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newel.evidence.measures.definition import Measure
from newel.record.design_system.pages import Page
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

    @property
    def full_title(self) -> str:
        return f"{'Error: ' if self.problem else ''}{self.title} – Newel"


@dataclass(kw_only=True)
class AboutPage(SurveyPage):
    paragraphs: list[str]
    who_sees: list[str]
    need_help: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    text: str
    checked: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    id: str
    text: str
    choices: list[Choice]
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


def about_page(*, group: WaveGroup, found: Measure, code: str) -> AboutPage:
    """Who sees what, before the first question."""
    least = rules.number("fewest_forms")
    where = words.place(group.wave)
    if group.asked == STAFF:
        return AboutPage(
            title=f"A survey of staff: {found.name}",
            code=code,
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
    found: Measure,
    items: Sequence[str],
    screen: int,
    screens: int,
    code: str,
    answers: Mapping[str, str],
    one_by_one: bool,
    with_problem: bool = False,
) -> ScreenPage:
    questions = [_question(found, id, answers.get(id), with_problem) for id in items]
    missing = next((one for one in questions if one.problem), None)
    where = (
        f"Question {screen + 1} of {screens}" if one_by_one else f"Page {screen + 1} of {screens}"
    )
    return ScreenPage(
        title=questions[0].text if one_by_one else found.name,
        caption=where,
        code=code,
        screen=screen,
        carried=[(id, value) for id, value in answers.items() if id not in items],
        questions=questions,
        one_by_one=one_by_one,
        where=where,
        problem=missing.problem if missing else "",
        problem_at=f"{missing.id}-1" if missing else "",
    )


def _question(found: Measure, id: str, given: str | None, with_problem: bool) -> Question:
    options = [(_value(one.value), one.label) for one in found.responses_of(id).options]
    choices = [
        Choice(value=value, text=text[:1].upper() + text[1:], checked=value == given)
        for value, text in [*options, (DECLINED, "I don’t want to answer")]
    ]
    problem = CHOOSE if with_problem and given is None else ""
    return Question(id=id, text=found.item(id).label, choices=choices, problem=problem)


def _value(value: float) -> str:
    return f"{value:g}"


def end_page(
    *, found: Measure, screens: int, code: str, answers: Mapping[str, str], plain: bool
) -> EndPage:
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
        screen=screens,
        carried=list(answers.items()),
        lines=lines,
    )


def thank_you_page() -> SurveyPage:
    return SurveyPage(title="Thank you. Your answers have arrived.")


def stopped_page() -> SurveyPage:
    return SurveyPage(title="You have stopped. Nothing was kept.")
