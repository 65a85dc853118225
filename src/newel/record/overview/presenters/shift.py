"""My shift, and the children whom somebody works with, as text and data."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import where_in_words
from newel.record.children.models import Child
from newel.record.design_system.dates import time_of_day
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Unit
from newel.record.outcomes.models import Talk
from newel.record.outcomes.presenters.talks import Wanted, wanted
from newel.record.overview.presenters.moments import moment
from newel.record.overview.presenters.window import names_in_words
from newel.record.overview.queries import ShiftChild, TakingOver, works_on

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class ShiftRow:
    name: str
    href: str
    record_href: str
    confirm_href: str
    write_href: str
    arriving: str
    expected_at: datetime | None
    changes: tuple[str, ...]
    to_confirm: int
    still_to_open: tuple[str, ...]
    i_have_to_open: bool

    @property
    def to_confirm_in_words(self) -> str:
        if self.to_confirm == 1:
            return "1 statement needs confirming"
        return f"{self.to_confirm} statements need confirming"


@dataclass(kw_only=True)
class ShiftPage(Page):
    unit: str
    since: datetime
    units: tuple[Link, ...]
    arriving: tuple[ShiftRow, ...]
    here: tuple[ShiftRow, ...]
    next_thing: Link | None
    next_why: str
    taken: str
    handover_href: str
    poll_href: str
    talks: tuple[Wanted, ...]
    may_answer_talks: bool
    due_href: str


@dataclass(frozen=True, kw_only=True)
class ChildRow:
    name: str
    where: str
    href: str
    record_href: str


@dataclass(kw_only=True)
class MyChildrenPage(Page):
    children: tuple[ChildRow, ...]
    talks: tuple[Wanted, ...]
    may_answer_talks: bool


def shift_page(
    *,
    unit: Unit,
    units: list[Unit],
    rows: list[ShiftChild],
    since: datetime,
    staff: StaffMember,
    taking_over: TakingOver,
    talks: list[Talk],
    now: datetime,
) -> ShiftPage:
    gives = staff.may(Capability.GIVE_MEASURES)
    drawn = [_row(row, staff, now) for row in rows]
    arriving = tuple(sorted((row for row in drawn if row.arriving), key=_soonest_first))
    here = tuple(row for row in drawn if not row.arriving)
    handover = reverse("overview:unit_handover", args=[unit.public_id])
    next_thing, why = _talk(talks) if gives else (None, "")
    if next_thing is None:
        next_thing, why = _next_thing([row for row in arriving if _is_soon(row, now)])
    if next_thing is None:
        next_thing, why = _take_over(unit, taking_over, staff, handover)
    if next_thing is None:
        next_thing, why = _next_thing([*arriving, *here])
    return ShiftPage(
        title=f"My shift on {unit.name}",
        caption=unit.setting.name,
        unit=unit.name,
        since=since,
        units=tuple(
            Link(text=_unit_name(u, units), href=_shift(u)) for u in units if u.pk != unit.pk
        ),
        arriving=arriving,
        here=here,
        next_thing=next_thing,
        next_why=why,
        taken=_taken(taking_over, now),
        handover_href=handover,
        poll_href=f"{_shift(unit)}?poll",
        talks=tuple(wanted(one, one.child) for one in talks),
        may_answer_talks=gives,
        due_href=reverse("outcomes:unit_due", args=[unit.public_id]) if gives else "",
    )


def _talk(talks: list[Talk]) -> tuple[Link | None, str]:
    """Before everything else: a child has said something that cannot wait (H9)."""
    if not talks:
        return None, ""
    first = wanted(talks[0], talks[0].child)
    return first.link, first.said


def _unit_name(unit: Unit, units: list[Unit]) -> str:
    several = len({u.setting_id for u in units}) > 1
    return f"{unit.name}, {unit.setting.name}" if several else unit.name


def _shift(unit: Unit) -> str:
    return reverse("overview:unit_shift", args=[unit.public_id])


def _soonest_first(row: ShiftRow) -> tuple[bool, datetime]:
    """Whoever has no time comes last, in the order of names."""
    return (row.expected_at is None, row.expected_at or LAST)


def _row(row: ShiftChild, staff: StaffMember, now: datetime) -> ShiftRow:
    child = [row.child.public_id]
    waiting = row.still_to_open
    return ShiftRow(
        name=row.child.preferred_name,
        href=reverse("activators:one_page", args=child),
        record_href=reverse("children:child", args=child)
        if staff.may(Capability.READ_RECORD)
        else "",
        confirm_href=reverse("activators:understanding", args=child),
        write_href=reverse("overview:write_note", args=child)
        if staff.may(Capability.WRITE_UNDERSTANDING)
        else "",
        arriving="" if row.stay.stay.arrived_at else _arriving(row.stay.stay.expected_at, now),
        expected_at=row.stay.stay.expected_at,
        changes=_changes(row, now),
        to_confirm=row.to_confirm,
        still_to_open=tuple(one.name for one in waiting if one.pk != staff.pk),
        i_have_to_open=any(one.pk == staff.pk for one in waiting),
    )


def _changes(row: ShiftChild, now: datetime) -> tuple[str, ...]:
    """Changes of one kind in one line, so that ten new statements do not fill the page."""
    lines: dict[str, list[datetime]] = {}
    for change in row.changes:
        lines.setdefault(change.words, []).append(change.at)
    return tuple(_change(words, moments, now) for words, moments in lines.items())


def _change(words: str, moments: list[datetime], now: datetime) -> str:
    last = moment(max(moments), now=now)
    return (
        f"{words}, {last}" if len(moments) == 1 else f"{words} ({len(moments)} times), last {last}"
    )


def _arriving(expected_at: datetime | None, now: datetime) -> str:
    if expected_at is None:
        return "Expected. Nobody has written when."
    was = "Was expected" if expected_at < now else "Expected"
    return f"{was} {moment(expected_at, now=now)}"


def _is_soon(row: ShiftRow, now: datetime) -> bool:
    """At the gate, or nearly: nobody should meet a child before having read their page, and the
    handover takes longer than that."""
    soon = row.expected_at is not None and row.expected_at <= now + timedelta(hours=2)
    return soon and row.i_have_to_open


def _take_over(
    unit: Unit, taking_over: TakingOver, staff: StaffMember, href: str
) -> tuple[Link | None, str]:
    """For those who work on this unit, until they have taken this shift over themselves."""
    mine = any(row.staff_id == staff.pk for row in taking_over.taken)
    if mine or not works_on(unit):
        return None, ""
    shift = taking_over.shift
    name = f"{shift.name.lower()}, from {time_of_day(shift.starts_at)}"
    others = f" {_names(taking_over)} already did." if taking_over.taken else ""
    return Link(text="Take over the shift", href=href), f"The {name}.{others}"


def _names(taking_over: TakingOver) -> str:
    return names_in_words([row.name for row in taking_over.taken])


def _taken(taking_over: TakingOver, now: datetime) -> str:
    """For the shift that is leaving, and for whoever comes later."""
    name = taking_over.shift.name
    if not taking_over.taken:
        return f"{name}: nobody has taken over yet."
    first = taking_over.taken[0]
    when = moment(first.taken_at, now=now)
    return f"{name}: taken over by {_names(taking_over)}, {when}."


def _next_thing(rows: list[ShiftRow]) -> tuple[Link | None, str]:
    """One thing to do next, and why: the page of whoever arrives first, then any page not yet
    opened, then what needs confirming."""
    unread = [row for row in rows if row.i_have_to_open]
    if unread:
        first = unread[0]
        text = f"Read “How to be with me” for {first.name}"
        return Link(text=text, href=first.href), first.arriving or "You have not opened it yet."
    waiting = [row for row in rows if row.to_confirm]
    if waiting:
        most = max(waiting, key=lambda row: row.to_confirm)
        text = f"See what needs confirming for {most.name}"
        return Link(text=text, href=most.confirm_href), f"{most.to_confirm_in_words}."
    return None, ""


def my_children_page(
    *, children: list[Child], talks: list[Talk], staff: StaffMember
) -> MyChildrenPage:
    return MyChildrenPage(
        title="The children I work with",
        talks=tuple(wanted(one, one.child) for one in talks),
        may_answer_talks=staff.may(Capability.GIVE_MEASURES),
        children=tuple(
            ChildRow(
                name=child.preferred_name,
                where=where_in_words(child),
                href=reverse("activators:one_page", args=[child.public_id]),
                record_href=reverse("children:child", args=[child.public_id]),
            )
            for child in children
        ),
    )
