"""The one next thing to do on a child's record, from what this room knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries
from newel.record.children.models import (
    Child,
    CommunicationNeed,
    Home,
    KeyworkerAssignment,
    LegalReason,
    Stay,
    TeamMember,
)
from newel.record.children.presenters.kept import address_of


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the front page has read."""

    stay: Stay | None
    reasons: list[LegalReason]
    team: list[TeamMember]
    keyworkers: list[KeyworkerAssignment]
    homes: list[Home]
    needs: list[CommunicationNeed]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    text: str
    href: str
    why: str = ""


def next_step(*, child: Child, known: Known, person: StaffMember, today: date) -> NextStep:
    """The first open thing that this person may do; else to read how to be with the child."""
    for capability, step in _open_things(child, known, today):
        if person.may(capability):
            return step
    href = reverse("activators:one_page", kwargs={"child_id": child.public_id})
    return NextStep(
        text="Read “How to be with me”",
        href=href,
        why="What sets things off, what helps, and who said so. Two minutes.",
    )


def _to_carry_over(child: Child, earlier: str) -> Iterator[tuple[Capability, NextStep]]:
    """On the new record of a child whom Newel knew: nothing else is written there any more."""
    yield (
        Capability.PLACE_CHILD,
        NextStep(
            text="End the stay on this record",
            href=address_of("end_stay", child),
            why="When what was written here stands on the earlier record too: only that is left.",
        ),
    )
    if earlier:
        yield (
            Capability.READ_RECORD,
            NextStep(
                text="Go to the earlier record",
                href=reverse("children:child", args=[earlier]),
                why="It goes on there. Carry over what was written here, what keeps safe first.",
            ),
        )


def _open_things(child: Child, known: Known, today: date) -> Iterator[tuple[Capability, NextStep]]:
    name = child.preferred_name
    if known.stay is None:
        return
    if (earlier := queries.goes_on_at(child)) is not None:
        yield from _to_carry_over(child, earlier)
        return
    if known.stay.arrived_at is None:
        step = NextStep(
            text="Write down the arrival",
            href=address_of("arrive", child),
            why=f"Is {name} here? Nobody has written it down yet.",
        )
        yield Capability.RECEIVE_CHILD, step
        return
    if not known.keyworkers:
        why = f"{name} has no keyworker."
        href = address_of("keyworkers", child)
        yield Capability.MANAGE_TEAM, NextStep(text="Say who is keyworker", href=href, why=why)
    if not known.reasons:
        why = "Nobody has entered the legal reason for this stay."
        href = address_of("legal", child)
        yield Capability.WRITE_HISTORY, NextStep(text="Enter the legal reason", href=href, why=why)
    yield from _open_about_home(child, known)
    late = [need for need in known.needs if need.review_on < today]
    if late:
        why = f"It is time to look at this need again: {late[0].need}"
        href = address_of("communication", child)
        yield Capability.KEEP_SAFE, NextStep(text="Look at the need again", href=href, why=why)


def _open_about_home(child: Child, known: Known) -> Iterator[tuple[Capability, NextStep]]:
    if not known.homes:
        why = "Nobody has entered who or where home is."
        href = address_of("add_home", child)
        yield Capability.MANAGE_TEAM, NextStep(text="Say who or where home is", href=href, why=why)
    unchecked = [home for home in known.homes if home.checked_at is None]
    if unchecked:
        why = f"Home has not been checked yet: {unchecked[0].name}."
        href = address_of("homes", child)
        step = NextStep(text="Write down the safety check", href=href, why=why)
        yield Capability.MANAGE_TEAM, step
