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
    while os.getppid() == parent:
        try:
            _keep(parent)
        except Exception:
            logger.exception("The keeper will try again")
            time.sleep(EVERY_SECONDS)


def _keep(parent: int) -> None:
    """As long as its connection holds."""
    from newel.record.access import audit_chain

    clear_at = time.monotonic()
    with audit_chain.connected() as db:
        while os.getppid() == parent:
            audit_chain.seal(db=db)
            if time.monotonic() >= clear_at:
                _clear()
                clear_at = time.monotonic() + CLEAR_EVERY_SECONDS
            time.sleep(EVERY_SECONDS)


def _clear() -> None:
    from django.contrib.sessions.backends.db import SessionStore

    from newel.record.access.sign_in import held

    SessionStore.clear_expired()
    held.clear_expired()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newel.record.config.settings")
    main()
