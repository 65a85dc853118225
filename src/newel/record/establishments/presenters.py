"""The pages on which places are set up and it is said who works where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Agency, Post, Setting


@dataclass(frozen=True, kw_only=True)
class SettingShown:
    name: str
    kind: str
    units: tuple[str, ...]
    add_unit: Link
    set_up: Link


@dataclass(kw_only=True)
class PlacesPage(Page):
    settings: list[SettingShown]
    agencies: list[str]
    add_setting: str
    add_agency: str


@dataclass(frozen=True, kw_only=True)
class PostShown:
    place: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(kw_only=True)
class PostsPage(Page):
    now: list[PostShown]
    before: list[PostShown]
    name: str
    can_start: bool


@dataclass(kw_only=True)
class PlaceFormPage(Page):
    paragraphs: tuple[str, ...] = ()


def places_page(*, settings: Iterable[Setting], agencies: Iterable[Agency]) -> PlacesPage:
    return PlacesPage(
        title="Places",
        settings=[_setting(setting) for setting in settings],
        agencies=[f"{agency.name}: {agency.get_kind_display()}" for agency in agencies],
        add_setting=reverse("establishments:add_setting"),
        add_agency=reverse("establishments:add_agency"),
    )


def _setting(setting: Setting) -> SettingShown:
    outside = "" if setting.in_scope_of_commissioning else ", outside the commissioning"
    return SettingShown(
        name=setting.name,
        kind=f"{setting.type_in_words}{outside}",
        units=tuple(sorted((unit.name for unit in setting.units.all()), key=str.casefold)),
        add_unit=Link(
            text="Add a unit",
            href=reverse("establishments:add_unit", args=[setting.public_id]),
            about=f"to {setting.name}",
        ),
        set_up=Link(
            text="Set up, step by step",
            href=reverse("establishments:set_up", args=[setting.public_id]),
            about=f": {setting.name}",
        ),
    )


def place_form_page(*, title: str, paragraphs: tuple[str, ...] = ()) -> PlaceFormPage:
    back = Link(text="Places", href=reverse("establishments:places"))
    return PlaceFormPage(title=title, paragraphs=paragraphs, back=back)


def posts_page(*, staff: StaffMember, posts: Iterable[Post], at: datetime) -> PostsPage:
    every = list(posts)
    now = [post for post in every if post.ends_at is None or post.ends_at > at]
    before = [post for post in every if post not in now]
    return PostsPage(
        title=f"Where {staff.name} works",
        caption=staff.their_role.name,
        back=Link(text=staff.name, href=reverse("access:staff_member", args=[staff.public_id])),
        now=[_post(post, goes_on=True) for post in now],
        before=[_post(post, goes_on=False) for post in before],
        name=staff.name,
        can_start=staff.is_active,
    )


def place_in_words(post: Post) -> str:
    where = post.unit.name if post.unit else "the whole setting"
    return f"{post.setting.name}: {where}"


def _post(post: Post, *, goes_on: bool) -> PostShown:
    since = f"Since {day(post.starts_at)}"
    until = f"{day(post.starts_at)} to {day(post.ends_at)}"
    return PostShown(
        place=place_in_words(post),
        lines=(
            f"{post.get_discipline_display()}, {post.agency.name}",
            since if goes_on else until,
        ),
        links=_links(post) if goes_on else (),
    )


def _links(post: Post) -> tuple[Link, ...]:
    ids = [post.staff.public_id, post.public_id]
    place = place_in_words(post)
    end = Link(text="End now", href=reverse("establishments:end_post", args=ids), about=place)
    if post.unit is None:
        return (end,)
    move = reverse("establishments:move_post", args=ids)
    return (Link(text="Move to another unit", href=move, about=f"from {place}"), end)


def post_form_page(*, post: Post, title: str, paragraph: str) -> PlaceFormPage:
    href = reverse("establishments:posts", args=[post.staff.public_id])
    return PlaceFormPage(
        title=title,
        caption=place_in_words(post),
        paragraphs=(paragraph,),
        back=Link(text=f"Where {post.staff.name} works", href=href),
    )
