"""Reading recommendations, and whether who was named still works with the child. The child given is
one that `children.queries` found."""

from collections.abc import Iterable
from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.children import queries as children
from newel.record.children.models import Child, TeamMember
from newel.record.stairs.activators.models import OPEN, Recommendation
from newel.record.stairs.scoping.queries import possible_readers, readable_by


def recommendations(*, child: Child, visible_to: StaffMember) -> list[Recommendation]:
    """Every one in every wording, by the day by which it is to be done."""
    rows = Recommendation.objects.filter(readable_by(visible_to), child=child)
    rows = rows.select_related("person", "written_by", "outcome_by", "replaced_by")
    return list(rows.order_by("by_when", "pk"))


def recommendation(
    *, child: Child, public_id: str, visible_to: StaffMember
) -> Recommendation | None:
    rows = Recommendation.objects.filter(readable_by(visible_to), child=child, public_id=public_id)
    return rows.select_related("person", "written_by", "outcome_by", "replaced_by").first()


def newest_recommendation(
    *, of: Recommendation, child: Child, visible_to: StaffMember
) -> Recommendation:
    """In whichever words and for whomever it is now."""
    rows = recommendations(child=child, visible_to=visible_to)
    after = {row.replaces_id: row for row in rows if row.replaces_id is not None}
    newest = of
    while newest.pk in after:
        newest = after[newest.pk]
    return newest


def have_left(
    *, child: Child, recommendations: Iterable[Recommendation], at: datetime
) -> frozenset[int]:
    """Ids of the open recommendations whose person no longer works with this child. At most three
    queries, and none without an open recommendation."""
    still_open = [one for one in recommendations if one.is_current and one.became == OPEN]
    named = {one.person_id for one in still_open if one.person_id is not None}
    here = possible_readers(child=child, at=at).filter(pk__in=named)
    working = set(here.values_list("pk", flat=True)) if named else set()
    others = [one for one in still_open if one.person_id is None]
    gone = _left_the_team(child, at) if others else frozenset()
    return frozenset(
        one.pk
        for one in still_open
        if (one.person_id is None and sort_key(one.name) in gone)
        or (one.person_id is not None and one.person_id not in working)
    )


def _left_the_team(child: Child, at: datetime) -> frozenset[str]:
    """Sort keys of those without a sign-in who were in the team and are not now."""
    here = {sort_key(one.name) for one in children.team_now(child=child, at=at)}
    ever = TeamMember.objects.filter(child=child).values_list("name", flat=True)
    return frozenset(sort_key(name) for name in ever) - here


def who_to_ask(*, child: Child, at: datetime) -> str:
    """The keyworker, who stands up for the child."""
    names = children.keyworkers_now(child=child, at=at).order_by("staff__name_key")
    return " or ".join(one.staff.name for one in names)
