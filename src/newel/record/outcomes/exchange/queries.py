"""Reading what can leave, what left, and what came in. The child given is one that
`children.queries` found."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child, Identifier
from newel.record.outcomes.exchange.models import BroughtFile, BroughtForm, GivenOut
from newel.record.outcomes.models import FINISHED, GIVEN, Answer, Form, Judgement, Reason
from newel.record.outcomes.queries.goals import with_goals_on
from newel.record.outcomes.queries.judged import judgement_ids


def forms_here(*, child: Child) -> QuerySet[Form]:
    """Every form of the child with all that a file tells of it. Five queries, however many."""
    answers = Answer.objects.filter(GIVEN, is_current=True, entry=1).order_by("pk")
    words = Reason.objects.filter(is_current=True).order_by("pk")
    about = Judgement.objects.filter(is_current=True)
    rows = Form.objects.filter(child=child).select_related("brought")
    return rows.prefetch_related(
        Prefetch("answers", queryset=answers, to_attr="answers_now"),
        Prefetch("reasons", queryset=words, to_attr="words_now"),
        Prefetch("judgements", queryset=about, to_attr="about_now"),
        with_goals_on(),
    ).order_by("measure", "answered_on", "opened_at", "pk")


def forms_to_give(
    *, child: Child, measures: Sequence[str], since: date | None, with_unfinished: bool
) -> QuerySet[Form]:
    """By questionnaire and day. A form that has no day yet counts from the day it was begun."""
    rows = forms_here(child=child).filter(measure__in=measures)
    if not with_unfinished:
        rows = rows.filter(state=FINISHED)
    if since is not None:
        rows = rows.filter(
            Q(answered_on__gte=since) | Q(answered_on=None, opened_at__date__gte=since)
        )
    return rows


def measures_with_forms(*, child: Child, judgements: bool) -> list[tuple[str, int, int]]:
    """Of each measure its id, how many forms are finished, and how many are not. Professional
    judgements only for those who may read them; so with all that follows."""
    rows = Form.objects.filter(child=child)
    if not judgements:
        rows = rows.exclude(measure__in=judgement_ids())
    counted = rows.values("measure").annotate(
        finished=Count("pk", filter=Q(state=FINISHED)),
        others=Count("pk", filter=~Q(state=FINISHED)),
    )
    return list(counted.order_by("measure").values_list("measure", "finished", "others"))


def given_out(*, child: Child, judgements: bool) -> QuerySet[GivenOut]:
    """The latest first."""
    rows = GivenOut.objects.filter(child=child).select_related("made_by")
    if not judgements:
        rows = rows.exclude(measures__overlap=judgement_ids())
    return rows.order_by("-made_at", "-pk")


def one_given_out(*, child: Child, public_id: str, made_by: StaffMember) -> GivenOut | None:
    rows = given_out(child=child, judgements=made_by.may(Capability.JUDGE))
    return rows.filter(public_id=public_id, made_by=made_by).first()


def brought_files(*, child: Child, judgements: bool) -> QuerySet[BroughtFile]:
    """The latest first, each with how many forms came in. A file with nothing but judgements is
    shown only to those who may read them."""
    counted = Q() if judgements else ~Q(forms__form__measure__in=judgement_ids())
    rows = BroughtFile.objects.filter(child=child).select_related("brought_by")
    rows = rows.annotate(number=Count("forms", filter=counted), every=Count("forms"))
    return rows.exclude(number=0, every__gt=0).order_by("-brought_at", "-pk")


def brought_file(*, child: Child, public_id: str, judgements: bool) -> BroughtFile | None:
    rows = brought_files(child=child, judgements=judgements)
    return rows.filter(public_id=public_id).first()


def forms_of_file(*, file: BroughtFile, judgements: bool) -> QuerySet[BroughtForm]:
    rows = BroughtForm.objects.filter(file=file).select_related("form")
    if not judgements:
        rows = rows.exclude(form__measure__in=judgement_ids())
    return rows.order_by("form__measure", "form__answered_on", "pk")


def nhs_numbers(*, child: Child) -> list[str]:
    rows = Identifier.objects.filter(child=child, system=Identifier.NHS_NUMBER)
    return list(rows.values_list("value", flat=True))
