"""Rows of statements: locked while they change state, made new when their words change."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators.models import SUPERSEDED, Statement
from newel.record.stairs.activators.rules import SAID_BY

_ROLES = frozenset(code for code, _ in SAID_BY)


class Wording(TypedDict):
    """What a statement says, who said so, and who may read it."""

    text: str
    kind: str
    area: str
    time: str
    said_by_role: str
    said_on: date
    confidence: str
    five_ps: NotRequired[Sequence[str]]
    life_stage: NotRequired[str]
    whose_words: NotRequired[str]
    sharing_level: NotRequired[str]
    named_readers: NotRequired[Sequence[int]]
    source: NotRequired[str]
    confirm_by: NotRequired[date | None]


def check_source(wording: Wording) -> None:
    """A role from the list: so no name can stand there by mistake."""
    if wording["said_by_role"] not in _ROLES:
        raise ValueError("Who said so is a role from the list, never a name.")
    if wording.get("whose_words") == "child" and wording["said_by_role"] != "child":
        raise ValueError("The child’s own words come from the child.")


def new_row(
    *, child: Child, by: StaffMember, at: datetime, **wording: Unpack[Wording]
) -> Statement:
    """Not saved yet."""
    check_source(wording)
    lists = {
        "five_ps": list(wording.get("five_ps", ())),
        "named_readers": list(wording.get("named_readers", ())),
    }
    return Statement(child=child, written_by=by, written_at=at, **{**wording, **lists})


def locked(statement: Statement) -> Statement:
    """As it is now, and nobody else changes its state until the transaction ends."""
    rows = Statement.objects.select_for_update(of=("self",)).select_related("child")
    return rows.get(pk=statement.pk)


def end(statement: Statement, *, by: StaffMember, at: datetime, because: str) -> None:
    statement.state = SUPERSEDED
    statement.is_current = False
    statement.ended_because = because
    statement.ended_at = at
    statement.ended_by = by
    statement.save(update_fields=["state", "is_current", "ended_because", "ended_at", "ended_by"])


def tell(act: str, statement: Statement, *fields: str) -> None:
    audit.record(
        act,
        thing="statement",
        thing_id=statement.pk,
        child_id=statement.child_id,
        fields=fields,
    )
