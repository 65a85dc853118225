"""What is due: of one child, and of all children of a unit with always the same queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries as children
from newel.record.children.models import Child
from newel.record.establishments import queries as places
from newel.record.establishments.models import Unit
from newel.record.outcomes import rules
from newel.record.outcomes.models import FINISHED, OPEN, Form, Plan
from newel.record.outcomes.queries import judged
from newel.record.outcomes.queries.goals import with_goals_going_on

# What the list shows of each child, as the audit has it: names of fields, never words.
DUE_SHOWS = ("due_on", "measure", "preferred_name")


@dataclass(frozen=True)
class Due:
    """A plan that goes on, and where it stands."""

    plan: Plan
    begun: Form | None
    given: int
    last_on: date | None
    due_on: date | None  # None: a person says when, or nothing is due any more
    is_done: bool
    needs_goal: bool = False  # it asks about goals, and whoever answers has none


def due(*, child: Child, judgements: bool = False) -> list[Due]:
    """Every plan of this child that goes on; of professional judgements only if asked for. Two
    queries; three where goals are asked about."""
    return _due(_plans([child.pk], judgements), [child.pk])


def _plans(child_ids: Sequence[int], judgements: bool) -> QuerySet[Plan]:
    rows = Plan.objects.filter(child__in=child_ids)
    return rows if judgements else rows.exclude(measure__in=judged.judgement_ids())


def units(*, staff: StaffMember, at: datetime) -> list[Unit]:
    return list(places.units_open_to(staff=staff, at=at))


def due_on_unit(
    *, unit: Unit, visible_to: StaffMember, at: datetime
) -> list[tuple[Child, list[Due]]]:
    """Each child of the unit who has a plan, by name. Three queries, or four with goals."""
    here = list(children.on_unit(unit=unit, visible_to=visible_to, at=at))
    ids = [child.pk for child in here]
    rows = _due(_plans(ids, visible_to.may(Capability.JUDGE)), ids)
    of_child = {child.pk: [row for row in rows if row.plan.child_id == child.pk] for child in here}
    return [(child, of_child[child.pk]) for child in here if of_child[child.pk]]


def _due(plans: QuerySet[Plan], child_ids: Sequence[int]) -> list[Due]:
    going_on = list(plans.filter(ended_at=None).order_by("planned_at", "pk"))
    finished: dict[int, list[Form]] = {}
    begun: dict[tuple[int, str, str], Form] = {}
    for form in _forms(child_ids):
        if form.state == OPEN:
            begun[form.child_id, form.measure, form.answered_by] = form
        elif form.plan_id is not None:
            finished.setdefault(form.plan_id, []).append(form)
    with_goals = _with_goals(going_on)
    return [
        _one(plan, finished.get(plan.pk, ()), begun.get(_key(plan)), with_goals)
        for plan in going_on
    ]


def _with_goals(plans: Iterable[Plan]) -> set[tuple[int, str]]:
    """(child, who answers) of those who have a goal, for plans that ask about goals."""
    child_ids = {plan.child_id for plan in plans if plan.measure == rules.GOALS.id}
    return with_goals_going_on(child_ids=child_ids) if child_ids else set()


def _key(plan: Plan) -> tuple[int, str, str]:
    return plan.child_id, plan.measure, plan.answered_by


def _forms(child_ids: Sequence[int]) -> Iterable[Form]:
    rows = Form.objects.filter(child__in=child_ids)
    rows = rows.filter(Q(state=OPEN) | Q(state=FINISHED, plan__ended_at=None))
    return judged.with_look_again(rows)


def _one(
    plan: Plan, finished: Sequence[Form], begun: Form | None, with_goals: set[tuple[int, str]]
) -> Due:
    days = [form.answered_on for form in finished if form.answered_on is not None]
    is_done = rules.is_done(rhythm=plan.rhythm, given=len(days))
    return Due(
        plan=plan,
        begun=begun,
        given=len(days),
        last_on=max(days, default=None),
        due_on=None if is_done else _due_on(plan, finished, days),
        is_done=is_done,
        needs_goal=plan.measure == rules.GOALS.id
        and begun is None
        and (plan.child_id, plan.answered_by) not in with_goals,
    )


def _due_on(plan: Plan, finished: Sequence[Form], days: list[date]) -> date | None:
    """A judgement is due when those who made the last one said; all else, as it was planned."""
    last = max(finished, key=lambda form: (form.answered_on, form.pk), default=None)
    said: date | None = last.look_again_on if last else None  # type: ignore[attr-defined]
    return said or rules.next_due(rhythm=plan.rhythm, starts_on=plan.starts_on, given_on=days)
