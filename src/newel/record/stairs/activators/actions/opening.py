"""Deciding that the child may read something: from then on it may stand on paper (H12)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.stairs.activators import policies, queries
from newel.record.stairs.activators.actions.page_version import bump_page_of
from newel.record.stairs.activators.actions.rows import locked, tell
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.rules import why_not_on_page


@transaction.atomic
def open_to_child(*, statement: Statement, by: StaffMember, at: datetime) -> Statement:
    statement = locked(statement)
    policies.check_can_open_to_child(statement)
    check_may_open(by)
    check_words(statement.text, child=statement.child, by=by, at=at)
    statement.sharing_level = READ_BY_CHILD
    statement.save(update_fields=["sharing_level"])
    bump_page_of(statement, at=at)
    tell("open_to_child", statement, "sharing_level")
    return statement


def check_level(*, level: str, text: str, child: Child, by: StaffMember, at: datetime) -> None:
    """A new wording that the child is to read: this person decides that, and the words allow it."""
    if level == READ_BY_CHILD:
        check_may_open(by)
        check_words(text, child=child, by=by, at=at)


def check_may_open(by: StaffMember) -> None:
    if not by.may(Capability.OPEN_TO_CHILD):
        raise PermissionDenied(Capability.OPEN_TO_CHILD)


def check_words(
    *texts: str, child: Child, by: StaffMember, at: datetime, field: str = "sharing_level"
) -> None:
    names = queries.names_of_other_children(child=child, visible_to=by, at=at)
    reasons = [
        why for text in texts for why in why_not_on_page(text, names_of_other_children=names)
    ]
    if reasons:
        raise policies.MayNotStandOnPage(list(dict.fromkeys(reasons)), field=field)
