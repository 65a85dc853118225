"""Making, starting and finding the cluster of one data folder."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from newel.record.config.embedded_postgres import (
    accounts,
    binaries,
    locks,
    making,
    ports,
    process_user,
    secrets_file,
    server,
)
from newel.record.config.embedded_postgres.accounts import Account
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.places import Places
from newel.record.config.embedded_postgres.secrets_file import Secrets
from newel.record.config.embedded_postgres.server import Plan

Role = Literal["service", "owner", "superuser"]

_SOURCES = Path(__file__).parents[4]
_MINDER = f"{__package__}.minder"
_ANOTHER_START_TAKES_AT_MOST = 1000.0
_ANSWERS_WITHIN = 90.0


@dataclass(frozen=True)
class Cluster:
    """A running cluster. `home` is where its data really lies."""

    data_home: Path
    home: Path
    host: str
    port: int
    secrets: Secrets

    def url(self, role: Role, database: str = making.DATABASE) -> str:
        user, password = {
            "service": ("newel_service", self.secrets.service_password),
            "owner": ("newel_owner", self.secrets.owner_password),
            "superuser": (making.SUPERUSER, self.secrets.superuser_password),
        }[role]
        address = f"{quote(user)}:{quote(password, safe='')}@{self.host}:{self.port}"
        return f"postgresql://{address}/{quote(database, safe='')}"

    @property
    def moved_because(self) -> str | None:
        return moved_because(self.data_home, self.home)


def start(data_home: Path, *, durable: bool = True) -> Cluster:
    """The running cluster of this folder, made and started where needed.

    The calling process counts as its user until it ends. `durable=False` gives up safety in a
    power cut for speed, for test runs; it counts when PostgreSQL is started by this call.
    """
    where = Places(_made_ready(data_home))
    try:
        where.run.mkdir(mode=0o700, exist_ok=True)
        with locks.held(
            where.starting_lock, locks.EXCLUSIVE, seconds=_ANOTHER_START_TAKES_AT_MOST
        ) as alone:
            if not alone:
                raise EmbeddedPostgresError(f"Another process is still starting {data_home}.")
            return _start_alone(where, durable=durable)
    except OSError as refused:
        raise EmbeddedPostgresError(
            f"{refused.filename or where.data_home} cannot be used ({refused.strerror}). Run Newel"
            f" as the user who made {where.data_home}, or set NEWEL_DATA to a folder of your own."
        ) from refused


def _start_alone(where: Places, *, durable: bool) -> Cluster:
    process_user.register(where)
    if where.cluster.is_symlink() and not where.cluster.exists():
        raise EmbeddedPostgresError(gone(where))
    account = accounts.server_account(where.cluster)
    programs = binaries.tree_for(account)
    first_time = not (where.secrets.exists() or where.cluster.exists())
    secrets = secrets_file.make(where.secrets) if first_time else secrets_of(where)
    if not where.cluster.exists():
        making.make_cluster(where, programs, account, secrets, durable=durable)
    home = where.cluster.resolve()
    check_usable(home, account)
    plan = Plan(
        data_home=str(where.data_home),
        cluster=str(home),
        postgres=str(programs / "bin" / "postgres"),
        uid=account.uid if account else None,
        gid=account.gid if account else None,
        durable=durable,
    )
    return Cluster(where.data_home, home, ports.HOST, _running_port(where, plan), secrets)


def moved_because(data_home: Path, home: Path) -> str | None:
    if home.is_relative_to(data_home):
        return None
    return (
        f"The database is in {home} and not in {data_home}: PostgreSQL refuses to run as root,"
        " and the user it runs as instead cannot reach that folder."
    )


def _made_ready(data_home: Path) -> Path:
    """Resolved, because two names of one folder are one cluster."""
    folder = data_home.expanduser().resolve()
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            # The user who runs PostgreSQL for root has to pass through, and may not look around.
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as refused:
        raise EmbeddedPostgresError(
            f"The folder {folder} cannot be made ({refused.strerror}). Set NEWEL_DATA to a folder"
            " that you can write to."
        ) from None
    return folder


def secrets_of(where: Places) -> Secrets:
    if not where.secrets.exists():
        raise EmbeddedPostgresError(
            f"The database in {where.cluster.resolve()} is there, but its passwords and keys are"
            f" not: {where.secrets} is missing. Put that file back from a backup. If nothing in"
            " the database is needed any more, remove both folder and file to begin anew."
        )
    return secrets_file.load(where.secrets)


def gone(where: Places) -> str:
    return (
        f"The database was kept in {where.cluster.readlink()}, and that folder is gone. Put it"
        f" back from a backup. If it is not needed any more, remove {where.cluster}."
    )


def check_usable(home: Path, account: Account | None) -> None:
    if not accounts.can_enter(account, home):
        who = account.name if account else "this user"
        raise EmbeddedPostgresError(
            f"The database in {home} cannot be reached by {who}, who runs PostgreSQL. Make the"
            " folders above it passable again."
        )
    data_version = (home / "PG_VERSION").read_text(encoding="ascii").strip()
    if data_version != binaries.major_version():
        raise EmbeddedPostgresError(
            f"The data in {home} is of PostgreSQL {data_version}, and the PostgreSQL installed"
            f" is {binaries.version()}. Go back to the Newel that wrote it, run newel backup"
            " there, and newel restore here."
        )


def _running_port(where: Places, plan: Plan) -> int:
    until = time.monotonic() + _ANSWERS_WITHIN
    while time.monotonic() < until:
        if not locks.is_held_alone(where.minder_lock):
            _run_minder(where, plan)
        known = server.state(where)
        if known and ports.answers(known.port):
            return known.port
        time.sleep(0.02)  # PostgreSQL has just died, and its minder is about to see it
    raise EmbeddedPostgresError(f"PostgreSQL does not answer: {server.last_words(where.log)}")


def _run_minder(where: Places, plan: Plan) -> None:
    paths = [str(_SOURCES), os.environ.get("PYTHONPATH", "")]
    with server.open_log(where.log) as log:
        started = subprocess.run(
            [sys.executable, "-P", "-m", _MINDER, plan.to_json()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            cwd="/",
            start_new_session=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    said = started.stdout.strip()
    if said != server.READY:
        raise EmbeddedPostgresError(said or f"PostgreSQL's minder ended. See {where.log}.")
