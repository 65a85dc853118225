"""Reading what was asked and answered. The child given is one that `children.queries` found."""

from django.db.models import Prefetch, QuerySet

from newel.record.children.models import Child
from newel.record.outcomes.models import FINISHED, OPEN, Answer, Form, Plan, Talk
from newel.record.outcomes.queries.sittings import (
    answers_now,
    asked_in_words,
    begin_sitting,
    begin_sitting_by_hash,
    leave_sitting,
    open_sitting,
    why_closed,
)

__all__ = [
    "answers_now",
    "asked_in_words",
    "begin_sitting",
    "begin_sitting_by_hash",
    "finished_forms",
    "form",
    "leave_sitting",
    "open_forms",
    "open_sitting",
    "plans",
    "waiting_talks",
    "why_closed",
]


def plans(*, child: Child) -> QuerySet[Plan]:
    """Those that go on, the oldest first."""
    return Plan.objects.filter(child=child, ended_at=None).order_by("planned_at", "pk")


def open_forms(*, child: Child) -> QuerySet[Form]:
    return Form.objects.filter(child=child, state=OPEN).order_by("opened_at", "pk")


def finished_forms(*, child: Child) -> QuerySet[Form]:
    """Each with its answers as `answers_now`, by the day they are of. Two queries."""
    rows = Form.objects.filter(child=child, state=FINISHED).order_by("answered_on", "pk")
    return rows.prefetch_related(_answers_now())


def form(*, child: Child, public_id: str) -> Form | None:
    rows = Form.objects.filter(child=child, public_id=public_id)
    rows = rows.select_related("opened_by", "talk_to", "cover")
    return rows.prefetch_related(_answers_now()).first()


def waiting_talks(*, child: Child) -> QuerySet[Talk]:
    rows = Talk.objects.filter(child=child, seen_at=None)
    return rows.select_related("form__talk_to", "form__cover", "answer").order_by("asked_at", "pk")


def _answers_now() -> Prefetch:
    rows = Answer.objects.filter(is_current=True, entry=1).order_by("pk")
    return Prefetch("answers", queryset=rows, to_attr="answers_now")
