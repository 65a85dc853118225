"""What one child answered over time: each measure's own line, what it means in words, its table.

Never a total across measures, never another child, no colour: a line is read against its own
beginning (H4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newel.evidence.measures import Measure, SubscaleScore, score
from newel.evidence.measures.definition import CutOff, Subscale
from newel.evidence.measures.limits import changed, is_on_the_side_of_concern
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.children.rules import age_on
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.codes import plain_number
from newel.record.outcomes.models import Form
from newel.record.outcomes.presenters.goals_over_time import (
    OfGoals,
    goals_over_time,
    is_of_goals,
)
from newel.record.outcomes.presenters.picture import Picture, picture
from newel.record.outcomes.presenters.words import (
    CONFIRMED_IN_WORDS,
    about,
    address_of,
    answered_by_in_words,
    counted,
    number_in_words,
)
from newel.record.outcomes.wording import in_words

BETTER = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neither": "Neither end is better.",
}


@dataclass(frozen=True)
class Scored:
    """One finished form and its scores; none where it was answered on another version."""

    form: Form
    on: date
    answered: int
    scores: dict[str, SubscaleScore]


@dataclass(frozen=True, kw_only=True)
class Line:
    heading: str
    better: str
    change: str
    cut_offs: tuple[str, ...]
    picture: Picture | None
    rows: tuple[tuple[str, ...], ...]
    nothing: str


@dataclass(frozen=True, kw_only=True)
class OfOneMeasure:
    id: str
    heading: str
    who: str
    said: str
    lines: tuple[Line, ...]
    forms: tuple[Link, ...]


@dataclass(kw_only=True)
class ResultsPage(Page):
    measures: tuple[OfOneMeasure, ...]
    goals: tuple[OfGoals, ...]
    childs_view: str
    print_href: str


def scored(form: Form, measure: Measure) -> Scored:
    answers = {
        one.item: plain_number(one.value)
        for one in form.answers_now  # type: ignore[attr-defined]
        if one.value is not None
    }
    assert form.answered_on is not None  # noqa: S101 - a finished form has its day
    if form.version != measure.version or measure.is_judgement:
        return Scored(form, form.answered_on, len(answers), {})
    return Scored(form, form.answered_on, len(answers), score(measure, answers))


def by_measure(forms: Iterable[Form]) -> dict[tuple[str, str], list[Form]]:
    """Who answered is kept apart: the answers of two people are never one line. Without goals, of
    which each has a line of its own."""
    found: dict[tuple[str, str], list[Form]] = {}
    for form in forms:
        if is_of_goals(form):
            continue
        found.setdefault((form.measure, form.answered_by), []).append(form)
    return found


def results_page(
    *, child: Child, forms: Sequence[Form], person: StaffMember, at: datetime
) -> ResultsPage:
    return ResultsPage(
        title=f"What {child.preferred_name} answered over time",
        **about(child, person, at),
        measures=tuple(_measure(child, *one) for one in by_measure(forms).items()),
        goals=goals_over_time(child=child, forms=forms),
        childs_view=address_of("childs_view", child),
        print_href=address_of("results", child),
    )


def _measure(child: Child, key: tuple[str, str], forms: Sequence[Form]) -> OfOneMeasure:
    measure, (id, answered_by) = in_words(key[0]), key
    rows = [scored(form, measure) for form in forms]
    return OfOneMeasure(
        id=f"{id}-{answered_by}",
        heading=measure.name,
        who=answered_by_in_words(answered_by, child),
        said=_said(rows, measure),
        lines=tuple(
            _line(
                _for_this_child(one, child, key[1], rows),
                rows,
                f"{id}-{answered_by}-{one.id}",
                measure,
            )
            for one in measure.subscales
        ),
        forms=tuple(
            Link(
                text=f"{day(one.on)}",
                href=address_of("form", child, one.form.public_id),
                about=f": every answer to {measure.short_name}",
            )
            for one in rows
        ),
    )


def _for_this_child(
    subscale: Subscale, child: Child, answered_by: str, rows: Sequence[Scored]
) -> Subscale:
    """With those cut-offs only that are meant for whoever answered, at the age of the last form."""
    age = age_on(child.born_on, rows[-1].on) if child.born_on else None
    kept = tuple(
        one for one in subscale.cut_offs if one.audience.includes(answered_by=answered_by, age=age)
    )
    return subscale.model_copy(update={"cut_offs": kept})


def _said(rows: Sequence[Scored], measure: Measure) -> str:
    said = f"Answered {counted(len(rows), 'time')}."
    short = [one for one in rows if one.answered < len(measure.items)]
    if short:
        said += f" Not every question was answered on {counted(len(short), 'form')}."
    brought = [one for one in rows if getattr(one.form, "brought", None)]
    if brought:
        said += f" Brought in from a file: {len(brought)}."
    return said


def _line(subscale: Subscale, rows: Sequence[Scored], id: str, measure: Measure) -> Line:
    points = [(one.on, value) for one in rows if (value := number_of(one, subscale)) is not None]
    change = change_in_words(subscale, points)
    return Line(
        heading=subscale.name,
        better=BETTER[subscale.better],
        change=change,
        cut_offs=tuple(_cut_off(one, points) for one in subscale.cut_offs),
        picture=picture(
            id=id,
            subscale=subscale,
            scored=points,
            unscored=[one.on for one in rows if number_of(one, subscale) is None],
            title=f"{measure.short_name}, {subscale.name}",
            description=f"{counted(len(points), 'score')}. {change} The table below has them all.",
        )
        if points
        else None,
        rows=tuple(_row(one, subscale) for one in reversed(rows)),
        nothing=""
        if points or subscale.method == "profile"
        else "No form could be scored, so there is no line.",
    )


def number_of(one: Scored, subscale: Subscale) -> float | None:
    found = one.scores.get(subscale.id)
    if found is None or found.score is None or isinstance(found.score, str):
        return None
    return float(found.score)


def _row(one: Scored, subscale: Subscale) -> tuple[str, ...]:
    found = one.scores.get(subscale.id)
    if found is None:
        return (day(one.on), "No score", "Answered on another version of this questionnaire")
    said = f"{found.answered} of {found.of} answered"
    if found.score is None:
        return (day(one.on), "No score", found.missing_because or said)
    value = found.score if isinstance(found.score, str) else number_in_words(found.score)
    return (day(one.on), value, said + ("; worked out from those" if found.prorated else ""))


def change_in_words(subscale: Subscale, points: Sequence[tuple[date, float]]) -> str:
    """From the first score to the last, and whether that is more than chance makes."""
    if subscale.method == "profile":
        return "A profile is a list of levels and no number: it is never drawn or averaged."
    if len(points) < 2:
        return "There is no change to speak of before a second score."
    (first_on, first), (last_on, last) = points[0], points[-1]
    ends = (
        f"From {number_in_words(first)} ({day(first_on)}) to {number_in_words(last)} "
        f"({day(last_on)})"
    )
    if subscale.reliable_change is None:
        return f"{ends}. {_no_reliable_change(subscale)}"
    return f"{ends}. {_reliable(subscale, first, last)}"


def _no_reliable_change(subscale: Subscale) -> str:
    why = "no source gives the number of points from which a change is more than chance"
    if subscale.reliability:
        why += ", and how far scores spread among children like these is not known here"
    return f"No reliable change can be given: {why}."


def _reliable(subscale: Subscale, first: float, last: float) -> str:
    assert subscale.reliable_change is not None  # noqa: S101 - asked where there is one
    known = subscale.reliable_change
    points, source = number_in_words(known.points), CONFIRMED_IN_WORDS[known.confirmed]
    which = changed(first, last, points=known.points)
    told = f"({known.source}; {source})"
    if which == "same":
        return f"That is less than {points} points, which chance alone can make {told}."
    by = number_in_words(abs(last - first))
    return f"That is {by} {which}; {points} points or more are more than chance makes {told}."


def _cut_off(one: CutOff, points: Sequence[tuple[date, float]]) -> str:
    said = (
        f"Cut-off {number_in_words(one.value)}, {one.for_whom[:1].lower()}{one.for_whom[1:]}: "
        f"{one.says} ({one.source}; {CONFIRMED_IN_WORDS[one.confirmed]}.)"
    )
    if not points:
        return said
    last = points[-1][1]
    concern = one.concern.replace("_", " ")
    crossed = is_on_the_side_of_concern(last, one)
    return f"{said} The last score is {'' if crossed else 'not '}{concern} it."
