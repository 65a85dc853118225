"""The list of versions, agreeing one, and starting anew from the one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators.models import CopyMade, DifferingView, FormulationVersion
from newel.record.stairs.activators.presenters.comparison import NOW
from newel.record.stairs.activators.presenters.formulation import TITLE
from newel.record.stairs.activators.presenters.formulation_parts import (
    Document,
    NotAgreed,
    not_agreed,
)
from newel.record.stairs.activators.presenters.lines import address_of, counted
from newel.record.stairs.activators.presenters.recommendations import Told


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    heading: str
    href: str
    about: str
    is_past: bool
    compare: Link


@dataclass(frozen=True, kw_only=True)
class View:
    """What is not agreed now, and where to say how it was settled; "" for who may not."""

    shown: NotAgreed
    settle: str


def views_now(
    child: Child, views: Sequence[DifferingView], *, may_settle: bool, more: str = ""
) -> tuple[View, ...]:
    def settle(one: DifferingView) -> str:
        return address_of("settle_view", child, one.public_id) + more if may_settle else ""

    return tuple(View(shown=not_agreed(one), settle=settle(one)) for one in views)


@dataclass(kw_only=True)
class VersionsPage(Page):
    rows: tuple[VersionRow, ...]
    views: tuple[View, ...]
    next_thing: Link | None
    next_why: str
    links: tuple[Link, ...]


def versions_page(
    *,
    child: Child,
    versions: Sequence[FormulationVersion],
    views: Sequence[DifferingView],
    agreed_now: int,
    person: StaffMember,
) -> VersionsPage:
    may_agree = person.may(Capability.AGREE_UNDERSTANDING)
    page = VersionsPage(
        title="Versions of the formulation",
        back=Link(text="What we understand", href=address_of("understanding", child)),
        rows=tuple(_row(child, versions, place) for place in range(len(versions))),
        views=views_now(child, views, may_settle=may_agree),
        next_thing=None,
        next_why="",
        links=_links(child, versions, person),
    )
    if may_agree:
        _say_what_is_next(page, child, versions, agreed_now)
    elif versions:
        page.next_thing = Link(
            text="Open the full formulation", href=address_of("formulation", child)
        )
        page.next_why = f"Version {versions[0].number} counts now."
    else:
        page.next_thing, page.next_why = _read_what_is_known(child)
    return page


def _read_what_is_known(child: Child) -> tuple[Link, str]:
    there = Link(text="What we understand", href=address_of("understanding", child))
    return there, "No version has been agreed yet. What is known so far stands there."


def _towards_the_first(child: Child, agreed_now: int) -> tuple[Link, str]:
    if not agreed_now:
        there = Link(text="What we understand", href=address_of("understanding", child))
        return there, "A formulation is made of agreed statements, and none is agreed yet."
    agree = Link(text="Agree the formulation", href=address_of("agree_formulation", child))
    are = "statement is" if agreed_now == 1 else "statements are"
    return agree, f"{agreed_now} {are} agreed one by one. Agreed together they are version 1."


def _say_what_is_next(
    page: VersionsPage, child: Child, versions: Sequence[FormulationVersion], agreed_now: int
) -> None:
    if versions:
        page.next_thing = Link(text="Start a reformulation", href=address_of("reformulate", child))
        page.next_why = "It starts from what is agreed now: keep it, change it, or take it out."
    else:
        page.next_thing, page.next_why = _towards_the_first(child, agreed_now)


def _row(child: Child, versions: Sequence[FormulationVersion], place: int) -> VersionRow:
    one = versions[place]
    before = versions[place + 1] if place + 1 < len(versions) else None
    return VersionRow(
        heading=f"Version {one.number}, agreed on {day(one.agreed_on)}",
        href=address_of("version", child, one.public_id),
        about=f"{counted(one.holds, 'statement')}. Written down by {one.agreed_by.name}, "
        f"{day_time(one.agreed_at)}.",
        is_past=place > 0,
        compare=_compare(child, before, one)
        if before
        else compare_link(child, one, None, f"What has changed since version {one.number}"),
    )


def _compare(child: Child, before: FormulationVersion, one: FormulationVersion) -> Link:
    return compare_link(
        child, before, one, f"What changed from version {before.number} to {one.number}"
    )


def compare_link(
    child: Child, before: FormulationVersion, after: FormulationVersion | None, text: str
) -> Link:
    later = after.public_id if after else NOW
    address = address_of("compare", child)
    return Link(text=text, href=f"{address}?earlier={before.public_id}&later={later}")


def _links(
    child: Child, versions: Sequence[FormulationVersion], person: StaffMember
) -> tuple[Link, ...]:
    links = [Link(text="Write down what is not agreed", href=address_of("write_view", child))]
    if not person.may(Capability.WRITE_UNDERSTANDING):
        links = []
    if versions:
        links.insert(0, Link(text=TITLE, href=address_of("formulation", child)))
        links.insert(
            1, compare_link(child, versions[0], None, "What has changed since the last version")
        )
    return tuple(links)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What was written before any version was agreed: it stands here until there is one."""

    recommendations: tuple[Told, ...]
    not_agreed: tuple[NotAgreed, ...]


