"""PostgreSQL keeps the plans of what pages ask; each still answers for its own person."""

import pytest
from django.db import connection

from newel.record.access.transactions import acting
from newel.record.children.models import Child
from tests.cast import Cast


def kept_plans(of: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [of])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_plan_that_is_kept_shows_each_person_their_own_children(cast: Cast) -> None:
    def reached(staff_id: int) -> set[str]:
        with acting(staff_id):
            return {child.preferred_name for child in Child.objects.only("preferred_name")}

    for _ in range(12):  # five times planned for the values, then once for all values
        assert "David" in reached(cast.peggotty.pk)
        assert reached(cast.spenlow.pk) == set()
    assert kept_plans('%SELECT "children_child"%') >= 1
