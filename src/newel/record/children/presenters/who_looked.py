"""Who opened one child's record, for a governance lead: never what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from newel.record.access.models import StaffMember
from newel.record.children.governance_queries import Looked
from newel.record.children.models import Child
from newel.record.children.presenters.governance import around, back_to
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.look_words import look_in_words, role_in_short
from newel.record.design_system.dates import day, day_time, time_of_day
from newel.record.design_system.pages import Link, Page

LOOKS_A_PAGE = 20
ON_LISTS_IS = (
    "Pages that name several children: the shift, a search, a warning of names that are alike. "
    "Written once an hour for each person and page. They did not open the record with it."
)


@dataclass(frozen=True, kw_only=True)
class AskedOfLooks:
    """What the page was asked for: looks at the record or names on lists, together or each one by
    itself, of one person or of everybody, on one day or ever."""

    on_lists: bool = False
    each: bool = False
    staff: StaffMember | None = None
    on: date | None = None
    number: int = 1

    def address(self, child: Child, **changed: Any) -> str:
        facts: dict[str, Any] = {
            "lists": self.on_lists,
            "each": self.each,
            "person": self.staff and self.staff.public_id,
            "day": self.on,
            "page": self.number,
        }
        given = {name: value for name, value in (facts | changed).items() if value}
        return f"{address_of('who_looked', child)}?{urlencode(given)}"


@dataclass(frozen=True, kw_only=True)
class LookedRow:
    when: str
    who: str
    what: str
    each: Link | None


@dataclass(kw_only=True)
class WhoLookedPage(Page):
    rows: list[LookedRow]
    introduction: str
    nothing: str
    others: tuple[Link, ...]
    newer: str
    older: str


def who_looked_page(*, child: Child, found: Sequence[Looked], asked: AskedOfLooks) -> WhoLookedPage:
    number = asked.number
    return WhoLookedPage(
        title=_title(child, asked),
        caption=_about(asked),
        introduction=ON_LISTS_IS if asked.on_lists else "",
        nothing="Nobody has seen it on a list." if asked.on_lists else "Nobody has opened it.",
        others=_others(child, asked),
        rows=[_row(one, child, asked) for one in found[:LOOKS_A_PAGE]],
        newer=asked.address(child, page=number - 1) if number > 1 else "",
        older=asked.address(child, page=number + 1) if len(found) > LOOKS_A_PAGE else "",
        **around(child, back_to(child)),
    )


def _title(child: Child, asked: AskedOfLooks) -> str:
    if asked.on_lists:
        return f"Who saw {child.preferred_name}’s name on a list"
    return f"Who opened {child.preferred_name}’s record"


def _about(asked: AskedOfLooks) -> str:
    """Whose looks and of which day, where it is not everybody and ever."""
    about = [asked.staff.name] if asked.staff else []
    about += [day(asked.on)] if asked.on else []
    about += ["each time by itself"] if asked.each else []
    words = ", ".join(about)
    return words[:1].upper() + words[1:]


def _others(child: Child, asked: AskedOfLooks) -> tuple[Link, ...]:
    """The same looks the other way, and the looks of the other kind."""
    way = Link(
        text="The same page on the same day as one line" if asked.each else "Each time by itself",
        href=asked.address(child, each=not asked.each, person=None, day=None, page=None),
    )
    other = AskedOfLooks(on_lists=not asked.on_lists)
    return (way, Link(text=_title(child, other), href=other.address(child, page=None)))


def _row(one: Looked, child: Child, asked: AskedOfLooks) -> LookedRow:
    what = look_in_words(one.act, one.page)
    who = f"{one.who.name}, {role_in_short(one.who)}" if one.who else "Nobody signed in"
    if one.times == 1:
        return LookedRow(when=day_time(one.last_at), who=who, what=what, each=None)
    each = Link(
        text="Each time",
        href=asked.address(
            child, each=True, person=one.who and one.who.public_id, day=one.on, page=None
        ),
        about=f" {one.who.name if one.who else 'somebody'} looked on {day(one.on)}",
    )
    return LookedRow(when=_from_to(one), who=who, what=f"{what}, {one.times} times", each=each)


def _from_to(one: Looked) -> str:
    first, last = time_of_day(one.first_at), time_of_day(one.last_at)
    return f"{day(one.on)} at {first}" if first == last else f"{day(one.on)}, {first} to {last}"
