"""Planning a measure, and beginning a form of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newel.evidence.measures import Measure
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes import rules
from newel.record.outcomes.models import RHYTHMS, Goal
from newel.record.outcomes.page_words import SAFETY, english, page_words
from newel.record.outcomes.presenters.words import (
    CONFIRMED_IN_WORDS,
    RHYTHMS_IN_WORDS,
    about,
    address_of,
    counted,
    who_in_words,
)
from newel.record.outcomes.queries.due import Due


@dataclass(frozen=True, kw_only=True)
class Choice:
    name: str
    short_name: str
    href: str
    lines: tuple[str, ...]


@dataclass(kw_only=True)
class ChoosePage(Page):
    choices: tuple[Choice, ...]
    not_here: tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class PlanPage(Page):
    warning: str
    refused: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(kw_only=True)
class BeginPage(Page):
    why: str
    refused: tuple[str, ...]
    lines: tuple[str, ...]


def choose_page(
    *, child: Child, known: Sequence[Measure], person: StaffMember, at: datetime
) -> ChoosePage:
    of_a_child = [one for one in known if one.measures == "child"]
    return ChoosePage(
        title="Plan a questionnaire",
        **about(child, person, at),
        choices=tuple(_choice(one, child) for one in of_a_child if not rules.why_not_here(one)),
        not_here=tuple(
            (one.name, reason) for one in of_a_child if (reason := rules.why_not_here(one))
        ),
    )


def _choice(one: Measure, child: Child) -> Choice:
    ages = "; ".join(
        f"{age.who[:1].lower()}{age.who[1:]} from {age.lowest}"
        + (f" to {age.highest}" if age.highest else "")
        for age in one.ages
    )
    return Choice(
        name=one.name,
        short_name=one.short_name,
        href=address_of("plan", child, one.id),
        lines=tuple(
            line
            for line in (
                _what(one) + (f". Made for {ages}." if ages else "."),
                *(fact.says for fact in one.who_answers[:1]),
            )
            if line
        ),
    )


def _what(one: Measure) -> str:
    if one.kind == "goals":
        return f"Up to {len(one.items)} goals, in people’s own words"
    if one.is_judgement:
        return "Professional judgement: ratings in words, each with its reasons"
    return counted(len(one.items), "question")


def plan_page(
    *,
    child: Child,
    measure: Measure,
    warning: str,
    refused: tuple[str, ...],
    person: StaffMember,
    at: datetime,
) -> PlanPage:
    return PlanPage(
        title=f"Plan {measure.short_name}",
        heading=f"Plan: {measure.name}",
        **about(
            child, person, at,
            back=Link(text="Plan a questionnaire", href=address_of("choose_measure", child)),
        ),
        refused=refused,
        warning=f"{warning} You can plan it all the same; say why below." if warning else "",
        lines=(*(fact.says for fact in measure.who_answers), measure.licence.says),
    )  # fmt: skip


def rhythms(measure: Measure) -> list[tuple[str, str]]:
    """When a judgement is made again, those who make it say on it."""
    if not measure.is_judgement:
        return list(RHYTHMS)
    return [one for one in RHYTHMS if one[0] in ("once", "at_review")]


def proposal(measure: Measure) -> str:
    """Where the proposed rhythm comes from, under the question."""
    said = RHYTHMS_IN_WORDS[measure.schedule].lower()
    if not measure.how_often:
        return f"The definition proposes: {said}."
    fact = measure.how_often[0]
    return (
        f"The definition proposes: {said}. {fact.says} ({fact.source}; "
        f"{CONFIRMED_IN_WORDS[fact.confirmed]}.)"
    )


def begin_page(
    *,
    child: Child,
    measure: Measure,
    planned: Due,
    refused: tuple[str, ...],
    person: StaffMember,
    at: datetime,
    goals: Sequence[Goal] = (),
) -> BeginPage:
    who = who_in_words(planned.plan.answered_by, child)
    return BeginPage(
        title=f"Begin {measure.short_name}",
        heading=measure.name,
        caption=f"{who} answers",
        **about(child, person, at),
        why=planned.plan.why,
        refused=refused,
        lines=(
            f"{counted(len(goals) or len(measure.items), 'question')}. Every answer is saved; you "
            "can stop and come back.",
            *(f"{number}. “{one.words}”" for number, one in enumerate(goals, 1)),
        ),
    )  # fmt: skip


def in_english_still(language: str) -> str:
    """What the child finds in English although the questions are not; “” where nothing."""
    missing = page_words(language).missing
    if not missing:
        return ""
    said = (
        f"Around the questions, {len(missing)} of {len(english())} short texts are not translated "
        "and stay in English: read them to the child."
    )
    if any(key.startswith(SAFETY) for key in missing):
        return f"{said} What is said about safety is among them."
    return said
