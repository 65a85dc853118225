"""Who is in the demo."""

from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.demo import estate
from newel.record.establishments.models import Setting
from newel.record.stairs.activators.models import OnePage


def person(*, username: str, at: datetime) -> StaffMember | None:
    """One of the estate's people whose account is open; nobody else can sign in with a press."""
    usernames = {one["username"] for one in estate.read("staff")["staff"]}
    found = StaffMember.objects.filter(username=username, is_active=True).first()
    if found is None or (found.open_until is None and username not in usernames):
        return None
    return found if found.is_open(at=at) else None


def for_one_shift(*, at: datetime) -> list[StaffMember]:
    """Whom a manager of the demo has let in, as long as their shift lasts."""
    here = StaffMember.objects.filter(is_active=True, open_until__gt=at)
    return list(here.order_by("name_key", "pk"))


def has_people() -> bool:
    return StaffMember.objects.exists()


def page_version(*, child: Child) -> int:
    found = OnePage.objects.filter(child=child).values_list("version", flat=True).first()
    return found or 1


def generated_settings() -> int:
    return Setting.objects.filter(name__startswith="Made-up House").count()


def first_administrator() -> StaffMember:
    return StaffMember.objects.filter(role="administrator", is_active=True).order_by("pk")[0]
