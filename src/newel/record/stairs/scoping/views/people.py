"""Who writes, and who can be named as a reader: what every form of this room is given."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from newel.record.stairs.scoping import queries
from newel.record.stairs.scoping.answering import person


def people(request: HttpRequest, child: Any) -> dict[str, Any]:
    readers = queries.possible_readers(child=child, at=timezone.now())
    return {"by": person(request), "readers": readers}
