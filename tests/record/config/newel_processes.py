"""Real processes that use an embedded cluster, so that they can be killed."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from newel.record.config.embedded_postgres import locks
from newel.record.config.embedded_postgres.places import Places
from tests.record.config.embedded_postgres_folders import new_open_folder

SOURCES = Path(__file__).parents[3] / "src"

PROGRAM = """
import json, os, subprocess, sys, time
from pathlib import Path
from newel.record.config.embedded_postgres import EmbeddedPostgresError, start, status
for line in sys.stdin:
    order = json.loads(line)
    if order["do"] == "fork":
        child = os.fork()
        if not child:
            time.sleep(600)
        answer = {"pid": child}
    elif order["do"] == "run sleep":
        answer = {"pid": subprocess.Popen(["sleep", "600"], close_fds=False).pid}
    else:
        try:
            made = start(Path(order["data_home"]), durable=order["durable"])
            answer = {
                "home": str(made.home), "port": made.port, "moved": made.moved_because,
                **{role: made.url(role) for role in ("service", "owner", "superuser")},
            }
        except EmbeddedPostgresError as fault:
            answer = {"fault": str(fault)}
    print(json.dumps(answer), flush=True)
"""


@dataclass
class NewelProcess:
    running: "subprocess.Popen[str]"
    data_home: Path

    def order(self, what: str, **more: Any) -> dict[str, Any]:
        self.order_only(what, **more)
        return self.answer()

    def order_only(self, what: str, **more: Any) -> None:
        assert self.running.stdin
        self.running.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self.running.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.running.stdout
        line = self.running.stdout.readline()
        assert line, "the process ended without an answer"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def start(self, *, durable: bool = False) -> dict[str, Any]:
        return self.order("start", data_home=str(self.data_home), durable=durable)

    def start_without_waiting(self) -> None:
        self.order_only("start", data_home=str(self.data_home), durable=False)

    def end(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.running.communicate(timeout=10)

    def kill(self) -> None:
        self.running.kill()
        self.running.wait()


@dataclass
class Processes:
    """Starts them, and leaves nothing running."""

    started: list[NewelProcess] = field(default_factory=list)

    def __call__(
        self,
        data_home: Path,
        *,
        uid: int | None = None,
        python: str = sys.executable,
        before: str = "",
        environment: Mapping[str, str | None] | None = None,
    ) -> NewelProcess:
        as_user: dict[str, Any] = {}
        if uid is not None and uid != os.geteuid():
            as_user = {"user": uid, "group": uid, "extra_groups": []}
        paths = os.pathsep.join(each for each in (str(SOURCES), *sys.path) if each)
        wanted = {**os.environ, "PYTHONPATH": paths, **(environment or {})}
        running = subprocess.Popen(
            [python, "-c", before + PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env={name: value for name, value in wanted.items() if value is not None},
            start_new_session=True,
            **as_user,
        )
        process = NewelProcess(running, data_home)
        self.started.append(process)
        return process

    def end_all(self) -> None:
        ended = [process for process in self.started if process.running.poll() is None]
        for process in ended:
            process.end()
        for process in ended:
            wait_until(partial(is_unminded, process.data_home), "PostgreSQL is stopped")


@pytest.fixture
def newel_process() -> Iterator[Processes]:
    processes = Processes()
    yield processes
    processes.end_all()


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, Any]]:
    """One running cluster for the tests that only look, or leave nothing behind."""
    folder = new_open_folder()
    processes = Processes()
    yield {"data_home": folder / "data", **processes(folder / "data").start()}
    processes.end_all()
    shutil.rmtree(folder)


def is_minded(data_home: Path) -> bool:
    return locks.is_held_alone(Places(data_home).minder_lock)


def is_unminded(data_home: Path) -> bool:
    return not is_minded(data_home)


def is_running(data_home: Path) -> bool:
    """Some process of PostgreSQL lives, seen without trusting a process id."""
    return locks.is_held_alone(Places(data_home).server_lock)


def postmaster_pid(home: str | Path) -> int:
    return int((Path(home) / "postmaster.pid").read_text().splitlines()[0])


def parent_of(pid: int) -> int:
    said = subprocess.run(["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, check=True)
    return int(said.stdout)


def kill_for_good(pid: int) -> None:
    """The signal is sent at once, the death takes a moment."""

    def is_dead() -> bool:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True)
        return not state.stdout.strip() or state.stdout.startswith(b"Z")

    os.kill(pid, signal.SIGKILL)
    wait_until(is_dead, f"process {pid} is dead")


def wait_until(true: Callable[[], bool], what: str, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.02)


def ask(url: str, question: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else None


def ask_one(url: str, question: str) -> Any:
    return ask(url, question)[0][0]
