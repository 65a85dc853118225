"""What a handover tells: what changed for each child of a unit, put together from all rooms."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, QuerySet

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import changes_queries, lists_queries
from newel.record.children.changed_rows import (
    STAND_IN,
    Asked,
    ChangedRows,
    asked,
    of_children,
    written_in,
)
from newel.record.children.changes import Change
from newel.record.children.models import Child, UnitStay
from newel.record.children.names_queries import names_in
from newel.record.establishments.models import Unit
from newel.record.overview.changes import ROOMS
from newel.record.overview.models import HandoverNote, UnitNote
from newel.record.overview.queries.shift_times import shift_times
from newel.record.overview.queries.taking_over import taken_rows
from newel.record.overview.rules import Shift, Times, Window, shift_to_take_over, window
from newel.record.stairs.activators import changes_queries as activators
from newel.record.stairs.activators import queries as understanding

# Something written just before a page was read may have been saved just after it.
OVERLAP = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class HandoverChild:
    """One child as the coming shift is told about them."""

    child: Child
    stay: UnitStay
    changes: tuple[Change, ...]
    notes: tuple[Any, ...]  # the rows of handover notes, each with the name of its writer
    watch: str
    needs: tuple[str, ...]

    @property
    def has_news(self) -> bool:
        return bool(self.changes or self.notes)


@dataclass(frozen=True, kw_only=True)
class Handover:
    unit: Unit
    shift: Shift
    times: Times
    window: Window
    at: datetime
    children: tuple[HandoverChild, ...]
    left: tuple[UnitStay, ...]
    unit_notes: tuple[UnitNote, ...]

    @property
    def keys(self) -> list[str]:
        """One for each thing that is told, the same at every reading."""
        told = [change.key for one in self.children for change in one.changes]
        told += [f"note:{note.pk}" for one in self.children for note in one.notes]
        told += [f"unit:{note.pk}" for note in self.unit_notes]
        return sorted(told + [f"left:{stay.pk}" for stay in self.left])

    @property
    def shown_of(self) -> list[int]:
        """Ids of the children of whose record this shows something, beyond that they are here."""
        here = [one.child.pk for one in self.children if one.has_news or one.watch]
        return [*here, *(stay.child_id for stay in self.left)]

    @property
    def named_only(self) -> list[int]:
        """Ids of the children of whom it says no more than that they are here."""
        return [one.child.pk for one in self.children if not (one.has_news or one.watch)]

    def anything_since(self, moment: datetime) -> bool:
        """Whether something here is newer than that, for whoever had the page open."""
        moments = [change.at for one in self.children for change in one.changes]
        moments += [note.written_at for one in self.children for note in one.notes]
        moments += [note.written_at for note in self.unit_notes]
        moments += [stay.ends_at for stay in self.left if stay.ends_at]
        return any(at >= moment for at in moments)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join(self.keys).encode()).hexdigest()[:16]


def handover(*, unit: Unit, visible_to: StaffMember, at: datetime) -> Handover:
    times = shift_times(setting=unit.setting)
    shift = shift_to_take_over(at, times)
    told = window(shift=shift, rows=taken_rows(unit=unit, shift=shift), times=times)
    since = told.since - OVERLAP
    found = lists_queries.stays_on_unit(unit=unit, visible_to=visible_to, at=at)
    here = {stay.child_id for stay in found}
    left = changes_queries.left_unit(unit=unit, visible_to=visible_to, since=since, until=at)
    return Handover(
        unit=unit,
        shift=shift,
        times=times,
        window=told,
        at=at,
        children=_told(found, since=since, until=at, visible_to=visible_to),
        left=tuple(stay for stay in left if stay.child_id not in here),
        unit_notes=tuple(_UNIT_NOTES.models(unit=unit.pk, since=since, until=at)),
    )


def _told(
    here: Sequence[UnitStay], *, since: datetime, until: datetime, visible_to: StaffMember
) -> tuple[HandoverChild, ...]:
    found = [stay.child for stay in here]
    changes = _changes(found, since=since, until=until, visible_to=visible_to)
    about = asked(children=found, since=since, until=until, visible_to=visible_to)
    notes, watched = _notes(about), activators.watched_now(about)
    return tuple(
        HandoverChild(
            child=stay.child,
            stay=stay,
            changes=tuple(sorted(changes[stay.child_id], key=_safety_first)),
            notes=tuple(notes[stay.child_id]),
            watch=watched.get(stay.child_id, ""),
            needs=tuple(stay.needs_now or ()),  # type: ignore[attr-defined]
        )
        for stay in here
    )


def _changes(
    found: Sequence[Child], *, since: datetime, until: datetime, visible_to: StaffMember
) -> dict[int, list[Change]]:
    """Whoever reads the one page alone is told what everybody has to know, and nothing that stands
    on a page which is closed to them."""
    reads_record = visible_to.may(Capability.READ_RECORD)
    changes: dict[int, list[Change]] = defaultdict(list)
    for changes_since in ROOMS:
        for change in changes_since(
            children=found, since=since, until=until, visible_to=visible_to
        ):
            if reads_record or change.for_everybody:
                changes[change.child_id].append(change)
    return changes


def _safety_first(change: Change) -> tuple[int, float, str]:
    return (change.rank, -change.at.timestamp(), change.key)


def _notes(about: Asked) -> dict[int, list[Any]]:
    by_child = defaultdict(list)
    for row in _NOTES.of(about):
        by_child[row.child_id].append(row)
    return by_child


def _note_rows(about: Asked) -> QuerySet[Any]:
    rows = HandoverNote.objects.filter(
        written_in(about, "written_at"), of_children(about), is_current=True
    )
    return (
        rows.annotate(by=F("written_by__name"))
        .order_by("-written_at", "-pk")
        .values_list(
            "pk",
            "child_id",
            "public_id",
            "text",
            "what_helped",
            "written_at",
            "written_by_id",
            "by",
        )
    )


_NOTES = ChangedRows(_note_rows)


def _unit_notes() -> QuerySet[UnitNote]:
    rows = UnitNote.objects.filter(
        unit=_STAND_INS["unit"],
        is_current=True,
        written_at__gte=_STAND_INS["since"],
        written_at__lte=_STAND_INS["until"],
    )
    rows = rows.select_related("written_by").defer("written_by__password", "written_by__email")
    return rows.order_by("-written_at", "-pk")


_STAND_INS: dict[str, Any] = {"unit": -7192, "since": STAND_IN.since, "until": STAND_IN.until}
_UNIT_NOTES = Compiled(_unit_notes, _STAND_INS)


def note(*, child: Child, public_id: str) -> HandoverNote | None:
    rows = HandoverNote.objects.filter(child=child, public_id=public_id)
    return rows.select_related("written_by", "unit").first()


def newest_note(*, note: HandoverNote) -> HandoverNote:
    """What stands in the place of these words now."""
    rows = HandoverNote.objects.filter(child=note.child_id).select_related("written_by", "unit")
    return _newest(note, rows)


def newest_unit_note(*, note: UnitNote) -> UnitNote:
    return _newest(note, UnitNote.objects.filter(unit=note.unit_id))


Note = TypeVar("Note", HandoverNote, UnitNote)


def _newest(note: Note, rows: QuerySet[Note]) -> Note:
    later = {row.replaces_id: row for row in rows.filter(replaces__isnull=False)}
    while note.pk in later:
        note = later[note.pk]
    return note


def notes_ever(*, child: Child) -> QuerySet[HandoverNote]:
    """What was told about a child, the latest first. Earlier wordings too."""
    rows = HandoverNote.objects.filter(child=child).select_related("written_by", "unit")
    return rows.order_by("-written_at", "-pk")


def unit_note(*, unit: Unit, public_id: str) -> UnitNote | None:
    return UnitNote.objects.filter(unit=unit, public_id=public_id).first()


def names_of_other_children(
    *, child: Child, visible_to: StaffMember, at: datetime
) -> frozenset[str]:
    return understanding.names_of_other_children(child=child, visible_to=visible_to, at=at)


def names_on_setting(*, unit: Unit, visible_to: StaffMember, at: datetime) -> set[str]:
    """What the children of this setting whom the writer reaches are called."""
    called = names_in(settings=[unit.setting_id], visible_to=visible_to, at=at)
    return {name for names in called.values() for name in names}
