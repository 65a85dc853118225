"""Pages for a list of events: bringing it, checking it, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import banner
from newel.record.children.models import WHOSE_WORDS, Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.forms import NewelForm
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.scoping import policies, rules
from newel.record.stairs.scoping.models import (
    EVENT_KINDS,
    HOW_BROUGHT,
    PLACE_KINDS,
    EventList,
    LifeEvent,
    PathwayPlace,
)
from newel.record.stairs.scoping.presenters.form_pages import back_to
from newel.record.stairs.scoping.presenters.places import place_when, span_of_place
from newel.record.stairs.scoping.presenters.timeline_page import span_of
from newel.record.stairs.scoping.rules import Span
from newel.record.stairs.scoping.rules.same import Known

HOW_WORDS = dict(HOW_BROUGHT)


@dataclass(kw_only=True)
class BringPage(Page):
    form: Any
    table: str


@dataclass(kw_only=True)
class CheckPage(Page):
    form: Any
    event_kinds: Sequence[tuple[str, str]]
    place_kinds: Sequence[tuple[str, str]]
    whose: Sequence[tuple[str, str]]
    levels: Sequence[tuple[str, str]]
    typed: bool
    state: str
    look_again: str
    cancel: str
    paste: str


def bring_page(
    *, child: Child, form: NewelForm, visible_to: StaffMember, at: datetime
) -> BringPage:
    return BringPage(
        title="Bring in a list of events",
        back=back_to(child, "timeline"),
        banner=banner(child=child, visible_to=visible_to, at=at),
        form=form,
        table=reverse("scoping:check_list", args=[child.public_id]),
    )


def check_page(
    *, child: Child, form: Any, posted: bool, visible_to: StaffMember, at: datetime
) -> CheckPage:
    typed = not form.is_bound or form.data.get("how", "typed") == "typed"
    return CheckPage(
        title="Add several events" if typed else "Check the list",
        back=back_to(child, "timeline"),
        banner=banner(child=child, visible_to=visible_to, at=at),
        form=form,
        event_kinds=EVENT_KINDS,
        place_kinds=PLACE_KINDS,
        whose=WHOSE_WORDS,
        levels=form.line_levels,
        typed=typed,
        state=_state(form) if form.is_bound else "",
        look_again=_look_again(form) if posted and not form.errors else "",
        cancel=reverse("scoping:timeline", args=[child.public_id]),
        paste=reverse("scoping:bring_list", args=[child.public_id]),
    )


def _state(form: Any) -> str:
    unclear = sum(bool(line.asks) for line in form.lines)
    said = [f"{_lines(form.kept)} to save"]
    if unclear:
        said.append(f"{unclear} of them {'need' if unclear > 1 else 'needs'} an answer")
    if form.left_out:
        said.append(f"{_lines(form.left_out)} left out")
    return f"{'; '.join(said)}. Nothing is saved yet."


def _look_again(form: Any) -> str:
    numbers = form.new_readings
    if not numbers:
        return ""
    some = ", ".join(map(str, numbers[:12])) + (" and more" if len(numbers) > 12 else "")
    which = f"lines {some} were" if len(numbers) > 1 else f"line {some} was"
    return f"Look how {which} read, then press Save again. Nothing is saved yet."


def _lines(count: int) -> str:
    return f"{count} line{'s' if count != 1 else ''}"


def _events(count: int) -> str:
    return f"{count} event{'s' if count != 1 else ''}"


def saved_in_words(brought: EventList) -> str:
    left = brought.left_out_count
    said = f"The list is saved: {_events(brought.line_count)}."
    return f"{said} {_lines(left)} {'were' if left != 1 else 'was'} left out." if left else said


def taken_back_in_words(taken: int) -> str:
    return f"{_events(taken)} taken back." if taken else "Nothing was left to take back."


def on_record(
    events: Iterable[LifeEvent], places: Iterable[PathwayPlace], born_on: date | None
) -> list[Known]:
    return [
        *(_known(one.title, span_of(one, born_on), _event_when(one, born_on)) for one in events),
        *(
            _known(one.name, span_of_place(one, born_on), place_when(one, born_on))
            for one in places
        ),
    ]


def _known(title: str, found: Span, when: str) -> Known:
    return Known(title=title, found=found, said=f"{when}, {title}")


@dataclass(frozen=True, kw_only=True)
class BroughtList:
    heading: str
    href: str
    facts: str
    state: str


@dataclass(kw_only=True)
class ListsPage(Page):
    lists: tuple[BroughtList, ...]
    bring: str


@dataclass(frozen=True, kw_only=True)
class BroughtLine:
    when: str
    title: str
    original: str
    became: str


@dataclass(kw_only=True)
class ListPage(Page):
    brought: BroughtList
    lines: tuple[BroughtLine, ...]
    take_back: str


@dataclass(kw_only=True)
class TakeBackListPage(Page):
    form: Any
    brought: BroughtList
    cancel: str


def lists_page(
    *, child: Child, lists: Iterable[EventList], visible_to: StaffMember, at: datetime
) -> ListsPage:
    writes = visible_to.may(Capability.WRITE_HISTORY)
    return ListsPage(
        title="Lists brought in",
        back=back_to(child, "timeline"),
        banner=banner(child=child, visible_to=visible_to, at=at),
        lists=tuple(_brought(child, one) for one in lists),
        bring=reverse("scoping:bring_list", args=[child.public_id]) if writes else "",
    )


def _brought(child: Child, one: EventList) -> BroughtList:
    how = HOW_WORDS[one.how] + (f" {one.file_name}" if one.file_name else "")
    return BroughtList(
        heading=one.source,
        href=reverse("scoping:list", args=[child.public_id, one.public_id]),
        facts=f"{how}, by {one.written_by.name} on {day_time(one.written_at)}. "
        f"{_events(one.line_count)}, {_lines(one.left_out_count)} left out.",
        state=_list_state(one),
    )


def _list_state(one: Any) -> str:
    if not one.is_current:
        changed = f" {one.standing} had been changed and stay." if one.standing else ""
        return f"Taken back.{changed}"
    changed = f", {one.changed} of them changed since" if one.changed else ""
    return f"{one.standing} on the timeline that you can read{changed}."


def list_page(
    *,
    child: Child,
    event_list: EventList,
    lines: tuple[list[LifeEvent], list[PathwayPlace]],
    visible_to: StaffMember,
    at: datetime,
) -> ListPage:
    events, places = lines
    address = [child.public_id, event_list.public_id]
    may = (
        event_list.is_current
        and visible_to.may(Capability.WRITE_HISTORY)
        and policies.can_take_back_list(event_list, visible_to)
    )
    return ListPage(
        title=event_list.source,
        caption="A list of events",
        back=Link(text="Lists brought in", href=reverse("scoping:lists", args=address[:1])),
        banner=banner(child=child, visible_to=visible_to, at=at),
        brought=_brought(child, event_list),
        lines=(
            *(_line(one, _event_when(one, child.born_on), one.title, visible_to) for one in events),
            *(_line(one, place_when(one, child.born_on), one.name, visible_to) for one in places),
        ),
        take_back=reverse("scoping:take_back_list", args=address) if may else "",
    )


def _event_when(event: LifeEvent, born_on: date | None) -> str:
    return rules.when_in_words(event.precision, span_of(event, born_on), event.about_age)


def _line(row: Any, when: str, title: str, visible_to: StaffMember) -> BroughtLine:
    taken = getattr(row, "taken_back", None)
    became = "On the timeline"
    if taken is not None:
        became = f"Taken back on {day(taken.taken_back_at)}: {taken.reason}"
    elif not row.is_current:
        became = "Changed since"
    original = row.original if policies.can_read_as_brought(row, visible_to) else ""
    return BroughtLine(when=when, title=title, original=original, became=became)


def take_back_page(
    *, child: Child, event_list: EventList, form: Any, visible_to: StaffMember, at: datetime
) -> TakeBackListPage:
    address = reverse("scoping:list", args=[child.public_id, event_list.public_id])
    return TakeBackListPage(
        title="Take the whole list back",
        back=Link(text=event_list.source, href=address),
        banner=banner(child=child, visible_to=visible_to, at=at),
        form=form,
        brought=_brought(child, event_list),
        cancel=address,
    )
