"""Somebody who has the database in their hands, triggers and all, but not the audit's key."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from newel.record.access import audit
from newel.record.access.transactions import acting
from newel.record.config import database

TRIGGERS = ("access_auditevent", "access_auditseal")


@contextmanager
def as_owner(name: str) -> Iterator[psycopg.Connection[Any]]:
    """The audit's own role, with its triggers on."""
    url = database.url(database.OWNER)
    with psycopg.connect(url, dbname=name, autocommit=True) as db:
        db.execute("SET ROLE newel_audit")
        yield db


@contextmanager
def attack(name: str) -> Iterator[psycopg.Connection[Any]]:
    with as_owner(name) as db:
        for table in TRIGGERS:
            db.execute(f"ALTER TABLE {table} DISABLE TRIGGER stays")
        yield db
        for table in TRIGGERS:
            db.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER stays")


def counted(name: str, query: str) -> int:
    with as_owner(name) as db:
        row = db.execute(query).fetchone()
    return int(row[0]) if row else 0


def write(staff_id: int, child_id: int | None, times: int = 1) -> None:
    """Some events of one chain, each in a transaction of its own."""
    for _ in range(times):
        with acting(staff_id, page="test"):
            audit.record("view", thing="page", child_id=child_id, fields=("name_key",))
