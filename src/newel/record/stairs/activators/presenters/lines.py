"""One statement as a line of a page: its words, how fresh it is, and where it comes from."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS, Child
from newel.record.design_system.dates import day
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import AGREED, DRAFT, KINDS, Statement

KINDS_IN_WORDS = dict(KINDS)
READERS_IN_WORDS = dict(SHARING_LEVELS)


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    href: str
    kind: str
    own_words: bool
    mark: str  # of `ds.mark`, or "" for a draft and for what is no longer used
    mark_words: str
    facts: tuple[str, ...]


def best_understanding_on(today: date) -> str:
    """Never a fact, never a diagnosis (H15)."""
    return f"Our best understanding on {day(today)}"


def address_of(name: str, child: Child, *more: str) -> str:
    return reverse(f"activators:{name}", args=[child.public_id, *more])


def line(statement: Statement, *, child: Child, today: date) -> Line:
    mark, words = freshness_in_words(statement, today)
    return Line(
        text=statement.text,
        href=address_of("statement", child, statement.public_id),
        kind=KINDS_IN_WORDS[statement.kind],
        own_words=statement.whose_words == "child",
        mark=mark,
        mark_words=words,
        facts=_facts(statement),
    )


def freshness_in_words(statement: Statement, today: date) -> tuple[str, str]:
    if statement.state == DRAFT:
        return "", "Draft"
    if statement.state != AGREED:
        return "", "No longer used"
    if statement.time == "past":
        return "", "It was so in the past"
    return _fresh(statement, today)


def _fresh(statement: Statement, today: date) -> tuple[str, str]:
    until = statement.confirm_by or today
    fresh = rules.freshness(until, on=today)
    if fresh == rules.PAST:
        return "out-of-date", f"Not confirmed since {day(statement.confirmed_on)}"
    if fresh == rules.SOON:
        return "needs-confirming", f"Confirm by {day(until)}"
    return "current", f"Current until {day(until)}"


def _facts(statement: Statement) -> tuple[str, ...]:
    facts = (
        said_in_words(statement),
        statement.get_confidence_display(),
        _evidence_in_words(statement),
        _readers_if_few(statement),
    )
    return tuple(fact for fact in facts if fact)


def _readers_if_few(statement: Statement) -> str:
    """What the child may read is the rule; what stays with some is said beside it (H7)."""
    few = statement.sharing_level != READ_BY_CHILD
    return READERS_IN_WORDS[statement.sharing_level] if few else ""


def said_in_words(statement: Statement) -> str:
    return f"{rules.said_by_in_words(statement.said_by_role)}, {day(statement.said_on)}"


def _evidence_in_words(statement: Statement) -> str:
    """Events and notes of what was seen together; only where the query counted them."""
    backs = getattr(statement, "backs", None)
    if backs is None:
        return ""
    against: int = statement.speaks_against  # type: ignore[attr-defined]
    if not backs and not against:
        return "Nothing for or against it yet"
    return for_and_against(backs, against)


def for_and_against(backs: int, against: int) -> str:
    """Never one without the other (H3)."""
    return f"Evidence: {backs} for, {against} against"


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
