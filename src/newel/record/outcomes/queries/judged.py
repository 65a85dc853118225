"""Reading professional judgements: the ratings, the reasons beside them, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from newel.evidence.measures import UnknownMeasure, measure, measures
from newel.evidence.measures.judgement import Rating, Topic, topics
from newel.record.children.models import Child
from newel.record.outcomes.models import (
    FINISHED,
    GIVEN,
    REASONS,
    WHAT_IT_IS,
    Answer,
    Form,
    Judgement,
    Reason,
)

Spot = tuple[str, str]  # an item, and which of the texts beside it


@dataclass(frozen=True)
class Judged:
    """A judgement as it stands."""

    form: Form
    ratings: Mapping[str, Answer]
    words: Mapping[Spot, Reason]
    about: Judgement | None

    def words_of(self, item: str, part: str = REASONS) -> str:
        found = self.words.get((item, part))
        return found.text if found else ""


@dataclass(frozen=True)
class Lack:
    """What keeps a judgement from being finished. spot: where it is written, None for the whole."""

    sentence: str
    spot: Spot | None = None


def judgement_ids() -> list[str]:
    return [one.id for one in measures() if one.is_judgement]


def is_judgement(id: str) -> bool:
    try:
        return measure(id).is_judgement
    except UnknownMeasure:
        return False


def judged_form(*, child: Child, public_id: str) -> Form | None:
    rows = Form.objects.filter(child=child, public_id=public_id, measure__in=judgement_ids())
    rows = rows.select_related("opened_by", "plan", "brought__file__brought_by")
    return rows.prefetch_related(*_all_of_it()).first()


def judged(form: Form) -> Judged:
    """Of a form that `judged_form` or `judgements` found: no query. Else four."""
    found: Any = form
    if not hasattr(form, "words_now"):
        found = Form.objects.prefetch_related(*_all_of_it()).get(pk=form.pk)
    return Judged(
        found,
        {one.item: one for one in found.answers_now},
        {(one.item, one.part): one for one in found.words_now if one.text},
        next(iter(found.about_now), None),
    )


def judgements(*, child: Child) -> QuerySet[Form]:
    """Those that were finished, the latest first, each with all of it. Four queries."""
    rows = Form.objects.filter(child=child, state=FINISHED, measure__in=judgement_ids())
    return rows.prefetch_related(*_all_of_it()).order_by("-answered_on", "-ended_at", "-pk")


def before(form: Form) -> Form | None:
    """The judgement of the same kind that was finished before this one."""
    rows = Form.objects.filter(child=form.child_id, measure=form.measure, state=FINISHED)
    rows = rows.exclude(pk=form.pk)
    if form.answered_on is not None:
        until = Q(answered_on__lt=form.answered_on)
        until |= Q(answered_on=form.answered_on, ended_at__lt=form.ended_at)
        rows = rows.filter(until)
    rows = rows.order_by("-answered_on", "-ended_at")
    return rows.prefetch_related(*_all_of_it()).first()


def later(form: Form) -> Form | None:
    """The last one of the same kind after this one: that one counts, and this no more."""
    if form.answered_on is None or form.state != FINISHED:
        return None
    rows = Form.objects.filter(child=form.child_id, measure=form.measure, state=FINISHED)
    after = Q(answered_on__gt=form.answered_on)
    after |= Q(answered_on=form.answered_on, ended_at__gt=form.ended_at)
    return rows.filter(after).order_by("answered_on", "ended_at").last()


def with_look_again(rows: QuerySet[Form]) -> QuerySet[Form]:
    now = Judgement.objects.filter(form=OuterRef("pk"), is_current=True)
    return rows.annotate(look_again_on=Subquery(now.values("look_again_on")[:1]))


def earlier_words(*, form: Form) -> QuerySet[Reason]:
    """What was written beside the ratings and then changed, in the order of writing."""
    rows = Reason.objects.filter(form=form, is_current=False).exclude(text="")
    return rows.select_related("written_by").order_by("written_at", "pk")


def about_judgement(*, form: Form) -> Judgement | None:
    rows = Judgement.objects.filter(form=form, is_current=True)
    return rows.select_related("written_by").first()


def lacks(*, form: Form) -> list[Lack]:
    """What a judgement still needs before it is finished; of anything else, nothing."""
    if not is_judgement(form.measure):
        return []
    return lacks_of(judged(form))


def lacks_of(now: Judged) -> list[Lack]:
    return [*lacking_words(now), *lacking_about(now.about)]


def lacking_words(now: Judged) -> list[Lack]:
    """Every rating needs its reasons; one that is left out needs none."""
    found = [one for topic in topics(measure(now.form.measure)) for one in _of_topic(topic, now)]
    return found if now.ratings else [Lack("Nothing is rated yet.")]


def _of_topic(topic: Topic, now: Judged) -> Iterator[Lack]:
    rated = [one for one in topic.ratings if _is_rated(one, now)]
    what = (topic.what_it_is, WHAT_IT_IS)
    if rated and topic.own_words and not now.words_of(*what):
        yield Lack(f"Say in words what this is: {topic.label}", what)
    for one in rated:
        if not now.words_of(one.item):
            name = f"{topic.label}, {one.name}" if one.name else topic.label
            yield Lack(f"Give the reasons: {name}", (one.item, REASONS))


def _is_rated(rating: Rating, now: Judged) -> bool:
    answer = now.ratings.get(rating.item)
    if answer is None or answer.value is None:
        return False
    return not rating.is_left_out(float(answer.value))


def lacking_about(about: Judgement | None) -> list[Lack]:
    about = about or Judgement()
    wanted = (
        (about.assessors, "Say who assessed."),
        (about.are_trained, "Say that everybody who assessed is trained for it."),
        (about.sources_used or about.more_sources, "Say which information it was made from."),
        (about.heard, "Say whether the young person was heard."),
        (
            about.heard_words or about.heard in ("", "heard"),
            "Say in words why the young person was not heard.",
        ),
        (about.look_again_on, "Say when it is looked at again."),
    )
    return [Lack(sentence) for there, sentence in wanted if not there]


def _all_of_it() -> tuple[Prefetch, Prefetch, Prefetch]:
    answers = Answer.objects.filter(GIVEN, is_current=True, entry=1).select_related("written_by")
    words = Reason.objects.filter(is_current=True).select_related("written_by")
    about = Judgement.objects.filter(is_current=True).select_related("written_by")
    return (
        Prefetch("answers", queryset=answers.order_by("pk"), to_attr="answers_now"),
        Prefetch("reasons", queryset=words, to_attr="words_now"),
        Prefetch("judgements", queryset=about, to_attr="about_now"),
    )
