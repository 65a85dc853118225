"""`newel doctor`: what is wrong with this set-up, in words."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from newel.record.config import database, embedded_postgres, place
from newel.record.config.embedded_postgres import EmbeddedPostgresError, Finding


def examine(say: Callable[[str], object]) -> int:
    findings = list(_findings())
    for finding in findings:
        say(f"{'ok   ' if finding.ok else 'WRONG'} {finding.sentence}")
    wrong = sum(not finding.ok for finding in findings)
    say("Nothing is wrong." if not wrong else f"{wrong} of {len(findings)} need you.")
    return 1 if wrong else 0


def _findings() -> Iterator[Finding]:
    yield Finding(sys.version_info >= (3, 11), f"Python is {sys.version.split()[0]}.")
    yield _built()
    if database.is_embedded():
        yield from _embedded()
    else:
        yield from _given()


def _built() -> Finding:
    if (place.built() / "static" / "newel" / "newel.css").exists():
        return Finding(True, "Style sheets, scripts and fonts are built.")
    return Finding(False, "Style sheets and scripts are not built. Run `make install`.")


def _embedded() -> Iterator[Finding]:
    yield Finding(True, f"Newel runs its own PostgreSQL, with its data in {place.data_home()}.")
    state = embedded_postgres.status(place.data_home())
    yield from state
    if all(finding.ok for finding in state):
        try:
            cluster = database.cluster()
        except EmbeddedPostgresError as fault:
            yield Finding(False, str(fault))
            return
        if cluster.moved_because:
            yield Finding(True, cluster.moved_because)
        yield from _answers(cluster.url("service", database.name()))


def _given() -> Iterator[Finding]:
    for variable in ("NEWEL_SECRET_KEY", "NEWEL_AUDIT_KEY"):
        given = variable in os.environ
        yield Finding(given, f"{variable} is {'set' if given else 'not set, and has to be'}.")
    yield from _answers(os.environ["DATABASE_URL"])


def _answers(url: str) -> Iterator[Finding]:
    try:
        connection = psycopg.connect(url, connect_timeout=5)
    except psycopg.Error as fault:
        yield Finding(False, f"The database does not let Newel in: {str(fault).strip()}")
        return
    with connection:
        number = connection.info.server_version // 10000
        yield Finding(number >= 16, f"The database is PostgreSQL {number} (16 or later is needed).")
        yield _role(connection)
        yield from _migrated(connection)


def _role(connection: psycopg.Connection[tuple[object, ...]]) -> Finding:
    row = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR EXISTS ("
        "  SELECT FROM pg_class WHERE relowner = r.oid)"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone()
    if row == (False,):
        return Finding(
            True, "The service connects as a role that owns nothing and bypasses nothing."
        )
    return Finding(
        False,
        "The service's role is a superuser, bypasses policies or owns tables. Children's records "
        "are then not locked in the database. `newel roles-sql` prints how the roles should be.",
    )


def _migrated(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Finding]:
    """A database that is empty yet is migrated by the first start, where Newel brings it."""
    if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
        if not database.is_embedded():
            yield Finding(False, "The database is empty. Run `newel migrate`.")
        return
    there = set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
    behind = len(_migrations() - there)
    if behind and not database.is_embedded():
        yield Finding(False, f"The database is {behind} steps behind. Run `newel migrate`.")
    elif not behind:
        yield Finding(True, "The database is up to date with this Newel.")


def _migrations() -> set[tuple[object, ...]]:
    """Those of Newel itself, read from its folders: the settings may be what is wrong."""
    rooms = Path(__file__).resolve().parents[1]
    return {
        (folder.parent.name, step.stem)
        for folder in rooms.rglob("migrations")
        for step in folder.glob("0*.py")
    }
