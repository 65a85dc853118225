"""The pages about accounts for one shift."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.design_system.dates import clock_time, day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Post

LIST = "establishments:one_shift"


@dataclass(frozen=True, kw_only=True)
class Here:
    name: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(kw_only=True)
class OneShiftPage(Page):
    now: list[Here]
    before: list[Here]
    let_in: str


@dataclass(kw_only=True)
class OneShiftFormPage(Page):
    paragraphs: tuple[str, ...] = ()


@dataclass(kw_only=True)
class SlipPage(Page):
    name: str
    where: str
    until: str
    username: str
    password: str
    use_password_by: str
    codes: list[str]
    again: str
    list: str


def _back() -> Link:
    return Link(text="Agency staff", href=reverse(LIST))


def one_shift_page(*, posts: Iterable[Post], at: datetime) -> OneShiftPage:
    every = list(posts)
    now = [post for post in every if _is_here(post, at)]
    return OneShiftPage(
        title="Agency staff",
        now=[_here(post) for post in now],
        before=[_was_here(post) for post in every if post not in now],
        let_in=reverse("establishments:let_in"),
    )


def _is_here(post: Post, at: datetime) -> bool:
    return post.staff.is_open(at=at) and (post.ends_at is None or post.ends_at > at)


def _here(post: Post) -> Here:
    staff = post.staff
    signed_in = staff.last_login is not None and staff.last_login >= post.starts_at
    return Here(
        name=staff.name,
        lines=(
            f"{post.agency.name}. On {post.unit.name if post.unit else post.setting.name} until "
            f"{day_time(post.ends_at)}.",
            "Has signed in." if signed_in else "Has not signed in yet.",
        ),
        links=(
            _link("Close now", "let_out", staff),
            _link("Another unit, a later end or a new slip", "let_in_again", staff),
        ),
    )


def _was_here(post: Post) -> Here:
    return Here(
        name=post.staff.name,
        lines=(f"{post.agency.name}. Last here on {day(post.starts_at)}.",),
        links=(_link("Let in again", "let_in_again", post.staff),),
    )


def _link(text: str, name: str, staff: StaffMember) -> Link:
    href = reverse(f"establishments:{name}", args=[staff.public_id])
    return Link(text=text, href=href, about=staff.name)


def let_in_page(*, has_units: bool) -> OneShiftFormPage:
    return OneShiftFormPage(
        title="Let somebody in for a shift",
        paragraphs=(
            "Somebody from an agency, on one unit, until their shift ends. They see the shift "
            "page, what everybody has to know of its handover, and “How to be with me” of the "
            "children on that unit. Nothing else.",
        )
        if has_units
        else (
            "You have no post on a unit now, so there is no unit that you can let somebody into.",
        ),
        back=_back(),
    )


def same_person_choices(posts: Iterable[Post]) -> list[tuple[str, str]]:
    return [
        (
            post.staff.public_id,
            f"Yes, {post.staff.name}, {post.agency.name}, last here on {day(post.starts_at)}",
        )
        for post in posts
    ]


def let_in_again_page(*, post: Post) -> OneShiftFormPage:
    return OneShiftFormPage(
        title=f"Let {post.staff.name} in again",
        caption=post.agency.name,
        paragraphs=(
            "The same account, with a new slip. An older slip and a key from an earlier shift "
            "stop working.",
        ),
        back=_back(),
    )


def let_out_page(*, post: Post) -> OneShiftFormPage:
    return OneShiftFormPage(
        title=f"Close {post.staff.name}’s account now",
        caption=post.agency.name,
        paragraphs=(
            "They are signed out wherever they are, and the slip opens nothing any more. "
            "What they wrote stays, with their name.",
        ),
        back=_back(),
    )


def slip_page(*, post: Post, password: str, codes: list[str]) -> SlipPage:
    staff = post.staff
    until = staff.first_password_until
    return SlipPage(
        title=f"Slip for {staff.name}",
        back=_back(),
        name=staff.name,
        where=f"{post.unit.name if post.unit else ''}, {post.setting.name}",
        until=day_time(staff.open_until),
        username=staff.username,
        password=password,
        use_password_by=clock_time(until) if until else "",
        codes=[f"{code[:4]} {code[4:]}" for code in codes],
        again=reverse("establishments:let_in_again", args=[staff.public_id]),
        list=reverse(LIST),
    )
