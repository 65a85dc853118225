"""Planning what is asked, and beginning a form."""

from datetime import date, datetime

from django.db import transaction

from newel.evidence.measures import measure as definition
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.outcomes import policies
from newel.record.outcomes.models import OPEN, Form, Plan


@transaction.atomic
def plan_measure(
    *,
    child: Child,
    measure: str,
    answered_by: str,
    rhythm: str,
    starts_on: date,
    by: StaffMember,
    at: datetime,
    why: str = "",
) -> Plan:
    policies.check_is_for_one_child(definition(measure))
    going_on = Plan.objects.filter(
        child=child, measure=measure, answered_by=answered_by, ended_at=None
    )
    if going_on.exists():
        raise policies.NotNow(
            "This is planned already. End that plan first if it should be another rhythm.",
            field="measure",
        )
    plan = Plan.objects.create(
        child=child,
        measure=measure,
        answered_by=answered_by,
        rhythm=rhythm,
        starts_on=starts_on,
        why=why,
        planned_by=by,
        planned_at=at,
    )
    audit.record("plan_measure", thing="plan", thing_id=plan.pk, child_id=child.pk)
    return plan


@transaction.atomic
def end_plan(*, plan: Plan, because: str, by: StaffMember, at: datetime) -> Plan:
    """No further form is due. What was answered stays."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    policies.check_plan_goes_on(plan)
    plan.ended_by, plan.ended_at, plan.ended_because = by, at, because
    plan.save(update_fields=["ended_by", "ended_at", "ended_because"])
    audit.record("end_plan", thing="plan", thing_id=plan.pk, child_id=plan.child_id)
    return plan


@transaction.atomic
def open_form(
    *,
    child: Child,
    measure: str,
    answered_by: str,
    way: str,
    by: StaffMember,
    at: datetime,
    plan: Plan | None = None,
    due_on: date | None = None,
    talk_to: StaffMember | None = None,
    cover: StaffMember | None = None,
) -> Form:
    """Begins a form, or gives the one that is begun already: two people cannot answer two."""
    found = definition(measure)
    policies.check_is_for_one_child(found)
    policies.check_two_adults(found, talk_to, cover)
    begun = Form.objects.filter(
        child=child, measure=measure, answered_by=answered_by, state=OPEN
    ).first()
    if begun is not None:
        return begun
    form = Form.objects.create(
        child=child,
        plan=plan,
        measure=measure,
        version=found.version,
        answered_by=answered_by,
        way=way,
        due_on=due_on,
        talk_to=talk_to,
        cover=cover,
        opened_by=by,
        opened_at=at,
    )
    audit.record("open_form", thing="form", thing_id=form.pk, child_id=child.pk)
    return form
