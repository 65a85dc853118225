"""A talk that is wanted (H9): on the child's page, on the shift, and where it is answered."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from newel.evidence.measures import Measure
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import clock_time, day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes import queries
from newel.record.outcomes.codes import answer_in_words
from newel.record.outcomes.models import Talk
from newel.record.outcomes.presenters.words import about, address_of
from newel.record.outcomes.rules import WHAT_WAS_DONE


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is said where people pass by: that a talk is wanted and with whom, never the answer."""

    said: str
    name: str
    link: Link


@dataclass(kw_only=True)
class TalkPage(Page):
    said: str
    question: str
    answer: str
    done: str = ""
    sentences: tuple[tuple[str, str], ...] = ()
    not_saved: str = ""


def wanted(talk: Talk, child: Child) -> Wanted:
    return Wanted(
        said=f"An answer asks for a talk with {child.preferred_name}. {_since(talk)} "
        f"{_named(talk)}",
        name=child.preferred_name,
        link=Link(
            text=f"Talk with {child.preferred_name}, and say what was done",
            href=address_of("talk", child, talk.public_id),
        ),
    )


def _since(talk: Talk) -> str:
    local = timezone.localtime(talk.asked_at)
    given_on = talk.form.answered_on
    if given_on is not None and given_on < local.date():
        return f"It was given on {day(given_on)}, and came to Newel on {day(local)}."
    return f"It was given on {day(local)} at {clock_time(talk.asked_at)}."


def _named(talk: Talk) -> str:
    first, second = talk.form.talk_to, talk.form.cover
    if first is None or second is None:
        return "Nobody is named: whoever reads this goes."
    return f"Named for it: {first.name}; {second.name} when {first.name} is away."


def notices_for_child(child: Child, person: StaffMember) -> tuple[Link, ...]:
    """For the front page of a record: whoever works with the child there is told at once."""
    if not person.may(Capability.GIVE_MEASURES):
        return ()
    found = [wanted(one, child) for one in queries.waiting_talks(child=child)]
    return tuple(Link(text=one.link.text, href=one.link.href, about=one.said) for one in found)


def talk_page(
    *,
    child: Child,
    talk: Talk,
    measure: Measure,
    typed: str,
    person: StaffMember,
    at: datetime,
) -> TalkPage:
    item = talk.answer.item
    return TalkPage(
        title=f"Talk with {child.preferred_name}",
        **about(child, person, at),
        said=f"The answer below asks for it. {_since(talk)} {_named(talk)}",
        question=measure.item(item).label,
        answer=answer_in_words(talk.answer, measure, item),
        done=_done(talk),
        not_saved=typed,
        sentences=tuple(WHAT_WAS_DONE.items()) if talk.seen_at is None else (),
    )


def _done(talk: Talk) -> str:
    if talk.seen_by is None:
        return ""
    return f"{talk.seen_by.name}, {day_time(talk.seen_at)}: {talk.what_was_done}"
