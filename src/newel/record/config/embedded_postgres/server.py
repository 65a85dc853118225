"""One running PostgreSQL, as a child of the minder."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from newel.record.config.embedded_postgres import accounts, binaries, locks, ports, postmaster
from newel.record.config.embedded_postgres.accounts import Account
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.places import Places

_SETTINGS = {
    "listen_addresses": ports.HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] ",
    # A refused row or statement holds a child's words, and a log is no place for them.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_ENDS_WITH_ITS_PARENT_WITHIN = 3.0
_RECOVERS_WITHIN = 900.0
_STOPS_WITHIN = 60.0
_PORTS_TRIED = 5
_PR_SET_PDEATHSIG = 1

READY = "ready"


@dataclass(frozen=True)
class Plan:
    """What the minder is told. It holds no secret: process lists show it."""

    data_home: str
    cluster: str
    postgres: str
    uid: int | None
    gid: int | None
    durable: bool

    @property
    def account(self) -> Account | None:
        return None if self.uid is None or self.gid is None else Account(self.uid, self.gid)

    def to_json(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class State:
    """Written when PostgreSQL answers; the port outlives it."""

    port: int
    durable: bool


def state(places: Places) -> State | None:
    try:
        return State(**json.loads(places.server_state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def launch(plan: Plan) -> "subprocess.Popen[bytes]":
    places = Places(Path(plan.data_home))
    cluster = Path(plan.cluster)
    last = state(places)
    lock = locks.open_file(places.server_lock)
    try:
        _wait_for_the_one_before(lock, cluster)
        postmaster.forget_stale(cluster)
        for attempt, port in enumerate(ports.free_ports(last.port if last else None), start=1):
            server = _spawn(plan, port, lock, places.log)
            if _becomes_ready(server, cluster):
                _write_state(places, State(port, plan.durable))
                return server
            if ports.is_free(port) or attempt == _PORTS_TRIED:
                break
    finally:
        os.close(lock)
    raise EmbeddedPostgresError(f"PostgreSQL does not start. It says: {last_words(places.log)}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Fast first, then without ceremony: what was committed is in the write-ahead log."""
    for how, seconds in ((signal.SIGINT, _STOPS_WITHIN), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        server.send_signal(how)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def open_log(log: Path) -> BinaryIO:
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def last_words(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-200:]
    except OSError:
        lines = []
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines
    return f"{telling[-1].strip() if telling else 'nothing'} (more in {log})"


def _spawn(plan: Plan, port: int, lock: int, log: Path) -> "subprocess.Popen[bytes]":
    settings = {**_SETTINGS, "port": str(port), **({} if plan.durable else _NOT_DURABLE)}
    command = [plan.postgres, "-D", plan.cluster]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with open_log(log) as written_to:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=written_to,
            stderr=written_to,
            env=binaries.environment(),
            # Every process of PostgreSQL keeps this open, so the lock says whether one is left.
            pass_fds=(lock,),
            preexec_fn=_ending_with_the_minder(),
            **accounts.as_account(plan.account),
        )


def _ending_with_the_minder() -> Callable[[], None] | None:
    """Linux stops PostgreSQL when the minder is killed. It has to be asked after the change of
    user, which forgets it, and so in the child. Elsewhere the next start ends what is left over."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    minder = os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != minder:
            os._exit(1)

    return ask


def _becomes_ready(server: "subprocess.Popen[bytes]", cluster: Path) -> bool:
    until = time.monotonic() + _RECOVERS_WITHIN
    while server.poll() is None and time.monotonic() < until:
        found = postmaster.written(cluster)
        if found and found.pid == server.pid and found.ready:
            return True
        time.sleep(0.01)
    if server.poll() is None:
        stop(server)
    return False


def _wait_for_the_one_before(lock: int, cluster: Path) -> None:
    """A PostgreSQL whose minder was killed, or one that somebody started by hand."""
    if not locks.wait_for(lock, locks.EXCLUSIVE, seconds=_ENDS_WITH_ITS_PARENT_WITHIN):
        left_over = postmaster.living_pid(cluster)
        if left_over:
            os.kill(left_over, signal.SIGINT)
        if not locks.wait_for(lock, locks.EXCLUSIVE, seconds=_STOPS_WITHIN):
            raise EmbeddedPostgresError(
                f"An earlier PostgreSQL still runs on {cluster} and does not stop."
            )
    foreign = postmaster.living_pid(cluster)
    if foreign:
        raise EmbeddedPostgresError(
            f"Another PostgreSQL (process {foreign}) that this folder's Newel did not start runs"
            f" on {cluster}. Stop it first."
        )


def _write_state(places: Places, now: State) -> None:
    being_made = places.server_state.with_suffix(".new")
    being_made.write_text(json.dumps(asdict(now)), encoding="utf-8")
    being_made.rename(places.server_state)
