"""Who is in the demo."""

from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.demo import estate
from newel.record.establishments.models import Setting, Unit
from newel.record.stairs.activators.models import OnePage

MADE_UP_PSYCHOLOGIST = "made-up.psychologist"


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


def generated_setting(*, number: int) -> Setting | None:
    return Setting.objects.filter(name=f"Made-up House {number}").first()


def units(*, setting: Setting) -> list[Unit]:
    return list(Unit.objects.filter(setting=setting).order_by("pk"))


def generated_psychologist(*, number: int) -> StaffMember:
    return StaffMember.objects.get(username=f"{MADE_UP_PSYCHOLOGIST}.{number}")


def generated_children() -> int:
    """Counted house by house, in the name of the one who reaches the children there."""
    count = 0
    made_up = StaffMember.objects.filter(username__startswith=f"{MADE_UP_PSYCHOLOGIST}.")
    for staff in list(made_up):
        with acting(staff.pk, page="demo"):
            count += Child.objects.count()
    return count


def first_administrator() -> StaffMember:
    return StaffMember.objects.filter(role="administrator", is_active=True).order_by("pk")[0]
