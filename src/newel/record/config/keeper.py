"""The keeper: what has to be done again and again, beside the server, as the service's role.

It places audit events in their chains and clears away what has expired. Its jobs carry no words
about a child, and act in nobody's name: nobody reaches no child.
"""

import logging
import os
import time

import django

EVERY_SECONDS = 1.0
CLEAR_EVERY_SECONDS = 3600.0

logger = logging.getLogger("newel.keeper")


def main() -> None:
    """Until the server that started it is gone."""
    django.setup()
    parent = os.getppid()
    cleared_at = 0.0
    while os.getppid() == parent:
        try:
            _seal()
            if time.monotonic() - cleared_at > CLEAR_EVERY_SECONDS:
                _clear()
                cleared_at = time.monotonic()
        except Exception:
            logger.exception("The keeper will try again")
        time.sleep(EVERY_SECONDS)


def _seal() -> None:
    from django.db import connection

    from newel.record.access import audit_chain

    audit_chain.seal()
    connection.close()


def _clear() -> None:
    from django.contrib.sessions.backends.db import SessionStore

    from newel.record.access.sign_in import held

    SessionStore.clear_expired()
    held.clear_expired()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newel.record.config.settings")
    main()
