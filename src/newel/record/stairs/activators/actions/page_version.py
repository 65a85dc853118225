"""The one page's version counts up with everything that changes what the page shows."""

from datetime import datetime

from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.one_page_actions import change_page


def bump_page(*, child: Child, at: datetime) -> None:
    """Two at once count two. The page's row stays locked until the end of the transaction."""
    change_page(child_id=child.pk, at=at)


def bump_page_of(*statements: Statement, at: datetime) -> None:
    """Once, if one of these is or was on the page, or is why it is headed a formulation."""
    told = [one for one in statements if one.agreed_at and _page_tells_of(one)]
    if told:
        bump_page(child=told[0].child, at=at)


def _page_tells_of(statement: Statement) -> bool:
    if statement.sharing_level == READ_BY_CHILD:
        return statement.time == "present" or statement.kind == "understanding"
    return statement.kind == "understanding" and statement.sharing_level == "team"
