"""The keeper: what has to be done again and again, beside the server, as the service's role.

It places audit events in their chains and clears away what has expired. Its jobs carry no words
about a child, and act in nobody's name: nobody reaches no child.
"""

import logging
import os
import time

import django
from django.db import OperationalError, connections
from psycopg import OperationalError as Unreachable

from newel.record.config.worker import server_is_gone

EVERY_SECONDS = 1.0
FOLD_EVERY_SECONDS = 60.0
CLEAR_EVERY_SECONDS = 3600.0

logger = logging.getLogger("newel.keeper")


def main() -> None:
    """Until the server that started it is gone."""
    django.setup()
    while not server_is_gone():
        try:
            _keep()
        except (OperationalError, Unreachable) as away:
            logger.warning("The keeper waits for the database: %s", str(away).strip())
        except Exception:
            logger.exception("The keeper will try again")
        connections.close_all()
        time.sleep(EVERY_SECONDS)


def _keep() -> None:
    """As long as its connection holds."""
    from newel.record.access import audit_chain

    clear_at = fold_at = time.monotonic()
    with audit_chain.connected() as db:
        while not server_is_gone():
            audit_chain.seal(db=db)
            if time.monotonic() >= fold_at:
                audit_chain.fold(db=db)
                fold_at = time.monotonic() + FOLD_EVERY_SECONDS
            if time.monotonic() >= clear_at:
                _clear()
                clear_at = time.monotonic() + CLEAR_EVERY_SECONDS
            time.sleep(EVERY_SECONDS)


def _clear() -> None:
    from django.contrib.sessions.backends.db import SessionStore

    from newel.record.access.sign_in import held, saved_once

    SessionStore.clear_expired()
    held.clear_expired()
    saved_once.clear_expired()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newel.record.config.settings")
    main()
