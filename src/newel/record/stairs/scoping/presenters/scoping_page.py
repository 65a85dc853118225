"""The scoping page: what is written under each heading, and who and where is home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import banner
from newel.record.children.models import Child, Home
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.scoping.models import ScopingEntry
from newel.record.stairs.scoping.presenters.written import Written, action_on, written

PARTS = read("understanding/scoping.yaml")["parts"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    public_id: str
    text: str
    written: Written


@dataclass(frozen=True, kw_only=True)
class Part:
    code: str
    words: str
    hint: str
    entries: tuple[Entry, ...]
    add: str


@dataclass(frozen=True, kw_only=True)
class HomeShown:
    """Never an address: not even whether there is one (H6)."""

    name: str
    relationship: str
    why: str
    safety: str
    not_safe: bool
    recorded: str


@dataclass(frozen=True, kw_only=True)
class Next:
    text: str
    href: str
    why: str


@dataclass(kw_only=True)
class ScopingPage(Page):
    next: Next
    parts: tuple[Part, ...]
    homes: tuple[HomeShown, ...]
    timeline: str
    events_in_words: str


def scoping_page(
    *,
    child: Child,
    entries: Iterable[ScopingEntry],
    homes: Iterable[Home],
    event_count: int,
    visible_to: StaffMember,
    at: datetime,
) -> ScopingPage:
    parts = _parts(child, list(entries), visible_to)
    return ScopingPage(
        title="Scoping",
        back=Link(
            text=child.preferred_name, href=reverse("children:child", args=[child.public_id])
        ),
        banner=banner(child=child, visible_to=visible_to, at=at),
        next=_next(child, parts, event_count, visible_to),
        parts=parts,
        homes=tuple(_home(home) for home in homes),
        timeline=reverse("scoping:timeline", args=[child.public_id]),
        events_in_words=_events_in_words(event_count),
    )


def _parts(child: Child, entries: list[ScopingEntry], visible_to: StaffMember) -> tuple[Part, ...]:
    base = f"{reverse('scoping:scoping', args=[child.public_id])}entries/"
    writes = visible_to.may(Capability.WRITE_HISTORY)
    return tuple(
        Part(
            code=part["code"],
            words=part["words"],
            hint=part["hint"],
            entries=tuple(
                Entry(
                    public_id=entry.public_id,
                    text=entry.text,
                    written=written(entry, action_on(entry, base, visible_to)),
                )
                for entry in entries
                if entry.part == part["code"]
            ),
            add=reverse("scoping:add_entry", args=[child.public_id, part["code"]])
            if writes
            else "",
        )
        for part in PARTS
    )


def _home(home: Home) -> HomeShown:
    checked = home.checked_at and home.checked_by
    by = f", {day(home.checked_at)}, by {home.checked_by.name}" if checked else ""  # type: ignore[union-attr]
    return HomeShown(
        name=home.name,
        relationship=home.relationship,
        why=home.why_home,
        safety=f"{home.get_safety_check_display()}{by}",
        not_safe=home.safety_check == "not_safe",
        recorded=f"{home.recorded_by.name}, {day(home.recorded_at)}",
    )


def _next(child: Child, parts: tuple[Part, ...], event_count: int, visible_to: StaffMember) -> Next:
    """What is empty first."""
    if not visible_to.may(Capability.WRITE_HISTORY):
        href = reverse("scoping:timeline", args=[child.public_id])
        return Next(text="Read the life timeline", href=href, why=_events_in_words(event_count))
    empty = next((part for part in parts if not part.entries), None)
    if empty is not None:
        why = f"“{empty.words}”: nobody has written this yet."
        return Next(text="Write it down", href=empty.add, why=why)
    add = reverse("scoping:add_event", args=[child.public_id])
    if event_count == 0:
        return Next(text="Add the first event", href=add, why="The life timeline is empty.")
    return Next(
        text="Add to the timeline",
        href=add,
        why="Something is written under every heading. What else has happened in this life?",
    )


def _events_in_words(count: int) -> str:
    if count == 0:
        return "Nobody has written down any event yet."
    return f"{count} events that you can read." if count > 1 else "One event that you can read."
