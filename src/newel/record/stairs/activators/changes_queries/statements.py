"""What has changed in the statements: agreed, reworded, confirmed, linked, run out, retired."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast

from newel.record.children.changed_rows import (
    Asked,
    ReadableRows,
    day_after,
    of_children,
    readable_by_reader,
    said,
    written_in,
)
from newel.record.children.changes import HISTORY, UNDERSTANDING, Change, Quote
from newel.record.stairs.activators.map_models import SHOWS, SeenNote
from newel.record.stairs.activators.models import AGREED, KINDS, Confirmation, Evidence, Statement
from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.queries import HELD_BACK

_KINDS, _SHOWS = dict(KINDS), dict(SHOWS)


def _statements(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    wanted = written_in(about, "written_at", "agreed_at", "ended_at") | _ran_out(about)
    rows = Statement.objects.filter(
        readable_by_reader(about, restricted=restricted),
        wanted,
        of_children(about),
        replaced_by__isnull=True,  # the words in its place are told instead
    )
    return rows.annotate(
        before_agreed_at=F("replaces__agreed_at"),
        writer=F("written_by__name"),
        agreer=F("agreed_by__name"),
        ender=F("ended_by__name"),
    ).values_list(
        "pk", "child_id", "public_id", "text", "kind", "whose_words", "sharing_level", "state",
        "time", "written_at", "agreed_at", "ended_at", "ended_because", "confirm_by",
        "replaces_id", "before_agreed_at", "writer", "agreer", "ender",
    )  # fmt: skip


def _ran_out(about: Asked) -> Q:
    """Whose last day lies in the period: the day after it, they are out of date."""
    ended = Q(confirm_by__gte=about.before, confirm_by__lt=about.last)
    return Q(ended, state=AGREED, time="present")


def tell_statement(row: Any) -> Iterator[Change]:
    if row.agreed_at is None and row.ended_at is None:  # else that is told
        what = "A draft was put in new words" if row.replaces_id else "A draft was written"
        yield _statement(row, "wrote", row.written_at, what, by=row.writer)
    if row.agreed_at is not None:
        what = "Put in new words" if row.before_agreed_at else "Agreed"
        yield _statement(row, "agreed", row.agreed_at, what, by=row.agreer)
    if row.state == AGREED and row.time == "present":
        yield _statement(row, "ran_out", day_after(row.confirm_by), "No longer confirmed, ask")
    if row.ended_at is not None:
        what = "No longer used" if row.agreed_at else "A draft was withdrawn"
        why = Quote(text=row.ended_because, asked="Why")
        yield _statement(row, "ended", row.ended_at, what, why, by=row.ender)


def _statement(row: Any, act: str, at: datetime, what: str, *more: Quote, by: str = "") -> Change:
    return Change(
        child_id=row.child_id,
        at=at,
        what=f"{what}: {_KINDS[row.kind]}",
        key=f"statement:{row.pk}:{act}",
        rank=UNDERSTANDING,
        words=(Quote(text=row.text), *(quote for quote in more if quote.text)),
        by=by,
        childs_own_words=row.whose_words == "child",
        place="activators:statement",
        place_ids=(row.public_id,),
        held_back=row.sharing_level in HELD_BACK,
    )


_OF_STATEMENT = (
    "statement__public_id", "statement__text", "statement__kind", "statement__whose_words",
    "statement__sharing_level",
)  # fmt: skip


def _seen(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    """What somebody saw: a confirmation, or a note that backs a statement or speaks against it;
    and a life event that somebody linked to a statement."""
    readable = readable_by_reader(about, restricted=restricted)
    statements = Statement.objects.filter(readable, of_children(about))
    which = Q(written_in(about, "written_at"), of_children(about), statement__in=statements)
    return _confirmed(which).union(_noted(which), _linked(about, which, readable), all=True)


def _confirmed(which: Q) -> QuerySet[Any]:
    """First of the three: its names are those of the columns."""
    rows = Confirmation.objects.filter(which).annotate(
        of=said("seen"), public_id=F("statement__public_id"), text=F("statement__text"),
        kind=F("statement__kind"), whose_words=F("statement__whose_words"),
        sharing_level=F("statement__sharing_level"), by=F("confirmed_by__name"), shows=said(""),
        event=said(""), event_level=said(""), note=said(""),
    )  # fmt: skip
    return rows.values_list(
        "of",
        "pk",
        "child_id",
        "written_at",
        "what_was_seen",
        "public_id",
        "text",
        "kind",
        "whose_words",
        "sharing_level",
        "by",
        "shows",
        "event",
        "event_level",
        "note",
    )


def _noted(which: Q) -> QuerySet[Any]:
    rows = SeenNote.objects.filter(which).annotate(
        of=said("noted"), event=said(""), event_level=said(""), note=said("")
    )
    return rows.values_list(
        "of", "pk", "child_id", "written_at", "text", *_OF_STATEMENT,
        "written_by__name", "shows", "event", "event_level", "note",
    )  # fmt: skip


def _linked(about: Asked, which: Q, readable: Q) -> QuerySet[Any]:
    """To statements that stand. An event that is held back from the reader is not told, nor the
    note about it (H8); of one that has since been put in other words, only that it was linked."""
    events = LifeEvent.objects.filter(readable, of_children(about))
    rows = Evidence.objects.filter(which, event__in=events, statement__is_current=True)
    as_it_stands = Q(event__is_current=True)
    return rows.annotate(
        of=said("linked"), seen=said(""), title=_where(as_it_stands, "event__title"),
        about_it=_where(as_it_stands, "note"),
    ).values_list(
        "of", "pk", "child_id", "written_at", "seen", *_OF_STATEMENT,
        "written_by__name", "shows", "title", "event__sharing_level", "about_it",
    )  # fmt: skip


def _where(condition: Q, name: str) -> Case:
    return Case(When(condition, then=Cast(name, TextField())), default=said(""))


def tell_seen(row: Any) -> Iterator[Change]:
    yield _TELL_SEEN[row.of](row)


def _tell_confirmed(row: Any) -> Change:
    return _about_statement(row, "Confirmed", Quote(text=row.what_was_seen, asked="Seen"))


def _tell_noted(row: Any) -> Change:
    what = f"Something was seen. {_SHOWS[row.shows]}"
    return _about_statement(row, what, Quote(text=row.what_was_seen, asked="Seen"))


def _tell_linked(row: Any) -> Change:
    """What backs a statement is told after the statements themselves: often many at once."""
    event = Quote(text=row.event, asked="The event")
    note = Quote(text=row.note, asked="In what way")
    what = f"A life event was linked. {_SHOWS[row.shows]}"
    told = _about_statement(row, what, event, note)
    return replace(told, rank=HISTORY) if row.shows == "for" else told


def _about_statement(row: Any, what: str, *more: Quote) -> Change:
    told = _statement(row, row.of, row.written_at, what, *more, by=row.by)
    return replace(told, held_back=told.held_back or row.event_level in HELD_BACK)


_TELL_SEEN = {"seen": _tell_confirmed, "noted": _tell_noted, "linked": _tell_linked}
STATEMENTS = ReadableRows(_statements)
SEEN = ReadableRows(_seen)
