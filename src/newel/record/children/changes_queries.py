"""What has changed about a child's stay, people, home and needs: for the handover."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
from newel.record.children import queries
from newel.record.children.changed_rows import (
    STAND_IN,
    Asked,
    ChangedRows,
    asked,
    day_after,
    of_children,
    written_in,
)
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
from newel.record.children.models.home import SAFETY_CHECKS
from newel.record.children.models.stay import LEGAL_REASONS
from newel.record.design_system.dates import day, day_time
from newel.record.establishments.models import Unit

_CHECKS, _REASONS = dict(SAFETY_CHECKS), dict(LEGAL_REASONS)


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Everybody who reaches a child reads all of this: none of it has a sharing level."""
    about = asked(children=children, since=since, until=until, visible_to=visible_to)
    return [
        change
        for rows, tell in _KINDS_OF_CHANGE
        for row in rows.of(about)
        for change in tell(row)
        if since <= change.at <= until
    ]


def _stays(about: Asked) -> QuerySet[Any]:
    wrote = written_in(about, "referred_at", "arrived_at", "arrival_written_at", "ended_at")
    rows = Stay.objects.filter(wrote, of_children(about))
    rows = rows.annotate(by=F("entered_by__name"), where=F("setting__name"))
    return rows.values_list(
        "pk", "child_id", "referred_at", "expected_at", "arrived_at", "arrival_written_at",
        "ended_at", "by", "where",
    )  # fmt: skip


def _tell_stay(row: Any) -> Iterator[Change]:
    told: dict[str, Any] = {
        "rank": COMING_AND_GOING, "place": "children:child", "for_everybody": True,
    }  # fmt: skip
    expected = day_time(row.expected_at)
    what = f"Is coming, expected on {expected}" if expected else "Is coming"
    yield _change("stay", row, "referred", row.referred_at, what, by=row.by, **told)
    written = row.arrival_written_at or row.arrived_at
    if written is not None:
        what = f"Arrived on {day_time(row.arrived_at)}"
        yield _change("stay", row, "arrived", written, what, **told)
    if row.ended_at is not None:
        what = f"The stay at {row.where} has ended"
        yield _change("stay", row, "ended", row.ended_at, what, **told)


def _moves(about: Asked) -> QuerySet[Any]:
    """From unit to unit. The first unit of a stay is told by the arrival."""
    rows = UnitStay.objects.filter(
        written_in(about, "starts_at"), of_children(about), starts_at__gt=F("stay__referred_at")
    )
    return rows.annotate(unit_name=F("unit__name")).values_list(
        "pk", "child_id", "starts_at", "unit_name"
    )


def _tell_move(row: Any) -> Iterator[Change]:
    what = f"Moved to {row.unit_name}"
    told: dict[str, Any] = {"rank": COMING_AND_GOING, "for_everybody": True}
    yield _change("unitstay", row, "moved", row.starts_at, what, **told)


_DATED = ("pk", "child_id", "starts_on", "ends_on", "written_at", "end_written_at")


def _keyworkers(about: Asked) -> QuerySet[Any]:
    rows = KeyworkerAssignment.objects.filter(_dated_in(about), of_children(about))
    return rows.annotate(who=F("staff__name")).values_list(*_DATED, "who")


def _tell_keyworker(row: Any) -> Iterator[Change]:
    began = row.written_at or _midnight(row.starts_on)
    what = f"{row.who} is keyworker from {day(row.starts_on)}"
    yield _change("keyworker", row, "began", began, what, place="children:around")
    if row.ends_on is not None:
        ended = row.end_written_at or _midnight(row.ends_on)
        what = f"{row.who}’s last day as keyworker: {day(row.ends_on)}"
        yield _change("keyworker", row, "ended", ended, what, place="children:around")


def _team(about: Asked) -> QuerySet[Any]:
    rows = TeamMember.objects.filter(_dated_in(about), of_children(about))
    return rows.values_list(*_DATED, "name", "part")


def _tell_member(row: Any) -> Iterator[Change]:
    began = row.written_at or _midnight(row.starts_on)
    what = f"{row.name} joined the team: {row.part}"
    yield _change("member", row, "began", began, what, place="children:around")
    if row.ends_on is not None:
        ended = row.end_written_at or _midnight(row.ends_on)
        what = f"{row.name} left the team"
        yield _change("member", row, "ended", ended, what, place="children:around")


def _dated_in(about: Asked) -> Q:
    """Rows from before Newel kept the moment of writing are told by their day."""
    began = Q(written_at=None, starts_on__gte=about.first, starts_on__lte=about.last)
    ended = Q(end_written_at=None, ends_on__gte=about.first, ends_on__lte=about.last)
    return written_in(about, "written_at", "end_written_at") | began | ended


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _needs(about: Asked) -> QuerySet[Any]:
    rows = CommunicationNeed.objects.filter(
        written_in(about, "recorded_at", "ended_at"), of_children(about)
    )
    return rows.annotate(by=F("recorded_by__name")).values_list(
        "pk", "child_id", "recorded_at", "ended_at", "need", "how_to_meet", "by"
    )


