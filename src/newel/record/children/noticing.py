"""What a page says first, from rooms that know more than this one.

`settings.NEWEL_CHILD_NOTICES`, on a child's front page: `(child, person) -> links`.
`settings.NEWEL_WATCH_NOTICES`, where a governance lead begins: `(person, at) -> what they watch`.
The most urgent first; `about` of each link says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Link

Notices = Callable[[Child, StaffMember], tuple[Link, ...]]


@dataclass(frozen=True, kw_only=True)
class WatchNotice:
    """About a child over whose access somebody watches: what they have to do, and why."""

    child_id: int
    link: Link
    points: tuple[str, ...] = ()


WatchNotices = Callable[[StaffMember, datetime], tuple[WatchNotice, ...]]


def notices(child: Child, person: StaffMember) -> tuple[Link, ...]:
    path = getattr(settings, "NEWEL_CHILD_NOTICES", None)
    return cast(Notices, _teller(path))(child, person) if path else ()


def watch_notices(person: StaffMember, at: datetime) -> tuple[WatchNotice, ...]:
    path = getattr(settings, "NEWEL_WATCH_NOTICES", None)
    return cast(WatchNotices, _teller(path))(person, at) if path else ()


@cache
def _teller(path: str) -> Any:
    return import_string(path)
