"""Serving: a production server with two workers, and the keeper beside it."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import django
from django.db import connections

from newel.record.config import collecting, database, starting, worker
from newel.record.config.embedded_postgres import EmbeddedPostgresError

if TYPE_CHECKING:
    from granian.server.common import AbstractServer as Server

_LOOKS_EVERY = 2.0
_WORKERS_STOP_WITHIN = 10

logger = logging.getLogger("newel.serving")


def serve(*, host: str, port: int, workers: int) -> int:
    django.setup()
    if not (is_free(host, port) and _is_up_to_date()):
        return 1
    collecting.collect()
    connections.close_all()  # the workers are forked from here
    os.environ[worker.SERVER] = str(os.getpid())
    server, keeper, stopped = _server(host, port, workers), _Keeper(), threading.Event()
    beside = threading.Thread(target=_look_after, args=(server, keeper, stopped), daemon=True)
    beside.start()
    try:
        server.serve()
    finally:
        stopped.set()
        keeper.stop()
    return 0


def is_free(host: str, port: int) -> bool:
    """Asked here, because the server shares its port among its workers, and the system would let
    another Newel share it too: half of all pages would then come from the wrong one."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as refused:
        sys.stderr.write(
            f"Newel cannot listen on {host}:{port} ({refused.strerror}). Stop what uses it, or "
            "choose another with --port or PORT.\n"
        )
        return False
    return True


def _is_up_to_date() -> bool:
    """The database that Newel brings is migrated here; another by its administrator."""
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


class _Keeper:
    """The process beside the server, started again when it ends."""

    def __init__(self) -> None:
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "newel.record.config.keeper"]
        return subprocess.Popen(command, start_new_session=True)  # Ctrl+C is the server's

    def start_again_if_it_ended(self) -> None:
        if self._process.poll() is not None:
            logger.error("The keeper ended by itself. It is started again.")
            self._process = self._start()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _look_after(server: "Server", keeper: _Keeper, stopped: threading.Event) -> None:
    while not stopped.wait(_LOOKS_EVERY):
        if database.is_embedded():
            _keep_database_up(server, keeper)
        if not stopped.is_set():
            keeper.start_again_if_it_ended()


def _keep_database_up(server: "Server", keeper: _Keeper) -> None:
    """The database that Newel brings may be killed: whoever serves starts it again."""
    try:
        port = database.cluster().port
    except EmbeddedPostgresError as fault:
        logger.error("%s", fault)
        return
    settings = connections.settings["default"]
    if port != settings["PORT"]:  # another program took the old one meanwhile
        settings["PORT"] = port
        keeper.stop()
        server.signal_handler_reload()  # new workers are forked from here, and know it


def _server(host: str, port: int, workers: int) -> "Server":
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
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
        workers_kill_timeout=_WORKERS_STOP_WITHIN,
    )
    _end_with_the_terminal(server)
    return server


def _end_with_the_terminal(server: "Server") -> None:
    """When its window is closed; unless it was started to outlive it, as with nohup."""
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    else:
        server.on_startup(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
