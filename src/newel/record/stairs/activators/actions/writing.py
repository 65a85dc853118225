"""Writing statements as drafts, and changing drafts. Nothing written is overwritten."""

from datetime import datetime
from typing import Unpack

from django.db import transaction

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.opening import check_level
from newel.record.stairs.activators.actions.placing import carry_links
from newel.record.stairs.activators.actions.rows import Wording, end, locked, new_row, tell
from newel.record.stairs.activators.models import Evidence, Statement


@transaction.atomic
def write_statement(
    *, child: Child, by: StaffMember, at: datetime, **wording: Unpack[Wording]
) -> Statement:
    """A draft: what somebody understands, until it is agreed with others."""
    statement = new_row(child=child, by=by, at=at, **wording)
    check_level(level=statement.sharing_level, text=statement.text, child=child, by=by, at=at)
    statement.save()
    tell("write_statement", statement, *wording)
    return statement


@transaction.atomic
def change_draft(
    *, statement: Statement, by: StaffMember, at: datetime, **wording: Unpack[Wording]
) -> Statement:
    """New words for a draft; the earlier ones stay readable. A child's own are not changed."""
    old = locked(statement)
    policies.check_can_change(old)
    new = new_row(child=old.child, by=by, at=at, **wording)
    check_level(level=new.sharing_level, text=new.text, child=old.child, by=by, at=at)
    take_place(old, new, by=by, at=at)
    tell("change_draft", new, *wording)
    return new


def take_place(
    old: Statement, new: Statement, *, by: StaffMember, at: datetime, because: str = ""
) -> None:
    """The new wording in the old one's place, with the evidence that was linked to the old."""
    end(old, by=by, at=at, because=because)
    new.replaces = old
    new.save()
    Evidence.objects.bulk_create(
        Evidence(
            child_id=row.child_id,
            statement=new,
            event_id=row.event_id,
            shows=row.shows,
            note=row.note,
            written_by_id=row.written_by_id,
            written_at=row.written_at,
        )
        for row in Evidence.objects.filter(statement=old)
    )
    carry_links(old, new)
