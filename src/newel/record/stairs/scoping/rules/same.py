"""Whether two lines tell of the same event. A person decides; this only puts them side by side."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, utils

from newel.record.stairs.scoping.rules.dates import Span

ALIKE = 88


@dataclass(frozen=True, kw_only=True)
class Known:
    """An event to compare with: `said` is how it is shown beside the other."""

    title: str
    found: Span
    said: str


def same_as(title: str, found: Span, others: list[Known]) -> Known | None:
    plain = _plain(title)
    if not plain:
        return None
    for other in others:
        if _may_be_at_once(found, other.found) and _alike(plain, other.title):
            return other
    return None


def _alike(plain: str, other: str) -> bool:
    return fuzz.ratio(plain, _plain(other), score_cutoff=ALIKE) >= ALIKE


@lru_cache(maxsize=2048)
def _plain(title: str) -> str:
    """The words without signs, in one order: a list of 400 is compared with itself."""
    return " ".join(sorted(utils.default_process(title).split()))


def _may_be_at_once(one: Span, other: Span) -> bool:
    """Two days that are not the same are two events; where either is vague, they may be one."""
    first, last = one.earliest or date.min, one.latest or date.max
    return first <= (other.latest or date.max) and (other.earliest or date.min) <= last
