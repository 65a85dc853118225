"""Two judgements of one kind, one after the other in time: rating by rating, with both reasons.

It says what is rated otherwise, in the order of the form. It does not say better or worse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from newel.evidence.measures import Measure
from newel.evidence.measures.judgement import Rating, Topic
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Page
from newel.record.outcomes.models import OPEN, WHAT_IT_IS
from newel.record.outcomes.presenters.judgement.words import (
    NO_REASONS,
    age_caution,
    is_there,
    name_of_rating,
    parts_of,
    rating_in_words,
    to_judgement,
)
from newel.record.outcomes.presenters.words import about, address_of
from newel.record.outcomes.queries.judged import Judged


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One rating then and now."""

    id: str
    name: str
    changed: str
    before: str
    before_reasons: str
    now: str
    now_reasons: str


@dataclass(frozen=True, kw_only=True)
class ComparedTopic:
    label: str
    what_it_was: str
    what_it_is: str
    ratings: tuple[Compared, ...]


@dataclass(frozen=True, kw_only=True)
class ComparedGroup:
    name: str
    topics: tuple[ComparedTopic, ...]
    not_rated: tuple[str, ...]


@dataclass(kw_only=True)
class ComparePage(Page):
    said: str
    caution: str
    on_before: str
    on_now: str
    changed: tuple[tuple[str, str], ...]
    groups: tuple[ComparedGroup, ...]
    conclusions: tuple[str, str]
    print_href: str


def compare_page(
    *,
    child: Child,
    before: Judged | None,
    now: Judged,
    measure: Measure,
    person: StaffMember,
    at: datetime,
    today: date,
) -> ComparePage:
    there = before if before and before.form.version == now.form.version else None
    groups = _groups(there, now, measure) if there else ()
    return ComparePage(
        title=f"{measure.short_name}: then and now",
        caption=child.preferred_name,
        **about(child, person, at, back=to_judgement(child, now.form, measure)),
        said=_said(before, there),
        caution=age_caution(
            measure, child, on=now.form.answered_on or today, was=now.form.state != OPEN
        ),
        on_before=day(there.form.answered_on) if there else "",
        on_now=day(now.form.answered_on) if now.form.answered_on else "Now, not finished",
        changed=tuple(_changed(groups)),
        groups=groups,
        conclusions=(_conclusion(there), _conclusion(now)),
        print_href=address_of("compare_judgements", child, now.form.public_id),
    )


def _said(before: Judged | None, there: Judged | None) -> str:
    if before is None:
        return "There is no judgement of this kind before it."
    if there is None:
        return "The one before was made on another version of the form: read them one by one."
    return (
        "Rating by rating, in the order of the form. What changed is what people judged: read both "
        "reasons before you say that something changed in the young person’s life."
    )


def _conclusion(judged: Judged | None) -> str:
    return judged.about.conclusion if judged and judged.about else ""


def _groups(before: Judged, now: Judged, measure: Measure) -> tuple[ComparedGroup, ...]:
    return tuple(
        ComparedGroup(
            name=group.name,
            topics=tuple(
                _topic(one, before, now, measure)
                for one in group.topics
                if is_there(one, before, now)
            ),
            not_rated=tuple(one.label for one in group.topics if not is_there(one, before, now)),
        )
        for group in parts_of(measure)
    )


def _topic(topic: Topic, before: Judged, now: Judged, measure: Measure) -> ComparedTopic:
    return ComparedTopic(
        label=topic.label,
        what_it_was=before.words_of(topic.what_it_is, WHAT_IT_IS),
        what_it_is=now.words_of(topic.what_it_is, WHAT_IT_IS),
        ratings=tuple(_rating(topic, one, before, now, measure) for one in topic.ratings),
    )


def _rating(
    topic: Topic, rating: Rating, before: Judged, now: Judged, measure: Measure
) -> Compared:
    was, is_now = (
        rating_in_words(one.ratings.get(rating.item), measure, rating.item) for one in (before, now)
    )
    return Compared(
        id=rating.item,
        name=name_of_rating(topic, rating),
        changed="" if was == is_now else f"{was} before, {is_now.lower()} now",
        before=was,
        before_reasons=_reasons(before, rating),
        now=is_now,
        now_reasons=_reasons(now, rating),
    )


def _reasons(judged: Judged, rating: Rating) -> str:
    return judged.words_of(rating.item) or (NO_REASONS if rating.item in judged.ratings else "")


def _changed(groups: tuple[ComparedGroup, ...]) -> Iterator[tuple[str, str]]:
    for group in groups:
        for topic in group.topics:
            for one in topic.ratings:
                if one.changed:
                    yield one.id, f"{one.name}: {one.changed[:1].lower()}{one.changed[1:]}"
