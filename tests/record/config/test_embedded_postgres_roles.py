"""Who may do what in the database before there is a table."""

import subprocess
from typing import Any

import psycopg
import pytest

from newel.record.config.embedded_postgres import binary, provisioning_sql
from tests.record.config.newel_processes import ask, ask_one

ATTRIBUTES = """
    SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls
    FROM pg_roles WHERE rolname LIKE '{}\\_%' ORDER BY rolname
"""


def expected_attributes(prefix: str) -> list[tuple[object, ...]]:
    return [
        (f"{prefix}_audit", False, False, False, False, False, False),
        (f"{prefix}_owner", True, False, True, False, False, False),
        (f"{prefix}_service", True, False, False, False, False, False),
    ]


def test_no_role_of_newel_is_a_superuser_or_passes_policies(running: dict[str, Any]) -> None:
    assert ask(running["superuser"], ATTRIBUTES.format("newel")) == expected_attributes("newel")
    superusers = "SELECT rolname FROM pg_roles WHERE rolsuper"
    assert ask(running["superuser"], superusers) == [("postgres",)]


def test_the_service_owns_nothing_and_makes_nothing(running: dict[str, Any]) -> None:
    owned = """
        SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE r.rolname = 'newel_service' AND d.deptype = 'o'
    """
    assert ask_one(running["superuser"], owned) == 0
    for refused in (
        "CREATE TABLE mine ()",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "SET ROLE newel_owner",
        "SET ROLE newel_audit",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(running["service"], refused)


def test_the_owner_owns_the_database_and_acts_for_the_audit_only_when_it_says_so(
    running: dict[str, Any],
) -> None:
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'newel'"
    assert ask_one(running["service"], owner) == "newel_owner"
    ask(running["owner"], "SET ROLE newel_audit; CREATE TABLE entry ()")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running["owner"], "SELECT * FROM entry")


def test_a_database_made_later_has_the_same_rights(running: dict[str, Any]) -> None:
    ask(running["owner"], "CREATE DATABASE test_newel")
    later = {
        role: running[role].removesuffix("newel") + "test_newel" for role in ("owner", "service")
    }
    ask(later["owner"], "SET ROLE newel_audit; CREATE TABLE entry ()")
    ask(later["owner"], "CREATE TABLE note (); GRANT SELECT ON note TO newel_service")
    assert ask_one(later["service"], "SELECT count(*) FROM note") == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(later["service"], "CREATE TABLE mine ()")


def test_an_administrator_gets_the_same_roles_through_psql(running: dict[str, Any]) -> None:
    script = provisioning_sql("elsewhere").replace("newel_", "other_")
    subprocess.run(
        [
            *(binary("psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1"),
            *("-v", "owner_password=it's", "-v", "service_password=pass", running["superuser"]),
        ],
        input=script,
        text=True,
        check=True,
    )
    assert ask(running["superuser"], ATTRIBUTES.format("other")) == expected_attributes("other")
    address = f"127.0.0.1:{running['port']}/elsewhere"
    assert ask_one(f"postgresql://other_owner:it%27s@{address}", "SELECT 1") == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(f"postgresql://other_service:pass@{address}", "CREATE TABLE mine ()")


def test_what_an_administrator_runs_needs_no_more_than_postgresql_16() -> None:
    script = provisioning_sql()
    assert "LOCALE_PROVIDER" not in script
    assert "WITH INHERIT FALSE, SET TRUE" in script
    assert "PASSWORD :'owner_password'" in script
