"""The shapes that most pages of this room have."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.pages import Link, Page


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that is written down: what it is, what is known of it, what can be done with it."""

    heading: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(kw_only=True)
class KeptPage(Page):
    """What is written down of one kind, and the form that adds to it."""

    entries: list[Entry]
    nothing: str
    form_heading: str
    remark: str = ""
    links: tuple[Link, ...] = ()


@dataclass(kw_only=True)
class FormPage(Page):
    """A form, with what has to be known before it is sent."""

    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    after_points: tuple[str, ...] = ()
    before: tuple[Entry, ...] = ()  # what stood there until it was changed


@dataclass(kw_only=True)
class Links:
    """Links for those who may follow them."""

    person: StaffMember
    made: list[Link] = field(default_factory=list)

    def add(self, capability: Capability, text: str, href: str, about: str = "") -> "Links":
        if self.person.may(capability):
            self.made.append(Link(text=text, href=href, about=about))
        return self

    @property
    def all(self) -> tuple[Link, ...]:
        return tuple(self.made)


def about(
    child: Child, person: StaffMember, at: datetime, *, back: Link | None = None
) -> dict[str, Any]:
    """What every page of a child's record has around it: whose it is, and the way back."""
    front = Link(
        text=f"{child.preferred_name}’s record",
        href=reverse("children:child", args=[child.public_id]),
    )
    return {
        "back": back or front,
        "banner": banner(child=child, visible_to=person, at=at),
    }
