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


@dataclass(frozen=True, kw_only=True)
class OtherRecord:
    """That a child who came back has another record, and what to do there."""

    words: str
    href: str
    text: str


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
    other_record: "OtherRecord | None" = None
    template: str = "children/banner.jinja"


def banner(*, child: Child, visible_to: StaffMember, at: datetime) -> ChildBanner:
    same = {queries.goes_on_at(child), queries.still_beside(child)}
    found = queries.named_alike(child=child, visible_to=visible_to, at=at)
    alike = [other for other in found if other.public_id not in same]
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
        other_record=other_record(child),
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


def other_record(child: Child) -> OtherRecord | None:
    """Until what was written on the new record is carried over, each of the two points to the
    other: what keeps the child safe may stand on either."""
    earlier, beside = queries.goes_on_at(child), queries.still_beside(child)
    if earlier is not None:
        return OtherRecord(
            words="This child’s record goes on as the earlier one. Nothing more is written here.",
            href=_record(earlier),
            text="Go to the earlier record" if earlier else "",
        )
    if beside:
        return OtherRecord(
            words="This child has a second record. What was written there is not carried over yet.",
            href=_record(beside),
            text="Read it too",
        )
    return None


def _record(public_id: str) -> str:
    return reverse("children:child", args=[public_id]) if public_id else ""


def born_in_words(born_on: date | None, today: date) -> str:
    if born_on is None:
        return "Date of birth not known"
    return f"Born {day(born_on)}, {age_on(born_on, today)} years old"


def where_in_words(child: Child) -> str:
    stays: list[UnitStay] = child.open_unit_stays  # type: ignore[attr-defined]
    if not stays:
        return NOWHERE
    unit, stay = stays[0].unit, stays[0].stay
    return place_in_words(unit.name, unit.setting.name, has_arrived=stay.arrived_at is not None)


def place_in_words(unit: str, setting: str, *, has_arrived: bool) -> str:
    return f"{unit}, {setting}" if has_arrived else f"Expected on {unit}, {setting}"


NOWHERE = "Not staying here now"


def interpreter_in_words(child: Child) -> str:
    if not child.interpreter_needed:
        return ""
    language = child.first_language or "language not known"
    return f"Interpreter needed: {language}"
