"""A small process of its own that starts PostgreSQL and stops it after the last user has ended.

Run as `python -m newel.record.config.embedded_postgres.minder PLAN` by `start`, which reads one
line from it: `ready`, or what went wrong. It watches a lock and no process ids, so it does not
matter how a user ends.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from newel.record.config.embedded_postgres import locks, server
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.places import Places
from newel.record.config.embedded_postgres.server import Plan

_LOOKS_EVERY = 0.3
_LOG_GROWS_TO = 5_000_000


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    if os.fork():
        os._exit(0)  # the caller waits for this one only, and is left with no child to reap
    places = Places(Path(plan.data_home))
    with locks.held(places.minder_lock, locks.EXCLUSIVE, seconds=5) as alone:
        users = locks.open_file(places.users_lock)
        if not alone:
            return _tell(f"Another minder of {plan.data_home} is at work.")
        try:
            running = server.launch(plan)
        except EmbeddedPostgresError as fault:
            return _tell(str(fault))
        _tell(server.READY)
        _watch(running, users, places.log)
    # `users` is still held here, until the process ends: who waits for it finds no minder.
    return None


def _tell(line: str) -> None:
    with suppress(BrokenPipeError):  # who started us was killed; another may be waiting
        os.write(sys.stdout.fileno(), (line + "\n").encode())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _watch(running: "subprocess.Popen[bytes]", users: int, log: Path) -> None:
    asked_to_stop: list[int] = []
    woken = _wake_up_on(asked_to_stop)
    while running.poll() is None:
        if asked_to_stop or locks.try_now(users, locks.EXCLUSIVE):
            server.stop(running)
            return
        _shorten(log)
        if select.select([woken], [], [], _LOOKS_EVERY)[0]:
            woken.recv(100)


def _wake_up_on(asked_to_stop: list[int]) -> socket.socket:
    """A child's end and a request to stop are seen at once, not at the next look."""
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.detach(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda number, _: asked_to_stop.append(number))
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    return woken


def _shorten(log: Path) -> None:
    """PostgreSQL keeps the file open and writes at its end, so it is emptied and not renamed."""
    with suppress(FileNotFoundError):  # the folder was deleted under us
        if log.stat().st_size > _LOG_GROWS_TO:
            older = log.with_name(log.name + ".1")
            server.open_log(older).close()
            shutil.copyfile(log, older)
            os.truncate(log, 0)


if __name__ == "__main__":
    main()
