"""The first account of a new installation, made where the server is."""

import sys
from datetime import UTC, datetime

import django


def add(*, username: str, name: str, password: str) -> int:
    django.setup()
    from django.core.exceptions import ValidationError

    from newel.record.access import actions
    from newel.record.access.transactions import acting

    try:
        with acting(None, page="command"):
            actions.add_staff(
                by=None,
                at=datetime.now(UTC),
                username=username,
                name=name,
                role="administrator",
                password=password,
            )
    except ValidationError as error:
        sys.stderr.write("\n".join(error.messages) + "\n")
        return 1
    sys.stdout.write(f"{name} can sign in as {username}, and will be asked for a password.\n")
    return 0
