"""The state of the embedded PostgreSQL in words, for `newel doctor`. Starts and makes nothing."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newel.record.config.embedded_postgres import (
    accounts,
    binaries,
    cluster,
    locks,
    ports,
    secrets_file,
    server,
)
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.places import Places


@dataclass(frozen=True)
class Finding:
    ok: bool
    sentence: str


def status(data_home: Path) -> list[Finding]:
    try:
        return list(_findings(Places(data_home.expanduser().resolve())))
    except OSError as refused:
        return [
            Finding(False, f"{refused.filename or data_home} cannot be read ({refused.strerror}).")
        ]


def _findings(where: Places) -> Iterator[Finding]:
    yield _programs()
    yield _folder(where.data_home)
    if where.cluster.is_symlink() and not where.cluster.exists():
        yield Finding(False, cluster.gone(where))
    elif not where.cluster.exists():
        yield Finding(
            True, f"There is no database in {where.data_home} yet. The first start makes it."
        )
    else:
        yield _secrets(where)
        yield _data(where)
        yield _running(where)


def _programs() -> Finding:
    try:
        return Finding(True, f"PostgreSQL {binaries.version()} is installed with Newel.")
    except EmbeddedPostgresError as fault:
        return Finding(False, str(fault))


def _folder(folder: Path) -> Finding:
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    if not existing.is_dir():
        return Finding(False, f"{existing} is a file, and the data needs a folder there.")
    if os.access(existing, os.W_OK | os.X_OK):
        return Finding(True, f"The folder {folder} can be written to.")
    return Finding(
        False,
        f"The folder {existing} cannot be written to by this user. Set NEWEL_DATA to another.",
    )


def _secrets(where: Places) -> Finding:
    try:
        cluster.secrets_of(where)
    except EmbeddedPostgresError as fault:
        return Finding(False, str(fault))
    if secrets_file.readable_by_others(where.secrets):
        return Finding(
            False,
            f"Other users can read {where.secrets}, which holds passwords. Run chmod 600 on it.",
        )
    return Finding(True, f"The passwords and keys in {where.secrets} are there and private.")


def _data(where: Places) -> Finding:
    home = where.cluster.resolve()
    try:
        cluster.check_usable(home, accounts.server_account(where.cluster))
    except EmbeddedPostgresError as fault:
        return Finding(False, str(fault))
    moved = cluster.moved_because(where.data_home, home)
    return Finding(True, moved or f"The database is in {home}.")


def _running(where: Places) -> Finding:
    known = server.state(where)
    if known is None:
        return Finding(True, "PostgreSQL is not running, and has never been started.")
    if locks.is_held_alone(where.minder_lock):
        return _answering(where, known)
    if ports.is_free(known.port):
        return Finding(True, "PostgreSQL is not running. It starts with Newel and stops with it.")
    return Finding(
        True,
        f"PostgreSQL is not running, and another program has taken its port {known.port}. The next"
        " start takes another port.",
    )


def _answering(where: Places, known: server.State) -> Finding:
    if not ports.answers(known.port):
        return Finding(
            False,
            f"PostgreSQL should answer on {ports.HOST}:{known.port} and does not. It says:"
            f" {server.last_words(where.log)}",
        )
    if not known.durable:
        return Finding(
            False,
            f"PostgreSQL runs on {ports.HOST}:{known.port} as for tests: a power cut would lose"
            " data. Stop every Newel process that uses this folder and start again.",
        )
    return Finding(True, f"PostgreSQL runs on {ports.HOST}:{known.port}.")
