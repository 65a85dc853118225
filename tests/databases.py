"""Test databases: a migrated template, made once and kept while the code is the same; a clone for
each worker, and a clone for each test that needs real commits. Never a flush.

Everything under test connects as the service's role; only the making of clones is the owner's.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import connections
from filelock import FileLock
from psycopg import sql

from newel.record.config import place
from newel.record.config.migrating import as_owner, create, drop, exists

Fill = Callable[[str], None]

SCHEMA = (
    "src/newel/**/migrations/*.py",
    "src/newel/**/*.sql",
    "src/newel/**/roles.py",
    "src/newel/**/row_security.py",
)
PEOPLE_AND_PLACES = (
    "src/newel/record/establishments/*actions.py",
    "src/newel/record/children/actions/*.py",
)


def _digest(*patterns: str) -> str:
    found = sorted({path for pattern in patterns for path in place.CHECKOUT.glob(pattern)})
    seen = hashlib.sha256()
    for path in found:
        seen.update(str(path).encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def migrated_template() -> str:
    digest = _digest(*SCHEMA)
    return _made_once(f"newel_migrated_{digest}", _migrate, from_template=None)


def cast_template() -> str:
    """The migrated template with the cast of people in it."""
    digest = _digest(*SCHEMA, *PEOPLE_AND_PLACES, "tests/cast.py")
    return _made_once(
        f"newel_cast_{digest}", _fill("tests.cast"), from_template=migrated_template()
    )


def demo_template() -> str:
    """The migrated template with the demo estate in it, for the journeys."""
    digest = _digest("src/newel/**/*.py", "src/newel/**/*.sql", "src/newel/**/*.yaml")
    fill = _fill("tests.demo_estate")
    return _made_once(f"newel_demo_{digest}", fill, from_template=migrated_template())


def _made_once(name: str, fill: Fill, *, from_template: str | None) -> str:
    """Two workers that need it at once: the first makes it, the second waits."""
    with FileLock(place.data_home() / "templates.lock"):
        if not exists(name):
            _drop_older(name)
            unfinished = f"{name}_unfinished"
            create(unfinished, template=from_template)
            fill(unfinished)
            _rename(unfinished, name)
    return name


def _rename(old: str, new: str) -> None:
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with as_owner() as owner:
        owner.execute(renamed.format(sql.Identifier(old), sql.Identifier(new)))


def _drop_older(name: str) -> None:
    family = name.rsplit("_", 1)[0]
    with as_owner() as owner:
        older = owner.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{family}\\_%"]
        ).fetchall()
    for (one,) in older:
        drop(str(one))


def _migrate(name: str) -> None:
    _run(
        "import django; django.setup();"
        "from newel.record.config.migrating import migrate; migrate()",
        NEWEL_DATABASE_NAME=name,
        NEWEL_DATABASE_ROLE="owner",
    )


def _fill(module: str) -> Fill:
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


@contextmanager
def clone(template: str) -> Iterator[str]:
    name = f"newel_clone_{os.getpid()}_{uuid4().hex[:8]}"
    with FileLock(place.data_home() / "templates.lock"):
        create(name, template=template)
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
