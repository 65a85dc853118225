"""The life timeline: a picture and its table of the same events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.models import EVENT_KINDS, LifeEvent
from newel.record.stairs.scoping.presenters.axis import Happening
from newel.record.stairs.scoping.presenters.picture import Picture, picture
from newel.record.stairs.scoping.presenters.written import Written, action_on, written
from newel.record.stairs.scoping.queries import EventRow
from newel.record.stairs.scoping.rules import Span

NO_KIND = "Kind not chosen"
KIND_WORDS = dict(EVENT_KINDS) | {"": NO_KIND}
# A longer text is folded on the screen, so that the table can be looked over; paper shows it all.
FOLDED_FROM = 420


@dataclass(slots=True, kw_only=True)
class Row:
    number: int
    public_id: str
    title: str
    text: str
    folded: bool
    kind: str
    when: str
    when_words: str
    age: str
    written: Written


@dataclass(slots=True, kw_only=True)
class Group:
    heading: str
    rows: tuple[Row, ...]


@dataclass(slots=True, kw_only=True)
class KindChoice:
    code: str
    words: str
    count: int
    picked: bool


@dataclass(kw_only=True)
class TimelinePage(Page):
    picture: Picture | None
    groups: tuple[Group, ...]
    kinds: tuple[KindChoice, ...]
    showing: str
    filtered: bool
    any_events: bool
    here: str
    add: str
    scoping: str


@dataclass(slots=True)
class Dated:
    """An event with its place in the whole life, whatever is hidden on this page."""

    event: EventRow
    happening: Happening


def timeline_page(
    *,
    child: Child,
    events: Iterable[EventRow],
    kinds: Iterable[str],
    visible_to: StaffMember,
    at: datetime,
) -> TimelinePage:
    here = reverse("scoping:timeline", args=[child.public_id])
    scoping = reverse("scoping:scoping", args=[child.public_id])
    everything = _dated(events, child.born_on)
    picked = {kind for kind in kinds if kind in KIND_WORDS}
    shown = [one for one in everything if not picked or one.event.kind in picked]
    writes = visible_to.may(Capability.WRITE_HISTORY)
    return TimelinePage(
        title="Life timeline",
        back=Link(text="Scoping", href=scoping),
        banner=banner(child=child, visible_to=visible_to, at=at),
        picture=picture(
            [one.happening for one in shown],
            lanes=KIND_WORDS.values(),
            born_on=child.born_on,
            today=timezone.localdate(at),
        ),
        groups=tuple(_groups(shown, child.born_on, here, visible_to)),
        kinds=_kinds(everything, picked),
        showing=_showing(len(shown), len(everything)),
        filtered=bool(picked),
        any_events=bool(everything),
        here=here,
        add=reverse("scoping:add_event", args=[child.public_id]) if writes else "",
        scoping=scoping,
    )


def _dated(events: Iterable[EventRow], born_on: date | None) -> list[Dated]:
    spanned = [(event, span_of(event, born_on)) for event in events]
    spanned.sort(key=lambda one: (one[1].earliest or date.max, one[1].latest or date.max))
    return [
        Dated(event, _happening(number, event, span))
        for number, (event, span) in enumerate(spanned, start=1)
    ]


def _happening(number: int, event: EventRow, span: Span) -> Happening:
    return Happening(
        number=number,
        public_id=event.public_id,
        title=event.title,
        when=rules.when_in_words(event.precision, span, event.about_age),
        lane=KIND_WORDS[event.kind],
        precision=event.precision,
        span=span,
    )


def span_of(event: LifeEvent | EventRow, born_on: date | None) -> Span:
    return rules.known_span(
        event.precision,
        event.earliest_on,
        event.latest_on,
        about_age=event.about_age,
        born_on=born_on,
    )


def _groups(
    shown: list[Dated], born_on: date | None, base: str, visible_to: StaffMember
) -> Iterator[Group]:
    for year, found in groupby(shown, key=_year):
        rows = tuple(_row(one, born_on, base, visible_to) for one in found)
        yield Group(heading=_year_in_words(year, born_on), rows=rows)


def _year(one: Dated) -> int | None:
    earliest = one.happening.span.earliest
    return earliest.year if earliest else None


def _year_in_words(year: int | None, born_on: date | None) -> str:
    if year is None:
        return rules.NOBODY_KNOWS
    whole_year = Span(date(year, 1, 1), date(year, 12, 31))
    age = rules.age_in_words(whole_year, born_on=born_on)
    return f"{year}, {age}" if age else str(year)


def _row(one: Dated, born_on: date | None, base: str, visible_to: StaffMember) -> Row:
    event, happening = one.event, one.happening
    about_an_age = event.precision == "about_age"
    return Row(
        number=happening.number,
        public_id=event.public_id,
        title=event.title,
        text=event.text,
        folded=len(event.text) > FOLDED_FROM,
        kind=happening.lane,
        when=happening.when,
        when_words=event.when_words,
        age="" if about_an_age else rules.age_in_words(happening.span, born_on=born_on),
        written=written(event, action_on(event, base, visible_to)),
    )


def _kinds(everything: list[Dated], picked: set[str]) -> tuple[KindChoice, ...]:
    counts = dict.fromkeys(KIND_WORDS, 0)
    for one in everything:
        counts[one.event.kind] += 1
    return tuple(
        KindChoice(code=code, words=words, count=counts[code], picked=code in picked)
        for code, words in EVENT_KINDS
        if counts[code]
    )


def _showing(shown: int, everything: int) -> str:
    hidden = everything - shown
    if hidden:
        return f"Showing {shown} of {everything} events; {hidden} hidden."
    return f"Showing all {everything} events." if everything > 1 else "Showing the one event."
