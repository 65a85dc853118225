"""Reading waves, counts and results. Nothing here is about a child, and nothing reads an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Post, Setting, Unit
from newel.record.outcomes.surveys import codes
from newel.record.outcomes.surveys.models import SurveyResult, Wave, WaveGroup


@dataclass(frozen=True)
class Counts:
    made: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Opened:
    """What a code opens: whose survey, and whether it can be answered now."""

    group: WaveGroup
    state: str


def settings_of(*, staff: StaffMember, at: datetime) -> QuerySet[Setting]:
    """Where somebody has any post now."""
    posts = Post.objects.now(at).filter(staff=staff).values("setting")
    return Setting.objects.filter(pk__in=posts).order_by("name_key")


def units_of(*, staff: StaffMember, at: datetime) -> QuerySet[Unit]:
    units = Unit.objects.filter(setting__in=settings_of(staff=staff, at=at))
    return units.select_related("setting").order_by("setting__name_key", "name_key")


def works_there(*, staff: StaffMember, setting: Setting, unit: Unit | None, at: datetime) -> bool:
    """Whether somebody has a post on the very unit that is asked, or, where a whole setting is, on
    any unit of it. A post for the whole setting is not on a unit (H20)."""
    posts = Post.objects.now(at).filter(staff=staff, setting=setting)
    posts = posts.filter(unit__isnull=False) if unit is None else posts.filter(unit=unit)
    return posts.exists()


def waves(*, staff: StaffMember, at: datetime) -> QuerySet[Wave]:
    """Those of the settings where somebody works, the newest first."""
    rows = _with_groups(Wave.objects.filter(setting__in=settings_of(staff=staff, at=at)))
    return rows.order_by("-opens_on", "-pk")


def wave(*, public_id: str, staff: StaffMember, at: datetime) -> Wave | None:
    return waves(staff=staff, at=at).filter(public_id=public_id).first()


def _with_groups(rows: QuerySet[Wave]) -> QuerySet[Wave]:
    groups = WaveGroup.objects.select_related("result").order_by("-asked")  # staff first
    return rows.select_related("setting", "unit", "planned_by", "closed_by").prefetch_related(
        Prefetch("groups", queryset=groups, to_attr="groups_now")
    )


def counts(*, groups: Iterable[WaveGroup]) -> dict[int, Counts]:
    """group id -> how many slips were made and came back."""
    ids = [one.pk for one in groups]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outcomes_slip_counts(%s::bigint[])", [ids])
        found = {row[0]: Counts(made=row[1], returned=row[2]) for row in cursor.fetchall()}
    return {id: found.get(id, Counts()) for id in ids}


def is_open_already(*, measure: str, setting: Setting, unit: Unit | None) -> bool:
    return Wave.objects.filter(measure=measure, setting=setting, unit=unit, closed_at=None).exists()


def waiting(*, group: WaveGroup) -> list[WaveGroup]:
    """Groups of closed waves whose forms are in no result yet and could be counted with this one:
    same questionnaire, same setting, same people asked. This one is among them. The staff of a
    whole setting are never counted with those of its units: they would be the same people."""
    of = group.wave
    rows = WaveGroup.objects.filter(
        Q(wave__closed_at__isnull=False) | Q(pk=group.pk),
        asked=group.asked,
        result=None,
        wave__measure=of.measure,
        wave__version=of.version,
        wave__setting=of.setting_id,
        wave__unit__isnull=of.unit_id is None,
    )
    found = list(
        rows.select_related("wave__unit", "wave__setting").order_by("wave__opens_on", "pk")
    )
    returned = counts(groups=found)
    return [one for one in found if returned[one.pk].returned]


def counted_in(*, results: Sequence[SurveyResult]) -> dict[object, list[WaveGroup]]:
    """result id -> the groups that it is of, by the day of their wave."""
    rows = WaveGroup.objects.filter(result__in=results).select_related("wave__unit")
    found: dict[object, list[WaveGroup]] = {}
    for one in rows.order_by("wave__opens_on", "pk"):
        found.setdefault(one.result_id, []).append(one)
    return found


def opened_by(*, code: str, today: date) -> Opened | None:
    row = asked_apart("SELECT * FROM outcomes_slip_opens(%s, %s)", [codes.hash_of(code), today])
    if row is None:
        return None
    group = WaveGroup.objects.select_related("wave__setting", "wave__unit").get(pk=row[0])
    return Opened(group=group, state=row[1])


def asked_apart(statement: str, values: list[Any]) -> tuple[Any, ...] | None:
    """One row. The values go beside the statement and not into it, as Django would have them: so
    no list of running statements shows an answer or what stands for a code (H20)."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), values)
        return cursor.fetchone()
