"""What became of one statement between two times, as a sentence, with both wordings."""

from collections.abc import Mapping
from dataclasses import dataclass

from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import CONFIDENCE, TIMES, Confirmation, Statement
from newel.record.stairs.activators.presenters.lines import (
    KINDS_IN_WORDS,
    address_of,
    said_in_words,
)
from newel.record.stairs.activators.presenters.moved import moved_in_words

_FACTS = (
    ("confidence", "How sure we are", dict(CONFIDENCE)),
    ("kind", "What kind it is", KINDS_IN_WORDS),
    ("time", "Whether it is so now", dict(TIMES)),
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    text: str
    href: str
    own_words: bool
    kind: str
    says: str  # what happened to it, as a sentence
    seen: str = ""  # what somebody saw, or why it ended


@dataclass(frozen=True, kw_only=True)
class Reworded:
    href: str
    kind: str
    says: str
    why: str
    before: tuple[rules.Piece, ...]
    after: tuple[rules.Piece, ...]
    facts: tuple[str, ...]


def sentence(child: Child, statement: Statement, says: str, seen: str = "") -> Sentence:
    return Sentence(
        text=statement.text,
        href=address_of("statement", child, statement.public_id),
        own_words=statement.whose_words == "child",
        kind=KINDS_IN_WORDS[statement.kind],
        says=says,
        seen=seen,
    )


def added(statement: Statement) -> str:
    by = f" by {statement.agreed_by.name}" if statement.agreed_by else ""
    return f"Agreed on {day(statement.agreed_at)}{by}. {said_in_words(statement)} said so."


def ended(statement: Statement) -> str:
    by = f" by {statement.ended_by.name}" if statement.ended_by else ""
    return f"Taken out on {day(statement.ended_at)}{by}."


def confirmed(new: rules.Standing, seen: Mapping[int, Confirmation]) -> tuple[str, str]:
    told = seen.get(new.statement.pk)
    if told is None:
        return f"Confirmed on {day(new.confirmed_on)}.", ""
    return f"Confirmed on {day(told.confirmed_on)} by {told.confirmed_by.name}.", told.what_was_seen


def looked_again(was: rules.Standing, new: rules.Standing) -> tuple[str, str]:
    """The same words, agreed anew: how sure we are may be another, and why is said."""
    by = f" by {new.statement.agreed_by.name}" if new.statement.agreed_by else ""
    facts = _facts_that_changed(was.statement, new.statement)
    moved = moved_in_words(was.places, new.places)
    told = (f"Looked at again on {day(new.statement.agreed_at)}{by}.", *facts, *moved)
    return " ".join(told), was.statement.ended_because


def reworded(child: Child, was: rules.Standing, new: rules.Standing) -> Reworded:
    before, after = rules.pieces(was.statement.text, new.statement.text)
    by = f" by {new.statement.agreed_by.name}" if new.statement.agreed_by else ""
    return Reworded(
        href=address_of("statement", child, new.statement.public_id),
        kind=KINDS_IN_WORDS[new.statement.kind],
        says=f"Put in other words on {day(new.statement.agreed_at)}{by}.",
        why=was.statement.ended_because,
        before=before,
        after=after,
        facts=(
            *_facts_that_changed(was.statement, new.statement),
            *moved_in_words(was.places, new.places),
        ),
    )


def _facts_that_changed(old: Statement, new: Statement) -> tuple[str, ...]:
    return tuple(
        f"{heading}: it was “{words[getattr(old, name)]}”, it is “{words[getattr(new, name)]}”."
        for name, heading, words in _FACTS
        if getattr(old, name) != getattr(new, name)
    )
