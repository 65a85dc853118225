"""People around the child: who they are, how to reach them, and how long each keyworker stayed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries
from newel.record.children.models import Child, Home, KeyworkerAssignment, Stay, TeamMember
from newel.record.children.presenters.kept import address_of, keyworker_in_words, safety_in_words
from newel.record.children.presenters.pages import about
from newel.record.children.rules import days_without, how_long
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Post
from newel.record.establishments.queries import posts_of_each

NOT_SAID = "Nobody has written how to reach them."


@dataclass(frozen=True, kw_only=True)
class AroundPerson:
    name: str
    part: str
    works_for: str
    contact: str
    since: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KeyworkerSpan:
    """One keyworker's time, or a time without one."""

    name: str
    words: str
    nobody: bool = False


@dataclass(frozen=True, kw_only=True)
class StayOfKeyworkers:
    where: str
    spans: tuple[KeyworkerSpan, ...]


@dataclass(frozen=True, kw_only=True)
class HomePerson:
    name: str
    relationship: str
    safety: str
    on_paper: bool


@dataclass(kw_only=True)
class AroundPage(Page):
    keyworkers: tuple[AroundPerson, ...]
    goodbyes: tuple[str, ...]
    stays: tuple[StayOfKeyworkers, ...]
    team: tuple[AroundPerson, ...]
    home: tuple[HomePerson, ...]
    links: tuple[Link, ...]
    printed: str
    printed_on: str


def around_page(*, child: Child, person: StaffMember, at: datetime) -> AroundPage:
    today = timezone.localdate(at)
    ever = list(queries.keyworkers_ever(child=child))
    now = [one for one in ever if _is_on(one, today)]
    posts = posts_of_each(staff=[one.staff_id for one in now], at=at)
    team = list(queries.team_now(child=child, at=at))
    contacts = {member.staff_id: member.contact for member in team if member.contact}
    return AroundPage(
        title=f"People around {child.preferred_name}",
        keyworkers=tuple(_keyworker(one, posts, contacts, today) for one in now),
        goodbyes=tuple(_goodbyes(now, ever)),
        stays=tuple(_stays(list(queries.stays_of(child=child)), ever, today)),
        team=tuple(_member(m, child, person) for m in team),
        home=tuple(_home(home) for home in queries.homes(child=child) if home.kind == "person"),
        links=_links(child, person),
        printed=f"{address_of('around', child)}?paper",
        printed_on=f"As it was on {day_time(at)}.",
        **about(child, person, at),
    )


def _is_on(one: KeyworkerAssignment, today: date) -> bool:
    goes_on = one.ends_on is None or one.ends_on >= today
    return one.starts_on <= today and goes_on and one.stay.ended_at is None


def _keyworker(
    one: KeyworkerAssignment,
    posts: Mapping[int, Sequence[Post]],
    contacts: Mapping[int | None, str],
    today: date,
) -> AroundPerson:
    works = [
        f"{post.get_discipline_display()}, {post.agency.name}"
        f"{f', {post.unit.name}' if post.unit else ''}"
        for post in posts.get(one.staff_id, [])
    ]
    return AroundPerson(
        name=one.staff.name,
        part="Keyworker",
        works_for="; ".join(works),
        contact=contacts.get(one.staff_id) or one.staff.email or NOT_SAID,
        since=keyworker_in_words(one, today),
    )


def _goodbyes(
    now: Sequence[KeyworkerAssignment], ever: Sequence[KeyworkerAssignment]
) -> Iterator[str]:
    """A last day that is written down, and who is keyworker after it. What is planned with the
    child for the goodbye is not Newel's to say yet."""
    for leaving in now:
        if leaving.ends_on is None:
            continue
        after = [one for one in ever if _follows(one, leaving)]
        names = " and ".join(f"{one.staff.name} from {day(one.starts_on)}" for one in after)
        others = " and ".join(one.staff.name for one in now if one.ends_on is None)
        who = (
            f"After that: {names}." if names
            else f"{others} stays keyworker." if others
            else "Nobody is written down as keyworker after that."
        )  # fmt: skip
        yield f"{leaving.staff.name}’s last day as keyworker is {day(leaving.ends_on)}. {who}"


def _follows(one: KeyworkerAssignment, leaving: KeyworkerAssignment) -> bool:
    last = leaving.ends_on or date.max
    goes_on = one.ends_on is None or one.ends_on > last
    return one.staff_id != leaving.staff_id and one.starts_on > leaving.starts_on and goes_on


def _stays(
    stays: Sequence[Stay], ever: Sequence[KeyworkerAssignment], today: date
) -> Iterator[StayOfKeyworkers]:
    for stay in stays:
        mine = [one for one in ever if one.stay_id == stay.pk]
        first = timezone.localdate(stay.arrived_at)
        last = timezone.localdate(stay.ended_at) if stay.ended_at else today
        until = f"to {day(last)}" if stay.ended_at else "until now"
        spans = [(one.starts_on, _span(one, today)) for one in mine]
        gaps = days_without([(one.starts_on, one.ends_on) for one in mine], first=first, last=last)
        spans += [(began, _gap(began, ended, today)) for began, ended in gaps]
        yield StayOfKeyworkers(
            where=f"{stay.setting.name}, {day(first)} {until}",
            spans=tuple(span for _, span in sorted(spans, key=lambda one: one[0])),
        )


def _span(one: KeyworkerAssignment, today: date) -> KeyworkerSpan:
    if one.starts_on > today:
        return KeyworkerSpan(name=one.staff.name, words=f"From {day(one.starts_on)}")
    return KeyworkerSpan(name=one.staff.name, words=keyworker_in_words(one, today))


def _gap(began: date, ended: date, today: date) -> KeyworkerSpan:
    length = how_long(began, ended) if ended > began else "1 day"
    until = "until today" if ended >= today else f"to {day(ended)}"
    return KeyworkerSpan(
        name="Nobody was keyworker", words=f"{day(began)} {until}: {length}", nobody=True
    )


def _member(member: TeamMember, child: Child, person: StaffMember) -> AroundPerson:
    link = Link(
        text="Change how to reach them",
        href=address_of("contact", child, member.public_id),
        about=f": {member.name}",
    )
    return AroundPerson(
        name=member.name,
        part=member.part,
        works_for=f"{member.get_discipline_display()}, {member.agency.name}",
        contact=member.contact or NOT_SAID,
        since=f"In the team since {day(member.starts_on)}",
        links=(link,) if person.may(Capability.MANAGE_TEAM) else (),
    )


def _home(home: Home) -> HomePerson:
    """On paper only whoever was checked as safe: as on the one page."""
    return HomePerson(
        name=home.name,
        relationship=home.relationship,
        safety=safety_in_words(home),
        on_paper=home.safety_check in ("safe", "safe_with_conditions"),
    )


def _links(child: Child, person: StaffMember) -> tuple[Link, ...]:
    if not person.may(Capability.MANAGE_TEAM):
        return ()
    return (
        Link(text="Keyworkers", href=address_of("keyworkers", child)),
        Link(text="Change the team", href=address_of("team", child)),
        Link(text="Home", href=address_of("homes", child)),
    )
