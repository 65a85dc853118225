"""The child banner: on every page of a child's record, so that nobody is on the wrong one (H1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.children import queries
from newel.record.children.models import Child, UnitStay
from newel.record.children.rules import age_on


@dataclass(frozen=True, kw_only=True)
class ChildBanner:
    name: str
    pronouns: str
    born: str
    where: str
    href: str
    communication: tuple[str, ...]
    interpreter: str
    alike: tuple[str, ...]
    template: str = "children/banner.jinja"


def banner(*, child: Child, visible_to: StaffMember, at: datetime) -> ChildBanner:
    alike = queries.named_alike(child=child, visible_to=visible_to, at=at)
    return ChildBanner(
        name=child.preferred_name,
        pronouns=child.pronouns,
        born=born_in_words(child.born_on, at.date()),
        where=where_in_words(child),
        href=reverse("children:child", args=[child.public_id]),
        communication=tuple(n.need for n in queries.communication_needs(child=child)),
        interpreter=interpreter_in_words(child),
        alike=tuple(other.preferred_name for other in alike),
    )


def born_in_words(born_on: date | None, today: date) -> str:
    if born_on is None:
        return "Date of birth not known"
    born = f"{born_on.day} {born_on:%B %Y}"
    return f"Born {born}, {age_on(born_on, today)} years old"


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
