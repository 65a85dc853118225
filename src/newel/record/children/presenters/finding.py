"""Finding a child, and opening a record in an emergency."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from newel.record.access.models import StaffMember
from newel.record.access.names import are_alike
from newel.record.access.roles import Capability
from newel.record.children.banner import NOWHERE, born_in_words, place_in_words
from newel.record.children.lists_queries import Place, Placed
from newel.record.children.models import Child
from newel.record.children.presenters.pages import FormPage, Links
from newel.record.design_system.pages import Link, Page

SHOWN = 20
COMPARED = 12
WHAT_HAPPENS = (
    "It is open to you for 3 hours and then closes by itself.",
    "Your information governance lead is told now, with your name and your reason.",
    "You can be asked about it.",
)


@dataclass(frozen=True, kw_only=True)
class FoundChild:
    name: str
    born: str
    where: str
    href: str
    alike: tuple[str, ...] = ()


@dataclass(kw_only=True)
class FindPage(Page):
    words: str
    found: list[FoundChild]
    said: str
    links: tuple[Link, ...]
    emergency: str = ""


def find_page(*, words: str, found: list[Placed], person: StaffMember, at: datetime) -> FindPage:
    children = [one.child for one in found]
    links = Links(person=person)
    links.add(Capability.RECEIVE_CHILD, "A child is coming", reverse("children:refer"))
    return FindPage(
        title="Find a child",
        words=words,
        found=[_found(one, children, at) for one in found[:SHOWN]],
        said=_said(words, len(found)),
        links=links.all,
        emergency=_emergency(words) if person.may(Capability.BREAK_GLASS) else "",
    )


def _emergency(words: str) -> str:
    """With what was typed already: somebody in an emergency types it once."""
    return reverse("children:break_glass") + (f"?{urlencode({'name': words})}" if words else "")


def _said(words: str, count: int) -> str:
    if not words:
        return ""
    if count == 0:
        return (
            f"Nobody open to you goes by “{words}” now. Try the first name alone. A child whom you "
            "do not work with is not shown."
        )
    if count > SHOWN:
        return f"The first {SHOWN} are shown. Type more of the name to see fewer."
    return "1 child" if count == 1 else f"{count} children"


def _found(one: Placed, others: list[Child], at: datetime) -> FoundChild:
    child = one.child
    return FoundChild(
        name=child.preferred_name,
        born=born_in_words(child.born_on, timezone.localdate(at)),
        where=_where(one.place),
        href=reverse("children:child", args=[child.public_id]),
        alike=_alike(child, others),
    )


def _where(place: Place | None) -> str:
    if place is None:
        return NOWHERE
    return place_in_words(place.unit, place.setting, has_arrived=place.has_arrived)


def _alike(child: Child, others: list[Child]) -> tuple[str, ...]:
    """Whom somebody in a hurry could take for this child (H1). Among many the reader types on."""
    if len(others) > COMPARED:
        return ()
    return tuple(
        other.preferred_name
        for other in others
        if other.pk != child.pk and are_alike(child.name_key, other.name_key)
    )


def break_glass_page(*, has_units: bool) -> FormPage:
    return FormPage(
        title="Open a record in an emergency",
        paragraphs=(
            "For when a child is at risk and you are not among those who may open the record."
            if has_units
            else "You have no post in a setting now, so there is no record that you can open here.",
        ),
        points=WHAT_HAPPENS if has_units else (),
        back=Link(text="Find a child", href=reverse("children:find")),
    )
