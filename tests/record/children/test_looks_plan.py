"""A large audit does not make governance wait: what it asks goes through the index, measured by
PostgreSQL's own count of the rows it read, not by the clock of a busy machine.

With 1,000,000 events, 20,000 of them about one child, “from outside” of 30 days took 44 ms and “who
looked” 77 ms, on two cores that others used too."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from newel.record.access.transactions import acting
from newel.record.children import governance_queries, looks_queries
from newel.record.children.models import Child
from tests.cast import Cast
from tests.record.access.attacker import as_owner

EVENTS = 200_000
OF_DAVID = 2_000
WITHIN_DAYS = 730


@pytest.fixture
def large_audit(fresh_database: str, cast: Cast) -> Cast:
    """Two years of looks at a hundred children, David's among them. Nobody verifies these rows."""
    with as_owner(fresh_database) as owner:
        owner.execute(
            """
            INSERT INTO access_auditevent (event, chain, at, actor, act, thing, fields, page, mac)
            SELECT gen_random_uuid(),
                   CASE WHEN n <= %(of_david)s THEN %(david)s ELSE 1000 + n %% 100 END,
                   now() - random() * interval '1 day' * %(days)s,
                   %(barkis)s, 'view', 'page', '{}', 'children:child',
                   decode(repeat('00', 32), 'hex')
            FROM generate_series(1, %(events)s) AS n
            """,
            {
                "of_david": OF_DAVID,
                "david": cast.david.pk,
                "days": WITHIN_DAYS,
                "barkis": cast.barkis.pk,
                "events": EVENTS,
            },
        )
        owner.execute("ANALYZE access_auditevent")
    return cast


def read_of_the_audit(ask: Callable[[], object]) -> tuple[int, int]:
    """(times the whole table was read through, rows that the index led to) while `ask` ran."""
    before = _counted()
    ask()
    after = _counted()
    return after[0] - before[0], after[1] - before[1]


def _counted() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_scan, coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_all_tables"
            " WHERE relname = 'access_auditevent'"
        )
        seq_scan, led_to = cursor.fetchone()
    return int(seq_scan), int(led_to)


def test_what_governance_asks_reads_the_looks_at_one_child_and_not_the_audit(
    large_audit: Cast,
) -> None:
    lead = large_audit.strong
    at = datetime.now(UTC)
    with acting(lead.pk):
        david = Child.objects.get(preferred_name="David")
        watched = looks_queries.children_watched(by=lead, at=at)

        def outside() -> None:
            month = at - timedelta(days=30)
            found = looks_queries.looks(children=watched, since=month)
            assert [one.staff_id for one in found.rows] == [large_audit.barkis.pk]

        def looked() -> None:
            found = governance_queries.looks(child=david, first=0, count=21)
            assert len(found) == 21

        through, led_to = read_of_the_audit(outside)
        assert through == 0
        assert led_to < OF_DAVID
        through, led_to = read_of_the_audit(looked)
        assert through == 0
        assert led_to <= OF_DAVID + 10
