"""Making a judgement: before it begins, its parts, who judged from what, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.forms import BaseForm

from newel.evidence.measures import Measure
from newel.evidence.measures.judgement import Group
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.models import HEARD, SOURCES, Form, Judgement
from newel.record.outcomes.presenters.judgement.words import (
    age_caution,
    name_of_rating,
    parts_of,
    to_judgement,
    to_part,
)
from newel.record.outcomes.presenters.words import CONFIRMED_IN_WORDS, about, address_of
from newel.record.outcomes.queries.due import Due
from newel.record.outcomes.queries.judged import Judged, Lack

ABOUT = "Who judged, from what, until when"
LEFT_OPEN = "What is not rated stays so, and says so wherever the judgement is read."


@dataclass(frozen=True, kw_only=True)
class Part:
    """One page of it, in the list of its pages."""

    text: str
    href: str
    stands: str
    is_here: bool = False


@dataclass(kw_only=True)
class BeginPage(Page):
    caution: str
    why: str
    lines: tuple[str, ...]


@dataclass(kw_only=True)
class PartPage(Page):
    """`form` is a PartForm; `topics` are its topics as they are drawn."""

    caution: str
    progress: str
    parts: tuple[Part, ...]
    topics: tuple[object, ...]  # forms.topics.AskedTopic
    buttons: tuple[tuple[str, str], ...]
    labels_only: bool


@dataclass(kw_only=True)
class AboutPage(Page):
    caution: str
    parts: tuple[Part, ...]
    seen: str
    theirs: tuple[tuple[str, str], ...] = ()
    whose: str = ""


@dataclass(kw_only=True)
class FinishPage(Page):
    caution: str
    lacking: tuple[Link, ...]
    not_rated: tuple[str, ...]
    about_not_rated: str


def begin_page(
    *, child: Child, measure: Measure, planned: Due, person: StaffMember, at: datetime, today: date
) -> BeginPage:
    who = tuple(
        f"{fact.says} ({fact.source}; {CONFIRMED_IN_WORDS[fact.confirmed]}.)"
        for fact in measure.who_answers
    )
    return BeginPage(
        title=f"Begin {measure.short_name}",
        heading=measure.name,
        caption="Professional judgement",
        **about(child, person, at),
        caution=age_caution(measure, child, on=today),
        why=planned.plan.why,
        lines=(
            *who,
            "Each rating has its reasons beside it. What you write is kept whenever you save; you "
            "can stop and come back, and others can go on.",
            f"It is not put before {child.preferred_name} as questions. Hear them in a talk of its "
            "own, and write down what was said.",
        ),
    )  # fmt: skip


def part_page(
    *,
    child: Child,
    now: Judged,
    measure: Measure,
    number: int,
    form: BaseForm,
    topics: tuple[object, ...],
    person: StaffMember,
    at: datetime,
    today: date,
) -> PartPage:
    parts = parts_of(measure)
    return PartPage(
        title=f"{parts[number - 1].name or measure.name}: {measure.short_name}",
        heading=parts[number - 1].name or measure.name,
        caption=measure.short_name,
        **about(child, person, at, back=to_judgement(child, now.form, measure)),
        caution=age_caution(measure, child, on=today),
        progress=f"Page {number} of {len(parts) + 1}",
        parts=list_of_parts(child, now, measure, here=number),
        topics=topics,
        buttons=(("next", "Save and go on"), ("stop", "Save and stop")),
        labels_only=not now.form.has_wording,
        form=form,
    )


def list_of_parts(
    child: Child, now: Judged, measure: Measure, *, here: int = 0
) -> tuple[Part, ...]:
    """Where it stands, in words: whoever comes back sees where to go on."""
    parts = parts_of(measure)
    listed = [
        Part(
            text=one.name or measure.short_name,
            href=to_part(child, now.form, number),
            stands=_stands(one, now),
            is_here=number == here,
        )
        for number, one in enumerate(parts, 1)
    ]
    href = address_of("judge_about", child, now.form.public_id)
    stands = "Written" if now.about else "Not begun"
    return (*listed, Part(text=ABOUT, href=href, stands=stands, is_here=here > len(parts)))


def _stands(group: Group, now: Judged) -> str:
    ratings = [one.item for topic in group.topics for one in topic.ratings]
    rated = [item for item in ratings if item in now.ratings]
    if not rated and not any(now.words_of(item) for item in ratings):
        return "Not begun"
    if len(rated) < len(ratings):
        return "Begun"
    return (
        "All rated"
        if all(now.words_of(item) for item in rated)
        else "All rated, some without reasons"
    )


def about_page(
    *,
    child: Child,
    now: Judged,
    measure: Measure,
    person: StaffMember,
    at: datetime,
    today: date,
) -> AboutPage:
    return AboutPage(
        title=f"{ABOUT}: {measure.short_name}",
        heading=ABOUT,
        caption=measure.short_name,
        **about(child, person, at, back=to_judgement(child, now.form, measure)),
        caution=age_caution(measure, child, on=today),
        parts=list_of_parts(child, now, measure, here=len(parts_of(measure)) + 1),
        seen=now.about.public_id if now.about else "",
    )


def in_words(about: Judgement) -> tuple[tuple[str, str], ...]:
    """What somebody wrote on that page, to be read beside what another has typed."""
    sources, heard = dict(SOURCES), dict(HEARD)
    told = (
        ("Who assessed", about.assessors),
        ("Trained for it", "Everybody named" if about.are_trained else ""),
        ("Information", "; ".join(sources[one] for one in about.sources_used)),
        ("More exactly", about.more_sources),
        ("Heard", heard.get(about.heard, "")),
        ("In words", about.heard_words),
        ("What it comes to", about.conclusion),
        ("To be looked at again", about.look_again_on.isoformat() if about.look_again_on else ""),
        ("Why on that day", about.look_again_because),
    )
    return tuple((name, words) for name, words in told if words)


def whose(about: Judgement) -> str:
    return f"{about.written_by.name}, {day_time(about.written_at)}"


def finish_page(
    *,
    child: Child,
    now: Judged,
    measure: Measure,
    lacks: Sequence[Lack],
    person: StaffMember,
    at: datetime,
    today: date,
) -> FinishPage:
    missing = tuple(
        name_of_rating(topic, one)
        for group in parts_of(measure)
        for topic in group.topics
        for one in topic.ratings
        if one.item not in now.ratings
    )
    return FinishPage(
        title=f"Finish {measure.short_name}",
        **about(child, person, at, back=to_judgement(child, now.form, measure)),
        caution=age_caution(measure, child, on=today),
        lacking=tuple(to_lack(child, now.form, measure, one) for one in lacks),
        not_rated=missing,
        about_not_rated=LEFT_OPEN if missing else "",
    )


def to_lack(child: Child, form: Form, measure: Measure, lack: Lack) -> Link:
    """To the very box in which it is missing."""
    if lack.spot is None:
        href = (
            to_part(child, form, 1)
            if lack.sentence.startswith("Nothing")
            else address_of("judge_about", child, form.public_id)
        )
        return Link(text=lack.sentence, href=href)
    item, part = lack.spot
    number = next(
        place
        for place, group in enumerate(parts_of(measure), 1)
        if any(one.item == item for topic in group.topics for one in topic.ratings)
    )
    return Link(text=lack.sentence, href=f"{to_part(child, form, number)}#id_{item}-{part}")
