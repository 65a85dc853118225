"""A database of the version before, with data in it, becomes one of this version: nothing is lost,
and the policies of this version hold for what was there.

The state of before is given by the names of its migrations, and filled through the models that
Django rebuilds for that state, as PostgreSQL's owner: actions of today know tables of today.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from newel.record.config import database, place
from newel.record.config.migrating import create, drop

# Where each room of ours stood. Migrations that come later have other names, in whatever branch.
BEFORE = {
    "access": "0003_privileges",
    "establishments": "0001_initial",
    "children": "0005_words_stay",
    "scoping": "0004_words_stay",
    "activators": "0004_words_stay",
    "overview": "0002_policies",
}
NEW_STAY = """
    INSERT INTO children_stay (public_id, child_id, setting_id, referred_at, entered_by_id)
    VALUES ('aaaaaaaaaaaaaa', %s, %s, now(), %s) RETURNING id
"""
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

TO_BEFORE = f"""
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from newel.record.config.migrating import PRIVILEGES
with connection.cursor() as cursor:
    cursor.execute(PRIVILEGES)
for app in ("sessions", "mfa", "account"):
    call_command("migrate", app, verbosity=0, skip_checks=True)
for app, name in {BEFORE!r}.items():
    call_command("migrate", app, name, verbosity=0, skip_checks=True)
"""
TO_NOW = (
    "import django; django.setup(); from newel.record.config.migrating import migrate; migrate()"
)


def run(code: str, name: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "NEWEL_DATABASE_NAME": name,
        "NEWEL_DATABASE_ROLE": "owner",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place.CHECKOUT, env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


class Before:
    """Rows as the version before kept them."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def ask(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(question, given).fetchall()  # type: ignore[arg-type]

    def add(self, table: str, **row: Any) -> int:
        """With a public id where the table has one."""
        columns = self.ask(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", table
        )
        if ("public_id",) in columns:
            row.setdefault("public_id", uuid4().hex[:14])
        asked = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(sql.Placeholder() * len(row)),
        )
        found = self.connection.execute(asked, list(row.values())).fetchone()
        assert found
        return int(found[0])


def staff(before: Before, name: str, role: str) -> int:
    return before.add(
        "access_staffmember", username=name, name=name, name_key=name, role=role, email="",
        password="!", is_active=True, must_choose_password=False, started_at=LONG_AGO,
    )  # fmt: skip


def fill(before: Before) -> dict[str, int]:
    """A house, a psychologist, a stranger, a governance lead, and a child with some history."""
    ids = {name: staff(before, name, role) for name, role in (
        ("chillip", "psychologist"), ("leah", "psychologist"), ("strong", "governance_lead"),
    )}  # fmt: skip
    care = before.add("establishments_agency", name="Care", name_key="care", kind="care_provider")
    for name in ("house", "elsewhere"):
        ids[name] = before.add(
            "establishments_setting", name=name, name_key=name, setting_type="secure_school",
            in_scope_of_commissioning=True,
        )  # fmt: skip
    ids["unit"] = before.add(
        "establishments_unit", setting_id=ids["house"], name="Rookery", name_key="rookery"
    )
    for person, setting in (("chillip", "house"), ("strong", "house"), ("leah", "elsewhere")):
        before.add(
            "establishments_post", staff_id=ids[person], setting_id=ids[setting], unit_id=None,
            discipline="psychology", agency_id=care, starts_at=LONG_AGO,
        )  # fmt: skip
    _fill_record(before, ids)
    return ids


def _fill_record(before: Before, ids: dict[str, int]) -> None:
    by = ids["chillip"]
    child = ids["child"] = before.add(
        "children_child", preferred_name="David", name_key="david", pronouns="", born_on=date(
            2011, 3, 4), first_language="", entered_at=LONG_AGO, entered_by_id=by,
    )  # fmt: skip
    stay = before.add(
        "children_stay", child_id=child, setting_id=ids["house"], referred_at=LONG_AGO,
        arrived_at=LONG_AGO, entered_by_id=by,
    )  # fmt: skip
    before.add(
        "children_unitstay", child_id=child, stay_id=stay, unit_id=ids["unit"], starts_at=LONG_AGO
    )
    before.add("children_childname", child_id=child, name="Davy", name_key="davy", kind="former")
    written = {
        "child_id": child, "written_by_id": by, "written_at": LONG_AGO, "source": "",
        "whose_words": "adult", "sharing_level": "team", "named_readers": [], "is_current": True,
    }  # fmt: skip
    before.add(
        "scoping_lifeevent", title="He walked to Dover", text="", kind="moving",
        precision="unknown", when_words="", **written,
    )  # fmt: skip
    before.add("scoping_scopingentry", part="resources", text="He reads.", **written)


@pytest.fixture(scope="module")
def upgraded() -> Iterator[tuple[str, dict[str, int]]]:
    """A database of its own: made as of before, filled, brought to this version."""
    name = f"newel_upgrade_{os.getpid()}_{uuid4().hex[:8]}"
    create(name)
    try:
        run(TO_BEFORE, name)
        with psycopg.connect(database.url(database.OWNER), dbname=name, autocommit=True) as owner:
            ids = fill(Before(owner))
        run(TO_NOW, name)
        yield name, ids
    finally:
        drop(name)


Upgraded = tuple[str, dict[str, int]]


def as_service(upgraded: Upgraded, person: str, question: str, *given: Any) -> list[Any]:
    name, ids = upgraded
    url = database.url(database.SERVICE)
    with psycopg.connect(url, dbname=name) as service:
        service.execute("SELECT newel_begin(%s)", [ids[person]])
        return service.execute(question, given).fetchall()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "table",
    ["children_child", "children_stay", "children_unitstay", "children_childname",
     "scoping_lifeevent", "scoping_scopingentry"],
)  # fmt: skip
def test_what_was_written_before_is_read_by_who_reached_it_and_nobody_else(
    table: str, upgraded: Upgraded
) -> None:
    assert as_service(upgraded, "chillip", f"SELECT count(*) FROM {table}") == [(1,)]
    assert as_service(upgraded, "leah", f"SELECT count(*) FROM {table}") == [(0,)]


def test_the_governance_lead_watches_over_the_child_as_before(upgraded: Upgraded) -> None:
    (found,) = as_service(upgraded, "strong", "SELECT current_setting('newel.watch')")
    assert found == (f"{{{upgraded[1]['child']}}}",)


def test_a_child_who_was_there_goes_on_and_the_next_waits_for_the_three(
    upgraded: Upgraded,
) -> None:
    _, ids = upgraded
    moved = as_service(
        upgraded, "chillip",
        "UPDATE children_stay SET expected_at = now() RETURNING child_id",
    )  # fmt: skip
    assert moved == [(ids["child"],)]
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="comes before children"):
        as_service(
            upgraded, "chillip", NEW_STAY, *(ids[n] for n in ("child", "elsewhere", "chillip"))
        )


def test_every_table_that_names_a_child_is_under_policy(upgraded: Upgraded) -> None:
    open_ones = as_service(
        upgraded, "chillip",
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
        "AND a.attname = 'child_id' AND NOT c.relrowsecurity",
    )  # fmt: skip
    assert open_ones == []


def test_a_new_database_and_an_upgraded_one_have_the_same_policies(
    upgraded: Upgraded, django_db_setup: None, django_db_blocker: Any
) -> None:
    asked = """
        SELECT polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid),
               pg_get_expr(polwithcheck, polrelid) FROM pg_policy ORDER BY 1, 2
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(asked)
        fresh = cursor.fetchall()
    assert as_service(upgraded, "chillip", asked) == fresh
    assert len(fresh) > 25
