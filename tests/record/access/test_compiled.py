"""A compiled query answers as the query set it was made from."""

from datetime import UTC, datetime

import pytest

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
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
