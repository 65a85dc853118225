"""What a governance lead sees: who reaches a record and who opened it, never what is in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from newel.record.children import governance_queries
from newel.record.children.banner import watched_banner
from newel.record.children.models import Block, Child, Grant, Notice, PerhapsSame, Stay
from newel.record.children.noticing import WatchNotice
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.look_words import role_in_short
from newel.record.children.presenters.pages import Entry, FormPage
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page

SHOWN_CHILDREN = 50


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    heading: str
    lines: tuple[str, ...]
    child: Link
    see: str


@dataclass(kw_only=True)
class GovernancePage(Page):
    urgent: tuple[WatchNotice, ...]
    unseen: list[NoticeRow]
    seen: list[NoticeRow]
    words: str
    children: list[Link]
    more_children: bool
    also: list[tuple[Link, str]]
    perhaps_same: list[Link]


@dataclass(kw_only=True)
class GovernedChildPage(Page):
    who_looked: str
    grants: list[Entry]
    past_grants: list[Entry]
    blocks: list[Entry]
    give_access: str
    set_block: str
    looks: str
    sealings: list[Entry] = field(default_factory=list)
    openings: list[Entry] = field(default_factory=list)


def governance_page(
    *,
    urgent: tuple[WatchNotice, ...] = (),
    notices: Iterable[Notice],
    children: Iterable[Child],
    words: str,
    perhaps_same: Iterable[PerhapsSame] = (),
) -> GovernancePage:
    rows = [(notice.seen_at is None, _notice(notice)) for notice in notices]
    found = list(children)
    return GovernancePage(
        title="Who sees what",
        urgent=urgent,
        unseen=[row for unseen, row in rows if unseen],
        seen=[row for unseen, row in rows if not unseen],
        words=words,
        children=[
            Link(text=child.preferred_name, href=address_of("governed_child", child))
            for child in found[:SHOWN_CHILDREN]
        ],
        more_children=len(found) > SHOWN_CHILDREN,
        perhaps_same=[
            Link(
                text=f"Does Newel know {pair.child.preferred_name} from before?",
                href=reverse("children:same_child", args=[pair.public_id]),
            )
            for pair in perhaps_same
        ],
        also=[
            (
                Link(text="Opened from outside a child’s care", href=reverse("children:looks")),
                "Who opened a record without being on the unit, in the team or keyworker then.",
            ),
            (
                Link(text="Who still needs access", href=reverse("children:reviews")),
                "Every quarter, person by person, with the manager.",
            ),
        ],
    )


def _notice(notice: Notice) -> NoticeRow:
    broken = notice.broken_glass
    who = f"{broken.staff.name}, {role_in_short(broken.staff)}"
    seen = notice.seen_at and notice.seen_by
    return NoticeRow(
        heading=f"{who}, opened {notice.child.preferred_name}’s record",
        lines=(
            f"{day_time(broken.starts_at)}, {notice.setting.name}. Open until "
            f"{day_time(broken.ends_at)}.",
            f"Reason: {broken.reason}",
            *([f"Seen by {notice.seen_by.name} on {day(notice.seen_at)}."] if seen else []),  # type: ignore[union-attr]
        ),
        child=Link(
            text=f"{notice.child.preferred_name}: who looked",
            href=address_of("who_looked", notice.child),
        ),
        see=reverse("children:see_notice", args=[notice.public_id]),
    )


def around(child: Child, back: Link | None = None) -> dict[str, Any]:
    governed = Link(text="Who sees what", href=reverse("children:governance"))
    return {"back": back or governed, "banner": watched_banner(child=child)}


def back_to(child: Child) -> Link:
    return Link(text=child.preferred_name, href=address_of("governed_child", child))


def governed_child_page(*, child: Child, at: datetime) -> GovernedChildPage:
    grants = list(governance_queries.grants(child=child))
    running = [grant for grant in grants if _runs(grant, at)]
    return GovernedChildPage(
        title=f"Who may see {child.preferred_name}’s record by name",
        who_looked=address_of("who_looked", child),
        grants=[_grant(grant, child, running=True) for grant in running],
        past_grants=[
            _grant(grant, child, running=False) for grant in grants if not _runs(grant, at)
        ],
        blocks=[_block(block, child) for block in governance_queries.blocks(child=child)],
        give_access=address_of("give_access", child),
        set_block=address_of("set_block", child),
        looks=f"{reverse('children:looks')}?child={child.public_id}",
        **around(child),
    )


def _runs(grant: Grant, at: datetime) -> bool:
    over = grant.ends_at is not None and grant.ends_at <= at
    stay_over = grant.stay is not None and grant.stay.ended_at is not None
    return not over and not stay_over


def _grant(grant: Grant, child: Child, *, running: bool) -> Entry:
    href = address_of("end_grant", child, grant.public_id)
    end = Link(text="End this access", href=href, about=f"of {grant.staff.name}")
    return Entry(
        heading=grant.staff.name,
        lines=(
            grant.purpose,
            f"Given by {grant.given_by.name} on {day(grant.starts_at)}. "
            f"{_grant_ends(grant, running=running)}",
        ),
        links=(end,) if running else (),
    )


def _grant_ends(grant: Grant, *, running: bool) -> str:
    if grant.stay is not None and grant.stay.ended_at is not None:
        return f"Ended with the stay on {day(grant.stay.ended_at)}."
    if grant.ends_at is not None:
        return f"{'Ends' if running else 'Ended'} {day_time(grant.ends_at)}."
    return "Ends with the stay."


def _block(block: Block, child: Child) -> Entry:
    set_by = f"Set by {block.set_by.name} on {day(block.set_at)}."
    href = address_of("lift_block", child, block.public_id)
    lift = Link(text="Lift this block", href=href, about=f"of {block.staff.name}")
    lifted = block.lifted_at is not None
    return Entry(
        heading=f"{block.staff.name}{' (lifted)' if lifted else ''}",
        lines=(block.reason, f"{set_by} Lifted on {day(block.lifted_at)}." if lifted else set_by),
        links=() if lifted else (lift,),
    )


def grant_page(*, child: Child, stay: Stay | None) -> FormPage:
    goes_on = "Their role still decides what they may do with it."
    return FormPage(
        title=f"Give somebody access to {child.preferred_name}’s record",
        paragraphs=(
            f"For somebody who is not on the unit and not in the team. {goes_on}"
            if stay
            else f"No stay is open, so the access needs a last day. {goes_on}",
        ),
        **around(child, back_to(child)),
    )


def block_page(*, child: Child) -> FormPage:
    return FormPage(
        title=f"Block somebody from {child.preferred_name}’s record",
        paragraphs=(
            "It works at once and is stronger than everything that opens the record: "
            "a post, the team, named access, an emergency.",
        ),
        **around(child, back_to(child)),
    )


def confirm_page(*, child: Child, title: str, paragraph: str) -> FormPage:
    return FormPage(
        title=title,
        paragraphs=(paragraph,),
        **around(child, back_to(child)),
    )
