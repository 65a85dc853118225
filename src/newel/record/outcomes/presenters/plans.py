"""Which questionnaires a child has: planned, due, begun, answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from newel.evidence.measures import UnknownMeasure, measure
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.models import FINISHED, OPEN, SET_ASIDE, Form, Plan, Talk
from newel.record.outcomes.presenters.goals import goals_link, needed_goal
from newel.record.outcomes.presenters.talks import Wanted, wanted
from newel.record.outcomes.presenters.words import (
    RHYTHMS_IN_WORDS,
    about,
    address_of,
    counted,
    to_page_of,
    who_in_words,
)
from newel.record.outcomes.queries.due import Due
from newel.record.outcomes.rules import GOALS


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    name: str
    who: str
    stands: str
    is_due: bool
    lines: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    name: str
    who: str
    said: str
    link: Link


@dataclass(kw_only=True)
class QuestionnairesPage(Page):
    next_thing: Link | None
    next_why: str
    talks: tuple[Wanted, ...]
    planned: tuple[PlannedRow, ...]
    begun: tuple[GivenRow, ...]
    given: tuple[GivenRow, ...]
    links: tuple[Link, ...]
    ended: tuple[str, ...]
    seen_to: tuple[str, ...]


def questionnaires_page(
    *,
    child: Child,
    due: Sequence[Due],
    forms: Sequence[Form],
    ended: Sequence[Plan],
    talks: Sequence[Talk],
    seen_to: Sequence[Talk],
    person: StaffMember,
    at: datetime,
    today: date,
) -> QuestionnairesPage:
    around = about(child, person, at)
    around["back"] = Link(text=f"{child.preferred_name}’s record", href=around["banner"].href)
    next_thing, why = _next(child, due, forms, talks, person, today)
    unplanned = _begun_and_not_planned(due, forms)
    return QuestionnairesPage(
        title=f"Questionnaires of {child.preferred_name}",
        **around,
        next_thing=next_thing,
        next_why=why,
        talks=tuple(wanted(one, child) for one in talks),
        planned=tuple(planned_row(one, child, person, today) for one in due),
        begun=tuple(_given(one, child) for one in unplanned),
        given=tuple(_given(one, child) for one in forms if one.state != OPEN),
        links=_links(child, person, _has_answers(forms)),
        ended=tuple(_ended(one, child) for one in ended),
        seen_to=tuple(_seen_to(one) for one in seen_to),
    )


def _next(
    child: Child,
    due: Sequence[Due],
    forms: Sequence[Form],
    talks: Sequence[Talk],
    person: StaffMember,
    today: date,
) -> tuple[Link | None, str]:
    """A talk first; then what is begun, what is due, and what nobody has planned."""
    if talks:
        first = wanted(talks[0], child)
        return first.link, first.said
    begun = [one for one in due if one.begun]
    if begun:
        return _go_on(child, begun[0]), "It is begun and not finished."
    if unplanned := _begun_and_not_planned(due, forms):
        return _to_go_on(child, unplanned[0]), "It is begun and not finished."
    late = sorted((one for one in due if _is_due(one, today)), key=lambda one: one.due_on or today)
    late = [one for one in late if not one.needs_goal or person.may(Capability.WRITE_GOALS)]
    if late and not late[0].needs_goal:
        return _begin(child, late[0]), f"{_name(late[0].plan.measure)} {_when(late[0], today)}."
    if lacking := [*late, *(one for one in due if one.needs_goal)]:
        return needed_goal(lacking[0].plan.answered_by, child, person)
    if not due and person.may(Capability.PLAN_MEASURES):
        why = "Nobody has planned a questionnaire yet."
        return Link(text="Plan a questionnaire", href=address_of("choose_measure", child)), why
    if _has_answers(forms) and person.may(Capability.READ_OUTCOMES):
        return Link(text="Read what was answered", href=address_of("results", child)), ""
    return None, ""


def _has_answers(forms: Sequence[Form]) -> bool:
    """Judgements are read one by one, and are no answers over time."""
    return any(one.state == FINISHED and one.answered_by != "assessor" for one in forms)


def _begun_and_not_planned(due: Sequence[Due], forms: Sequence[Form]) -> list[Form]:
    """Half answered, and no plan that goes on leads to them: their plan was ended, or never was."""
    planned = {one.begun.pk for one in due if one.begun}
    return [one for one in forms if one.state == OPEN and one.pk not in planned]


def _is_due(one: Due, today: date) -> bool:
    return one.begun is None and one.due_on is not None and one.due_on <= today


def _begin(child: Child, one: Due) -> Link:
    return Link(
        text="Begin",
        href=address_of(
            "begin_judgement" if _is_judged(one) else "begin", child, one.plan.public_id
        ),
        about=_name(one.plan.measure),
    )


def _go_on(child: Child, one: Due) -> Link:
    assert one.begun is not None  # noqa: S101 - asked for those that are begun
    return _to_go_on(child, one.begun)


def _to_go_on(child: Child, form: Form) -> Link:
    href = to_page_of(form, child)
    return Link(text="Go on", href=href, about=f"with {_name(form.measure)}")


def _onward(child: Child, one: Due, person: StaffMember) -> Link:
    if one.needs_goal:
        link, _ = needed_goal(one.plan.answered_by, child, person)
        return link
    return _go_on(child, one) if one.begun else _begin(child, one)


def _is_judged(one: Due) -> bool:
    return one.plan.answered_by == "assessor"


def _name(id: str) -> str:
    try:
        return measure(id).short_name
    except UnknownMeasure:
        return id


def _full_name(id: str) -> str:
    try:
        return measure(id).name
    except UnknownMeasure:
        return id


def planned_row(one: Due, child: Child, person: StaffMember, today: date) -> PlannedRow:
    plan, links = one.plan, []
    if not one.is_done:
        links.append(_onward(child, one, person))
    if plan.measure == GOALS.id and goals_link(child) not in links:
        links.append(goals_link(child))
    if person.may(Capability.PLAN_MEASURES):
        href = address_of("end_plan", child, plan.public_id)
        links.append(Link(text="End the plan", href=href, about=f"for {_name(plan.measure)}"))
    return PlannedRow(
        name=_full_name(plan.measure),
        who=who_in_words(plan.answered_by, child),
        stands=_stands(one, today),
        is_due=_is_due(one, today),
        lines=tuple(line for line in (_rhythm(one), plan.why) if line),
        links=tuple(links),
    )


def _stands(one: Due, today: date) -> str:
    if one.begun:
        return "Begun, not finished"
    if one.needs_goal:
        return "Waits for the first goal"
    said = _when(one, today)
    return said[:1].upper() + said[1:]


def _when(one: Due, today: date) -> str:
    """ "is due today", as the end of a sentence."""
    if one.is_done:
        return "has been given as often as planned"
    if one.due_on is None:
        return {
            "per_session": "is given at each session",
            "at_review": "is given at each review",
            "before_and_after": "is given once more, afterwards",
        }[one.plan.rhythm]
    if _is_judged(one) and one.last_on:
        return f"{'was' if one.due_on < today else 'is'} to be looked at again on {day(one.due_on)}"
    if one.due_on == today:
        return "is due today"
    return f"{'was' if one.due_on < today else 'is'} due on {day(one.due_on)}"


def _rhythm(one: Due) -> str:
    said = f"{RHYTHMS_IN_WORDS[one.plan.rhythm]}, from {day(one.plan.starts_on)}."
    if one.last_on:
        given = "Made" if _is_judged(one) else "Given"
        said += f" {given} {counted(one.given, 'time')}, last on {day(one.last_on)}."
    return said


def _given(form: Form, child: Child) -> GivenRow:
    answered: int = form.answered  # type: ignore[attr-defined]
    asked: int = form.goals_asked  # type: ignore[attr-defined]
    if form.answered_by == "assessor":
        return _judged(form, child)
    said = f"{answered} of {asked or _number_of_items(form.measure)} answered"
    link = Link(
        text="Open",
        href=address_of("form", child, form.public_id),
        about=f"{_name(form.measure)} of {day(form.answered_on or form.ended_at)}",
    )
    if form.state == OPEN:
        said = f"Begun on {day(form.opened_at)} by {form.opened_by.name}. {said}."
        link = _to_go_on(child, form)
    elif form.state == SET_ASIDE:
        said = f"Set aside on {day(form.ended_at)}: {form.set_aside_because} ({said})"
    else:
        said = f"Of {day(form.answered_on)}. {said}."
    return GivenRow(
        name=_full_name(form.measure),
        who=who_in_words(form.answered_by, child),
        said=said,
        link=link,
    )


def _judged(form: Form, child: Child) -> GivenRow:
    """How much of it was rated says nothing: only when, and until when."""
    again: date | None = form.look_again_on  # type: ignore[attr-defined]
    link = Link(
        text="Read it",
        href=to_page_of(form, child),
        about=f"{_name(form.measure)} of {day(form.answered_on or form.ended_at)}",
    )
    if form.state == OPEN:
        said = f"Begun on {day(form.opened_at)} by {form.opened_by.name}."
        link = _to_go_on(child, form)
    elif form.state == SET_ASIDE:
        said = f"Set aside on {day(form.ended_at)}: {form.set_aside_because}"
    else:
        said = f"Judged on {day(form.answered_on)}."
        said += f" To be looked at again on {day(again)}." if again else ""
    return GivenRow(
        name=_full_name(form.measure),
        who=who_in_words(form.answered_by, child),
        said=said,
        link=link,
    )


def _number_of_items(id: str) -> int | str:
    try:
        return len(measure(id).items)
    except UnknownMeasure:
        return "?"


def _links(child: Child, person: StaffMember, has_answers: bool) -> tuple[Link, ...]:
    links = []
    if person.may(Capability.PLAN_MEASURES):
        links.append(Link(text="Plan a questionnaire", href=address_of("choose_measure", child)))
    links.append(goals_link(child))
    if has_answers and person.may(Capability.READ_OUTCOMES):
        links.append(Link(text="Answers over time", href=address_of("results", child)))
        text = f"For {child.preferred_name}’s own eyes"
        links.append(Link(text=text, href=address_of("childs_view", child)))
    if person.may(Capability.READ_OUTCOMES):
        href = reverse("exchange:files", args=[child.public_id])
        links.append(Link(text="As files, in and out", href=href))
    return tuple(links)


def _ended(plan: Plan, child: Child) -> str:
    by = plan.ended_by.name if plan.ended_by else ""
    who = who_in_words(plan.answered_by, child)
    ended = f"ended on {day(plan.ended_at)} by {by}: {plan.ended_because}"
    return f"{_full_name(plan.measure)} ({who}), {ended}"


def _seen_to(talk: Talk) -> str:
    by = talk.seen_by.name if talk.seen_by else ""
    return f"{day(talk.seen_at)}, {by}: {talk.what_was_done}"
