"""What was opened from outside a child's care, for who watches over it: never what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from newel.record.access.models import StaffMember
from newel.record.children.governance_queries import LOOKING, watched_children
from newel.record.children.models import BreakGlass, Child, LookedInto

# A governance lead's own pages, which are about access and show nothing of a record.
OURS = tuple(
    f"children:{name}"
    for name in ("governed_child", "who_looked", "give_access", "end_grant", "set_block",
                 "lift_block", "look_into", "looks")
)  # fmt: skip
COLUMNS = (
    "child_id", "staff_id", "times", "first_at", "last_at", "glass", "refused", "pages"
)  # fmt: skip


@dataclass
class FromOutside:
    """What one person opened of one child's record without being in the child's care then."""

    child_id: int
    staff_id: int
    times: int
    first_at: datetime
    last_at: datetime
    glass: int
    refused: int
    pages: list[str]
    child: Child = field(default_factory=Child)
    staff: StaffMember = field(default_factory=StaffMember)
    reasons: list[str] = field(default_factory=list)
    looked_into: list[LookedInto] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return not any(one.up_to >= self.last_at for one in self.looked_into)


@dataclass(frozen=True)
class Looks:
    """What was found, and how much is not shown and why."""

    rows: list[FromOutside]
    in_care: int
    outside: int
    looked_into: int


def looks(*, children: list[Child], since: datetime, staff: StaffMember | None = None) -> Looks:
    """Of these watched children, what nobody has looked into yet first, then the newest."""
    ids = [child.pk for child in children]
    person = staff.pk if staff else None
    given = [ids, person, since, list(LOOKING), list(OURS)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM children_looks_from_outside(%s::bigint[], %s, %s, %s::varchar[],"
            " %s::varchar[])", given,
        )  # fmt: skip
        rows = [FromOutside(**dict(zip(COLUMNS, row, strict=True))) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT children_looks_counted(%s::bigint[], %s, %s, %s::varchar[], %s::varchar[])",
            given,
        )
        every: int = cursor.fetchone()[0]
    _say_what_came_of_it(rows)
    rows.sort(key=lambda one: (not one.is_open, -one.last_at.timestamp(), one.staff_id))
    outside = sum(one.times for one in rows)
    return Looks(rows, every - outside, outside, sum(not one.is_open for one in rows))


def _say_what_came_of_it(rows: list[FromOutside]) -> None:
    found: dict[tuple[int, int], list[LookedInto]] = {}
    said = LookedInto.objects.filter(
        child__in={one.child_id for one in rows}, staff__in={one.staff_id for one in rows}
    )
    for one in said.select_related("by").order_by("-at"):
        found.setdefault((one.child_id, one.staff_id), []).append(one)
    for row in rows:
        row.looked_into = found.get((row.child_id, row.staff_id), [])


def with_who_and_why(rows: Iterable[FromOutside], *, since: datetime) -> list[FromOutside]:
    """For the rows that are shown: the people, the children, and the reasons they gave."""
    shown = list(rows)
    people = StaffMember.objects.in_bulk({one.staff_id for one in shown})
    children = Child.objects.only("public_id", "preferred_name").in_bulk(
        {one.child_id for one in shown}
    )
    broken = BreakGlass.objects.filter(
        child__in=children, staff__in=people, starts_at__gte=since
    ).order_by("starts_at")
    for one in shown:
        one.staff, one.child = people[one.staff_id], children[one.child_id]
        one.reasons = [
            glass.reason
            for glass in broken
            if (glass.child_id, glass.staff_id) == (one.child_id, one.staff_id)
        ]
    return shown


def children_watched(*, by: StaffMember, at: datetime) -> list[Child]:
    return list(watched_children(by=by, at=at))
