"""What somebody does not agree with: written down beside the statement, and settled one day."""

from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.opening import check_level
from newel.record.stairs.activators.models import DifferingView, Statement
from newel.record.stairs.activators.rules import SAID_BY

_ROLES = frozenset(code for code, _ in SAID_BY)


@transaction.atomic
def write_view(
    *,
    child: Child,
    statement: Statement | None,
    whose: str,
    text: str,
    by: StaffMember,
    at: datetime,
    sharing_level: str = "team",
) -> DifferingView:
    """statement: None where it is about the formulation as a whole."""
    if whose not in _ROLES:
        raise ValueError("Whose view it is is a role from the list, never a name.")
    if statement is not None and statement.child_id != child.pk:
        raise ValueError("This statement is about another child.")
    check_level(level=sharing_level, text=text, child=child, by=by, at=at)
    view = DifferingView.objects.create(
        child=child,
        statement=statement,
        whose=whose,
        whose_words="child" if whose == "child" else "adult",
        text=text,
        sharing_level=sharing_level,
        written_by=by,
        written_at=at,
    )
    _tell("write_view", view, "statement", "whose", "text")
    return view


@transaction.atomic
def settle_view(
    *, view: DifferingView, because: str, by: StaffMember, at: datetime
) -> DifferingView:
    """It no longer stands, and how that came about. The words stay, and stay in each version."""
    rows = DifferingView.objects.select_for_update(of=("self",))
    view = rows.get(pk=view.pk)
    policies.check_can_settle(view)
    view.is_current = False
    view.settled_because, view.settled_at, view.settled_by = because, at, by
    view.save(update_fields=["is_current", "settled_because", "settled_at", "settled_by"])
    _tell("settle_view", view, "settled_because")
    return view


def _tell(act: str, view: DifferingView, *fields: str) -> None:
    audit.record(
        act, thing="differing_view", thing_id=view.pk, child_id=view.child_id, fields=fields
    )
