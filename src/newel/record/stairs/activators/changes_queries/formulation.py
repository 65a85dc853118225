"""What has changed around the formulation: a version agreed, what should be done and what became of
it, and what somebody does not agree with. One query for all three."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast

from newel.record.children.changed_rows import (
    Asked,
    ReadableRows,
    day_after,
    nothing,
    of_children,
    readable_by_reader,
    said,
    written_in,
)
from newel.record.children.changes import UNDERSTANDING, Change, Quote
from newel.record.design_system.dates import day
from newel.record.stairs.activators.models import (
    DONE,
    OPEN,
    DifferingView,
    FormulationVersion,
    Recommendation,
    Statement,
)
from newel.record.stairs.activators.rules import said_by_in_words
from newel.record.stairs.scoping.queries import HELD_BACK


def _rows(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    readable = readable_by_reader(about, restricted=restricted)
    return _versions(about).union(
        _recommendations(about, readable), _views(about, readable), all=True
    )


def _versions(about: Asked) -> QuerySet[Any]:
    """The team reads every summary: the table allows no narrower level."""
    rows = FormulationVersion.objects.filter(written_in(about, "agreed_at"), of_children(about))
    return rows.annotate(
        of=said("version"), text=F("summary"), level=F("summary_level"), whose_words=said("adult"),
        statement_id=said(""), statement_level=said(""), who=Cast("number", CharField()),
        day=F("agreed_on"), written_at=F("agreed_at"), by=F("agreed_by__name"),
        replaces_id=nothing(BigIntegerField()), became=said(""), because=said(""),
        closed_at=nothing(DateTimeField()), closed_by=said(""),
    ).values_list(
        "of", "pk", "child_id", "public_id", "text", "level", "whose_words", "statement_id",
        "statement_level", "who", "day", "written_at", "by", "replaces_id", "became", "because",
        "closed_at", "closed_by",
    )  # fmt: skip


def _recommendations(about: Asked, readable: Q) -> QuerySet[Any]:
    """In the words that they have now. Also those whose day passed, and nothing was written."""
    due = Q(by_when__gte=about.before, by_when__lt=about.last, became=OPEN)
    rows = Recommendation.objects.filter(
        readable,
        written_in(about, "written_at", "outcome_at") | due,
        of_children(about),
        is_current=True,
    )
    return rows.annotate(
        of=said("recommendation"), statement_id=said(""), statement_level=said("")
    ).values_list(
        "of", "pk", "child_id", "public_id", "text", "sharing_level", "whose_words",
        "statement_id", "statement_level", "name", "by_when", "written_at", "written_by__name",
        "replaces_id", "became", "outcome", "outcome_at", "outcome_by__name",
    )  # fmt: skip


def _views(about: Asked, readable: Q) -> QuerySet[Any]:
    """What is said against a statement is read by those who read both."""
    statements = Statement.objects.filter(readable, of_children(about))
    rows = DifferingView.objects.filter(
        readable,
        Q(statement__isnull=True) | Q(statement__in=statements),
        written_in(about, "written_at", "settled_at"),
        of_children(about),
    )
    return rows.annotate(of=said("view"), became=said("")).values_list(
        "of", "pk", "child_id", "public_id", "text", "sharing_level", "whose_words",
        "statement__public_id", "statement__sharing_level", "whose", "written_at__date",
        "written_at", "written_by__name", "replaces_id", "became", "settled_because",
        "settled_at", "settled_by__name",
    )  # fmt: skip


def tell_formulation(row: Any) -> Iterator[Change]:
    yield from _TELL[row.of](row)


def _tell_version(row: Any) -> Iterator[Change]:
    what = f"The formulation was agreed on {day(row.day)}: version {row.who}"
    place = ("activators:version", row.public_id)
    yield _change(row, "agreed", row.written_at, what, by=row.by, place=place)


def _tell_recommendation(row: Any) -> Iterator[Change]:
    if row.closed_at is None:  # else that is told
        act = "A recommendation was changed" if row.replaces_id else "A recommendation was written"
        what = f"{act}: {row.who}, by {day(row.day)}"
        yield _change(row, "wrote", row.written_at, what, by=row.by)
        what = f"A recommendation was to be done by {day(row.day)}, and is not done: {row.who}"
        yield _change(row, "due", day_after(row.day), what)
    else:
        became_of_it = "was done" if row.became == DONE else "is not done, and not going to be"
        what = f"A recommendation {became_of_it}: {row.who}"
        became = Quote(text=row.because, asked="What became of it")
        yield _change(row, "closed", row.closed_at, what, became, by=row.closed_by)


def _tell_view(row: Any) -> Iterator[Change]:
    place = ("activators:statement", row.statement_id) if row.statement_id else _FORMULATION
    whose = said_by_in_words(row.who)
    if row.closed_at is None:  # else that is told
        what = f"Not agreed. {whose}"
        yield _change(row, "wrote", row.written_at, what, by=row.by, place=place)
    else:
        what = f"What was not agreed is settled. {whose}"
        how = Quote(text=row.because, asked="How it was settled")
        yield _change(row, "settled", row.closed_at, what, how, by=row.closed_by, place=place)


_FORMULATION = ("activators:formulation",)
_TELL = {"version": _tell_version, "recommendation": _tell_recommendation, "view": _tell_view}


def _change(
    row: Any,
    act: str,
    at: datetime,
    what: str,
    *more: Quote,
    by: str = "",
    place: tuple[str, ...] = _FORMULATION,
) -> Change:
    return Change(
        child_id=row.child_id,
        at=at,
        what=what,
        key=f"{row.of}:{row.pk}:{act}",
        rank=UNDERSTANDING,
        words=(Quote(text=row.text), *more),
        by=by,
        childs_own_words=row.whose_words == "child",
        place=place[0],
        place_ids=place[1:],
        held_back=row.level in HELD_BACK or row.statement_level in HELD_BACK,
    )


FORMULATION = ReadableRows(_rows)
