"""A judgement as it is read: who judged, from what, each rating in words with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from newel.evidence.measures import Measure
from newel.evidence.measures.judgement import Group, Rating, Topic
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.outcomes.exchange.presenters.files import brought_rows
from newel.record.outcomes.models import (
    FINISHED,
    HEARD,
    OPEN,
    REASONS,
    SOURCES,
    WHAT_IT_IS,
    Form,
    Judgement,
    Reason,
)
from newel.record.outcomes.presenters.judgement.making import Part, list_of_parts
from newel.record.outcomes.presenters.judgement.words import (
    NO_REASONS,
    NOT_RATED,
    NOTHING_IS_ADDED,
    age_caution,
    is_there,
    parts_of,
    rating_in_words,
    to_part,
)
from newel.record.outcomes.presenters.words import about, address_of
from newel.record.outcomes.queries.judged import Judged, Lack


@dataclass(frozen=True, kw_only=True)
class ReadRating:
    name: str
    said: str
    reasons: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ReadTopic:
    label: str
    what_it_is: str
    ratings: tuple[ReadRating, ...]


@dataclass(frozen=True, kw_only=True)
class ReadGroup:
    name: str
    topics: tuple[ReadTopic, ...]
    not_rated: tuple[str, ...]


@dataclass(kw_only=True)
class JudgementPage(Page):
    next_thing: Link | None
    next_why: str
    stands: tuple[str, ...]
    out_of_date: str
    later: Link | None
    caution: str
    nothing_is_added: str
    rows: tuple[SummaryRow, ...]
    conclusion: str
    parts: tuple[Part, ...]
    groups: tuple[ReadGroup, ...]
    earlier: tuple[tuple[str, str, str], ...]
    links: tuple[Link, ...]
    labels_only: bool
    one_page: str
    print_href: str
    foot: str
    name: str


def judgement_page(
    *,
    child: Child,
    now: Judged,
    measure: Measure,
    lacks: Sequence[Lack],
    earlier: Sequence[Reason],
    has_before: bool,
    later: Form | None,
    person: StaffMember,
    at: datetime,
    today: date,
) -> JudgementPage:
    form, is_open = now.form, now.form.state == OPEN
    next_thing, why = _next(child, now, measure, lacks)
    return JudgementPage(
        title=f"{measure.short_name}: {child.preferred_name}",
        heading=measure.name,
        caption="Professional judgement",
        **about(child, person, at),
        next_thing=next_thing,
        next_why=why,
        stands=stands_in_words(now),
        out_of_date=out_of_date(now, later, today),
        later=_later(child, later),
        caution=age_caution(measure, child, on=form.answered_on or today, was=not is_open),
        nothing_is_added=NOTHING_IS_ADDED,
        rows=(*_rows(now), *_brought(form, child)),
        conclusion=now.about.conclusion if now.about else "",
        parts=list_of_parts(child, now, measure) if is_open else (),
        groups=read_groups(now, measure),
        earlier=tuple(_earlier(one, measure) for one in earlier),
        links=_links(child, now, has_before),
        labels_only=not form.has_wording,
        one_page=reverse("activators:one_page", args=[child.public_id]),
        print_href=address_of("judgement", child, form.public_id),
        foot=_foot(now, measure, person, at),
        name=child.preferred_name,
    )


def _brought(form: Form, child: Child) -> tuple[SummaryRow, ...]:
    brought = getattr(form, "brought", None)
    return brought_rows(brought, child) if brought else ()


def stands_in_words(now: Judged) -> tuple[str, ...]:
    form = now.form
    if form.state == OPEN:
        return (f"Begun on {day(form.opened_at)} by {form.opened_by.name}, and not finished.",)
    if form.state != FINISHED:
        return (f"Set aside on {day(form.ended_at)}: {form.set_aside_because}",)
    said = (
        f"This is a judgement of people on {day(form.answered_on)}, from what they knew then. It "
        "is no fact about a person, and it goes out of date."
    )
    again = now.about.look_again_on if now.about else None
    return (said, f"It is to be looked at again on {day(again)}.") if again else (said,)


def out_of_date(now: Judged, later: Form | None, today: date) -> str:
    if later is not None:
        return f"This is a past judgement. A later one was made on {day(later.answered_on)}."
    again = now.about.look_again_on if now.about else None
    if now.form.state != FINISHED or again is None or again > today:
        return ""
    return f"It was to be looked at again on {day(again)}. Do not rely on it."


def _later(child: Child, later: Form | None) -> Link | None:
    if later is None:
        return None
    return _link(f"Read the judgement of {day(later.answered_on)}", "judgement", child, later)


def _foot(now: Judged, measure: Measure, person: StaffMember, at: datetime) -> str:
    """On every sheet: paper lies about when the page says something else."""
    again = now.about.look_again_on if now.about else None
    of = f"of {day(now.form.answered_on)}" if now.form.answered_on else "not finished"
    until = f" To be looked at again on {day(again)}." if again else ""
    return f"{measure.short_name}, {of}.{until} Printed by {person.name}, {day_time(at)}."


def _next(
    child: Child, now: Judged, measure: Measure, lacks: Sequence[Lack]
) -> tuple[Link | None, str]:
    form = now.form
    if form.state != OPEN:
        return None, ""
    if not lacks:
        href = address_of("finish_judgement", child, form.public_id)
        return Link(text="Finish", href=href), "Every rating that is given has its reasons."
    for number, part in enumerate(parts_of(measure), 1):
        if not _is_done(part, now):
            text = "Go on" if now.ratings or now.words else "Begin with the first part"
            return Link(text=text, href=to_part(child, form, number)), part.name
    href = address_of("judge_about", child, form.public_id)
    return Link(text="Go on", href=href), "Say who judged, from what and until when."


def _is_done(part: Group, now: Judged) -> bool:
    items = [one.item for topic in part.topics for one in topic.ratings]
    return all(item in now.ratings and now.words_of(item) for item in items)


def _rows(now: Judged) -> tuple[SummaryRow, ...]:
    told = now.about or Judgement()
    sources, heard = dict(SOURCES), dict(HEARD)
    used = [sources[one] for one in told.sources_used]
    again = day(told.look_again_on) if told.look_again_on else ""
    return (
        SummaryRow(key="Who assessed", lines=tuple(told.assessors.splitlines())),
        SummaryRow(
            key="Trained for it", value="All of them, as they say" if told.are_trained else ""
        ),
        SummaryRow(key="Made from", lines=(*used, *told.more_sources.splitlines())),
        SummaryRow(
            key="Was the young person heard?",
            lines=tuple(
                line for line in (heard.get(told.heard, ""), *told.heard_words.splitlines()) if line
            ),
        ),
        SummaryRow(
            key="To be looked at again",
            lines=tuple(line for line in (again, told.look_again_because) if line),
        ),
    )


def read_groups(now: Judged, measure: Measure) -> tuple[ReadGroup, ...]:
    several = len({one.written_by_id for one in now.words.values()}) > 1
    return tuple(
        ReadGroup(
            name=group.name,
            topics=tuple(
                _topic(one, now, measure, several) for one in group.topics if is_there(one, now)
            ),
            not_rated=tuple(one.label for one in group.topics if not is_there(one, now)),
        )
        for group in parts_of(measure)
    )


def _topic(topic: Topic, now: Judged, measure: Measure, several: bool) -> ReadTopic:
    return ReadTopic(
        label=topic.label,
        what_it_is=now.words_of(topic.what_it_is, WHAT_IT_IS),
        ratings=tuple(_rating(one, now, measure, several) for one in topic.ratings),
    )


def _rating(rating: Rating, now: Judged, measure: Measure, several: bool) -> ReadRating:
    reason = now.words.get((rating.item, REASONS))
    said = rating_in_words(now.ratings.get(rating.item), measure, rating.item)
    return ReadRating(
        name=rating.name[:1].upper() + rating.name[1:],
        said=said,
        reasons=reason.text if reason else ("" if said == NOT_RATED else NO_REASONS),
        by=reason.written_by.name if reason and several else "",
    )


def _earlier(reason: Reason, measure: Measure) -> tuple[str, str, str]:
    who = f"{reason.written_by.name}, {day_time(reason.written_at)}"
    return measure.item(reason.item).label, who, reason.text


def _links(child: Child, now: Judged, has_before: bool) -> tuple[Link, ...]:
    form, links = now.form, []
    if has_before:
        text = "Beside the time before, word by word"
        links.append(_link(text, "compare_judgements", child, form))
    if form.state == OPEN:
        links.append(_link("Finish it", "finish_judgement", child, form))
        links.append(_link("Set it aside", "set_judgement_aside", child, form))
    return tuple(links)


def _link(text: str, name: str, child: Child, form: Form) -> Link:
    return Link(text=text, href=address_of(name, child, form.public_id))
