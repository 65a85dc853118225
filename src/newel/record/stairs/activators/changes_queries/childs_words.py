"""What the child said: written down, read back to the child, or taken back, and what an adult put
beside it. One query.

The words are told whole, as the child's own, to those who may read them. What was taken back the
database shows to nobody, and only that it was is told.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from newel.record.children.changed_rows import (
    Asked,
    ReadableRows,
    nothing,
    of_children,
    readable_by_reader,
    said,
    written_in,
)
from newel.record.children.changes import UNDERSTANDING, Change, Quote
from newel.record.stairs.activators.words_models import (
    OUTCOMES,
    AdultView,
    ChildsWords,
    WordsChecked,
    WordsTakenBack,
)
from newel.record.stairs.scoping.queries import HELD_BACK

_OUTCOMES = dict(OUTCOMES)
_NOT_CHECKED = "Not yet checked with the child"


def _rows(about: Asked, *, restricted: bool) -> QuerySet[Any]:
    """Of what the child says now. A wording that the child has since put in others is not told."""
    now = ChildsWords.objects.filter(
        readable_by_reader(about, restricted=restricted), of_children(about), is_current=True
    )
    return _written(about, now).union(
        _checked(about, now), _beside(about, now), _taken_back(about), all=True
    )


def _written(about: Asked, now: QuerySet[ChildsWords]) -> QuerySet[Any]:
    checks = WordsChecked.objects.filter(words=OuterRef("pk")).order_by("-checked_on", "-pk")
    came_of_it = Coalesce(Subquery(checks.values("outcome")[:1]), Value(""))
    rows = now.filter(written_in(about, "written_at"))
    return rows.annotate(
        of=said("said"), outcome=came_of_it, answer=said(""), by=F("written_by__name")
    ).values_list(
        "of", "pk", "child_id", "words", "sharing_level", "written_at", "replaces_id", "outcome",
        "answer", "by",
    )  # fmt: skip


def _checked(about: Asked, now: QuerySet[ChildsWords]) -> QuerySet[Any]:
    rows = WordsChecked.objects.filter(
        written_in(about, "written_at"), of_children(about), words__in=now
    )
    return rows.annotate(of=said("checked")).values_list(
        "of", "pk", "child_id", "words__words", "words__sharing_level", "written_at",
        "words__replaces_id", "outcome", "what_child_said", "checked_by__name",
    )  # fmt: skip


def _beside(about: Asked, now: QuerySet[ChildsWords]) -> QuerySet[Any]:
    """An adult's view, for whoever reads the words themselves."""
    rows = AdultView.objects.filter(
        written_in(about, "written_at"), of_children(about), words__in=now
    )
    return rows.annotate(of=said("beside"), outcome=said("")).values_list(
        "of", "pk", "child_id", "words__words", "words__sharing_level", "written_at",
        "words__replaces_id", "outcome", "text", "written_by__name",
    )  # fmt: skip


def _taken_back(about: Asked) -> QuerySet[Any]:
    rows = WordsTakenBack.objects.filter(written_in(about, "written_at"), of_children(about))
    return rows.annotate(
        of=said("taken"), words=said(""), level=said(""), replaces_id=nothing(BigIntegerField()),
        outcome=said(""), answer=said(""),
    ).values_list(
        "of", "pk", "child_id", "words", "level", "written_at", "replaces_id", "outcome", "answer",
        "written_by__name",
    )  # fmt: skip


def tell_words(row: Any) -> Iterator[Change]:
    yield Change(
        child_id=row.child_id,
        at=row.written_at,
        what=_WHAT[row.of](row),
        key=f"words:{row.pk}:{row.of}",
        rank=UNDERSTANDING,
        words=tuple(_quotes(row)),
        by=row.by,
        childs_own_words=bool(row.words),
        place="activators:childs_words",
        held_back=row.sharing_level in HELD_BACK,
    )


def _said(row: Any) -> str:
    what = "The child says it differently now" if row.replaces_id else "The child said something"
    return f"{what}. {_OUTCOMES.get(row.outcome, _NOT_CHECKED)}"


def _read_back(row: Any) -> str:
    return f"The child’s words were read back. {_OUTCOMES[row.outcome]}"


def _was_taken_back(_: Any) -> str:
    return "The child took something back that was written down"


def _was_put_beside(_: Any) -> str:
    return "An adult wrote beside the child’s words"


_WHAT = {
    "said": _said,
    "checked": _read_back,
    "beside": _was_put_beside,
    "taken": _was_taken_back,
}
_ASKED = {
    "checked": "The child, when it was read back",
    "beside": "What an adult thinks",
}


def _quotes(row: Any) -> Iterator[Quote]:
    if row.words:
        yield Quote(text=row.words)
    if row.answer:
        yield Quote(text=row.answer, asked=_ASKED[row.of])


CHILDS_WORDS = ReadableRows(_rows)
