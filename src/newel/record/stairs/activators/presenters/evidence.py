"""What backs a statement and what speaks against it, side by side and in order of time. Both are
wanted: a statement that only ever finds proof becomes a label (H3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newel.record.design_system.dates import day
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.map_models import SeenNote
from newel.record.stairs.activators.models import AGREED, Evidence, Statement
from newel.record.stairs.scoping.models import LifeEvent

HELD_BACK = "An event that is not open to you"
SINCE_AGREED = (
    "Something was seen that speaks against it since it was agreed. The psychologist or the "
    "manager should look at it again."
)


@dataclass(frozen=True, kw_only=True)
class Backing:
    """A life event or a note. `since` marks what came after the statement was agreed; `taken_back`
    says when and why the event left the timeline: it backs nothing any more."""

    what: str
    text: str
    note: str
    by: str
    on: date | None
    since: bool = False
    taken_back: str = ""


def backings(
    statement: Statement, evidence: Sequence[Evidence], notes: Iterable[SeenNote], shows: str
) -> tuple[Backing, ...]:
    """The oldest first; what nobody can date comes last."""
    found = [_event(row, statement) for row in evidence if row.shows == shows]
    found += [_note(row, statement) for row in notes if row.shows == shows]
    return tuple(sorted(found, key=lambda one: one.on or date.max))


def _event(row: Evidence, statement: Statement) -> Backing:
    """The note goes with the event: what is held back is held back whole (H8)."""
    event = row.event_now  # type: ignore[attr-defined]
    return Backing(
        what="An event in the child’s life",
        text=rules.event_in_words(event) if event else HELD_BACK,
        note=row.note if event else "",
        by=f"Linked by {row.written_by.name}, {day(row.written_at)}",
        on=event.earliest_on if event else None,
        since=_since(statement, row),
        taken_back=_taken_back(event),
    )


def _taken_back(event: LifeEvent | None) -> str:
    taken = getattr(event, "taken_back", None)
    return f"Taken back on {day(taken.taken_back_at)}: {taken.reason}" if taken else ""


def _note(row: SeenNote, statement: Statement) -> Backing:
    return Backing(
        what=f"Seen on {day(row.seen_on)}",
        text=row.text,
        note="",
        by=f"Written by {row.written_by.name}, {day(row.written_at)}",
        on=row.seen_on,
        since=_since(statement, row),
    )


def _since(statement: Statement, row: Evidence | SeenNote) -> bool:
    agreed = statement.agreed_at if statement.state == AGREED else None
    return bool(agreed and row.shows == "against" and row.written_at > agreed)


def speaks_against_since_agreed(against: Iterable[Backing]) -> str:
    return SINCE_AGREED if any(one.since for one in against) else ""
