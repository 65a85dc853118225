"""The handover as text and data: a card for each child with news, a line for the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.names import are_alike
from newel.record.access.public_ids import ALPHABET, LENGTH
from newel.record.access.roles import Capability
from newel.record.children.changes import HISTORY, Change, Quote
from newel.record.children.models import Child, UnitStay
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Unit
from newel.record.overview.models import UnitNote
from newel.record.overview.presenters.moments import moment
from newel.record.overview.presenters.window import (
    TIMES_PROPOSED,
    missed_in_words,
    since_in_words,
    taken_in_words,
    when_in_words,
)
from newel.record.overview.queries import Handover, HandoverChild
from newel.record.stairs.activators.rules import Suggestion, suggestions

ONE_BY_ONE = 3  # lines of history of one kind by one person; more are gathered
SHOWN = 8  # changes of one child; the others are folded away behind "more"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change, or one note, as it is shown."""

    what: str
    quotes: tuple[Quote, ...]
    by: str
    when: str
    href: str = ""
    own_words: bool = False
    is_new: bool = False
    on_paper: bool = True
    change_href: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Card:
    id: str
    name: str
    pronouns: str
    href: str
    record_href: str
    write_href: str
    coming: str
    watch: str
    watch_href: str
    needs: tuple[str, ...]
    alike: tuple[str, ...]
    notes: tuple[Told, ...]
    changes: tuple[Told, ...]
    more: tuple[Told, ...]


@dataclass(kw_only=True)
class HandoverPage(Page):
    when: str
    since: str
    missed: str
    taken: tuple[str, ...]
    taken_by_me: str
    times_proposed: str
    why: str
    new: str
    news: tuple[Card, ...]
    quiet: tuple[Card, ...]
    left: tuple[str, ...]
    unit_notes: tuple[Told, ...]
    write_unit_note: str
    told_in_part: str
    here: str
    units: tuple[Link, ...]
    shift_href: str
    printed: str
    paper: str


def handover_page(
    *,
    told: Handover,
    person: StaffMember,
    units: Sequence[Unit],
    new_since: datetime | None,
    why: str = "",
) -> HandoverPage:
    mine = next((row for row in told.window.taken if row.staff_id == person.pk), None)
    cards = [
        (_card(one, told, person, new_since), one.has_news or _is_coming(one))
        for one in told.children
    ]
    address = reverse("overview:unit_handover", args=[told.unit.public_id])
    return HandoverPage(
        title=f"Handover on {told.unit.name}",
        caption=told.unit.setting.name,
        when=when_in_words(told.shift),
        since=since_in_words(told.window, told.at),
        missed=missed_in_words(told.window),
        taken=tuple(taken_in_words(row, told.at) for row in told.window.taken if row is not mine),
        taken_by_me=moment(mine.taken_at, now=told.at) if mine else "",
        times_proposed="" if told.times.confirmed else TIMES_PROPOSED,
        why=why,
        new="New since you took over" if mine else "New since you opened this page",
        news=tuple(card for card, news in cards if news),
        quiet=tuple(card for card, news in cards if not news),
        left=tuple(_left(stay, told.at) for stay in told.left),
        unit_notes=tuple(_unit_note(n, told, person, new_since) for n in told.unit_notes),
        write_unit_note=_write_unit_note(told.unit, person),
        told_in_part="" if person.may(Capability.READ_RECORD) else TOLD_IN_PART,
        here=_how_many(told),
        units=tuple(
            Link(text=unit.name, href=reverse("overview:unit_handover", args=[unit.public_id]))
            for unit in units
            if unit.pk != told.unit.pk
        ),
        shift_href=reverse("overview:unit_shift", args=[told.unit.public_id]),
        printed=f"{address}?paper",
        paper=f"Good until {moment(told.shift.ends_at, now=told.at)}. Destroy it then.",
    )


TOLD_IN_PART = (
    "Here stands what everybody on the shift has to know. What else changed stands in the "
    "records, which are closed to you: ask a colleague."
)


def _write_unit_note(unit: Unit, person: StaffMember) -> str:
    if not person.may(Capability.WRITE_UNDERSTANDING):
        return ""
    return reverse("overview:write_unit_note", args=[unit.public_id])


def _how_many(told: Handover) -> str:
    here = sum(one.stay.stay.arrived_at is not None for one in told.children)
    coming = len(told.children) - here
    said = "1 child is" if here == 1 else f"{here or 'No'} children are"
    return f"{said} on {told.unit.name}" + (f", {coming} expected." if coming else ".")


