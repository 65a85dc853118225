"""What was seen that backs a statement or speaks against it, and how sure we are then (H3)."""

from datetime import date, datetime

from django.db import transaction

from newel.record.access.models import StaffMember
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.page_version import bump_page_of
from newel.record.stairs.activators.actions.rows import locked, tell
from newel.record.stairs.activators.actions.writing import take_place
from newel.record.stairs.activators.map_models import Placing, SeenNote
from newel.record.stairs.activators.models import AGREED, Statement
from newel.record.stairs.activators.rules.places import places_of


@transaction.atomic
def note_what_was_seen(
    *,
    statement: Statement,
    by: StaffMember,
    at: datetime,
    shows: str,
    text: str,
    seen_on: date,
) -> SeenNote:
    """Short and dated. It confirms nothing and changes no state: it is there to be looked at."""
    statement = locked(statement)
    policies.check_can_add_evidence(statement)
    note = SeenNote.objects.create(
        child_id=statement.child_id,
        statement=statement,
        shows=shows,
        text=text,
        seen_on=seen_on,
        written_by=by,
        written_at=at,
    )
    tell("note_what_was_seen", statement, "shows", "text", "seen_on")
    return note


@transaction.atomic
def look_again(
    *, statement: Statement, by: StaffMember, at: datetime, confidence: str, because: str
) -> Statement:
    """The same words agreed anew, as sure as we are now. A new row in the place of the old one.

    Looking again is not seeing again: until when it is to be confirmed stays as it was (H2).
    """
    old = locked(statement)
    policies.check_can_look_again(old)
    new = _same_words(old)
    new.confidence = confidence
    new.written_by, new.written_at = by, at
    new.state, new.agreed_by, new.agreed_at = AGREED, by, at
    take_place(old, new, by=by, at=at, because=because)
    bump_page_of(old, new, at=at)
    tell("look_again", new, "confidence")
    return new


_SAME = (
    *("child_id", "text", "kind", "time", "said_by_role", "said_on", "source", "whose_words"),
    *("sharing_level", "named_readers", "confirmed_on", "confirm_by"),
)


def _same_words(old: Statement) -> Statement:
    placing = Placing.objects.filter(statement=old, is_current=True).first()
    places = places_of(old, placing)
    return Statement(
        **{name: getattr(old, name) for name in _SAME},
        five_ps=list(places.five_ps),
        area=places.area,
        life_stage=places.life_stage,
    )
