"""Reading accounts."""

from django.db.models import QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key


def staff_by_public_id(*, public_id: str) -> StaffMember | None:
    return StaffMember.objects.filter(public_id=public_id).first()


def staff_list(*, search: str = "", ended: bool = False) -> QuerySet[StaffMember]:
    """By name, as people look for it: without regard to case, accents and punctuation."""
    people = StaffMember.objects.filter(is_active=not ended).order_by("name_key", "pk")
    for word in sort_key(search.replace("\x00", "")).split():
        people = people.filter(name_key__contains=word)
    return people


def is_username_taken(*, username: str) -> bool:
    return StaffMember.objects.filter(username=username).exists()


def is_only_administrator(*, staff: StaffMember) -> bool:
    others = StaffMember.objects.filter(role="administrator", is_active=True).exclude(pk=staff.pk)
    return not others.exists()


def hold_administrators() -> None:
    """Two administrators who end each other's account do so one after the other: one stays."""
    rows = StaffMember.objects.filter(role="administrator", is_active=True).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))
