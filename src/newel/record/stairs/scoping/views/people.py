"""Who writes, and who can be named as a reader: what every form of this room is given."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from newel.record.stairs.scoping import queries
from newel.record.stairs.scoping.answering import person


def held_back(request: HttpRequest, child: Any, row: Any = None) -> list[str]:
    """What must not be copied unasked. Its own words a row may keep."""
    if request.method != "POST":
        return []
    own = {getattr(row, name, None) for name in ("title", "name", "text")}
    texts = queries.held_back_texts(child=child, visible_to=person(request))
    return [text for text in texts if text not in own]


def people(request: HttpRequest, child: Any) -> dict[str, Any]:
    readers = queries.possible_readers(child=child, at=timezone.now())
    return {"by": person(request), "readers": readers}
