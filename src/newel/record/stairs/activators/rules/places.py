"""Where a statement stands on the maps, and what may go with what."""

from dataclasses import dataclass

from newel.record.stairs.activators.map_models import Placing
from newel.record.stairs.activators.models import Statement, StatementAsAgreed

# What sets things off comes before its early signs, and both before what helps with them.
SEQUENCE = ("sets_off", "early_sign", "helps")


@dataclass(frozen=True, slots=True)
class Places:
    """The same for all maps. `life_stage` is empty for what is not placed in time."""

    five_ps: tuple[str, ...]
    area: str
    life_stage: str


def places_of(statement: Statement, placing: Placing | None) -> Places:
    """Where somebody has put it last; before that, where its writer put it."""
    row = statement if placing is None else placing
    return Places(five_ps=tuple(row.five_ps), area=row.area, life_stage=row.life_stage)


def places_today(statement: Statement) -> Places:
    """Of a statement that `map_queries` gave, with its placing."""
    rows: list[Placing] = statement.placings_now  # type: ignore[attr-defined]
    return places_of(statement, rows[0] if rows else None)


def places_as_agreed(row: StatementAsAgreed) -> Places:
    """Where it stood in a version, wherever it was moved since."""
    return Places(five_ps=tuple(row.five_ps), area=row.area, life_stage=row.life_stage)


def are_the_same(one: Places, other: Places) -> bool:
    """The 5 Ps have no order."""
    rest = (one.area, one.life_stage) == (other.area, other.life_stage)
    return rest and set(one.five_ps) == set(other.five_ps)


def may_go_with(*, first: str, then: str) -> bool:
    """Kinds of two statements: only along the sequence, and never backwards."""
    if first not in SEQUENCE or then not in SEQUENCE:
        return False
    return SEQUENCE.index(first) < SEQUENCE.index(then)
