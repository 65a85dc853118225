"""Who is in the demo."""

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.demo import estate
from newel.record.establishments.models import Setting
from newel.record.stairs.activators.models import OnePage


def person(*, username: str) -> StaffMember | None:
    """One of the estate's people; nobody else can be signed in with a press."""
    usernames = {one["username"] for one in estate.read("staff")["staff"]}
    if username not in usernames:
        return None
    return StaffMember.objects.filter(username=username, is_active=True).first()


def has_people() -> bool:
    return StaffMember.objects.exists()


def page_version(*, child: Child) -> int:
    found = OnePage.objects.filter(child=child).values_list("version", flat=True).first()
    return found or 1


def generated_settings() -> int:
    return Setting.objects.filter(name__startswith="Made-up House").count()


def first_administrator() -> StaffMember:
    return StaffMember.objects.filter(role="administrator", is_active=True).order_by("pk")[0]
