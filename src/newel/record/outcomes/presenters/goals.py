"""The goals of a child: whose they are, in whose words, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.models import HOW_TOLD, WHOSE_GOALS, Goal
from newel.record.outcomes.presenters.words import about, address_of
from newel.record.outcomes.queries.due import Due
from newel.record.outcomes.rules import GOALS, MOST_GOALS

_HOW = dict(HOW_TOLD)
# Whoever may not write down goals is told who may.
WHO_WRITES = (
    "The keyworker, a psychologist, the health lead or the manager writes goals down: tell them."
)


@dataclass(frozen=True, kw_only=True)
class OneGoal:
    """`became` says what became of it, where it does not go on."""

    public_id: str
    words: str
    about: str
    is_the_childs: bool
    became: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GoalsOfOne:
    whose: str
    heading: str
    going_on: tuple[OneGoal, ...]
    before: tuple[OneGoal, ...]
    add: Link | None
    no_room: str


@dataclass(kw_only=True)
class GoalsPage(Page):
    next_thing: Link | None
    next_why: str
    people: tuple[GoalsOfOne, ...]


def goals_link(child: Child) -> Link:
    return Link(
        text="Goals in their own words",
        href=address_of("goals", child),
        about=f"for {child.preferred_name}",
    )


def needed_goal(whose: str, child: Child, person: StaffMember) -> tuple[Link, str]:
    """Where nobody can be asked before there is a goal: the one next thing, and why."""
    why = f"{_whose_goals(whose, child)} can be asked about once one is written down."
    if not person.may(Capability.WRITE_GOALS):
        return goals_link(child), f"{why} {WHO_WRITES}"
    return _write(whose, child, "Write down the first goal"), why


def _write(whose: str, child: Child, text: str) -> Link:
    return Link(
        text=text,
        href=address_of("write_goal", child, whose),
        about={"self": f"of {child.preferred_name}", "carer": "of a parent or carer"}.get(
            whose, "of a worker"
        ),
    )


def _whose_goals(whose: str, child: Child) -> str:
    return {
        "self": f"{child.preferred_name}’s goals",
        "carer": "Goals of a parent or carer",
        "worker": "Goals of a worker",
    }[whose]


def goals_page(
    *,
    child: Child,
    goals: Sequence[Goal],
    due: Sequence[Due],
    person: StaffMember,
    at: datetime,
    today: date,
) -> GoalsPage:
    people = tuple(
        _of_one(code, [one for one in goals if one.whose == code], child, person)
        for code, _ in WHOSE_GOALS
    )
    next_thing, why = _next(child, people, due, person, today)
    return GoalsPage(
        title=f"Goals for {child.preferred_name}",
        caption="In their own words",
        **about(child, person, at),
        next_thing=next_thing,
        next_why=why,
        people=people,
    )


def _next(
    child: Child,
    people: Sequence[GoalsOfOne],
    due: Sequence[Due],
    person: StaffMember,
    today: date,
) -> tuple[Link | None, str]:
    """What a plan waits for; a first goal at all; a form that is begun or due; a plan for goals."""
    planned = [one for one in due if one.plan.measure == GOALS.id]
    asked = [one for one in planned if not one.is_done]
    with_goals = [p for p in people if p.going_on]
    waiting = next((one.plan.answered_by for one in asked if one.needs_goal), None)
    if waiting is None and not with_goals:
        waiting = "self"
    if waiting is not None:
        link, why = needed_goal(waiting, child, person)
        return (link, why) if person.may(Capability.WRITE_GOALS) else (None, why)
    if onward := _onward(child, asked, today):
        return onward
    unasked = [p for p in with_goals if p.whose not in {one.plan.answered_by for one in planned}]
    if unasked and person.may(Capability.PLAN_MEASURES):
        href = address_of("plan", child, GOALS.id)
        why = f"Nobody asks yet how far {_lower(unasked[0].heading, child)} have got."
        return Link(text="Plan how often to ask about them", href=href), why
    return None, ""


def _lower(heading: str, child: Child) -> str:
    own = heading.startswith(child.preferred_name)
    return heading if own else heading[:1].lower() + heading[1:]


def _onward(child: Child, asked: Sequence[Due], today: date) -> tuple[Link, str] | None:
    for one in asked:
        if one.begun:
            href = address_of("form", child, one.begun.public_id)
            return Link(text="Go on with the form", href=href), "It is begun and not finished."
    for one in asked:
        if one.due_on is not None and one.due_on <= today:
            href = address_of("begin", child, one.plan.public_id)
            why = f"{_whose_goals(one.plan.answered_by, child)}: due on {day(one.due_on)}."
            return Link(text="Ask how far they have got", href=href), why
    return None


def _of_one(whose: str, goals: Sequence[Goal], child: Child, person: StaffMember) -> GoalsOfOne:
    going_on = [one for one in goals if goes_on(one)]
    before = [one for one in goals if not goes_on(one)]
    writes, is_full = person.may(Capability.WRITE_GOALS), len(going_on) >= MOST_GOALS
    text = "Write down another goal" if going_on else "Write down the first goal"
    return GoalsOfOne(
        whose=whose,
        heading=_whose_goals(whose, child),
        going_on=tuple(one_goal(one, child, links=_links(one, child, writes)) for one in going_on),
        before=tuple(one_goal(one, child, goals) for one in before),
        add=_write(whose, child, text) if writes and not is_full else None,
        no_room=f"{MOST_GOALS} are going on: the questionnaire has room for no more. To write down "
        "another, end one first."
        if writes and is_full
        else "",
    )


def goes_on(goal: Goal) -> bool:
    return goal.is_current and goal.ended_at is None


def _links(goal: Goal, child: Child, writes: bool) -> tuple[Link, ...]:
    if not writes:
        return ()
    words = goal.words[:60]
    return (
        Link(
            text="It is said in other words now",
            href=address_of("replace_goal", child, goal.public_id),
            about=words,
        ),
        Link(text="It ends", href=address_of("end_goal", child, goal.public_id), about=words),
    )


def one_goal(
    goal: Goal, child: Child, goals: Sequence[Goal] = (), *, links: tuple[Link, ...] = ()
) -> OneGoal:
    """goals: among them the one that replaced it, where one did."""
    return OneGoal(
        public_id=goal.public_id,
        words=goal.words,
        about=about_goal(goal),
        is_the_childs=goal.whose == "self",
        became=became(goal, goals),
        links=links,
    )


def about_goal(goal: Goal) -> str:
    """Since when, how it was told, and who wrote it down."""
    by = f"written down by {goal.written_by.name}, {day_time(goal.written_at)}"
    told = {
        "self": f"{_HOW.get(goal.how, '')}. The child’s words, {by}",
        "carer": f"A parent’s or carer’s words, {by}",
        "worker": f"A worker’s words, {by}",
    }[goal.whose]
    return f"Since {day(goal.since)}. {told}."


def became(goal: Goal, goals: Sequence[Goal]) -> str:
    if goal.ended_on is not None:
        by = f", written down by {goal.ended_by.name}" if goal.ended_by else ""
        return f"Ended on {day(goal.ended_on)}{by}: {goal.ended_because}"
    after = next((one for one in goals if one.replaces_id == goal.pk), None)
    if after is not None:
        return f"Said in other words since {day(after.since)}: {after.words}"
    return "" if goal.is_current else "Said in other words since."
