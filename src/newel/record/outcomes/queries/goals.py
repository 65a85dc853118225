"""Somebody's goals, and a measure of goals as one form asks it: the goals of whoever answers."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from newel.evidence.measures import Measure
from newel.evidence.measures.goals import with_goals
from newel.record.children.models import Child
from newel.record.outcomes.models import Form, Goal, GoalOnForm


def goals(*, child: Child) -> QuerySet[Goal]:
    """Every goal there ever was, by whose it is and its place, the oldest first."""
    rows = Goal.objects.filter(child=child).select_related("written_by", "ended_by")
    return rows.order_by("whose", "place", "written_at", "pk")


def goals_going_on(*, child: Child, whose: str) -> QuerySet[Goal]:
    """By their place on the form."""
    rows = Goal.objects.filter(child=child, whose=whose, is_current=True, ended_at=None)
    return rows.order_by("place")


def goal(*, child: Child, public_id: str) -> Goal | None:
    rows = Goal.objects.filter(child=child, public_id=public_id)
    return rows.select_related("written_by", "ended_by").first()


def goal_now(*, goal: Goal) -> Goal:
    """The goal that stands there now in place of this one; the same where nobody replaced it."""
    rows = Goal.objects.filter(child=goal.child_id, whose=goal.whose)
    rows = rows.select_related("written_by", "ended_by")
    after = {one.replaces_id: one for one in rows}
    while goal.pk in after:
        goal = after[goal.pk]
    return goal


def with_goals_going_on(*, child_ids: Iterable[int]) -> set[tuple[int, str]]:
    """(child, whose) of those who have a goal that goes on."""
    rows = Goal.objects.filter(child__in=child_ids, is_current=True, ended_at=None)
    return set(rows.values_list("child_id", "whose"))


def as_asked(measure: Measure, *, form: Form) -> Measure:
    """The measure with the questions of this form. Of goals: those that it was begun with, in
    their words; any other measure as it is, without a query."""
    if measure.kind != "goals":
        return measure
    return with_goals(measure, {one.item: one.goal.words for one in goals_on(form)})


def goals_on(form: Form) -> list[GoalOnForm]:
    """What each question of the form is about, in their order."""
    found: list[GoalOnForm] | None = getattr(form, "goals_there", None)
    return list(_on_forms().filter(form=form)) if found is None else found


def with_goals_on() -> Prefetch:
    """For forms of which `goals_on` is asked: one query for all of them."""
    return Prefetch("goals", queryset=_on_forms(), to_attr="goals_there")


def _on_forms() -> QuerySet[GoalOnForm]:
    return GoalOnForm.objects.select_related("goal").order_by("item")
