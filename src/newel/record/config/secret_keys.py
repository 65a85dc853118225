"""The two keys that live outside the database: Django's and the audit's."""

import os

from newel.record.config import database


def django_key() -> str:
    return _key("NEWEL_SECRET_KEY", "django_secret_key")


def audit_key() -> str:
    return _key("NEWEL_AUDIT_KEY", "audit_key")


def _key(variable: str, embedded_name: str) -> str:
    if variable in os.environ:
        return os.environ[variable]
    if not database.is_embedded():
        raise database.NotSetUp(
            f"{variable} is not set. It must be set beside DATABASE_URL, and kept."
        )
    return str(getattr(database.cluster().secrets, embedded_name))
