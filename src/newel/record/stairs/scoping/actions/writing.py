"""Writing scoping and the timeline. A change is a new row; the earlier wording stays readable."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.stairs.scoping import policies, rules
from newel.record.stairs.scoping.models import LifeEvent, PathwayPlace, ScopingEntry
from newel.record.stairs.scoping.rules import When

AnyRow = LifeEvent | ScopingEntry | PathwayPlace
Row = TypeVar("Row", LifeEvent, ScopingEntry, PathwayPlace)
THINGS: dict[type, str] = {
    LifeEvent: "life_event",
    ScopingEntry: "scoping_entry",
    PathwayPlace: "pathway_place",
}


@transaction.atomic
def write_entry(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    part: str,
    text: str,
    source: str = "",
    whose_words: str = "adult",
    sharing_level: str = "team",
    named_readers: Iterable[StaffMember] = (),
) -> ScopingEntry:
    level = shared(sharing_level, named_readers, by)
    facts = {"part": part, "text": text, "source": source, "whose_words": whose_words}
    return write(ScopingEntry, "write_entry", child, by, at, facts | level)


@transaction.atomic
def change_entry(
    *,
    entry: ScopingEntry,
    by: StaffMember,
    at: datetime,
    text: str,
    source: str,
    whose_words: str,
    sharing_level: str,
    named_readers: Iterable[StaffMember] = (),
) -> ScopingEntry:
    level = shared(sharing_level, named_readers, by, entry)
    facts = {"part": entry.part, "text": text, "source": source, "whose_words": whose_words}
    return replace(entry, "change_entry", by, at, facts | level)


@transaction.atomic
def write_event(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    title: str,
    kind: str,
    when: When,
    text: str = "",
    source: str = "",
    whose_words: str = "adult",
    sharing_level: str = "team",
    named_readers: Iterable[StaffMember] = (),
) -> LifeEvent:
    level = shared(sharing_level, named_readers, by)
    facts = {"title": title, "text": text, "source": source, "whose_words": whose_words}
    time = dated(child, kind, when, at)
    return write(LifeEvent, "write_event", child, by, at, facts | time | level)


@transaction.atomic
def change_event(
    *,
    event: LifeEvent,
    by: StaffMember,
    at: datetime,
    title: str,
    kind: str,
    when: When,
    text: str,
    source: str,
    whose_words: str,
    sharing_level: str,
    named_readers: Iterable[StaffMember] = (),
) -> LifeEvent:
    level = shared(sharing_level, named_readers, by, event)
    facts = {"title": title, "text": text, "source": source, "whose_words": whose_words}
    time = dated(event.child, kind, when, at)
    return replace(event, "change_event", by, at, facts | time | level)


@transaction.atomic
def change_readers(
    *,
    row: Row,
    by: StaffMember,
    sharing_level: str,
    named_readers: Iterable[StaffMember] = (),
) -> None:
    """Who may read it, and not a word of it: what may be done with a child's own words.

    The row stays its writer's, so nobody becomes the writer of words they did not take down.
    """
    old = locked(row)
    level: dict[str, Any] = shared(sharing_level, named_readers, by, old)
    if sharing_level in policies.HELD_BACK and old.written_by_id != by.pk:
        level["named_readers"] = sorted({*level["named_readers"], by.pk})
    changed = tuple(name for name, value in level.items() if getattr(old, name) != value)
    if not changed:
        return
    closes = policies.closes_further(old, sharing_level)
    type(row)._default_manager.filter(pk=old.pk).update(**level)
    if closes:
        _close_earlier_wording(old, by, **level)
    _tell("change_readers", old, changed)


def shared(
    level: str,
    readers: Iterable[StaffMember],
    by: StaffMember,
    row: AnyRow | None = None,
) -> dict[str, Any]:
    policies.check_level(level, by)
    named = {one.pk for one in readers} if level == "named_people" else set()
    if row is not None:
        policies.check_can_decide_on(row, by)
        named |= policies.readers_who_stay(row, level)
    policies.check_readers(level, named)
    return {"sharing_level": level, "named_readers": sorted(named - {by.pk})}


def dated(child: Child, kind: str, when: When, at: datetime) -> dict[str, Any]:
    found = rules.checked(
        when,
        kind=kind,
        born_on=child.born_on,
        today=timezone.localdate(at),
        name=child.preferred_name,
    )
    return {
        "kind": kind,
        "precision": when.precision,
        "earliest_on": found.earliest,
        "latest_on": found.latest,
        "about_age": when.age,
        "when_words": when.words,
    }


def write(
    model: type[Row],
    act: str,
    child: Child,
    by: StaffMember,
    at: datetime,
    facts: dict[str, Any],
) -> Row:
    row: Row = model._default_manager.create(child=child, written_by=by, written_at=at, **facts)
    _tell(act, row, tuple(name for name, value in facts.items() if value not in ("", None, [])))
    return row


def replace(row: Row, act: str, by: StaffMember, at: datetime, facts: dict[str, Any]) -> Row:
    manager = type(row)._default_manager
    old = locked(row)
    policies.check_words(old, facts["whose_words"], by)
    changed = tuple(name for name, value in facts.items() if getattr(old, name) != value)
    if not changed:
        return old
    new: Row = manager.create(
        child_id=old.child_id, written_by=by, written_at=at, replaces=old, **brought(old), **facts
    )
    manager.filter(pk=old.pk).update(is_current=False)
    if policies.closes_further(old, new.sharing_level):
        _close_earlier_wording(new, by, new.sharing_level, new.named_readers)
    _tell(act, new, changed)
    return new


def brought(old: AnyRow) -> dict[str, Any]:
    """The list that a row came with, and the line it was there: both stay with its new wording."""
    if isinstance(old, ScopingEntry):
        return {}
    return {"from_list_id": old.from_list_id, "original": old.original}


def locked(row: Row) -> Row:
    """The row as it is now, and nobody else's to change until this is saved."""
    old: Row | None = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    return policies.checked_current(old)


def _close_earlier_wording(
    row: AnyRow, by: StaffMember, sharing_level: str, named_readers: list[int]
) -> None:
    """Whatever is held back now is held back in every wording it had (H7, H8)."""
    earlier = {one.pk: one for one in type(row)._default_manager.filter(child=row.child_id)}
    step = row.replaces_id
    while step in earlier:
        old = earlier[step]
        _close(old, sharing_level, {*named_readers}, by)
        step = old.replaces_id


def _close(old: AnyRow, level: str, readers: set[int], by: StaffMember) -> None:
    held_back = old.sharing_level in policies.HELD_BACK
    if level in policies.HELD_BACK:
        kept = readers & {*old.named_readers} if held_back else readers
        old.named_readers = sorted(kept | {by.pk})
    if not held_back:
        old.sharing_level = level
    old.save(update_fields=["sharing_level", "named_readers"])


def _tell(act: str, row: AnyRow, fields: tuple[str, ...]) -> None:
    thing = THINGS[type(row)]
    audit.record(act, thing=thing, thing_id=row.pk, child_id=row.child_id, fields=fields)
