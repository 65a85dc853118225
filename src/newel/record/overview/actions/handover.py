"""Words for the next shift, and taking over."""

from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.establishments.models import Unit
from newel.record.overview import policies, queries
from newel.record.overview.models import HandoverNote, Takeover, UnitNote
from newel.record.overview.rules import KEPT_FOR, Shift


@transaction.atomic
def write_note(
    *, child: Child, unit: Unit, by: StaffMember, at: datetime, text: str, what_helped: str = ""
) -> HandoverNote:
    """For the next shift, about one child. Everybody around the child may read it."""
    policies.check_names_nobody_else(
        text,
        what_helped,
        names=queries.names_of_other_children(child=child, visible_to=by, at=at),
    )
    note = HandoverNote.objects.create(
        child=child, unit=unit, written_by=by, written_at=at, text=text, what_helped=what_helped
    )
    _tell_of_note("write_handover_note", note)
    return note


@transaction.atomic
def change_note(
    *, note: HandoverNote, by: StaffMember, at: datetime, text: str, what_helped: str = ""
) -> HandoverNote:
    """Other words in the place of one's own; the first ones stay."""
    old = HandoverNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    policies.check_can_change(old, by=by)
    policies.check_names_nobody_else(
        text,
        what_helped,
        names=queries.names_of_other_children(child=old.child, visible_to=by, at=at),
    )
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = HandoverNote.objects.create(
        child_id=old.child_id,
        unit_id=old.unit_id,
        written_by=by,
        written_at=at,
        text=text,
        what_helped=what_helped,
        replaces=old,
    )
    _tell_of_note("change_handover_note", new)
    return new


@transaction.atomic
def write_unit_note(*, unit: Unit, by: StaffMember, at: datetime, text: str) -> UnitNote:
    """For the next shift, about the unit as a place and about no child."""
    policies.check_names_no_child(
        text, names=queries.names_on_setting(unit=unit, visible_to=by, at=at)
    )
    note = UnitNote.objects.create(unit=unit, written_by=by, written_at=at, text=text)
    audit.record("write_unit_note", thing="unitnote", thing_id=note.pk, fields=("text",))
    return note


@transaction.atomic
def change_unit_note(*, note: UnitNote, by: StaffMember, at: datetime, text: str) -> UnitNote:
    old = UnitNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    policies.check_can_change(old, by=by)
    policies.check_names_no_child(
        text, names=queries.names_on_setting(unit=old.unit, visible_to=by, at=at)
    )
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = UnitNote.objects.create(
        unit_id=old.unit_id, written_by=by, written_at=at, text=text, replaces=old
    )
    audit.record("change_unit_note", thing="unitnote", thing_id=new.pk, fields=("text",))
    return new


@transaction.atomic
def take_over(
    *, unit: Unit, shift: Shift, by: StaffMember, at: datetime, read_until: datetime
) -> Takeover:
    """One acknowledgement for the whole shift. Once a person: pressing twice changes nothing.

    Whoever took over more than a month ago is forgotten here; the audit keeps that it was done.
    """
    Takeover.objects.filter(unit=unit, shift_starts_at__lt=at - KEPT_FOR).delete()
    takeover, is_new = Takeover.objects.get_or_create(
        unit=unit,
        shift_starts_at=shift.starts_at,
        staff=by,
        defaults={"shift": shift.code, "taken_at": at, "read_until": read_until},
    )
    if is_new:
        audit.record("take_over", thing="unit", thing_id=unit.pk, fields=("read_until",))
    return takeover


def _tell_of_note(act: str, note: HandoverNote) -> None:
    audit.record(
        act,
        thing="handovernote",
        thing_id=note.pk,
        child_id=note.child_id,
        fields=("text", "what_helped"),
    )
