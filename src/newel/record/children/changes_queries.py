"""What has changed about a child's stay, people, home and needs: for the handover."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children.changes import COMING_AND_GOING, PEOPLE, SAFETY, Change, Quote
from newel.record.children.models import (
    Child,
    CommunicationNeed,
    Home,
    KeyworkerAssignment,
    LegalReason,
    Stay,
    TeamMember,
    UnitStay,
)
from newel.record.design_system.dates import day, day_time


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Everybody who reaches a child reads all of this: none of it has a sharing level."""
    among = {"child__in": [child.pk for child in children]}
    period = (since, until)
    return [
        change
        for found in (_stays, _moves, _keyworkers, _team, _needs, _homes, _legal_reasons)
        for change in found(among, period)
        if since <= change.at <= until
    ]


Period = tuple[datetime, datetime]
Among = dict[str, Any]


def written_in(period: Period, *names: str) -> Q:
    """Rows of which one of these moments lies in the period."""
    since, until = period
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__gte": since, f"{name}__lte": until})
    return found


def _stays(among: Among, period: Period) -> Iterator[Change]:
    moments = ("referred_at", "arrived_at", "arrival_written_at", "ended_at")
    rows = Stay.objects.filter(written_in(period, *moments), **among)
    for row in rows.select_related("entered_by", "setting"):
        yield _about_stay(row, "referred", row.referred_at, _coming(row), by=row.entered_by.name)
        arrived = row.arrival_written_at or row.arrived_at
        if arrived is not None:
            yield _about_stay(row, "arrived", arrived, f"Arrived on {day_time(row.arrived_at)}")
        if row.ended_at is not None:
            said = f"The stay at {row.setting.name} has ended"
            yield _about_stay(row, "ended", row.ended_at, said)


def _coming(stay: Stay) -> str:
    expected = day_time(stay.expected_at)
    return f"Is coming, expected on {expected}" if expected else "Is coming"


def _about_stay(row: Stay, act: str, at: datetime, what: str, by: str = "") -> Change:
    return _change(row, act, at, what, rank=COMING_AND_GOING, by=by, place="children:child")


def _moves(among: Among, period: Period) -> Iterator[Change]:
    """From unit to unit. The first unit of a stay is told by the arrival."""
    rows = UnitStay.objects.filter(written_in(period, "starts_at"), **among)
    for row in rows.select_related("unit", "stay"):
        if row.starts_at > row.stay.referred_at:
            what = f"Moved to {row.unit.name}"
            yield _change(row, "moved", row.starts_at, what, rank=COMING_AND_GOING)


def _keyworkers(among: Among, period: Period) -> Iterator[Change]:
    rows = KeyworkerAssignment.objects.filter(_dated_in(period), **among).select_related("staff")
    for row in rows:
        name = row.staff.name
        began = row.written_at or _midnight(row.starts_on)
        yield _change(row, "began", began, f"{name} is keyworker from {day(row.starts_on)}",
                      place="children:around")  # fmt: skip
        if row.ends_on is not None:
            ended = row.end_written_at or _midnight(row.ends_on)
            said = f"{name}’s last day as keyworker: {day(row.ends_on)}"
            yield _change(row, "ended", ended, said, place="children:around")


def _team(among: Among, period: Period) -> Iterator[Change]:
    rows = TeamMember.objects.filter(_dated_in(period), **among)
    for row in rows:
        began = row.written_at or _midnight(row.starts_on)
        yield _change(row, "began", began, f"{row.name} joined the team: {row.part}",
                      place="children:around")  # fmt: skip
        if row.ends_on is not None:
            ended = row.end_written_at or _midnight(row.ends_on)
            yield _change(row, "ended", ended, f"{row.name} left the team", place="children:around")


def _dated_in(period: Period) -> Q:
    """Rows from before Newel kept the moment of writing are told by their day."""
    first, last = (timezone.localdate(moment) for moment in period)
    began = Q(written_at=None, starts_on__gte=first, starts_on__lte=last)
    ended = Q(end_written_at=None, ends_on__gte=first, ends_on__lte=last)
    return written_in(period, "written_at", "end_written_at") | began | ended


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _needs(among: Among, period: Period) -> Iterator[Change]:
    rows = CommunicationNeed.objects.filter(
        written_in(period, "recorded_at", "ended_at"), **among
    ).select_related("recorded_by")
    for row in rows:
        told: dict[str, Any] = {"rank": SAFETY, "place": "children:child"}
        what = "What the child needs to understand and be understood"
        said = (Quote(text=row.need), Quote(text=row.how_to_meet, asked="How it is met"))
        yield _change(row, "wrote", row.recorded_at, what, words=said, by=row.recorded_by.name,
                      **told)  # fmt: skip
        if row.ended_at is not None:
            yield _change(row, "ended", row.ended_at, "A communication need is no longer there",
                          words=(Quote(text=row.need),), **told)  # fmt: skip


def _homes(among: Among, period: Period) -> Iterator[Change]:
    """Who or where, and the check. Neither the note nor any address is for a handover."""
    rows = Home.objects.filter(written_in(period, "recorded_at", "checked_at", "ended_at"), **among)
    for row in rows.select_related("recorded_by", "checked_by").defer("safety_note", "why_home"):
        yield _change(row, "wrote", row.recorded_at, f"Added to home: {row.name}",
                      by=row.recorded_by.name, place="children:child")  # fmt: skip
        if row.checked_at is not None:
            said = f"Home, {row.name}. {row.get_safety_check_display()}"
            by = row.checked_by.name if row.checked_by else ""
            yield _change(row, "checked", row.checked_at, said, by=by, place="children:child")
        if row.ended_at is not None:
            yield _change(row, "ended", row.ended_at, f"No longer home: {row.name}",
                          place="children:child")  # fmt: skip


def _legal_reasons(among: Among, period: Period) -> Iterator[Change]:
    rows = LegalReason.objects.filter(written_in(period, "recorded_at"), **among)
    for row in rows.select_related("recorded_by"):
        what = f"Legal reason: {row.get_kind_display()}, from {day(row.starts_on)}"
        yield _change(row, "wrote", row.recorded_at, what, rank=COMING_AND_GOING,
                      by=row.recorded_by.name, place="children:child")  # fmt: skip


def _change(
    row: Any, act: str, at: datetime, what: str, *, rank: int = PEOPLE, **told: Any
) -> Change:
    key = f"{row._meta.label_lower}:{row.pk}:{act}"
    return Change(child_id=row.child_id, at=at, what=what, key=key, rank=rank, **told)


def left_unit(
    *, unit: Any, children: QuerySet[Child], since: datetime, until: datetime
) -> list[UnitStay]:
    """Who left this unit, of those children whom the reader still reaches."""
    rows = UnitStay.objects.filter(unit=unit, ends_at__gte=since, ends_at__lte=until)
    return list(rows.filter(child__in=children).select_related("child", "stay"))
