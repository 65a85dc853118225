"""Pages that ask: for an entry, an event, and who may read it. And the page of earlier wording."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.forms import NewelForm
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.scoping import rules
from newel.record.stairs.scoping.models import LifeEvent, PathwayPlace, ScopingEntry
from newel.record.stairs.scoping.presenters.filtering import KIND_WORDS
from newel.record.stairs.scoping.presenters.places import PLACE_WORDS, place_when
from newel.record.stairs.scoping.presenters.timeline_page import span_of
from newel.record.stairs.scoping.presenters.written import Written, written


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One wording of a row: as it is now, or as it was."""

    title: str
    text: str
    when: str
    kind: str
    written: Written


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Somebody else saved first. `theirs` is missing where it is not open to this person."""

    theirs: Wording | None


@dataclass(kw_only=True)
class FormPage(Page):
    conflict: Conflict | None = None
    wording: Wording | None = None
    another: bool = False
    cancel: str = ""
    # How words about time were read, before it is saved.
    read_as: str = ""
    take_back: str = ""


@dataclass(kw_only=True)
class EarlierPage(Page):
    now: Wording
    earlier: list[Wording] = field(default_factory=list)


def wording(row: LifeEvent | ScopingEntry | PathwayPlace, born_on: date | None) -> Wording:
    if isinstance(row, ScopingEntry):
        return Wording(title="", text=row.text, when="", kind="", written=written(row))
    if isinstance(row, PathwayPlace):
        return Wording(
            title=row.name,
            text=row.text,
            when=place_when(row, born_on),
            kind=PLACE_WORDS[row.kind],
            written=written(row),
        )
    span = span_of(row, born_on)
    when = rules.when_in_words(row.precision, span, row.about_age)
    said = f", “{row.when_words}”" if row.when_words else ""
    return Wording(
        title=row.title,
        text=row.text,
        when=f"{when}{said}",
        kind=KIND_WORDS[row.kind],
        written=written(row),
    )


def form_page(
    *,
    child: Child,
    form: NewelForm,
    title: str,
    visible_to: StaffMember,
    at: datetime,
    back: str = "scoping",
    another: bool = False,
    row: LifeEvent | ScopingEntry | PathwayPlace | None = None,
) -> FormPage:
    link = back_to(child, back)
    return FormPage(
        title=title,
        back=link,
        banner=banner(child=child, visible_to=visible_to, at=at),
        form=form,
        another=another,
        cancel=link.href,
        wording=wording(row, child.born_on) if row is not None else None,
    )


def earlier_page(
    *,
    child: Child,
    now: LifeEvent | ScopingEntry | PathwayPlace,
    earlier: list[LifeEvent] | list[ScopingEntry] | list[PathwayPlace],
    visible_to: StaffMember,
    at: datetime,
) -> EarlierPage:
    back = "scoping" if isinstance(now, ScopingEntry) else "timeline"
    return EarlierPage(
        title="Earlier wording",
        back=back_to(child, back),
        banner=banner(child=child, visible_to=visible_to, at=at),
        now=wording(now, child.born_on),
        earlier=[wording(row, child.born_on) for row in earlier],
    )


def back_to(child: Child, name: str) -> Link:
    text = {"scoping": "Scoping", "timeline": "Life timeline"}[name]
    return Link(text=text, href=reverse(f"scoping:{name}", args=[child.public_id]))


def read_as(form: Any, *, posted: bool) -> str:
    """Said once the words are read and before they are saved."""
    if not posted or form.errors or form.shown_before:
        return ""
    return f"This is how it was read. {form.read_as} If it is right, press Save again."


def place_address(child: Child, row: PathwayPlace | None) -> str:
    if row is None:
        return reverse("scoping:add_place", args=[child.public_id])
    return reverse("scoping:change_place", args=[child.public_id, row.public_id])


_READERS = {
    LifeEvent: "scoping:event_readers",
    ScopingEntry: "scoping:entry_readers",
    PathwayPlace: "scoping:place_readers",
}


def readers_address(child: Child, row: LifeEvent | ScopingEntry | PathwayPlace) -> str:
    return reverse(_READERS[type(row)], args=[child.public_id, row.public_id])


def take_back_address(child: Child, row: LifeEvent | PathwayPlace | None) -> str:
    if row is None:
        return ""
    name = "take_back_place" if isinstance(row, PathwayPlace) else "take_back_event"
    return reverse(f"scoping:{name}", args=[child.public_id, row.public_id])
