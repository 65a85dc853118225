"""Reading for the one page. Whoever asks has been checked by `child_page`; the line of what may
stand on the page at all is drawn here, in the database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
from newel.record.children import queries as children
from newel.record.children.models import READ_BY_CHILD, Child, Stay, UnitStay
from newel.record.establishments.models import Unit
from newel.record.establishments.queries import staff_on_unit
from newel.record.stairs.activators.models import (
    AGREED,
    KeepingSafe,
    OnePage,
    PageOpened,
    Statement,
)

FIRST_VERSION = 1
CHECKED_SAFE = ("safe", "safe_with_conditions")


@dataclass(frozen=True, kw_only=True)
class PageState:
    """The page's version. A child of whom nothing was written yet has the first one."""

    version: int = FIRST_VERSION
    shown_version: int | None = None
    shown_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class HomePerson:
    name: str
    relationship: str
    safety_check: str


@dataclass(frozen=True, kw_only=True)
class Around:
    """Who matters, and whether anybody has agreed yet why things are as they are."""

    formulated: bool
    keyworkers: tuple[str, ...]
    home_people: tuple[HomePerson, ...]
    names_of_other_children: tuple[str, ...]


def lines(*, child: Child) -> QuerySet[Statement]:
    """What may stand on the page: agreed, so now, and the child may read it. Own words first."""
    return (
        Statement.objects.filter(
            child=child,
            state=AGREED,
            is_current=True,
            time="present",
            sharing_level=READ_BY_CHILD,
        )
        .only(
            "public_id",
            "child_id",
            "text",
            "kind",
            "said_by_role",
            "said_on",
            "whose_words",
            "confidence",
            "confirmed_on",
            "confirm_by",
        )
        .order_by("-whose_words", "-confirmed_on", "pk")
    )


def safe_parts(*, child: Child) -> QuerySet[KeepingSafe]:
    return KeepingSafe.objects.filter(child=child, is_current=True).select_related("written_by")


def around(*, child: Child, at: datetime) -> Around:
    """One query, because this page has few to spend; and compiled, because it is a long one."""
    asked = _AROUND.ask(child=child.pk, today=timezone.localdate(at))
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        formulated, keyworkers, home_people, others = cursor.fetchone()
    return Around(
        formulated=formulated,
        keyworkers=tuple(keyworkers),
        home_people=tuple(HomePerson(**json.loads(person)) for person in home_people),
        names_of_other_children=tuple(others),
    )


def _around() -> QuerySet[Any]:
    child, at = Child(pk=_STAND_INS["child"]), _AT
    return Child.objects.filter(pk=child.pk).values_list(
        Exists(_explains(child)),
        ArraySubquery(
            children.keyworkers_now(child=child, at=at)
            .order_by("staff__name_key")
            .values("staff__name")
        ),
        ArraySubquery(_home_people(child)),
        ArraySubquery(_names_of_other_children(child)),
    )


def _explains(child: Child) -> QuerySet[Statement]:
    """A child has a formulation once one statement of why is agreed and not replaced, past its
    date or not. Only levels that everybody around the child reads count: the heading must say the
    same to all of them."""
    return Statement.objects.filter(
        child=child,
        state=AGREED,
        is_current=True,
        kind="understanding",
        sharing_level__in=(READ_BY_CHILD, "team"),
    )


def _home_people(child: Child) -> QuerySet[Any]:
    """People only: the name of a place can be an address. Never one who is not checked as safe."""
    return (
        children.homes(child=child)
        .filter(kind="person", safety_check__in=CHECKED_SAFE)
        .values(
            person=JSONObject(name="name", relationship="relationship", safety_check="safety_check")
        )
    )


def _names_of_other_children(child: Child) -> QuerySet[Any]:
    """Of those who stay in the same settings and whom this reader reaches."""
    settings = UnitStay.objects.filter(child=child, ends_at__isnull=True).values("unit__setting")
    staying = Stay.objects.filter(setting__in=settings, ended_at__isnull=True)
    same_name = Child.objects.filter(pk=child.pk).values("name_key")
    others = staying.exclude(child=child).exclude(child__name_key__in=same_name)
    return others.values("child__preferred_name")


_AT = datetime(1901, 2, 3, 12, tzinfo=UTC)
_STAND_INS: dict[str, Any] = {"child": -7160, "today": timezone.localdate(_AT)}
_AROUND = Compiled(_around, _STAND_INS)


def still_to_open_by_child(
    *, children: Sequence[Child], unit: Unit, at: datetime
) -> dict[int, list[StaffMember]]:
    """Who of this unit has not opened the present version, child by child. One query."""
    opened = ArraySubquery(_opened_by(OuterRef("pk"), children).values("child"))
    here = staff_on_unit(unit=unit, at=at).filter(reads_children=True).annotate(opened=opened)
    staff = [(one, set(one.opened or ())) for one in here]  # none at all is NULL
    return {
        child.pk: [one for one, opened in staff if child.pk not in opened] for child in children
    }


def _opened_by(staff: OuterRef, children: Sequence[Child]) -> QuerySet[PageOpened]:
    """That somebody has opened the version that is there now."""
    version = OnePage.objects.filter(child=OuterRef("child")).values("version")
    return PageOpened.objects.filter(
        staff=staff,
        child__in=[child.pk for child in children],
        version=Coalesce(Subquery(version), Value(FIRST_VERSION)),
    )
