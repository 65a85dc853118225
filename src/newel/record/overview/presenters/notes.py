"""The pages on which words for the next shift are written, and read again."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Unit
from newel.record.overview.models import HandoverNote, UnitNote

LASTING = (
    "This is for the next shift, and stays in the record. What should last, write as a statement: "
    "what sets things off, what helps.",
    "Everybody around the child may read it.",
)


@dataclass(kw_only=True)
class NotePage(Page):
    """A form, and the words that somebody else put in the place of those one began with."""

    paragraphs: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    what_helped: str
    about: str
    replaced: bool


@dataclass(kw_only=True)
class NotesPage(Page):
    lines: tuple[Line, ...]
    more: bool
    write: str


def note_page(
    *,
    child: Child,
    unit: Unit,
    person: StaffMember,
    at: datetime,
    newer: HandoverNote | None = None,
) -> NotePage:
    return NotePage(
        title=f"For the next shift, about {child.preferred_name}",
        back=back_to(unit),
        banner=banner(child=child, visible_to=person, at=at),
        paragraphs=LASTING,
        newer=(newer.text, newer.what_helped) if newer else (),
    )


def unit_note_page(*, unit: Unit, newer: UnitNote | None = None) -> NotePage:
    return NotePage(
        title=f"For the next shift, about {unit.name}",
        caption=unit.setting.name,
        back=back_to(unit),
        paragraphs=(
            "Everybody who works on this unit reads it. What is about a child belongs in that "
            "child’s record.",
        ),
        newer=(newer.text,) if newer else (),
    )


def address_of(name: str, *ids: str) -> str:
    return reverse(name, args=ids)


def back_to(unit: Unit) -> Link:
    href = reverse("overview:unit_handover", args=[unit.public_id])
    return Link(text=f"Handover on {unit.name}", href=href)


def notes_page(
    *, child: Child, notes: list[HandoverNote], shown: int, person: StaffMember, at: datetime
) -> NotesPage:
    write = reverse("overview:write_note", args=[child.public_id])
    return NotesPage(
        title=f"What shifts were told about {child.preferred_name}",
        back=Link(
            text=f"{child.preferred_name}’s record",
            href=reverse("children:child", args=[child.public_id]),
        ),
        banner=banner(child=child, visible_to=person, at=at),
        lines=tuple(_line(note) for note in notes[:shown]),
        more=len(notes) > shown,
        write=write if person.may(Capability.WRITE_UNDERSTANDING) else "",
    )


def _line(note: HandoverNote) -> Line:
    return Line(
        text=note.text,
        what_helped=note.what_helped,
        about=f"{note.written_by.name}, {note.unit.name}, {day_time(note.written_at)}",
        replaced=not note.is_current,
    )
