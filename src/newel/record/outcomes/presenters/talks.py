"""A talk that is wanted (H9): on the child's page, on the shift, and where it is answered."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from newel.evidence.measures import Measure
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.children.noticing import WatchNotice
from newel.record.design_system.dates import clock_time, day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes import queries
from newel.record.outcomes.codes import answer_in_words
from newel.record.outcomes.models import Talk
from newel.record.outcomes.presenters.words import about, address_of
from newel.record.outcomes.queries import told
from newel.record.outcomes.queries.told import Watched
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
    also: tuple[Link, ...] = ()


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
    given_on = talk.form.answered_on
    if given_on is not None and given_on < timezone.localtime(talk.asked_at).date():
        return f"It was given on {day(given_on)}, and came to Newel on {_when(talk.asked_at)}."
    return f"It was given on {_when(talk.asked_at)}."


def _when(at: datetime) -> str:
    return f"{day(timezone.localtime(at))} at {clock_time(at)}"


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


def notices_for_watch(person: StaffMember, at: datetime) -> tuple[WatchNotice, ...]:
    """Where a governance lead begins: they open no record, but can let somebody reach it, and ring
    them. They are told since when, and who knew of the questionnaire; never the answer."""
    if not person.may(Capability.GOVERN_ACCESS):
        return ()
    return tuple(_watched(one) for one in told.watched(by=person, at=at))


def _watched(one: Watched) -> WatchNotice:
    name = one.child.preferred_name
    asked = f"An answer asked for a talk with {name} on {_when(one.asked_at)}."
    return WatchNotice(
        child_id=one.child.pk,
        link=Link(
            text=f"See who reaches {name}’s record"
            if one.is_reached
            else f"Give somebody access to {name}’s record",
            href=reverse(
                "children:governed_child" if one.is_reached else "children:give_access",
                args=[one.child.public_id],
            ),
            about=f"{asked} {STILL_WAITS if one.is_reached else NOBODY_REACHES}{_knew(one)}",
        ),
        points=tuple(f"{who.name}, {who.their_role.name.lower()}" for who in one.people),
    )


STILL_WAITS = "Nobody has said that they saw to it. Ring the person in charge now."
NOBODY_REACHES = (
    "Nobody who could have this talk reaches the record any more. Ring somebody now who knows the "
    "child, and give them access: Newel sends no message."
)


def _knew(one: Watched) -> str:
    return " These people knew of the questions:" if one.people else ""


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
        also=_also(talk, child),
        done=_done(talk),
        not_saved=typed,
        sentences=tuple(WHAT_WAS_DONE.items()) if talk.seen_at is None else (),
    )


def _also(talk: Talk, child: Child) -> tuple[Link, ...]:
    """Other talks that wait with the same child: one walk over, and each is said to be seen to."""
    others = [one for one in queries.waiting_talks(child=child) if one.pk != talk.pk]
    return tuple(
        Link(
            text=f"Asked for on {_when(one.asked_at)}",
            href=address_of("talk", child, one.public_id),
        )
        for one in others
    )


def _done(talk: Talk) -> str:
    if talk.seen_by is None:
        return ""
    return f"{talk.seen_by.name}, {day_time(talk.seen_at)}: {talk.what_was_done}"
