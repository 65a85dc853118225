"""Locks on files. The kernel lets go of them when their holder ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX

_PAUSE = 0.01


def open_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_now(descriptor: int, mode: int) -> bool:
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for(descriptor: int, mode: int, *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not try_now(descriptor, mode):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True


@contextmanager
def held(path: Path, mode: int, *, seconds: float) -> Iterator[bool]:
    """Holds the lock inside the block. Yields False where it could not be had in time."""
    descriptor = open_file(path)
    try:
        yield wait_for(descriptor, mode, seconds=seconds)
    finally:
        os.close(descriptor)


def is_held_alone(path: Path) -> bool:
    """True while some process holds the lock exclusively. Makes no file."""
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return not try_now(descriptor, SHARED)
        finally:
            os.close(descriptor)
    return False
