"""Planning what is asked, and beginning a form."""

from datetime import date, datetime

from django.db import transaction

from newel.evidence.measures import measure as definition
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.outcomes import policies
from newel.record.outcomes.actions.goals import put_goals_on
from newel.record.outcomes.models import OPEN, Form, Plan
from newel.record.outcomes.page_words import ENGLISH
from newel.record.outcomes.wording import has_wording


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
    policies.check_answers_it(definition(measure), answered_by)
    plan, is_new = Plan.objects.get_or_create(
        child=child,
        measure=measure,
        answered_by=answered_by,
        ended_at=None,
        defaults={
            "rhythm": rhythm,
            "starts_on": starts_on,
            "why": why,
            "planned_by": by,
            "planned_at": at,
        },
    )
    if not is_new:
        raise policies.NotNow(
            "This is planned already. End that plan first if it should be another rhythm.",
            field="answered_by",
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
    language: str = ENGLISH,
) -> Form:
    """Begins a form, or gives the one that is begun already: two people cannot answer two. Its
    language stays: nobody is asked half of it in another one. A form of goals asks about those that
    go on at this moment."""
    found = definition(measure)
    policies.check_is_for_one_child(found)
    policies.check_answers_it(found, answered_by)
    policies.check_can_be_asked_in(found, language)
    policies.check_two_adults(found, talk_to, cover)
    form, is_new = Form.objects.get_or_create(
        child=child,
        measure=measure,
        answered_by=answered_by,
        state=OPEN,
        defaults={
            "plan": plan,
            "version": found.version,
            "way": way,
            "due_on": due_on,
            "talk_to": talk_to,
            "cover": cover,
            "language": language,
            "has_wording": has_wording(measure, language),
            "opened_by": by,
            "opened_at": at,
        },
    )
    if is_new:
        if found.kind == "goals":
            put_goals_on(form=form, measure=found, at=at)
        audit.record("open_form", thing="form", thing_id=form.pk, child_id=child.pk)
    return form


@transaction.atomic
def name_adults(*, form: Form, talk_to: StaffMember | None, cover: StaffMember | None) -> Form:
    """Somebody else talks with the child if an answer asks for it, and steps in (H9)."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_two_adults(definition(form.measure), talk_to, cover)
    form.talk_to, form.cover = talk_to, cover
    form.save(update_fields=["talk_to", "cover"])
    audit.record("name_adults", thing="form", thing_id=form.pk, child_id=form.child_id)
    return form
