"""This process as a user of the cluster, from its first `start` until it ends.

The lock is a file descriptor that survives `fork` and not `exec`: a forked server worker that
outlives its parent is still a user, a browser or a pager started from Newel is none. A process
that replaces itself by `exec` calls `start` again.
"""

import os
import threading

from newel.record.config.embedded_postgres import locks
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.places import Places

_STOPPING_TAKES_AT_MOST = 90.0

_registered: dict[str, int] = {}
_one_at_a_time = threading.Lock()


def register(places: Places) -> None:
    """Waits while a minder that found nobody is still stopping PostgreSQL."""
    with _one_at_a_time:
        key = str(places.users_lock)
        if key in _registered and _is_still_that_file(_registered[key], places):
            return
        descriptor = locks.open_file(places.users_lock)
        if not locks.wait_for(descriptor, locks.SHARED, seconds=_STOPPING_TAKES_AT_MOST):
            os.close(descriptor)
            raise EmbeddedPostgresError(
                f"PostgreSQL is stopping and does not come to an end. See {places.log}."
            )
        if key in _registered:
            os.close(_registered[key])
        _registered[key] = descriptor


def _is_still_that_file(descriptor: int, places: Places) -> bool:
    """False once the folder was deleted and made again under a living process."""
    try:
        return os.path.samestat(os.fstat(descriptor), places.users_lock.stat())
    except OSError:
        return False
