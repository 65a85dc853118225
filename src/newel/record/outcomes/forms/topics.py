"""The topics of one part of a judgement as they are drawn: ratings, and the reasons beside each."""

from dataclasses import dataclass
from typing import cast

from newel.evidence.measures.judgement import Rating, Topic
from newel.record.design_system.fields import NhsBoundField, keep_first_line
from newel.record.outcomes.codes import SEEN, TAKEN_BACK
from newel.record.outcomes.forms.judging import PartForm, name_of
from newel.record.outcomes.forms.line import AnswerField
from newel.record.outcomes.forms.questions import Option
from newel.record.outcomes.models import REASONS, WHAT_IT_IS


@dataclass(frozen=True, kw_only=True)
class Words:
    id: str
    name: str
    label: str
    about: str  # for a screen reader: of which rating these words are
    value: str
    error: str
    theirs: tuple[str, str] | None
    seen_name: str
    seen_code: str


@dataclass(frozen=True, kw_only=True)
class AskedRating:
    id: str
    name: str
    legend: str
    about: str
    options: tuple[Option, ...]
    error: str
    theirs: tuple[str, str] | None
    seen_name: str
    seen_code: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class AskedTopic:
    id: str
    label: str
    what_it_is: Words | None
    ratings: tuple[AskedRating, ...]


def asked_topics(form: PartForm) -> tuple[AskedTopic, ...]:
    return tuple(_topic(form, one) for one in form.topics)


def _topic(form: PartForm, topic: Topic) -> AskedTopic:
    what = (topic.what_it_is, WHAT_IT_IS)
    return AskedTopic(
        id=topic.id,
        label=topic.label,
        what_it_is=_words(form, name_of(what), "What it is, in your words", topic.label)
        if topic.own_words
        else None,
        ratings=tuple(_rating(form, topic, one) for one in topic.ratings),
    )


def _rating(form: PartForm, topic: Topic, rating: Rating) -> AskedRating:
    name = rating.item
    bound, seen = cast(NhsBoundField, form[name]), form.seen_code(name)
    about = f"{topic.label}, {rating.name}" if rating.name else topic.label
    return AskedRating(
        id=bound.element_id,
        name=name,
        legend=rating.name[:1].upper() + rating.name[1:],
        about=about,
        options=_options(bound, str(bound.typed or ""), has_rating=bool(seen)),
        error=bound.first_error or "",
        theirs=form.meanwhile.get(name),
        seen_name=f"{SEEN}{name}",
        seen_code=seen,
        words=_words(form, name_of((name, REASONS)), "Reasons", about),
    )


def _options(bound: NhsBoundField, raw: str, *, has_rating: bool) -> tuple[Option, ...]:
    responses = cast(AnswerField, bound.field).responses
    told = [(str(one.value), one.label.capitalize()) for one in responses.options]
    if has_rating:
        told.append((TAKEN_BACK, "Not rated"))
    return tuple(
        Option(id=f"{bound.element_id}-{place}", value=value, words=words, checked=value == raw)
        for place, (value, words) in enumerate(told)
    )


def _words(form: PartForm, name: str, label: str, about: str) -> Words:
    bound = cast(NhsBoundField, form[name])
    return Words(
        id=bound.element_id,
        name=name,
        label=label,
        about=about,
        value=keep_first_line(str(bound.typed or "")),
        error=bound.first_error or "",
        theirs=form.meanwhile.get(name),
        seen_name=f"{SEEN}{name}",
        seen_code=form.seen_code(name),
    )
