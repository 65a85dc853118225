"""What each worker of the server does first, in its own process."""

import gc
import os
import signal
import threading
import time
from importlib import import_module

from django.conf import settings
from django.db import connections

from newel.record.config import database

SERVER = "NEWEL_SERVER_PID"
_LOOKS_EVERY = 1.0
_ENDS_WITHIN = 10.0
# Before Python looks through them: more than the longest page makes.
_NEW_OBJECTS = 50_000


def begin() -> None:
    _share_connections()
    _look_for_rubbish_less_often()
    if SERVER in os.environ:
        os.setsid()  # Ctrl+C is the server's: it stops its workers, and being told twice they hang
        threading.Thread(target=_end_with_the_server, daemon=True).start()


def _look_for_rubbish_less_often() -> None:
    """What a worker loads stays to its end, and searching through it for rubbish would hold up
    every page that happens to be drawn meanwhile. A page leaves next to none behind."""
    import_module(settings.ROOT_URLCONF)  # all pages now, and not with the first request
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)


def server_is_gone() -> bool:
    """Asked by whoever works for the server: its parent changes when the server is killed."""
    return os.getppid() != int(os.environ[SERVER])


def _share_connections() -> None:
    """Here and not in the settings: a pool made before the fork would be shared by all workers.

    A connection is looked at before it is used, so that nobody's save is lost because the
    database was started again since.
    """
    default = connections.settings["default"]
    default["OPTIONS"]["pool"] = database.POOL
    default["CONN_HEALTH_CHECKS"] = True


def _end_with_the_server() -> None:
    """A killed server cannot stop its workers, and they would hold its port and its database."""
    while not server_is_gone():
        time.sleep(_LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_ENDS_WITHIN)
    os._exit(1)