def _tell_need(row: Any) -> Iterator[Change]:
    told: dict[str, Any] = {"rank": SAFETY, "place": "children:child", "for_everybody": True}
    need, met = Quote(text=row.need), Quote(text=row.how_to_meet, asked="How it is met")
    what = "What the child needs to understand and be understood"
    yield _change("need", row, "wrote", row.recorded_at, what, words=(need, met), by=row.by, **told)
    if row.ended_at is not None:
        what = "A communication need is no longer there"
        yield _change("need", row, "ended", row.ended_at, what, words=(need,), **told)


def _homes(about: Asked) -> QuerySet[Any]:
    """Who or where, and the check. Neither the note nor any address is for a handover."""
    wrote = written_in(about, "recorded_at", "checked_at", "ended_at")
    rows = Home.objects.filter(wrote, of_children(about)).annotate(
        by=F("recorded_by__name"), checker=F("checked_by__name")
    )
    return rows.values_list(
        "pk", "child_id", "recorded_at", "checked_at", "ended_at", "name", "safety_check", "by",
        "checker",
    )  # fmt: skip


def _tell_home(row: Any) -> Iterator[Change]:
    told: dict[str, Any] = {"place": "children:child"}
    what = f"Added to home: {row.name}"
    yield _change("home", row, "wrote", row.recorded_at, what, by=row.by, **told)
    if row.checked_at is not None:
        what = f"Home, {row.name}. {_CHECKS[row.safety_check]}"
        yield _change("home", row, "checked", row.checked_at, what, by=row.checker or "", **told)
    if row.ended_at is not None:
        what = f"No longer home: {row.name}"
        yield _change("home", row, "ended", row.ended_at, what, **told)


def _legal_reasons(about: Asked) -> QuerySet[Any]:
    over = Q(ends_on__gte=about.before, ends_on__lt=about.last)
    rows = LegalReason.objects.filter(
        written_in(about, "recorded_at", "end_written_at") | over, of_children(about)
    )
    return rows.annotate(by=F("recorded_by__name")).values_list(
        "pk", "child_id", "recorded_at", "kind", "starts_on", "ends_on", "end_written_at", "by"
    )


def _tell_legal_reason(row: Any) -> Iterator[Change]:
    """That it ends when that is written, and again on the day after its last."""
    told: dict[str, Any] = {"rank": COMING_AND_GOING, "place": "children:child"}
    reason = _REASONS[row.kind]
    what = f"Legal reason: {reason}, from {day(row.starts_on)}"
    yield _change("legal", row, "wrote", row.recorded_at, what, by=row.by, **told)
    if row.ends_on is None:
        return
    last = f"{reason}, last day {day(row.ends_on)}"
    act = f"ends:{row.ends_on}"  # the last day can be changed
    over_at = day_after(row.ends_on)
    if row.end_written_at is not None:
        yield _change("legal", row, act, row.end_written_at, f"Legal reason: {last}", **told)
    if row.end_written_at is None or row.end_written_at < over_at:
        yield _change("legal", row, "over", over_at, f"Legal reason is over: {last}", **told)


def _change(
    kind: str, row: Any, act: str, at: datetime, what: str, *, rank: int = PEOPLE, **told: Any
) -> Change:
    key = f"{kind}:{row.pk}:{act}"
    return Change(child_id=row.child_id, at=at, what=what, key=key, rank=rank, **told)


_KINDS_OF_CHANGE: tuple[tuple[ChangedRows, Callable[[Any], Iterator[Change]]], ...] = (
    (ChangedRows(_stays), _tell_stay),
    (ChangedRows(_moves), _tell_move),
    (ChangedRows(_keyworkers), _tell_keyworker),
    (ChangedRows(_team), _tell_member),
    (ChangedRows(_needs), _tell_need),
    (ChangedRows(_homes), _tell_home),
    (ChangedRows(_legal_reasons), _tell_legal_reason),
)


def left_unit(
    *, unit: Unit, visible_to: StaffMember, since: datetime, until: datetime
) -> list[UnitStay]:
    """Who left this unit, of those children whom the reader still reaches: most often nobody, so
    who may be named is asked only where somebody left."""
    left = _LEFT.models(unit=unit.pk, since=since, until=until)
    if not left:
        return []
    reached = queries.children(visible_to=visible_to, at=until)
    names = dict(
        reached.filter(pk__in=[stay.child_id for stay in left]).values_list("pk", "preferred_name")
    )
    for stay in left:
        stay.child_name = names.get(stay.child_id)
    return [stay for stay in left if stay.child_id in names]


def _left() -> QuerySet[UnitStay]:
    rows = UnitStay.objects.filter(
        unit=_UNIT, ends_at__gte=STAND_IN.since, ends_at__lte=STAND_IN.until
    )
    return rows.order_by("ends_at")


_UNIT = -7183
_LEFT = Compiled(_left, {"unit": _UNIT, "since": STAND_IN.since, "until": STAND_IN.until})
