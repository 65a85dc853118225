"""Test databases: a migrated template, made once and kept while the code is the same; a clone for
each worker, and a clone for each test that needs real commits. Never a flush.

Everything under test connects as the service's role; only the making of clones is the owner's.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from django.db import connections
from filelock import FileLock
from psycopg import sql

from newel.record.config import database, place


def _digest(*patterns: str) -> str:
    found = sorted({path for pattern in patterns for path in place.CHECKOUT.glob(pattern)})
    seen = hashlib.sha256()
    for path in found:
        seen.update(str(path).encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def _as_owner(database_name: str = "newel") -> psycopg.Connection[tuple[object, ...]]:
    url = database.url(database.OWNER)
    return psycopg.connect(url, dbname=database_name, autocommit=True)


def migrated_template() -> str:
    digest = _digest("src/newel/**/migrations/*.py", "src/newel/**/*.sql", "src/newel/**/roles.py")
    return _made_once(f"newel_migrated_{digest}", _migrate, from_template=None)


def cast_template() -> str:
    """The migrated template with the cast of people in it."""
    digest = _digest("src/newel/**/*.py", "src/newel/**/*.sql", "src/newel/**/*.yaml", "tests/cast.py")
    return _made_once(f"newel_cast_{digest}", _fill("tests.cast"), from_template=migrated_template())


def demo_template() -> str:
    """The migrated template with the demo estate in it, for the journeys."""
    digest = _digest("src/newel/**/*.py", "src/newel/**/*.sql", "src/newel/**/*.yaml")
    fill = _fill("tests.demo_estate")
    return _made_once(f"newel_demo_{digest}", fill, from_template=migrated_template())


def _made_once(name: str, fill: object, *, from_template: str | None) -> str:
    with FileLock(place.data_home() / "templates.lock"):
        with _as_owner() as owner:
            there = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if there:
                return name
            _drop_older(owner, name)
            unfinished = f"{name}_unfinished"
            _create(owner, unfinished, from_template)
        fill(unfinished)  # type: ignore[operator]
        with _as_owner() as owner:
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(name)
                )
            )
    return name


def _drop_older(owner: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    family = name.rsplit("_", 1)[0]
    older = owner.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{family}\\_%"]
    ).fetchall()
    for (one,) in older:
        drop(str(one))


def _create(
    owner: psycopg.Connection[tuple[object, ...]], name: str, template: str | None
) -> None:
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template:
        made += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
    owner.execute(made)


def _migrate(name: str) -> None:
    with _as_owner(name) as owner:
        owner.execute("GRANT USAGE, CREATE ON SCHEMA public TO newel_audit")
    _run(
        "import django; django.setup();"
        "from newel.record.config.migrating import migrate; migrate()",
        NEWEL_DATABASE_NAME=name,
        NEWEL_DATABASE_ROLE="owner",
    )


def _fill(module: str) -> object:
    def fill(name: str) -> None:
        _run(
            f"import django; django.setup(); from {module} import make; make()",
            NEWEL_DATABASE_NAME=name,
        )

    return fill


def _run(code: str, **environment: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=place.CHECKOUT,
        env={**os.environ, **settings, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])


def drop(name: str) -> None:
    with _as_owner() as owner:
        owner.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@contextmanager
def clone(template: str) -> Iterator[str]:
    name = f"newel_clone_{os.getpid()}_{uuid4().hex[:8]}"
    with FileLock(place.data_home() / "templates.lock"), _as_owner() as owner:
        _create(owner, name, template)
    try:
        yield name
    finally:
        drop(name)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's connections, of every thread that begins from now on, go to this database."""
    settings = connections.settings["default"]
    before = settings["NAME"]
    _point_at(settings, name)
    try:
        yield
    finally:
        _point_at(settings, before)


def _point_at(settings: dict[str, object], name: str) -> None:
    connections["default"].close()
    settings["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
