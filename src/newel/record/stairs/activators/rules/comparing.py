"""What changed between two times, of what is understood about a child. Pairs wordings by the rows
that they replaced, so that "put in other words" is never told as one gone and another come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.rules.dates import PAST, freshness
from newel.record.stairs.activators.rules.places import Places, are_the_same


@dataclass(frozen=True)
class Standing:
    """A statement as it stood at one time."""

    statement: Statement
    confirmed_on: date
    confirm_by: date
    places: Places

    def is_out_of_date(self, on: date) -> bool:
        if self.statement.time == "past":
            return False
        return freshness(self.confirm_by, on=on) == PAST


@dataclass(frozen=True)
class Side:
    """Everything that stood at one time, and when that was."""

    standing: Sequence[Standing]
    on: date
    at: datetime


@dataclass(frozen=True)
class Compared:
    added: tuple[Standing, ...] = ()
    changed: tuple[tuple[Standing, Standing], ...] = ()
    looked_again: tuple[tuple[Standing, Standing], ...] = ()
    no_longer: tuple[Standing, ...] = ()
    left_out: tuple[Standing, ...] = ()
    confirmed: tuple[tuple[Standing, Standing], ...] = ()
    out_of_date: tuple[Standing, ...] = ()
    moved: tuple[tuple[Standing, Standing], ...] = ()
    same: tuple[Standing, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (
            *self.added,
            *self.changed,
            *self.looked_again,
            *self.no_longer,
            *self.left_out,
            *self.confirmed,
            *self.out_of_date,
            *self.moved,
        )


def compare(before: Side, after: Side, *, came_from: Mapping[int, int]) -> Compared:
    """came_from: statement id -> the id of the wording it replaced."""
    old = {one.statement.pk: one for one in before.standing}
    found: dict[str, list[Any]] = {name: [] for name in Compared.__dataclass_fields__}
    met = set()
    for new in after.standing:
        was = _earlier(new.statement.pk, old, came_from)
        if was is None:
            found["added"].append(new)
            continue
        met.add(was.statement.pk)
        _sort_in(found, was, new, before.on, after.on)
    for pk, one in old.items():
        if pk not in met:
            gone = _has_ended(one.statement, after.at)
            found["no_longer" if gone else "left_out"].append(one)
    return Compared(**{name: tuple(rows) for name, rows in found.items()})


def _earlier(pk: int, old: Mapping[int, Standing], came_from: Mapping[int, int]) -> Standing | None:
    step: int | None = pk
    while step is not None:
        if step in old:
            return old[step]
        step = came_from.get(step)
    return None


def _sort_in(
    found: dict[str, list[Any]], was: Standing, new: Standing, before_on: date, after_on: date
) -> None:
    """Each statement under one heading: the first of these that is so. That it was moved on the
    maps is told of every one in the same words, whatever else became of it."""
    same_row = was.statement.pk == new.statement.pk
    moved = same_row and not are_the_same(was.places, new.places)
    if moved:
        found["moved"].append((was, new))
    if not same_row:
        same_words = was.statement.text == new.statement.text
        found["looked_again" if same_words else "changed"].append((was, new))
    elif new.is_out_of_date(after_on) and not was.is_out_of_date(before_on):
        found["out_of_date"].append(new)
    elif new.confirmed_on > was.confirmed_on:
        found["confirmed"].append((was, new))
    elif not moved:
        found["same"].append(new)


def _has_ended(statement: Statement, at: datetime) -> bool:
    return statement.ended_at is not None and statement.ended_at <= at
