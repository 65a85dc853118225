"""Where the child lived and learned: as bands under the events, and as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.children.models import Stay
from newel.record.design_system.dates import day
from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.models import PLACE_KINDS, PathwayPlace
from newel.record.stairs.scoping.presenters.written import Written, action_on, written
from newel.record.stairs.scoping.rules import Span
from newel.record.stairs.scoping.rules.pathway import Stretch

PLACE_WORDS = dict(PLACE_KINDS)
_SCOPING = read("understanding/scoping.yaml")
BAND_OF = {one["code"]: one["band"] for one in _SCOPING["place_kinds"]}
BANDS = [(one["code"], one["words"]) for one in _SCOPING["bands"]]
LIVED = "lived"
HERE = "A stay in this record"


@dataclass(slots=True, kw_only=True)
class PlaceRow:
    """A place as the table shows it. A stay in a setting that uses Newel has no writer here."""

    public_id: str
    name: str
    kind: str
    band: str
    when: str
    text: str
    stretch: Stretch
    written: Written | None
    list_href: str = ""


def starts_of(place: PathwayPlace, born_on: date | None) -> Span:
    return _span(place, "start", born_on)


def ends_of(place: PathwayPlace, born_on: date | None) -> Span:
    return _span(place, "end", born_on)


def span_of_place(place: PathwayPlace, born_on: date | None) -> Span:
    """From its beginning to its end, as far as either is known."""
    return Span(starts_of(place, born_on).earliest, ends_of(place, born_on).latest)


def _span(place: PathwayPlace, end: str, born_on: date | None) -> Span:
    return rules.known_span(
        getattr(place, f"{end}_precision"),
        getattr(place, f"{end}_earliest_on"),
        getattr(place, f"{end}_latest_on"),
        about_age=getattr(place, f"{end}_about_age"),
        born_on=born_on,
    )


def place_when(place: PathwayPlace, born_on: date | None) -> str:
    """From March 2014 until about age 6."""
    first = _end_in_words(place, "start", born_on)
    if place.still:
        return f"From {first}, still there"
    return f"From {first} until {_end_in_words(place, 'end', born_on)}"


def _end_in_words(place: PathwayPlace, end: str, born_on: date | None) -> str:
    precision = getattr(place, f"{end}_precision")
    if precision == "unknown":
        return "a time nobody knows"
    said = rules.when_in_words(
        precision, _span(place, end, born_on), getattr(place, f"{end}_about_age")
    )
    return f"{said[:1].lower()}{said[1:]}" if precision == "about_age" else said


def place_rows(
    places: Iterable[PathwayPlace],
    stays: Iterable[Stay],
    *,
    born_on: date | None,
    base: str,
    visible_to: StaffMember,
) -> list[PlaceRow]:
    rows = [_of_place(one, born_on, base, visible_to) for one in places]
    rows += [_of_stay(one) for one in stays]
    order = [code for code, _ in BANDS]
    return sorted(
        rows, key=lambda row: (order.index(row.band), row.stretch.starts.earliest or date.max)
    )


def _of_place(
    one: PathwayPlace, born_on: date | None, base: str, visible_to: StaffMember
) -> PlaceRow:
    stretch = Stretch(
        name=one.name,
        starts=starts_of(one, born_on),
        ends=ends_of(one, born_on),
        still=one.still,
    )
    return PlaceRow(
        public_id=one.public_id,
        name=one.name,
        kind=PLACE_WORDS[one.kind],
        band=BAND_OF[one.kind],
        when=place_when(one, born_on),
        text=one.text,
        stretch=stretch,
        written=written(one, action_on(one, f"{base}places/", visible_to)),
        list_href=f"{base}lists/{one.from_list.public_id}/" if one.from_list else "",
    )


def _of_stay(stay: Stay) -> PlaceRow:
    first = _local(stay.arrived_at)
    last = _local(stay.ended_at)
    until = f"until {day(last)}" if last else "still there"
    return PlaceRow(
        public_id=stay.public_id,
        name=stay.setting.name,
        kind=HERE,
        band=LIVED,
        when=f"From {day(first)}{' ' if last else ', '}{until}",
        text="",
        stretch=Stretch(
            name=stay.setting.name, starts=Span(first, first), ends=Span(last, last),
            still=last is None,
        ),
        written=None,
    )  # fmt: skip


def _local(at: object) -> date | None:
    return timezone.localdate(at) if at else None  # type: ignore[arg-type]


def at_once_in_words(rows: Sequence[PlaceRow], today: date) -> list[str]:
    lived = [row for row in rows if row.band == LIVED]
    by_stretch = {id(row.stretch): row for row in lived}
    pairs = rules.at_once([row.stretch for row in lived], today=today)
    return [
        f"Two places at once: “{one.name}” ({_lower(by_stretch[id(one)].when)}) and "
        f"“{other.name}” ({_lower(by_stretch[id(other)].when)}). Both may be so; ask."
        for one, other in pairs
    ]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def gaps_in_words(gaps: Sequence[tuple[int, int]]) -> list[str]:
    return [f"{first} to {last}" if first != last else str(first) for first, last in gaps]
