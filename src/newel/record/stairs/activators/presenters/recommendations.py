"""Recommendations in words, and the pages where they are written and closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import BECAME, OPEN, Recommendation
from newel.record.stairs.activators.presenters.lines import address_of

_BECAME = dict(BECAME)


@dataclass(frozen=True, kw_only=True)
class Told:
    text: str
    who: str
    by_when: str
    became: str
    outcome: str
    left: str  # that the person has left, and who to ask instead; or ""
    is_open: bool
    change: str
    close: str


def told(
    one: Recommendation,
    *,
    child: Child,
    until: datetime | None,
    today: date,
    left: bool,
    ask: str,
) -> Told:
    closed = rules.was_closed(one, until=until)
    is_open = not closed and until is None
    return Told(
        text=one.text,
        who=", ".join(part for part in (one.name, one.part) if part),
        by_when=_by_when(one, closed, today, until),
        became=_BECAME[one.became] + f", {day(one.outcome_on)}" if closed else _BECAME[OPEN],
        outcome=one.outcome if closed else "",
        left=_has_left(one, child, ask) if is_open and left else "",
        is_open=is_open,
        change=address_of("change_recommendation", child, one.public_id),
        close=address_of("close_recommendation", child, one.public_id),
    )


def told_now(
    rows: Iterable[Recommendation],
    *,
    child: Child,
    today: date,
    have_left: frozenset[int],
    ask: str,
) -> tuple[Told, ...]:
    """As they are now, for where there is no version that they could stand with."""
    return tuple(
        told(one, child=child, until=None, today=today, left=one.pk in have_left, ask=ask)
        for one in rules.stood_with(rows, since=None, until=None)
    )


def _by_when(one: Recommendation, closed: bool, today: date, until: datetime | None) -> str:
    if not closed and until is None and one.by_when < today:
        return f"It was to be done by {day(one.by_when)}, and is not done"
    return f"By {day(one.by_when)}"


def _has_left(one: Recommendation, child: Child, ask: str) -> str:
    asked = f"Ask {ask} instead" if ask else "Ask the manager of the unit instead"
    return f"{one.name} no longer works with {child.preferred_name}. {asked}, and name somebody."


@dataclass(frozen=True, kw_only=True)
class Newer:
    """What somebody else made of it while this person was writing."""

    by: str
    text: str
    about: str
    became: str
    is_open: bool


def newer(had: Recommendation, newest: Recommendation) -> Newer | None:
    is_open = newest.became == OPEN
    if newest.pk == had.pk and is_open:
        return None
    by, at = newest.written_by, newest.written_at
    if newest.outcome_by is not None:
        by, at = newest.outcome_by, newest.outcome_at or at
    return Newer(
        by=f"{by.name}, {day_time(at)}",
        text=newest.text,
        about=f"{newest.name}, by {day(newest.by_when)}",
        became="" if is_open else f"{_BECAME[newest.became]}: {newest.outcome}",
        is_open=is_open,
    )


@dataclass(kw_only=True)
class RecommendationPage(Page):
    newer: Newer | None = None
    text: str = ""
    about: str = ""
    paragraphs: tuple[str, ...] = ()


def write_page(child: Child) -> RecommendationPage:
    return RecommendationPage(
        title="Write a recommendation",
        back=back(child),
        paragraphs=(
            "One thing, one person, one day. It stands in the full formulation until somebody "
            "writes down what became of it.",
        ),
    )


def change_page(child: Child) -> RecommendationPage:
    return RecommendationPage(
        title="Change a recommendation",
        back=back(child),
        paragraphs=("What it said before stays readable in earlier versions.",),
    )


def close_page(child: Child, one: Recommendation) -> RecommendationPage:
    return RecommendationPage(
        title="What became of it?",
        back=back(child),
        text=one.text,
        about=f"{one.name}, by {day(one.by_when)}",
    )


def back(child: Child) -> Link:
    return Link(
        text=f"Full formulation of {child.preferred_name}", href=address_of("formulation", child)
    )
