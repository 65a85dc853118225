"""What may be asked of whom, when a wave is over, and which forms are counted together. Pure."""

import itertools
from collections.abc import Sequence
from datetime import date
from functools import cache

from newel.definitions import read
from newel.evidence.measures import Measure, measure, measures
from newel.record.outcomes.surveys.models import RESIDENTS, STAFF

RULES = "surveys/rules.yaml"


def number(rule: str) -> int:
    return int(read(RULES)[rule]["value"])


@cache
def who_may_be_asked(id: str) -> tuple[str, ...]:
    """The groups that a measure is for; none where it is not for anonymous surveys.

    A measure with an answer that asks for a talk is never anonymous: nobody could talk (H9).
    """
    found = measure(id)
    asks_for_talk = any(one.conversation_above is not None for one in found.items)
    has_lines = any(not one.options for one in found.responses.values())
    if found.kind != "questionnaire" or asks_for_talk or has_lines:
        return ()
    if found.measures == "staff":
        return (STAFF,)
    if found.measures != "home":
        return ()
    said = " ".join(fact.says.casefold() for fact in found.who_answers)
    return (STAFF, RESIDENTS) if "staff" in said else (RESIDENTS,)


@cache
def for_surveys() -> tuple[Measure, ...]:
    return tuple(one for one in measures() if who_may_be_asked(one.id))


def is_over(*, closes_on: date, today: date, made: int, returned: int) -> bool:
    """After its last day, or when every slip that was made has come back."""
    return today > closes_on or (made > 0 and made == returned)


def enough(forms: int) -> bool:
    return forms >= number("fewest_forms")


def screens(found: Measure, *, one_by_one: bool) -> list[tuple[str, ...]]:
    """Items by screen, as even as they come: one for residents, few pages for staff."""
    ids = [one.id for one in found.items]
    if one_by_one:
        return [(id,) for id in ids]
    pages = -(-len(ids) // number("staff_items_a_page"))
    return [tuple(part) for part in _evenly(ids, pages)]


def _evenly(ids: Sequence[str], parts: int) -> list[Sequence[str]]:
    short, longer = divmod(len(ids), parts)
    ends = [part * short + min(part, longer) for part in range(parts + 1)]
    return [ids[start:end] for start, end in itertools.pairwise(ends)]
