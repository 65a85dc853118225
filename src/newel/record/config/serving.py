"""Serving: a production server with two workers, and the keeper beside it."""

import os
import subprocess
import sys
import threading
import time

import django

from newel.record.config import collecting, database, starting


def serve(*, host: str, port: int, workers: int) -> int:
    django.setup()
    if not _is_up_to_date():
        return 1
    collecting.collect()
    os.environ["NEWEL_POOL"] = "1"
    keeper = _start_keeper()
    try:
        _run_server(host, port, workers)
    finally:
        keeper.terminate()
        keeper.wait(timeout=10)
    return 0


def _is_up_to_date() -> bool:
    """The database that Newel brings is migrated here; another is its administrator's to migrate."""
    from newel.record.config.health import migrations_waiting

    waiting = migrations_waiting()
    if waiting and database.is_embedded():
        return migrate_in_own_process()
    if waiting is None:
        sys.stderr.write("The database does not answer. `newel doctor` says more.\n")
    elif waiting:
        sys.stderr.write(f"The database is {waiting} steps behind. Run `newel migrate` first.\n")
    return waiting == 0


def migrate_in_own_process() -> bool:
    done = starting.newel("migrate", NEWEL_DATABASE_ROLE="owner")
    if done.returncode:
        sys.stderr.write(done.stderr[-4000:])
    return done.returncode == 0


def _start_keeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "newel.record.config.keeper"])


def _run_server(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    if database.is_embedded():
        threading.Thread(target=_keep_database_up, daemon=True).start()
    Server(
        "newel.record.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backpressure=64,
        log_enabled=True,
        log_level="warning",  # type: ignore[arg-type]
        respawn_failed_workers=True,
    ).serve()


def _keep_database_up() -> None:
    """The database that Newel brings may be killed: whoever serves starts it again."""
    while True:
        time.sleep(2)
        database.cluster()
