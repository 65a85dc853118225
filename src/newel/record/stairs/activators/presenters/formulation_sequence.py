"""What sets things off, early signs, what helps: what somebody has said goes together stands
together, and what nobody has linked stands after it. Nothing here is worked out from the words."""

from collections.abc import Sequence
from dataclasses import replace

from newel.definitions import read
from newel.record.stairs.activators.map_models import GoesWith
from newel.record.stairs.activators.models import StatementAsAgreed
from newel.record.stairs.activators.presenters.formulation_parts import (
    NOTHING,
    DocumentLine,
    DocumentSection,
)
from newel.record.stairs.activators.rules.places import SEQUENCE

_KINDS = {one["code"]: one["on_page"] for one in read("understanding/statements.yaml")["kinds"]}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth")  # fmt: skip
NOT_LINKED = "nobody has said yet what these go with"
# (kind, its line), by the id of the statement
Found = dict[int, tuple[str, DocumentLine]]
Sections = tuple[DocumentSection, ...]


def in_sequence(
    rows: Sequence[tuple[StatementAsAgreed, DocumentLine]], links: Sequence[GoesWith]
) -> tuple[tuple[Sections, ...], Sections]:
    """What hangs together, and the rest by kind. A link counts when both of its ends stand here."""
    found = {row.statement_id: (row.statement.kind, line) for row, line in rows}
    pairs = {(one.first_id, one.then_id) for one in links}
    pairs = {(a, b) for a, b in pairs if a in found and b in found}
    groups = _hanging_together(found, pairs)
    linked = {pk for group in groups for pk in group}
    alone = {pk: one for pk, one in found.items() if pk not in linked}
    chains = tuple(_sections(_with_what(group, found, pairs)) for group in groups)
    return chains, (*_rest(alone, with_chains=bool(chains)), _harder(found))


def _hanging_together(found: Found, pairs: set[tuple[int, int]]) -> list[list[int]]:
    """In the order in which they stand, first by their first."""
    beside: dict[int, list[int]] = {}
    for first, then in pairs:
        beside.setdefault(first, []).append(then)
        beside.setdefault(then, []).append(first)
    order = {pk: place for place, pk in enumerate(found)}
    groups, met = [], set[int]()
    for pk in found:
        if pk in beside and pk not in met:
            group = _reached_from(pk, beside)
            met |= group
            groups.append(sorted(group, key=order.__getitem__))
    return groups


def _reached_from(start: int, beside: dict[int, list[int]]) -> set[int]:
    reached, to_do = {start}, [start]
    while to_do:
        new = [pk for pk in beside[to_do.pop()] if pk not in reached]
        reached.update(new)
        to_do += new
    return reached


def _with_what(group: list[int], found: Found, pairs: set[tuple[int, int]]) -> Found:
    """Each line with where those stand that it goes with. No number: a statement has one on the
    maps, which is another on another day."""
    of_kind = {kind: [pk for pk in group if found[pk][0] == kind] for kind in SEQUENCE}
    beside: dict[int, set[int]] = {pk: set() for pk in group}
    for first, then in pairs:
        if first in beside:
            beside[first].add(then)
            beside[then].add(first)
    told = {pk: _goes_with(beside[pk], of_kind) for pk in group}
    return {pk: (found[pk][0], replace(found[pk][1], goes_with=told[pk])) for pk in group}


def _goes_with(others: set[int], of_kind: dict[str, list[int]]) -> str:
    parts = []
    for kind, standing in of_kind.items():
        which = [_place(place, standing) for place, pk in enumerate(standing) if pk in others]
        if which:
            parts.append(f"{_listed(which)} under “{_KINDS[kind]}”")
    return f"Goes with {_listed(parts)}"


def _place(place: int, standing: list[int]) -> str:
    if len(standing) == 1:
        return "the one"
    return f"the {_ORDINALS[place]}" if place < len(_ORDINALS) else f"number {place + 1}"


def _listed(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _sections(group: Found) -> Sections:
    """Only kinds that occur: what sets things off may go straight with what helps."""
    parts = (_of_kind(kind, group) for kind in SEQUENCE)
    return tuple(part for part in parts if part.lines)


def _rest(alone: Found, *, with_chains: bool) -> Sections:
    parts = (_of_kind(kind, alone) for kind in SEQUENCE)
    if not with_chains:
        return tuple(parts)
    return tuple(
        replace(part, heading=f"{part.heading}: {NOT_LINKED}") for part in parts if part.lines
    )


def _harder(found: Found) -> DocumentSection:
    return _of_kind("harder", found)


def _of_kind(kind: str, found: Found) -> DocumentSection:
    lines = tuple(line for of, line in found.values() if of == kind)
    return DocumentSection(heading=_KINDS[kind], lines=lines, nothing=NOTHING)
