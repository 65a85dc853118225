"""Recommendations in words, and the pages where they are written and closed."""

from dataclasses import dataclass
from datetime import date, datetime

from newel.record.access.names import sort_key
from newel.record.children.models import Child
from newel.record.design_system.dates import day
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
    working_here: frozenset[int],
    gone: frozenset[str],
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
        left=has_left(one, child=child, working_here=working_here, gone=gone, ask=ask)
        if is_open
        else "",
        is_open=is_open,
        change=address_of("change_recommendation", child, one.public_id),
        close=address_of("close_recommendation", child, one.public_id),
    )


def _by_when(one: Recommendation, closed: bool, today: date, until: datetime | None) -> str:
    if not closed and until is None and one.by_when < today:
        return f"It was to be done by {day(one.by_when)}, and is not done"
    return f"By {day(one.by_when)}"


def has_left(
    one: Recommendation,
    *,
    child: Child,
    working_here: frozenset[int],
    gone: frozenset[str],
    ask: str,
) -> str:
    if one.person_id is not None:
        left = one.person_id not in working_here
    else:
        left = sort_key(one.name) in gone
    if not left:
        return ""
    asked = f"Ask {ask} instead" if ask else "Ask the manager of the unit instead"
    return f"{one.name} no longer works with {child.preferred_name}. {asked}, and name somebody."


@dataclass(kw_only=True)
class RecommendationPage(Page):
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


def change_page(child: Child, one: Recommendation) -> RecommendationPage:
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
