"""Reading what was asked and answered. The child given is one that `children.queries` found."""

from django.db.models import Count, Prefetch, Q, QuerySet

from newel.record.children.models import Child
from newel.record.outcomes.models import (
    FINISHED,
    GIVEN,
    OPEN,
    Answer,
    Form,
    Plan,
    Talk,
)
from newel.record.outcomes.queries.goals import (
    as_asked,
    goal,
    goal_now,
    goals,
    goals_going_on,
    goals_on,
    with_goals_on,
)
from newel.record.outcomes.queries.judged import judgement_ids, with_look_again
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
    "as_asked",
    "asked_in_words",
    "begin_sitting",
    "begin_sitting_by_hash",
    "finished_forms",
    "form",
    "goal",
    "goal_now",
    "goals",
    "goals_going_on",
    "goals_on",
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
    """Each with its answers as `answers_now`, by the day they are of. Three queries. Professional
    judgements are not among them: they are read by fewer people, and never as a line."""
    rows = Form.objects.filter(child=child, state=FINISHED).exclude(measure__in=judgement_ids())
    rows = rows.order_by("answered_on", "pk")
    rows = rows.select_related("brought")
    return rows.prefetch_related(_answers_now(), with_goals_on())


def form(*, child: Child, public_id: str) -> Form | None:
    """A professional judgement has pages of its own for fewer people: `judged.judged_form`."""
    rows = Form.objects.filter(child=child, public_id=public_id)
    rows = rows.exclude(measure__in=judgement_ids())
    rows = rows.select_related("opened_by", "talk_to", "cover", "brought__file__brought_by")
    return rows.prefetch_related(_answers_now()).first()


def different_entries(*, form: Form) -> list[str]:
    """The items on which the two entries of a paper form differ; none where it was typed once."""
    entries: dict[int, dict[str, object]] = {1: {}, 2: {}}
    for one in form.answers.filter(GIVEN, is_current=True):
        entries[one.entry][one.item] = (one.value, one.declined)
    if not entries[2]:
        return []
    items = sorted(entries[1].keys() | entries[2].keys())
    return [item for item in items if entries[1].get(item) != entries[2].get(item)]


def was_typed_twice(*, form: Form) -> bool:
    return form.answers.filter(entry=2).exists()


def answers_of_entry(*, form: Form, entry: int) -> dict[str, Answer]:
    """item -> what stands there now."""
    rows = form.answers.filter(GIVEN, is_current=True, entry=entry).select_related("written_by")
    return {one.item: one for one in rows}


def plan(*, child: Child, public_id: str) -> Plan | None:
    return Plan.objects.filter(child=child, public_id=public_id).first()


def ended_plans(*, child: Child, judgements: bool = False) -> QuerySet[Plan]:
    """Those that were ended, the latest first; of professional judgements only if asked for."""
    rows = Plan.objects.filter(child=child, ended_at__isnull=False)
    if not judgements:
        rows = rows.exclude(measure__in=judgement_ids())
    return rows.select_related("ended_by").order_by("-ended_at", "-pk")


def forms_now_and_before(*, child: Child, judgements: bool = False) -> QuerySet[Form]:
    """Every form of this child, the latest first, with how many questions have an answer; and for
    forms of goals how many it asks. Professional judgements only if asked for, with the day on
    which each is looked at again."""
    answered = Count(
        "answers",
        distinct=True,
        filter=Q(answers__is_current=True, answers__entry=1)
        & (Q(answers__value__isnull=False) | Q(answers__declined=True)),
    )
    rows = with_look_again(Form.objects.filter(child=child))
    if not judgements:
        rows = rows.exclude(measure__in=judgement_ids())
    rows = rows.annotate(answered=answered, goals_asked=Count("goals", distinct=True))
    return rows.select_related("opened_by").order_by("-opened_at", "-pk")


def waiting_talks(*, child: Child) -> QuerySet[Talk]:
    rows = Talk.objects.filter(child=child, seen_at=None)
    return rows.select_related("form__talk_to", "form__cover", "answer").order_by("asked_at", "pk")


def _answers_now() -> Prefetch:
    """Without those that only take one back: such an item is unanswered."""
    rows = Answer.objects.filter(GIVEN, is_current=True, entry=1).order_by("pk")
    return Prefetch("answers", queryset=rows, to_attr="answers_now")
