"""Bringing a database up to this version, as its owner."""

from io import StringIO

from django.core.management import call_command
from django.db import connection

# The service may read, add and change rows; deleting is granted table by table, where it is needed.
PRIVILEGES = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO newel_service;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO newel_service;
GRANT USAGE ON SCHEMA public TO newel_service;
"""


def migrate() -> str:
    """Runs in a process that is connected as the owner (NEWEL_DATABASE_ROLE=owner)."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGES)
    said = StringIO()
    call_command("migrate", verbosity=1, interactive=False, stdout=said, skip_checks=True)
    return said.getvalue()
