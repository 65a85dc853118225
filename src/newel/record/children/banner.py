"""The child banner: on every page of a child's record, so that nobody is on the wrong one (H1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from newel.record.access import audit_lists
from newel.record.access.models import StaffMember
from newel.record.children import queries
from newel.record.children.models import Child, UnitStay
from newel.record.children.rules import age_on
from newel.record.design_system.dates import clock_time, day


@dataclass(kw_only=True)
class ChildBanner:
    name: str
    pronouns: str
    born: str
    where: str
    href: str
    communication: tuple[str, ...]
    interpreter: str
    alike: tuple[str, ...]
    emergency: str = ""
    template: str = "children/banner.jinja"


def banner(*, child: Child, visible_to: StaffMember, at: datetime) -> ChildBanner:
    alike = queries.named_alike(child=child, visible_to=visible_to, at=at)
    audit_lists.names(other.pk for other in alike)
    return ChildBanner(
        name=child.preferred_name,
        pronouns=child.pronouns,
        born=born_in_words(child.born_on, timezone.localdate(at)),
        where=where_in_words(child),
        href=reverse("children:child", args=[child.public_id]),
        communication=needs_in_words(child),
        interpreter=interpreter_in_words(child),
        alike=tuple(other.preferred_name for other in alike),
        emergency=emergency_in_words(child),
    )


def watched_banner(*, child: Child) -> ChildBanner:
    """For a governance lead: whose access this is about, and nothing of what is in the record."""
    stays = child.watched_stays  # type: ignore[attr-defined]
    return ChildBanner(
        name=child.preferred_name,
        pronouns="",
        born="",
        where=stays[0].setting.name if stays else "",
        href=reverse("children:governed_child", args=[child.public_id]),
        communication=(),
        interpreter="",
        alike=(),
    )


def needs_in_words(child: Child) -> tuple[str, ...]:
    """Those that `queries.child` brought along; asked for only where a child came another way."""
    if not hasattr(child, "needs_in_words"):
        return tuple(n.need for n in queries.communication_needs(child=child))
    return tuple(child.needs_in_words or ())  # none at all is NULL, not an empty list


def emergency_in_words(child: Child) -> str:
    until: datetime | None = getattr(child, "opened_in_emergency_until", None)
    return f"Opened in an emergency until {clock_time(until)}" if until else ""


def born_in_words(born_on: date | None, today: date) -> str:
    if born_on is None:
        return "Date of birth not known"
    return f"Born {day(born_on)}, {age_on(born_on, today)} years old"


def where_in_words(child: Child) -> str:
    stays: list[UnitStay] = child.open_unit_stays  # type: ignore[attr-defined]
    if not stays:
        return "Not staying here now"
    stay = stays[0]
    place = f"{stay.unit.name}, {stay.unit.setting.name}"
    return place if stay.stay.arrived_at else f"Expected on {place}"


def interpreter_in_words(child: Child) -> str:
    if not child.interpreter_needed:
        return ""
    language = child.first_language or "language not known"
    return f"Interpreter needed: {language}"
