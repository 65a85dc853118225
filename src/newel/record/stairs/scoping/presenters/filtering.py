"""Which events of the timeline are shown, and a sentence about what that hides."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newel.record.children.models import WHOSE_WORDS
from newel.record.stairs.scoping.models import EVENT_KINDS
from newel.record.stairs.scoping.queries import EventRow
from newel.record.stairs.scoping.rules import Span

NO_KIND = "Kind not chosen"
# In an address, a kind that nobody has chosen needs a word.
NOT_CHOSEN = "not_chosen"
KIND_WORDS = dict(EVENT_KINDS) | {"": NO_KIND}
WHOSE = dict(WHOSE_WORDS)
Asked = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Choice:
    code: str
    words: str
    count: int
    picked: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What was asked for. An answer that is on no list asks for nothing."""

    kinds: frozenset[str] = frozenset()
    source: str = ""
    whose: str = ""
    first: int | None = None
    last: int | None = None

    @property
    def is_on(self) -> bool:
        return bool(self.kinds or self.source or self.whose or self.first or self.last)

    def shows(self, event: EventRow, span: Span) -> bool:
        return (
            (not self.kinds or event.kind in self.kinds)
            and (not self.source or event.source == self.source)
            and (not self.whose or event.whose_words == self.whose)
            and self._in_period(span)
        )

    def _in_period(self, span: Span) -> bool:
        if self.first is None and self.last is None:
            return True
        if span.earliest is None or span.latest is None:
            return False
        first, last = self.first or span.latest.year, self.last or span.earliest.year
        return span.latest.year >= first and span.earliest.year <= last

    def in_words(self) -> str:
        kinds = " and ".join(
            f"“{words}”" for code, words in KIND_WORDS.items() if code in self.kinds
        )
        said = [f"{kinds} events"] if kinds else ["events"]
        said += [f"from “{self.source}”"] if self.source else []
        said += [f"in {_lower(WHOSE[self.whose])}"] if self.whose else []
        return " ".join([*said, self._period_in_words()]).strip()

    def _period_in_words(self) -> str:
        if self.first and self.last:
            return (
                f"of {self.first} to {self.last}" if self.first != self.last else f"of {self.first}"
            )
        return f"since {self.first}" if self.first else f"until {self.last}" if self.last else ""


def filter_of(asked: Asked, events: Iterable[EventRow], years: range) -> Filter:
    sources = {event.source for event in events}
    kinds = {"" if code == NOT_CHOSEN else code for code in asked.get("kind", ())}
    return Filter(
        kinds=frozenset(kinds & KIND_WORDS.keys()),
        source=_one(asked, "source", sources.__contains__),
        whose=_one(asked, "whose", WHOSE.__contains__),
        first=_year(asked, "from", years),
        last=_year(asked, "until", years),
    )


def _one(asked: Asked, name: str, known: Callable[[str], bool]) -> str:
    said = next(iter(asked.get(name, ())), "")
    return said if known(said) else ""


def _year(asked: Asked, name: str, years: range) -> int | None:
    said = next(iter(asked.get(name, ())), "")
    return int(said) if said.isdecimal() and len(said) == 4 and int(said) in years else None


def kind_choices(events: Iterable[EventRow], chosen: Filter) -> tuple[Choice, ...]:
    counts = Counter(event.kind for event in events)
    return tuple(
        Choice(
            code=code or NOT_CHOSEN, words=words, count=counts[code], picked=code in chosen.kinds
        )
        for code, words in KIND_WORDS.items()
        if counts[code]
    )


def source_choices(events: Iterable[EventRow], chosen: Filter) -> tuple[Choice, ...]:
    counts = Counter(event.source for event in events if event.source)
    return tuple(
        Choice(code=source, words=source, count=count, picked=source == chosen.source)
        for source, count in sorted(counts.items(), key=lambda one: one[0].casefold())
    )


def showing_in_words(chosen: Filter, *, shown: int, everything: int) -> str:
    hidden = everything - shown
    if not chosen.is_on:
        return f"Showing all {everything} events." if everything > 1 else "Showing the one event."
    events = f"{hidden} event{'s are' if hidden != 1 else ' is'} hidden"
    said = f"Showing only {chosen.in_words()}: {shown} of {everything}. {events}"
    if chosen.first or chosen.last:
        return f"{said}, with those that nobody can date."
    return f"{said}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
