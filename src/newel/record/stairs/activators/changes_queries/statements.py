"""What has changed in the statements: agreed, reworded, confirmed, seen, run out, retired."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from newel.record.children.changed_rows import (
    Asked,
    ReadableRows,
    day_after,
    of_children,
    readable_by_reader,
    written_in,
)
from newel.record.children.changes import UNDERSTANDING, Change, Quote
from newel.record.stairs.activators.map_models import SHOWS, SeenNote
from newel.record.stairs.activators.models import AGREED, KINDS, Confirmation, Statement
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


def _seen(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    """What somebody saw: a confirmation, or a note that backs a statement or speaks against it."""
    readable = Statement.objects.filter(
        readable_by_reader(about, restricted=restricted), of_children(about)
    )
    which = Q(written_in(about, "written_at"), of_children(about), statement__in=readable)
    confirmed = Confirmation.objects.filter(which).annotate(
        public_id=F("statement__public_id"),
        text=F("statement__text"),
        kind=F("statement__kind"),
        whose_words=F("statement__whose_words"),
        sharing_level=F("statement__sharing_level"),
        by=F("confirmed_by__name"),
        shows=Cast(Value(""), TextField()),
    )
    noted = SeenNote.objects.filter(which)
    return confirmed.values_list(
        "pk", "child_id", "written_at", "what_was_seen", "public_id", "text", "kind",
        "whose_words", "sharing_level", "by", "shows",
    ).union(
        noted.values_list(
            "pk", "child_id", "written_at", "text", "statement__public_id", "statement__text",
            "statement__kind", "statement__whose_words", "statement__sharing_level",
            "written_by__name", "shows",
        ),
        all=True,
    )  # fmt: skip


def tell_seen(row: Any) -> Iterator[Change]:
    seen = Quote(text=row.what_was_seen, asked="Seen")
    if row.shows:
        what = f"Something was seen. {_SHOWS[row.shows]}"
        yield _statement(row, "noted", row.written_at, what, seen, by=row.by)
    else:
        yield _statement(row, "seen", row.written_at, "Confirmed", seen, by=row.by)


STATEMENTS = ReadableRows(_statements)
SEEN = ReadableRows(_seen)
