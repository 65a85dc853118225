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
from newel.record.children.models import Child, Stay
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.models import LifeEvent, PathwayPlace
from newel.record.stairs.scoping.presenters.axis import Happening
from newel.record.stairs.scoping.presenters.filtering import (
    KIND_WORDS,
    WHOSE,
    Asked,
    Choice,
    filter_of,
    kind_choices,
    showing_in_words,
    source_choices,
)
from newel.record.stairs.scoping.presenters.picture import Picture, picture
from newel.record.stairs.scoping.presenters.places import (
    PlaceRow,
    at_once_in_words,
    gaps_in_words,
    place_rows,
)
from newel.record.stairs.scoping.presenters.written import Written, action_on, written
from newel.record.stairs.scoping.queries import EventRow
from newel.record.stairs.scoping.rules import Span

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
    list_href: str = ""


@dataclass(slots=True, kw_only=True)
class Group:
    """A year and its events, or years of which nothing is written."""

    heading: str
    rows: tuple[Row, ...] = ()
    year: int | None = None
    is_gap: bool = False


@dataclass(kw_only=True)
class TimelinePage(Page):
    picture: Picture | None
    groups: tuple[Group, ...]
    kinds: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    whose: tuple[Choice, ...]
    years: tuple[int, ...]
    first: int | None
    last: int | None
    showing: str
    filtered: bool
    gaps: str
    at_once: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    any_events: bool
    here: str
    add: str
    scoping: str
    more: tuple[Link, ...]
    printed: str


@dataclass(slots=True)
class Dated:
    """An event with its place in the whole life, whatever is hidden on this page."""

    event: EventRow
    happening: Happening


def timeline_page(
    *,
    child: Child,
    events: Iterable[EventRow],
    places: Iterable[PathwayPlace] = (),
    stays: Iterable[Stay] = (),
    asked: Asked,
    visible_to: StaffMember,
    at: datetime,
) -> TimelinePage:
    here = reverse("scoping:timeline", args=[child.public_id])
    scoping = reverse("scoping:scoping", args=[child.public_id])
    today, born_on = timezone.localdate(at), child.born_on
    everything = _dated(events, born_on)
    rows = place_rows(places, stays, born_on=born_on, base=here, visible_to=visible_to)
    years = _years(everything, born_on, today)
    chosen = filter_of(asked, (one.event for one in everything), years)
    hides = chosen.is_on
    shown = [one for one in everything if not hides or chosen.shows(one.event, one.happening.span)]
    gaps = _gaps(everything, rows, born_on, today)
    writes = visible_to.may(Capability.WRITE_HISTORY)
    return TimelinePage(
        title="Life timeline",
        back=Link(text="Scoping", href=scoping),
        banner=banner(child=child, visible_to=visible_to, at=at),
        picture=_picture(shown, rows, [] if hides else gaps, born_on, today),
        groups=tuple(_with_gaps(_groups(shown, born_on, here, visible_to), gaps, hides)),
        kinds=kind_choices((one.event for one in everything), chosen),
        sources=source_choices((one.event for one in everything), chosen),
        whose=tuple(
            Choice(code=code, words=words, count=0, picked=code == chosen.whose)
            for code, words in WHOSE.items()
        ),
        years=tuple(years),
        first=chosen.first,
        last=chosen.last,
        showing=showing_in_words(chosen, shown=len(shown), everything=len(everything)),
        filtered=hides,
        gaps=_in_a_row(gaps_in_words(gaps)),
        at_once=tuple(at_once_in_words(rows, today)),
        places=tuple(rows),
        any_events=bool(everything),
        here=here,
        add=reverse("scoping:add_event", args=[child.public_id]) if writes else "",
        scoping=scoping,
        more=tuple(_more(here, writes)),
        printed=f"Printed by {visible_to.name} on {day_time(at)}. It may have changed since.",
    )


def _more(here: str, writes: bool) -> Iterator[Link]:
    if writes:
        yield Link(text="Add several events", href=f"{here}list/check/")
        yield Link(text="Bring in a list", href=f"{here}list/")
        yield Link(text="Add a place or school", href=f"{here}places/add/")
    yield Link(text="Lists brought in", href=f"{here}lists/")
    yield Link(text="What was taken back", href=f"{here}taken-back/")


def _years(everything: list[Dated], born_on: date | None, today: date) -> range:
    first = [one.happening.span.earliest.year for one in everything if one.happening.span.earliest]
    return range(min([*first, born_on.year if born_on else today.year]), today.year + 1)


def _gaps(
    everything: list[Dated], rows: list[PlaceRow], born_on: date | None, today: date
) -> list[tuple[int, int]]:
    """Of an empty record nothing is known; that is said once, and not year by year."""
    if not everything:
        return []
    spans = [one.happening.span for one in everything]
    return rules.gaps(spans, [row.stretch for row in rows], born_on=born_on, today=today)


def _with_gaps(
    groups: Iterable[Group], gaps: list[tuple[int, int]], filtered: bool
) -> Iterator[Group]:
    """Between the years, where nothing is written; not among events of which some are hidden."""
    left = [] if filtered else list(zip(gaps, gaps_in_words(gaps), strict=True))
    for group in groups:
        while left and (group.year is None or left[0][0][0] < group.year):
            yield Group(heading=left.pop(0)[1], is_gap=True)
        yield group
    for _, words in left:
        yield Group(heading=words, is_gap=True)


def _in_a_row(said: list[str]) -> str:
    return " and ".join(one for one in (", ".join(said[:-1]), *said[-1:]) if one)


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


def _picture(
    shown: list[Dated],
    rows: list[PlaceRow],
    gaps: list[tuple[int, int]],
    born_on: date | None,
    today: date,
) -> Picture | None:
    return picture(
        [one.happening for one in shown],
        lanes=KIND_WORDS.values(),
        born_on=born_on,
        today=today,
        places=rows,
        gaps=gaps,
    )


def _groups(
    shown: list[Dated], born_on: date | None, base: str, visible_to: StaffMember
) -> Iterator[Group]:
    for year, found in groupby(shown, key=_year):
        rows = tuple(_row(one, born_on, base, visible_to) for one in found)
        yield Group(heading=_year_in_words(year, born_on), rows=rows, year=year)


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
        list_href=f"{base}lists/{event.from_list}/" if event.from_list else "",
    )
