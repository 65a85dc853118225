"""What the full formulation is made of: what was read for it, and what page, Word and PDF get."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from newel.record.children.models import READ_BY_CHILD
from newel.record.design_system.dates import day
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.map_models import GoesWith
from newel.record.stairs.activators.models import (
    DifferingView,
    FormulationVersion,
    Participant,
    Recommendation,
    StatementAsAgreed,
)
from newel.record.stairs.activators.presenters.recommendations import Told
from newel.record.stairs.activators.words_queries import Saying

NOTHING = "Nothing is agreed here yet."


@dataclass(frozen=True, kw_only=True)
class DocumentLine:
    text: str
    href: str
    own_words: bool
    kind: str
    facts: tuple[str, ...]
    ask: str  # what to be careful about: not confirmed lately, no longer used; or ""
    goes_with: str = ""  # only where it is said what goes with what


@dataclass(frozen=True, kw_only=True)
class DocumentSection:
    heading: str
    lines: tuple[DocumentLine, ...]
    nothing: str = NOTHING


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What the child said: whole, with who wrote it down and whether the child heard it again."""

    words: str
    mark: str
    since: str  # that the child says it differently now; or ""
    beside: tuple[tuple[str, str], ...]  # what an adult thinks, and who
    as_statement: DocumentLine | None  # the same words, where they are an agreed statement too


@dataclass(frozen=True, kw_only=True)
class NotAgreed:
    whose: str
    about: str
    text: str
    own_words: bool
    when: str
    settled: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything a version says, in the order in which it is read. Plain words throughout."""

    title: str
    name: str
    number: int
    best_understanding: str
    agreed: str
    past: str
    summary: tuple[str, ...]
    took_part: tuple[str, ...]
    childs_part: str
    childs_reason: str
    says: tuple[Quoted, ...]
    says_href: str
    own_words: DocumentSection
    protective: DocumentSection
    areas: tuple[DocumentSection, ...]
    chains: tuple[tuple[DocumentSection, ...], ...]  # what goes with what, as somebody said it
    sequence: tuple[DocumentSection, ...]  # and what nobody has linked
    five_ps: tuple[DocumentSection, ...]
    life: tuple[DocumentSection, ...]
    life_not_placed: str
    no_longer: DocumentSection
    not_agreed: tuple[NotAgreed, ...]
    recommendations: tuple[Told, ...]
    held_back: tuple[str, ...]
    foot: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was read for one version. `newer` is the version after it, if there is one."""

    version: FormulationVersion
    newer: FormulationVersion | None
    rows: Sequence[StatementAsAgreed]
    views: Sequence[DifferingView]
    participants: Sequence[Participant]
    recommendations: Sequence[Recommendation]
    links: Sequence[GoesWith]  # those that stood when it was agreed
    sayings: Sequence[Saying]  # all that the child says and said, as far as the reader may read it
    reworded: frozenset[int]  # ids of statements that were put in other words since
    agreed_anew: Mapping[int, int]  # looked at again, in the same words: id -> id now
    seen: Mapping[int, Counter[str]]  # notes for and against each, when it was agreed
    against_since: frozenset[int]  # ids of statements against which something was seen since
    have_left: frozenset[int]  # ids of recommendations whose person has
    ask: str


Keeps = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What may be in a copy that leaves Newel: the level, and words that no paper carries."""

    includes: str
    may_leave: Keeps
    foot: str

    def takes(self, *levels: str) -> bool:
        allowed = (READ_BY_CHILD,) if self.includes == READ_BY_CHILD else (READ_BY_CHILD, "team")
        return all(level in allowed for level in levels)


def not_agreed(view: DifferingView, *, say_settled: bool = True) -> NotAgreed:
    settled = say_settled and view.settled_at is not None
    return NotAgreed(
        whose=rules.said_by_in_words(view.whose),
        about=view.statement.text if view.statement else "",
        text=view.text,
        own_words=view.whose_words == "child",
        when=day(view.written_at),
        settled=f"Settled since, on {day(view.settled_at)}: {view.settled_because}"
        if settled
        else "",
    )
