"""Who looked from outside a child's care: for a governance lead, never what is in a record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.children.banner import watched_banner
from newel.record.children.looks_queries import FromOutside, Looks
from newel.record.children.models import Child
from newel.record.children.presenters.governance import back_to
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.look_words import page_in_words, role_in_short
from newel.record.children.presenters.pages import FormPage
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page

A_PAGE = 20
PERIODS = {30: "the last 30 days", 90: "the last 90 days", 365: "the last year"}


@dataclass(frozen=True, kw_only=True)
class LookRow:
    heading: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]
    is_open: bool


@dataclass(kw_only=True)
class LooksPage(Page):
    rows: list[LookRow]
    hides: str
    filters: list[tuple[str, str, bool]]
    newer: str
    older: str
    nothing: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the page was asked for."""

    days: int = 30
    every: bool = False
    number: int = 1
    child: Child | None = None
    staff: StaffMember | None = None

    def since(self, at: datetime) -> datetime:
        return at - timedelta(days=self.days)

    def shown(self, found: Looks) -> list[FromOutside]:
        return [one for one in found.rows if self.every or one.is_open]

    def on_page(self, found: Looks) -> list[FromOutside]:
        first = (self.number - 1) * A_PAGE
        return self.shown(found)[first : first + A_PAGE]

    def address(self, **changed: Any) -> str:
        facts = {"days": self.days, "page": self.number, "every": int(self.every)} | changed
        if self.child:
            facts["child"] = self.child.public_id
        if self.staff:
            facts["person"] = self.staff.public_id
        return f"{reverse('children:looks')}?{urlencode(facts)}"


def looks_page(*, asked: Asked, found: Looks, rows: list[FromOutside]) -> LooksPage:
    count = len(asked.shown(found))
    return LooksPage(
        title="Opened from outside a child’s care",
        caption=_about(asked),
        back=Link(text="Who sees what", href=reverse("children:governance")),
        rows=[_row(one) for one in rows],
        hides=_hides(asked, found),
        filters=[
            *(
                (words.capitalize(), asked.address(days=days, page=1), asked.days == days)
                for days, words in PERIODS.items()
            ),
            ("Also what was looked into", asked.address(every=1, page=1), asked.every),
            ("Only what is open", asked.address(every=0, page=1), not asked.every),
        ],
        newer=asked.address(page=asked.number - 1) if asked.number > 1 else "",
        older=asked.address(page=asked.number + 1) if asked.number * A_PAGE < count else "",
        nothing="Nothing that nobody has looked into.",
    )


def _about(asked: Asked) -> str:
    who = f" by {asked.staff.name}" if asked.staff else ""
    whose = f"{asked.child.preferred_name}’s record" if asked.child else "All children"
    return f"{whose}{who}, {PERIODS[asked.days]}"


def _hides(asked: Asked, found: Looks) -> str:
    looks = "1 look" if found.in_care == 1 else f"{found.in_care} looks"
    care = "on the child’s unit, in the setting, in the team, as keyworker or with named access"
    hidden = [f"{looks} by people {care} at that time"]
    if not asked.every:
        hidden.append(f"{found.looked_into} that were looked into")
    hidden.append("everything before this time")
    return f"Not shown: {'; '.join(hidden)}."


def _row(one: FromOutside) -> LookRow:
    times = "once" if one.times == 1 else f"{one.times} times"
    who = f"{one.staff.name}, {role_in_short(one.staff)}"
    return LookRow(
        heading=f"{who}: {one.child.preferred_name}’s record",
        lines=tuple(_lines(one, times)),
        links=_links(one),
        is_open=one.is_open,
    )


def _lines(one: FromOutside, times: str) -> list[str]:
    when = day_time(one.last_at)
    if one.times > 1:
        when = f"{day_time(one.first_at)} to {when}"
    lines = [f"{times.capitalize()}, {when}. {_what(one)}"]
    lines += [f"Reason given: {reason}" for reason in one.reasons]
    if not one.reasons:
        lines.append("No reason was given.")
    lines += [
        f"Looked into by {said.by.name} on {day(said.at)}, for looks until {day_time(said.up_to)}: "
        f"{said.words}"
        for said in one.looked_into
    ]
    return lines


def _what(one: FromOutside) -> str:
    pages = {page_in_words(page) for page in one.pages}
    refused = f" {one.refused} of them refused." if one.refused else ""
    return f"Pages: {', '.join(sorted(pages))}.{refused}"


def _links(one: FromOutside) -> tuple[Link, ...]:
    about = f": {one.staff.name}, {one.child.preferred_name}"
    look = address_of("look_into", one.child, one.staff.public_id)
    ask = urlencode({"person": one.staff.public_id, "days": 365, "every": 1})
    all_theirs = Link(
        text="All that this person opened so",
        href=f"{reverse('children:looks')}?{ask}",
        about=about,
    )
    every = Link(text="Who looked", href=address_of("who_looked", one.child), about=about)
    if not one.is_open:
        return (all_theirs, every)
    return (Link(text="Mark as looked into", href=look, about=about), all_theirs, every)


def look_into_page(*, child: Child, row: FromOutside) -> FormPage:
    shown = _row(row)
    return FormPage(
        title="Mark as looked into",
        caption=shown.heading,
        paragraphs=shown.lines,
        after_points=("Later looks of the same person are open again.",),
        back=back_to(child),
        banner=watched_banner(child=child),
    )
