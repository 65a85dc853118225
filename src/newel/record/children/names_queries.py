"""What the children around are called, so that one child's words do not name another (H8)."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from newel.record.access.models import StaffMember
from newel.record.children import queries
from newel.record.children.models import Child, ChildName, Stay


def names_in_settings_of(
    *, child: Child, visible_to: StaffMember, at: datetime
) -> dict[int, list[str]]:
    """Of everybody who stays in a setting where this child stays, this child included."""
    settings = Stay.objects.filter(child=child, ended_at__isnull=True).values("setting")
    return names_in(settings=settings, visible_to=visible_to, at=at)


def names_in(
    *, settings: Iterable[object], visible_to: StaffMember, at: datetime
) -> dict[int, list[str]]:
    """First names, and other names in full, of the children who stay there and whom this person
    reaches. A name from before is not among them (H34). One query, and no child is read whole:
    every line that is written asks it."""
    known_as = ChildName.objects.filter(child=OuterRef("pk")).exclude(kind="former")
    rows = (
        queries.children(visible_to=visible_to, at=at)
        .filter(stays__setting__in=settings, stays__ended_at__isnull=True)
        .order_by("pk")
        .values_list("pk", "preferred_name", ArraySubquery(known_as.values("name")))
        .distinct()
    )
    return {pk: [*preferred.split()[:1], *others] for pk, preferred, others in rows}
