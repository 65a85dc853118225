"""Making a database and bringing it up to this version, as its owner."""

import time
from io import StringIO

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from newel.record.config import database

DROP_TRIES = 20

# The service may read, add and change rows; deleting is granted table by table, where it is needed.
PRIVILEGES = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO newel_service;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO newel_service;
GRANT USAGE ON SCHEMA public TO newel_service;
GRANT USAGE, CREATE ON SCHEMA public TO newel_audit;
"""


def migrate() -> str:
    """Runs in a process that is connected as the owner (NEWEL_DATABASE_ROLE=owner)."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGES)
    said = StringIO()
    call_command("migrate", verbosity=1, interactive=False, stdout=said, skip_checks=True)
    return said.getvalue()


def as_owner(name: str = "newel") -> psycopg.Connection[tuple[object, ...]]:
    """A plain connection for making and dropping databases, outside Django."""
    return psycopg.connect(database.url(database.OWNER), dbname=name, autocommit=True)


def exists(name: str) -> bool:
    with as_owner() as owner:
        found = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def create(name: str, *, template: str | None = None) -> None:
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template:
        made += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
    with as_owner() as owner:
        owner.execute(made)


def drop(name: str) -> None:
    """Whoever is connected to it is cut off. Tried again for a while: PostgreSQL's own autovacuum
    may be at work in it, and nobody but a superuser may end that."""
    dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with as_owner() as owner:
        for left in reversed(range(DROP_TRIES)):
            try:
                _end_sessions_of_the_service(name)
                owner.execute(dropped)
                return
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if not left:
                    raise
                time.sleep(0.5)


def _end_sessions_of_the_service(name: str) -> None:
    """The owner may not end them: it is no member of the service's role."""
    service = psycopg.connect(database.url(database.SERVICE), dbname="newel", autocommit=True)
    with service:
        service.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
