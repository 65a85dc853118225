"""A compiled query answers as the query set it was made from."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from newel.record.access.compiled import Compiled, is_among
from newel.record.access.models import StaffMember
from newel.record.establishments.models import Post
from tests.cast import Cast

STAND_IN = datetime(1901, 2, 3, tzinfo=UTC)


def by_name() -> Compiled:
    return Compiled(
        lambda: StaffMember.objects.filter(username="?name", started_at__lte=STAND_IN),
        {"name": "?name", "at": STAND_IN},
    )


@pytest.mark.django_db
def test_it_answers_as_the_query_set_does_again_and_again(cast: Cast) -> None:
    compiled = by_name()
    now = datetime(2026, 11, 3, tzinfo=UTC)
    for name in ("peggotty", "barkis"):
        found = list(StaffMember.objects.raw(*compiled.ask(name=name, at=now)))
        assert found == [getattr(cast, name)]
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    assert not list(StaffMember.objects.raw(*compiled.ask(name="barkis", at=long_ago)))


@pytest.mark.django_db
def test_a_value_is_never_part_of_the_sql() -> None:
    sql, params = by_name().ask(name="'; DROP TABLE children_child --", at=STAND_IN)
    assert "DROP" not in sql
    assert "'; DROP TABLE children_child --" in params


@pytest.mark.django_db
def test_a_stand_in_without_a_place_is_refused() -> None:
    compiled = Compiled(lambda: StaffMember.objects.filter(username="?name"), {"other": "?other"})
    with pytest.raises(ValueError, match="no place for other"):
        compiled.ask(other=1)


@pytest.mark.parametrize("values", [{}, {"name": "x"}, {"name": "x", "at": 1, "more": 2}])
def test_it_is_asked_with_all_its_values_and_no_others(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="It asks for at, name"):
        by_name().ask(**values)


def with_what_it_joins() -> QuerySet[Post]:
    rows = Post.objects.filter(is_among("staff_id", ("?people",)), starts_at__lte=STAND_IN)
    rows = rows.select_related("staff", "unit__setting").annotate(is_whole=Q(unit__isnull=True))
    return rows.order_by("pk")


@pytest.mark.django_db
@pytest.mark.parametrize("people", [[], ["peggotty"], ["peggotty", "chillip", "barkis"]])
def test_its_models_are_those_of_the_query_set_with_what_it_joins_and_counts(
    people: list[str], cast: Cast
) -> None:
    compiled = Compiled(with_what_it_joins, {"people": ("?people",), "at": STAND_IN})
    staff, now = [getattr(cast, name).pk for name in people], datetime(2099, 11, 3, tzinfo=UTC)
    expected = Post.objects.filter(staff__in=staff).order_by("pk")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            found = compiled.models(people=staff, at=now)
            said = [(one.staff.name, one.unit and one.unit.setting.name) for one in found]
        assert len(asked) == 1
        assert found == list(expected)
        assert said == [(one.staff.name, one.unit and one.unit.setting.name) for one in expected]
        assert [one.is_whole for one in found] == [one.unit_id is None for one in expected]
    assert len(found) >= len(people)
    assert compiled.models(people=staff, at=datetime(1999, 1, 1, tzinfo=UTC)) == []


@pytest.mark.django_db
def test_two_who_ask_at_once_get_their_own_answers(cast: Cast) -> None:
    """Threads of a server share what was compiled, and nothing that was asked."""
    compiled = by_name()
    now = datetime(2026, 11, 3, tzinfo=UTC)
    first = compiled.ask(name="peggotty", at=now)
    second = compiled.models(name="barkis", at=now)
    assert second == [cast.barkis]
    assert compiled.ask(name="peggotty", at=now) == first
    assert compiled.models(name="peggotty", at=now) == [cast.peggotty]
