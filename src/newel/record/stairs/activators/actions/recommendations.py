"""What should be done, by whom and by when; and what became of it, in words."""

from datetime import date, datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.opening import check_level
from newel.record.stairs.activators.models import Recommendation
from newel.record.stairs.activators.version_queries import PersonAround


@transaction.atomic
def write_recommendation(
    *,
    child: Child,
    text: str,
    who: PersonAround,
    by_when: date,
    by: StaffMember,
    at: datetime,
    sharing_level: str = "team",
) -> Recommendation:
    check_level(level=sharing_level, text=text, child=child, by=by, at=at)
    row = _row(child, text, who, by_when, sharing_level, by, at)
    row.save()
    _tell("write_recommendation", row, "text", "person", "by_when", "sharing_level")
    return row


@transaction.atomic
def change_recommendation(
    *,
    recommendation: Recommendation,
    text: str,
    who: PersonAround,
    by_when: date,
    by: StaffMember,
    at: datetime,
    sharing_level: str = "team",
) -> Recommendation:
    """New words, another person or another day: a new row, and the earlier one stays."""
    old = _locked(recommendation)
    policies.check_can_close(old)
    check_level(level=sharing_level, text=text, child=old.child, by=by, at=at)
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = _row(old.child, text, who, by_when, sharing_level, by, at)
    new.replaces = old
    new.save()
    _tell("change_recommendation", new, "text", "person", "by_when", "sharing_level")
    return new


@transaction.atomic
def close_recommendation(
    *,
    recommendation: Recommendation,
    became: str,
    outcome: str,
    outcome_on: date,
    by: StaffMember,
    at: datetime,
) -> Recommendation:
    """Done or not done, with words and a day: written once."""
    row = _locked(recommendation)
    policies.check_can_close(row)
    row.became, row.outcome, row.outcome_on = became, outcome, outcome_on
    row.outcome_at, row.outcome_by = at, by
    row.save(update_fields=["became", "outcome", "outcome_on", "outcome_at", "outcome_by"])
    _tell("close_recommendation", row, "became", "outcome", "outcome_on")
    return row


def _row(
    child: Child,
    text: str,
    who: PersonAround,
    by_when: date,
    sharing_level: str,
    by: StaffMember,
    at: datetime,
) -> Recommendation:
    return Recommendation(
        child=child,
        text=text,
        person=who.staff,
        name=who.name,
        part=who.part,
        by_when=by_when,
        sharing_level=sharing_level,
        written_by=by,
        written_at=at,
    )


def _locked(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("child")
    return rows.get(pk=recommendation.pk)


def _tell(act: str, row: Recommendation, *fields: str) -> None:
    audit.record(act, thing="recommendation", thing_id=row.pk, child_id=row.child_id, fields=fields)
