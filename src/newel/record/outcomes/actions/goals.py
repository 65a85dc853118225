"""Writing down a goal in somebody's own words, in other words, and that it ends. No words are ever
altered (H11): a goal in other words is another goal."""

from datetime import date, datetime

from django.db import transaction

from newel.evidence.measures import Measure
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.outcomes import policies, queries
from newel.record.outcomes.models import Form, Goal, GoalOnForm


@transaction.atomic
def write_goal(
    *,
    child: Child,
    whose: str,
    words: str,
    since: date,
    by: StaffMember,
    at: datetime,
    how: str = "",
) -> Goal:
    """Word for word as it was said. how: how the child told it; empty for an adult's goal."""
    going_on = _going_on(child, whose)
    place = policies.check_has_room([one.place for one in going_on])
    policies.check_is_another_goal(words, [one.words for one in going_on])
    goal = Goal.objects.create(
        child=child,
        whose=whose,
        words=words,
        place=place,
        since=since,
        how=how,
        written_by=by,
        written_at=at,
    )
    _tell("write_goal", goal, "words", "since")
    return goal


@transaction.atomic
def replace_goal(
    *,
    goal: Goal,
    words: str,
    since: date,
    by: StaffMember,
    at: datetime,
    how: str = "",
) -> Goal:
    """It is said in other words now. The words before stay readable, with what was said of them,
    and the line that was drawn for them ends."""
    going_on = _going_on(goal.child, goal.whose)
    old = _still_there(goal)
    policies.check_is_another_goal(words, [one.words for one in going_on])
    policies.check_not_before(since, old, field="since")
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = Goal.objects.create(
        child_id=old.child_id,
        whose=old.whose,
        words=words,
        place=old.place,
        since=since,
        how=how,
        replaces=old,
        written_by=by,
        written_at=at,
    )
    _tell("replace_goal", new, "words", "since", "replaces")
    return new


@transaction.atomic
def end_goal(*, goal: Goal, because: str, ended_on: date, by: StaffMember, at: datetime) -> Goal:
    """It was reached, or is not wanted any more. It stays, and so does what was said of it."""
    _going_on(goal.child, goal.whose)
    old = _still_there(goal)
    policies.check_not_before(ended_on, old, field="ended_on")
    old.ended_on, old.ended_because, old.ended_by, old.ended_at = ended_on, because, by, at
    old.save(update_fields=["ended_on", "ended_because", "ended_by", "ended_at"])
    _tell("end_goal", old, "ended_on", "ended_because")
    return old


def put_goals_on(*, form: Form, measure: Measure, at: datetime) -> None:
    """The form asks about the goals of whoever answers it as they stand at this moment."""
    goals = _going_on(form.child, form.answered_by)
    policies.check_there_are_goals(goals)
    GoalOnForm.objects.bulk_create(
        GoalOnForm(
            child_id=form.child_id,
            form=form,
            item=measure.items[one.place - 1].id,
            goal=one,
            written_at=at,
        )
        for one in goals
    )


def _going_on(child: Child, whose: str) -> list[Goal]:
    """One after the other: nobody writes a goal of this child meanwhile, or begins a form."""
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    return list(queries.goals_going_on(child=child, whose=whose))


def _still_there(goal: Goal) -> Goal:
    now = queries.goal_now(goal=Goal.objects.get(pk=goal.pk))
    policies.check_is_this_goal(goal, now)
    return now


def _tell(act: str, goal: Goal, *fields: str) -> None:
    audit.record(act, thing="goal", thing_id=goal.pk, child_id=goal.child_id, fields=fields)
