"""What a child's front page says first, from rooms that know more than this one.

`settings.NEWEL_CHILD_NOTICES` names a callable, `(child, person) -> links`, the most urgent first;
`about` of each says why.
"""

from collections.abc import Callable
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Link

Notices = Callable[[Child, StaffMember], tuple[Link, ...]]


def notices(child: Child, person: StaffMember) -> tuple[Link, ...]:
    path = getattr(settings, "NEWEL_CHILD_NOTICES", None)
    return _teller(path)(child, person) if path else ()


@cache
def _teller(path: str) -> Notices:
    return cast(Notices, import_string(path))
