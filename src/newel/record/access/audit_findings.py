"""What does not fit in the audit: walks every chain in one snapshot of the database.

In constant memory but for one head a child: rows come in pages, in the order of their chains.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, LiteralString, NamedTuple

import psycopg

from newel.record.access.audit import Event
from newel.record.access.audit_heads import Head, Told
from newel.record.access.audit_key import keyed

_PAGE = 2000


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `chain` is a child's id, 0 the house, None the file of heads."""

    chain: int | None
    event: uuid.UUID | None
    sentence: str


class Seal(NamedTuple):
    """A place in a chain, and the event that is there: None where it is gone."""

    chain: int
    seq: int
    link: bytes
    event: Event | None
    mac: bytes


def link_after(previous: bytes, *, mac: bytes, chain: int, seq: int) -> bytes:
    place = seq.to_bytes(8, "big") + chain.to_bytes(8, "big")
    return keyed(b"link", previous + mac + place)


def findings(db: psycopg.Connection[Any], heads: dict[int, Head], told: Told) -> Iterator[Finding]:
    """`heads` and `told` are emptied on the way: what is left is of chains that are gone."""
    for chain, sentence in told.wrong:
        yield Finding(chain, None, sentence)
    for chain, seals in groupby(_seals(db), key=lambda seal: seal.chain):
        head, in_file = heads.pop(chain, Head()), told.heads.pop(chain, Head())
        yield from _of_chain(chain, seals, head, in_file)
    for chain in sorted(heads.keys() | told.heads.keys()):
        count = max(heads.get(chain, Head()).count, told.heads.get(chain, Head()).count)
        yield Finding(chain, None, f"The whole chain is missing: {count} events.")
    yield from _outside_the_chains(db)


def _of_chain(chain: int, seals: Iterable[Seal], head: Head, in_file: Head) -> Iterator[Finding]:
    seq, link = 0, b""
    for seal in seals:
        gap = seal.seq - seq - 1
        if gap:
            missing = f"{gap} missing before place {seal.seq}."
            yield Finding(chain, None, f"Events and their seals are missing: {missing}")
        yield from _at_its_place(seal, after=None if gap else link)
        seq, link = seal.seq, seal.link
        if seq == in_file.count and link.hex() != in_file.link:
            yield Finding(chain, None, f"Up to place {seq} it is not what the file of heads says.")
    yield from _at_the_end(chain, Head(seq, link.hex()), head, in_file)


def _at_its_place(seal: Seal, *, after: bytes | None) -> Iterator[Finding]:
    """`after` is the link before it, where that is known."""
    if seal.event is None:
        yield Finding(seal.chain, None, f"The event at place {seal.seq} is missing.")
        return
    if seal.event.mac() != seal.mac:
        yield Finding(seal.chain, seal.event.event, f"The event at place {seal.seq} was altered.")
        return
    if after is None:
        return
    if link_after(after, mac=seal.mac, chain=seal.chain, seq=seal.seq) != seal.link:
        sentence = f"The event at place {seal.seq} or its seal was put there by somebody else."
        yield Finding(seal.chain, seal.event.event, sentence)


def _at_the_end(chain: int, end: Head, head: Head, in_file: Head) -> Iterator[Finding]:
    if end != head:
        sentence = f"It ends at place {end.count}, and its head says {head.count}."
        if end.count == head.count:
            sentence = "Its head does not fit its last event."
        yield Finding(chain, None, sentence)
    if end.count < in_file.count:
        lost = in_file.count - end.count
        yield Finding(
            chain, None, f"The last events are missing: {lost}, as the file of heads tells."
        )


def _outside_the_chains(db: psycopg.Connection[Any]) -> Iterator[Finding]:
    rows = _paged(db, "SELECT * FROM access_audit_unsealed(%s, %s)", (0,), lambda row: row[:1])
    for row in rows:
        event, mac = Event(*row[2:15]), row[15]
        if event.mac() != mac:
            yield Finding(event.chain, event.event, "An event that waits to be sealed was altered.")
        if not row[1]:
            sentence = "It is in no chain and does not wait for one: it was inserted, or taken out."
            yield Finding(event.chain, event.event, sentence)
    for event_id, is_sealed in db.execute("SELECT * FROM access_audit_stuck()"):
        what = "has been in a chain already" if is_sealed else "is missing"
        yield Finding(None, None, f"Event number {event_id} waits to be sealed and {what}.")
    for event_uuid, chain, times in db.execute("SELECT * FROM access_audit_copies()"):
        yield Finding(chain, event_uuid, f"The same event is there {times} times.")


def _seals(db: psycopg.Connection[Any]) -> Iterator[Seal]:
    query: LiteralString = "SELECT * FROM access_audit_sealed(%s, %s, %s)"
    for row in _paged(db, query, (-(2**62), 0), lambda row: row[:2]):
        event = None if row[3] is None else Event(*row[3:16])
        yield Seal(row[0], row[1], row[2], event, row[16])


def _paged(
    db: psycopg.Connection[Any],
    query: LiteralString,
    start: tuple[int, ...],
    place: Callable[[tuple[Any, ...]], tuple[int, ...]],
) -> Iterator[tuple[Any, ...]]:
    while rows := db.execute(query, (*start, _PAGE)).fetchall():
        yield from rows
        start = place(rows[-1])
