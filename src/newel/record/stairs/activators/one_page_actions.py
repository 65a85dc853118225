"""What happens to the one page: it changes, it is opened, it is shown to the child."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.activators.one_page_queries import FIRST_VERSION, PageState

_CHANGE = """
INSERT INTO activators_onepage AS page (child_id, version, changed_at)
VALUES (%(child)s, %(second)s, %(at)s)
ON CONFLICT (child_id) DO UPDATE SET version = page.version + 1, changed_at = excluded.changed_at
"""

# Reads the page's version and notes who opened it in one statement. No time is kept (H16), a row
# is written only when the version differs, and only of those who work on the child's unit.
_OPEN = """
WITH page AS (
    SELECT version, shown_version, shown_on FROM activators_onepage WHERE child_id = %(child)s
), opened AS (
    INSERT INTO activators_pageopened AS seen (child_id, staff_id, version)
    SELECT %(child)s, %(staff)s, coalesce((SELECT version FROM page), %(first)s)
    WHERE EXISTS (
        SELECT FROM establishments_post
        WHERE staff_id = %(staff)s AND unit_id = ANY (%(units)s)
          AND starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s)
    )
    ON CONFLICT (child_id, staff_id) DO UPDATE SET version = excluded.version
    WHERE seen.version <> excluded.version
)
SELECT version, shown_version, shown_on FROM page
"""

_SHOW = """
INSERT INTO activators_onepage AS page
    (child_id, version, changed_at, shown_version, shown_on, shown_by_id)
VALUES (%(child)s, %(first)s, %(at)s, %(first)s, %(on)s, %(staff)s)
ON CONFLICT (child_id) DO UPDATE SET
    shown_version = least(%(version)s, page.version), shown_on = %(on)s, shown_by_id = %(staff)s
RETURNING id
"""


def change_page(*, child_id: int, at: datetime) -> None:
    """Something on the page was written, confirmed or taken off: it counts up.

    Part of another action and audited there. A page that nobody changed yet was the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, {"child": child_id, "second": FIRST_VERSION + 1, "at": at})


def open_page(*, child: Child, by: StaffMember, at: datetime) -> PageState:
    """Somebody opens the page; the audit has it as a view. Gives the version they see."""
    units = [stay.unit_id for stay in child.open_unit_stays]  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "child": child.pk,
                "staff": by.pk,
                "units": units,
                "at": at,
                "first": FIRST_VERSION,
            },
        )
        found = cursor.fetchone()
    if found is None:
        return PageState()
    return PageState(version=found[0], shown_version=found[1], shown_on=found[2])


@transaction.atomic
def show_to_child(*, child: Child, version: int, by: StaffMember, at: datetime) -> None:
    """The child was shown this version, which may be older than the newest by now."""
    values: dict[str, Any] = {
        "child": child.pk,
        "version": max(version, FIRST_VERSION),
        "first": FIRST_VERSION,
        "at": at,
        "on": timezone.localdate(at),
        "staff": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHOW, values)
        page_id = cursor.fetchone()[0]
    audit.record(
        "show_to_child",
        thing="onepage",
        thing_id=page_id,
        child_id=child.pk,
        fields=("shown_version", "shown_on", "shown_by"),
    )