@dataclass(kw_only=True)
class FormulationPage(Page):
    document: Document | None = None
    waiting: Waiting | None = None
    next_thing: Link | None = None
    next_why: str = ""
    links: tuple[Link, ...] = ()
    current: Link | None = None
    here: str = ""
    printed_by: str = ""
    may_close: bool = False
    may_change: bool = False
    write_recommendation: str = ""
    copies: tuple[str, ...] = ()


def formulation_page(
    *,
    child: Child,
    version: FormulationVersion | None,
    newer: FormulationVersion | None,
    latest: FormulationVersion | None,
    document: Document | None,
    waiting: Waiting | None,
    agreed_now: int,
    copies: Sequence[CopyMade],
    person: StaffMember,
    at: datetime,
) -> FormulationPage:
    page = FormulationPage(
        title=TITLE if newer is None or version is None else f"Version {version.number}, past",
        back=Link(text="Versions of the formulation", href=address_of("versions", child)),
        document=document,
        waiting=waiting,
        may_close=person.may(Capability.CONFIRM_UNDERSTANDING),
        may_change=person.may(Capability.AGREE_UNDERSTANDING),
    )
    if version is None:
        _nothing_agreed_yet(page, child, agreed_now)
        return page
    page.heading = TITLE
    page.here = address_of("version", child, version.public_id)
    page.printed_by = f"Printed by {person.name} on {day_time(at)}"
    page.copies = tuple(_copy_in_words(one) for one in copies)
    if newer is not None and latest is not None:
        page.current = Link(
            text=f"Open version {latest.number}, which counts now",
            href=address_of("formulation", child),
        )
        page.links = (
            compare_link(child, version, newer, f"What changed in version {newer.number}"),
            compare_link(child, version, None, "What has changed since, until now"),
        )
        return page
    _what_can_be_done(page, child, version)
    return page


def _nothing_agreed_yet(page: FormulationPage, child: Child, agreed_now: int) -> None:
    if page.may_change:
        page.write_recommendation = address_of("write_recommendation", child)
        page.next_thing, page.next_why = _towards_the_first(child, agreed_now)
    else:
        page.next_thing, page.next_why = _read_what_is_known(child)


def _what_can_be_done(page: FormulationPage, child: Child, version: FormulationVersion) -> None:
    since = compare_link(
        child, version, None, f"See what has changed since version {version.number}"
    )
    page.next_thing, page.next_why = since, "Read this beside what is known now."
    if page.may_change:
        page.write_recommendation = address_of("write_recommendation", child)
        page.links = (
            Link(text="Make a copy for somebody (Word or PDF)",
                 href=address_of("make_copy", child, version.public_id)),
            Link(text="Start a reformulation", href=address_of("reformulate", child)),
            Link(text="“How to be with me”", href=address_of("one_page", child)),
        )  # fmt: skip


def _copy_in_words(one: CopyMade) -> str:
    kind = one.get_kind_display()
    return (
        f"{kind}, for {one.for_whom}: {one.get_includes_display().lower()}. "
        f"Made by {one.made_by.name}, {day_time(one.made_at)}."
    )


@dataclass(kw_only=True)
class CopyPage(Page):
    number: int


def copy_page(child: Child, version: FormulationVersion) -> CopyPage:
    return CopyPage(
        title="Make a copy for somebody",
        back=Link(text=TITLE, href=address_of("version", child, version.public_id)),
        number=version.number,
    )
