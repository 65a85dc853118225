"""Versions of a formulation and what hangs on them, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators import actions, version_queries
from newel.record.stairs.activators.models import (
    DifferingView,
    FormulationVersion,
    Recommendation,
    Statement,
)

SUMMARY = "He was shut in once, and a closed door brings it back."
AGREEMENT: dict[str, Any] = {
    "summary": SUMMARY,
    "summary_level": "team",
    "involvement": "direct",
    "others": [("Jo Field", "aunt")],
}


def seen_now(child: Child, by: StaffMember) -> actions.Seen:
    visible: dict[str, Any] = {"child": child, "visible_to": by}
    last = version_queries.latest(child=child)
    return actions.Seen(
        last=last.public_id if last else "",
        statements=frozenset(one.public_id for one in version_queries.agreed_now(**visible)),
        views=frozenset(one.public_id for one in version_queries.standing_views(**visible)),
    )


def version(
    child: Child, by: StaffMember, *, at: datetime | None = None, **agreement: Any
) -> FormulationVersion:
    at = at or datetime.now(UTC)
    said = {"on": timezone.localdate(at), **AGREEMENT, **agreement}
    return actions.agree_formulation(
        child=child,
        agreement=actions.Agreement(**said),
        seen=seen_now(child, by),
        by=by,
        at=at,
    )


def view(
    child: Child,
    by: StaffMember,
    *,
    statement: Statement | None = None,
    at: datetime | None = None,
    **said: Any,
) -> DifferingView:
    at = at or datetime.now(UTC)
    words = {"whose": "social worker", "text": "I have seen him sleep behind a closed door."}
    return actions.write_view(child=child, statement=statement, by=by, at=at, **{**words, **said})


def somebody(child: Child, name: str, at: datetime | None = None) -> version_queries.PersonAround:
    around = version_queries.people_around(child=child, at=at or datetime.now(UTC))
    return next(one for one in around if one.name == name)


def recommendation(
    child: Child,
    by: StaffMember,
    *,
    who: version_queries.PersonAround | None = None,
    by_when: date | None = None,
    at: datetime | None = None,
    **said: Any,
) -> Recommendation:
    at = at or datetime.now(UTC)
    return actions.write_recommendation(
        child=child,
        who=who or somebody(child, "Minnie Omer", at),
        by_when=by_when or timezone.localdate(at) + timedelta(days=14),
        by=by,
        at=at,
        **{"text": "A walk every morning before lessons.", **said},
    )
