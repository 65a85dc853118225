"""Where the child lived and went to school, from about when until about when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.actions.writing import replace, shared, write
from newel.record.stairs.scoping.models import PathwayPlace
from newel.record.stairs.scoping.rules import NotADate, When


@transaction.atomic
def write_place(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    kind: str,
    name: str,
    starts: When,
    ends: When,
    still: bool = False,
    text: str = "",
    source: str = "",
    whose_words: str = "adult",
    sharing_level: str = "team",
    named_readers: Iterable[StaffMember] = (),
) -> PathwayPlace:
    level = shared(sharing_level, named_readers, by)
    facts = {"kind": kind, "name": name, "text": text, "source": source}
    time = between(child, starts, ends, still, at)
    said = facts | {"whose_words": whose_words} | time | level
    return write(PathwayPlace, "write_place", child, by, at, said)


@transaction.atomic
def change_place(
    *,
    place: PathwayPlace,
    by: StaffMember,
    at: datetime,
    kind: str,
    name: str,
    starts: When,
    ends: When,
    still: bool,
    text: str,
    source: str,
    whose_words: str,
    sharing_level: str,
    named_readers: Iterable[StaffMember] = (),
) -> PathwayPlace:
    level = shared(sharing_level, named_readers, by, place)
    facts = {"kind": kind, "name": name, "text": text, "source": source}
    time = between(place.child, starts, ends, still, at)
    return replace(
        place, "change_place", by, at, facts | {"whose_words": whose_words} | time | level
    )


def between(child: Child, starts: When, ends: When, still: bool, at: datetime) -> dict[str, Any]:
    """Both ends as columns. What has not ended has no end."""
    ends = When.unknown() if still else ends
    start, end = _end("start", child, starts, at), _end("end", child, ends, at)
    first, last = start["start_earliest_on"], end["end_latest_on"]
    if first and last and last < first:
        raise NotADate("The end is before the beginning")
    return start | end | {"still": still}


def _end(name: str, child: Child, when: When, at: datetime) -> dict[str, Any]:
    found = rules.checked(
        when,
        kind="moving",
        born_on=child.born_on,
        today=timezone.localdate(at),
        name=child.preferred_name,
    )
    return {
        f"{name}_precision": when.precision,
        f"{name}_earliest_on": found.earliest,
        f"{name}_latest_on": found.latest,
        f"{name}_about_age": when.age,
        f"{name}_words": when.words,
    }
