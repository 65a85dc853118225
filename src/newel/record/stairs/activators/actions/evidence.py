"""Life events that back a statement or speak against it. Both are wanted (H3)."""

from datetime import datetime

from django.db import transaction

from newel.record.access.models import StaffMember
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.rows import locked, tell
from newel.record.stairs.activators.models import Evidence, Statement
from newel.record.stairs.scoping.models import LifeEvent


@transaction.atomic
def add_evidence(
    *,
    statement: Statement,
    event: LifeEvent,
    shows: str,
    by: StaffMember,
    at: datetime,
    note: str = "",
) -> Evidence:
    statement = locked(statement)
    policies.check_can_add_evidence(statement)
    if event.child_id != statement.child_id:
        raise ValueError("This event belongs to the life of another child.")
    if Evidence.objects.filter(statement=statement, event=event, shows=shows).exists():
        raise NotNow("This event is linked in that way already.")
    added = Evidence.objects.create(
        child_id=statement.child_id,
        statement=statement,
        event=event,
        shows=shows,
        note=note,
        written_by=by,
        written_at=at,
    )
    tell("add_evidence", statement, "event", "shows", "note")
    return added
