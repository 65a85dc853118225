"""Reading what changed, with the SQL of each query made once in a process.

A handover asks every room, and writing the SQL of some fifteen queries anew costs several times
what PostgreSQL needs to answer them (`access/compiled.py` says the same of one child). Here the
queries are about a list of children and a period, and give plain rows.
"""

from collections import namedtuple
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Field, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from newel.record.access.compiled import IsAmong, is_among
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child

_LONG_AGO = 1930  # no date of a query is older: a stand-in that was counted with would be


class Asked(NamedTuple):
    """What such a query is about. Nothing in it may be counted with while a query is built."""

    children: Any
    since: datetime
    until: datetime
    first: date  # the days of the period in London, and the one before the first
    last: date
    before: date
    reader: int


STAND_IN = Asked(
    children=("?children",),
    since=datetime(1901, 2, 3, 12, tzinfo=UTC),
    until=datetime(1902, 2, 3, 12, tzinfo=UTC),
    first=date(1903, 2, 3),
    last=date(1904, 2, 3),
    before=date(1905, 2, 3),
    reader=-7170,
)


def asked(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> Asked:
    first, last = timezone.localdate(since), timezone.localdate(until)
    return Asked(
        children=[child.pk for child in children],
        since=since,
        until=until,
        first=first,
        last=last,
        before=first - timedelta(days=1),
        reader=visible_to.pk,
    )


@cache
def _row_of(names: tuple[str, ...]) -> Callable[..., Any]:
    """To make a class costs more than to fill it, and a handover asks sixteen times."""
    return namedtuple("row", names)


class ChangedRows:
    """`build` gives a query set of `values_list`, with the stand-ins in it."""

    def __init__(self, build: Callable[[Asked], QuerySet[Any]]) -> None:
        self._build = build

    def of(self, about: Asked) -> list[Any]:
        sql, params = self._made
        placed = dict(zip(STAND_IN, about, strict=True))
        values = [placed.get(one, one) if isinstance(one, Hashable) else one for one in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            row = _row_of(tuple(column.name for column in cursor.description))
            return [row(*one) for one in cursor.fetchall()]

    @cached_property
    def _made(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self._build(STAND_IN).query.sql_with_params()
        odd = [one for one in params if isinstance(one, date) and one.year < _LONG_AGO]
        if not set(odd) <= set(STAND_IN):
            raise ValueError("A stand-in was counted with: it cannot be found again.")
        if STAND_IN.children not in params:
            raise ValueError("The query is not about the children it is asked for.")
        return sql, params


class ReadableRows:
    """Rows with a sharing level: one query for those who read what is held back because it is about
    somebody else, and one for everybody else. `build` takes `restricted`."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._rows = {
            restricted: ChangedRows(partial(build, restricted=restricted))
            for restricted in (False, True)
        }

    def of(self, about: Asked, *, visible_to: StaffMember) -> list[Any]:
        return self._rows[visible_to.may(Capability.READ_RESTRICTED)].of(about)


def of_children(about: Asked) -> Any:
    return is_among("child_id", about.children)


def readable_by_reader(about: Asked, *, restricted: bool) -> Any:
    """The third lock on rows with a sharing level, as `scoping.queries.readable_by`."""
    levels = ["child_open", "team", *(["restricted_third_party"] if restricted else [])]
    named = IsAmong(Value(about.reader), F("named_readers"))
    return Q(sharing_level__in=levels) | Q(written_by=about.reader) | Q(named)


def written_in(about: Asked, *names: str) -> Q:
    """Rows of which one of these moments lies in the period."""
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__gte": about.since, f"{name}__lte": about.until})
    return found


def said(text: str) -> Cast:
    """A column with the same words in each row, where rows of several kinds are asked for at once.
    PostgreSQL wants to be told its type."""
    return Cast(Value(text), TextField())


def nothing(field: "Field[Any, Any]") -> Cast:
    """A column that rows of this kind do not have."""
    return Cast(Value(None), field)


def day_after(last: date) -> datetime:
    """The first moment at which something that lasted until that day is over."""
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
