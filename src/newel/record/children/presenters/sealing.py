"""Pages about a changed identity. None of them holds a sealed name, but the one for whom it was
opened."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.children.banner import watched_banner
from newel.record.children.models import (
    Child,
    ChildName,
    Identifier,
    PerhapsSame,
    Sealing,
    SealOpening,
)
from newel.record.children.presenters.governance import back_to
from newel.record.children.presenters.kept import (
    address_of,
    number_in_words,
    system_in_words,
)
from newel.record.children.presenters.pages import Entry, FormPage, KeptPage, about
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link


def ask_page(*, child: Child, person: StaffMember, at: datetime) -> FormPage:
    return FormPage(
        title=f"{child.preferred_name}’s identity has changed",
        paragraphs=(
            "After an adoption, a new name or a move for safety, nobody may find the child by what "
            "was so before. Sealed names and numbers are shown and found nowhere, and cannot be "
            "read back by Newel’s pages.",
            "You ask. An information governance lead confirms. Only then it is sealed.",
            "Words that people wrote may hold a former name: seal the history before a day, and "
            "write anew what still holds. Printed sheets have to be collected by hand.",
        ),
        **about(child, person, at),
    )


def what_can_be_sealed(
    names: Iterable[ChildName], numbers: Iterable[Identifier]
) -> dict[str, list[tuple[str, str]]]:
    return {
        "names": [(str(one.pk), f"{one.name} ({one.get_kind_display().lower()})") for one in names],
        "numbers": [
            (str(one.pk), f"{system_in_words(one)}: {number_in_words(one)}") for one in numbers
        ],
    }


def confirm_page(*, child: Child, sealing: Sealing) -> FormPage:
    return FormPage(
        title=f"Seal {child.preferred_name}’s identity of before",
        paragraphs=what_is_sealed(sealing),
        after_points=(
            "Once it is sealed nobody finds, sees or prints it. Names the child was called by "
            "before, which were changed in the record, are sealed with it.",
        ),
        banner=watched_banner(child=child),
        back=back_to(child),
    )


def what_is_sealed(sealing: Sealing) -> tuple[str, ...]:
    """Numbers of things, never the things."""
    lines = [f"Asked for by {sealing.asked_by.name} on {day(sealing.asked_at)}: {sealing.why}"]
    if sealing.new_name:
        lines.append("The name the child likes changes, and the one of before is sealed.")
    if sealing.names:
        lines.append(f"Other names that are sealed: {len(sealing.names)}")
    if sealing.numbers:
        lines.append(f"Numbers that are sealed: {len(sealing.numbers)}")
    if sealing.history_before:
        lines.append(f"What was written before {day(sealing.history_before)} opens by name only.")
    return tuple(lines)


def open_page(*, child: Child) -> FormPage:
    return FormPage(
        title="Open what is sealed to one person",
        paragraphs=("For one purpose, with a last day. Every look is in the audit.",),
        banner=watched_banner(child=child),
        back=back_to(child),
    )


def sealing_entries(sealings: Iterable[Sealing], *, child: Child) -> list[Entry]:
    return [
        Entry(
            heading=_standing(one),
            lines=what_is_sealed(one),
            links=_next(one, child),
        )
        for one in sealings
    ]


def _standing(one: Sealing) -> str:
    if one.set_aside_by:
        return f"Set aside by {one.set_aside_by.name} on {day(one.set_aside_at)}. Nothing is sealed"
    if one.confirmed_by:
        return f"Sealed. Confirmed by {one.confirmed_by.name} on {day(one.confirmed_at)}"
    return "Waits to be confirmed"


def _next(one: Sealing, child: Child) -> tuple[Link, ...]:
    if one.set_aside_by:
        return ()
    if one.confirmed_by:
        href = address_of("open_seal", child, one.public_id)
        return (Link(text="Open it to one person", href=href),)
    href = address_of("confirm_sealing", child, one.public_id)
    return (Link(text="Look at it and decide", href=href),)


def opening_entries(openings: Iterable[SealOpening], *, child: Child, at: datetime) -> list[Entry]:
    return [
        Entry(
            heading=one.staff.name,
            lines=(one.why, f"Given by {one.given_by.name}. Until {day_time(one.ends_at)}."),
            links=(
                Link(
                    text="Close it now",
                    href=address_of("close_seal", child, one.public_id),
                    about=f"for {one.staff.name}",
                ),
            ),
        )
        for one in openings
        if one.ends_at > at
    ]


def sealed_page(
    *,
    child: Child,
    person: StaffMember,
    at: datetime,
    names: list[tuple[str, str]],
    opening: SealOpening,
) -> KeptPage:
    kinds = {"preferred": "The name they liked", "legal": "Legal name",
             "also_known_as": "Also known as", "former": "A name from before"}  # fmt: skip
    return KeptPage(
        title="What is sealed",
        entries=[Entry(heading=name, lines=(kinds.get(kind, "A number"),)) for name, kind in names],
        nothing="No name and no number is sealed. The history before is open to you.",
        form_heading="",
        remark=f"Open to you until {day_time(opening.ends_at)}: {opening.why}. Do not write it "
        "anywhere else.",
        **about(child, person, at),
    )


def same_page(*, pair: PerhapsSame, settings: list[str]) -> FormPage:
    where = f"It was kept at {' and '.join(settings)}: ask there." if settings else (
        "Where it was kept is not shown."
    )  # fmt: skip
    return FormPage(
        title=f"Does Newel know {pair.child.preferred_name} from before?",
        paragraphs=(
            f"On {day(pair.asked_at)} a child was written down anew. A record that those who wrote "
            "cannot open has the same name and the same date of birth.",
            f"{where} Whoever wrote the child down has not been told.",
        ),
        points=(
            "Yes: the earlier record opens to those who look after the child now, and goes on. The "
            "new one can be read but not written to, and each points to the other. Ask the "
            "psychologist to carry over what was written on the new one, and then the manager to "
            "end its stay.",
            "No: nothing changes.",
        ),
        back=Link(text="Who sees what", href=reverse("children:governance")),
    )