def _is_coming(one: HandoverChild) -> bool:
    return one.stay.stay.arrived_at is None


def _card(
    one: HandoverChild, told: Handover, person: StaffMember, new_since: datetime | None
) -> Card:
    child = one.child
    drawn = [_change(change, child, told.at, new_since) for change in _gathered(one.changes)]
    write = person.may(Capability.WRITE_UNDERSTANDING)
    others = (other.child for other in told.children if other.child.pk != child.pk)
    return Card(
        id=f"child-{child.public_id}",
        name=child.preferred_name,
        pronouns=child.pronouns,
        href=_about(child, "activators:one_page"),
        record_href=_about(child, "children:child"),
        write_href=_about(child, "overview:write_note") if write else "",
        coming=_coming(one.stay, told.at) if _is_coming(one) else "",
        watch=one.watch,
        watch_href=_about(child, "activators:keeping_safe"),
        needs=one.needs,
        alike=tuple(o.preferred_name for o in others if are_alike(child.name_key, o.name_key)),
        notes=tuple(_note(note, child, told.at, person, new_since) for note in one.notes),
        changes=tuple(drawn[:SHOWN]),
        more=tuple(drawn[SHOWN:]),
    )


def _about(child: Child, name: str, *more: str) -> str:
    """Only public ids stand in it. Over a hundred on a page: each shape is made once."""
    return _shape(name, 1 + len(more)).format(child.public_id, *more)


@cache
def _shape(name: str, ids: int) -> str:
    stand_ins = [one * LENGTH for one in ALPHABET[:ids]]
    address = reverse(name, args=stand_ins)
    for number, stand_in in enumerate(stand_ins):
        address = address.replace(stand_in, f"{{{number}}}")
    return address


def _coming(stay: UnitStay, now: datetime) -> str:
    expected = stay.stay.expected_at
    return (
        f"Expected {moment(expected, now=now)}." if expected else "Expected. Nobody has said when."
    )


def _gathered(changes: Sequence[Change]) -> Iterator[Change]:
    """Many lines of history that were entered at once are one line: where they stand, and how many.
    What is about safety, and how the child is understood, is always told one by one."""
    kinds = Counter(_kind(change) for change in changes if change.rank == HISTORY)
    told = set()
    for change in changes:
        kind, count = _kind(change), kinds[_kind(change)]
        if change.rank != HISTORY or count <= ONE_BY_ONE:
            yield change
        elif kind not in told:
            told.add(kind)
            yield replace(change, what=f"{change.what}: {count} in all", words=())


def _kind(change: Change) -> tuple[str, str, bool]:
    return change.what, change.by, change.held_back


def _change(change: Change, child: Child, now: datetime, new_since: datetime | None) -> Told:
    return Told(
        what=change.what,
        quotes=change.words,
        by=change.by,
        when=moment(change.at, now=now),
        href=_about(child, change.place, *change.place_ids) if change.place else "",
        own_words=change.childs_own_words,
        is_new=_is_new(change.at, new_since),
        on_paper=not change.held_back,
    )


def _is_new(at: datetime, new_since: datetime | None) -> bool:
    return new_since is not None and at >= new_since


def _note(
    note: Any, child: Child, now: datetime, person: StaffMember, new_since: datetime | None
) -> Told:
    mine = note.written_by_id == person.pk
    helped = Quote(text=note.what_helped, asked="What helped, or might help")
    quotes = (Quote(text=note.text), *((helped,) if note.what_helped else ()))
    change = _about(child, "overview:change_note", note.public_id) if mine else ""
    return Told(
        what="For this shift",
        quotes=quotes,
        by=note.by,
        when=moment(note.written_at, now=now),
        is_new=_is_new(note.written_at, new_since),
        change_href=change,
        suggestions=tuple(s for q in quotes for s in suggestions(q.text)) if mine else (),
    )


def _unit_note(
    note: UnitNote, told: Handover, person: StaffMember, new_since: datetime | None
) -> Told:
    mine = note.written_by_id == person.pk
    address = [told.unit.public_id, note.public_id]
    return Told(
        what="",
        quotes=(Quote(text=note.text),),
        by=note.written_by.name,
        when=moment(note.written_at, now=told.at),
        is_new=_is_new(note.written_at, new_since),
        change_href=reverse("overview:change_unit_note", args=address) if mine else "",
    )


def _left(stay: UnitStay, now: datetime) -> str:
    when = moment(stay.ends_at, now=now) if stay.ends_at else ""
    return f"{stay.child_name} left the unit {when}."  # type: ignore[attr-defined]
