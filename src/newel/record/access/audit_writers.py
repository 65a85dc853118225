"""Who writes to the audit, and how far each has come.

Every connection to the database is a writer, with a random id and a running number of its own, so
no writer asks another for a number. Writer and number are under the event's MAC: an event that is
taken out, at whatever moment, leaves a gap in its writer's numbers.

The last event of a writer has none after it to show the gap. So each writer notes, outside the
database and after its commit, how far it has come: its head, one small file a writer. It is one
`pwrite` and no fsync: a killed process has handed it to the kernel already, and after a power cut
the database is ahead of the file, which is no alarm.
"""

import fcntl
import logging
import os
import uuid
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from newel.record.access.audit_key import keyed

logger = logging.getLogger("newel.access")


def folder() -> Path:
    """Beside the file of heads: whoever may not write there may not write here either."""
    heads: Path = settings.NEWEL_AUDIT_HEADS
    return heads.with_name(f"{heads.name}.writers")


def head_line(writer: uuid.UUID, number: int, mac: bytes) -> bytes:
    """Always of one length, so that a newer one covers the older."""
    said = f"{writer.hex} {number:020d} {mac.hex()}"
    return f"{said} {keyed(b'writer', said.encode()).hex()}\n".encode()


@dataclass(eq=False)
class Writer:
    """One connection's numbers, of which none is ever given twice."""

    id: uuid.UUID = field(default_factory=uuid.uuid4)
    given: int = 0
    committed: int = 0
    descriptor: int | None = None

    def has_committed(self, number: int, mac: bytes) -> None:
        self.committed = number
        if self.descriptor is None:
            self.descriptor = _opened(folder() / self.id.hex)
            weakref.finalize(self, os.close, self.descriptor)
        os.pwrite(self.descriptor, head_line(self.id, number, mac), 0)


@dataclass(frozen=True, eq=False)
class Written:
    """What is done when the transaction of one event has committed. Until then it waits with the
    connection, which forgets it with a transaction, or a savepoint, that is taken back."""

    writer: Writer
    number: int
    mac: bytes

    def __call__(self) -> None:
        """The event is in the database by now, and no request fails for its head."""
        try:
            self.writer.has_committed(self.number, self.mac)
        except OSError:
            logger.exception("The head of a writer of the audit could not be kept")


_writers: "weakref.WeakKeyDictionary[Any, Writer]" = weakref.WeakKeyDictionary()


def writer_now() -> Writer:
    """This connection's writer; its next number is one more than it has `given`.

    When an event was taken back, its number is not used again: the writer ends, and another
    begins. So nobody has to know what became of a commit that was cut off in the middle.
    """
    connection.ensure_connection()
    writer = _writers.get(connection.connection)
    if writer is None or writer.given != _still_given(writer):
        writer = _writers[connection.connection] = Writer()
    return writer


def has_written(writer: Writer, number: int, mac: bytes) -> None:
    """To be called when the database has taken the event."""
    writer.given = number
    transaction.on_commit(Written(writer, number, mac))


def _still_given(writer: Writer) -> int:
    """The last number that waits for its commit, or has been through it."""
    for waiting in reversed(connection.run_on_commit):
        done = waiting[1]
        if isinstance(done, Written) and done.writer is writer:
            return done.number
    return writer.committed


def _opened(file: Path) -> int:
    """Locked for as long as the writer lives: the keeper leaves it alone so long."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(file, flags, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor
