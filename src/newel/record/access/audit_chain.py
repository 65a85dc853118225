"""Sealing the audit into chains, and verifying it.

There is a chain for each child, and one for the house. An event's link is keyed over the link
before it, so nothing can be changed, put in or taken out without the key, which is not in the
database. Sealing happens after the events were committed, by one sealer at a time: whoever writes
never waits for a chain.

What is not yet sealed (about a second's worth) is guarded by its writer's numbers and head
(`audit_writers`): an event taken out together with its place in the queue leaves a gap.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from newel.record.access import audit_heads, audit_writer_heads, audit_writers
from newel.record.access.audit_findings import Finding, findings, link_after
from newel.record.access.audit_heads import Growth, Head, Line
from newel.record.access.audit_writer_findings import findings_of_writers

__all__ = ["Finding", "connected", "fold", "seal", "standing_still", "verify"]

AT_MOST = 1000  # findings that are listed

_THE_FILE = -1  # the "chain" whose head is where the file of heads ended
_THE_FOLDER = -2  # the "chain" whose head is the mark of the folder with the writers' heads
_SEALERS_LOCK = 0x4E6577656C
_BATCH = 5000


@contextmanager
def connected() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own: what is sealed is committed, whatever the caller's transaction."""
    parameters = connection.get_connection_params()
    with psycopg.connect(**parameters, autocommit=True) as db:
        yield db


@contextmanager
def standing_still() -> Iterator[None]:
    """Nothing is sealed meanwhile: for a backup, whose database and file of heads must agree."""
    with connected() as db, _alone(db):
        yield


def seal(limit: int = _BATCH, *, db: psycopg.Connection[Any] | None = None) -> int:
    """Puts waiting events into their chains and says how many. None while somebody else does.

    db: a connection from `connected`, kept by whoever calls this every second.
    """
    if db is None:
        with connected() as own:
            return seal(limit, db=own)
    with _alone(db, waits=False) as is_alone:
        return _seal_alone(db, limit) if is_alone else 0


def fold(*, db: psycopg.Connection[Any]) -> int:
    """Clears away the heads of writers that have ended, so that their folder does not grow."""
    with _alone(db, waits=False) as is_alone:
        return audit_writer_heads.fold(audit_writers.folder(), db) if is_alone else 0


def verify() -> list[Finding]:
    """Everything that was altered, inserted or is missing; nothing else may be found.

    It is right while others write and seal: it reads one snapshot, taken together with the file
    of heads. It reads the rows of all children, whoever asks, through functions of the audit's own
    role: there are ids and names of fields in them, and what it tells is of that kind too.
    """
    with connected() as db:
        with _alone(db):
            while _seal_alone(db, _BATCH) == _BATCH:
                pass
            writers = audit_writer_heads.told(audit_writers.folder())
            db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            heads = _heads(db)
            folder = heads.pop(_THE_FOLDER, Head())
            told = audit_heads.told(settings.NEWEL_AUDIT_HEADS, heads.pop(_THE_FILE, Head()))
        writers.wrong += audit_writer_heads.what_is_wrong_with(audit_writers.folder(), folder)
        all_of_them = itertools.chain(findings(db, heads, told), findings_of_writers(db, writers))
        found = list(itertools.islice(all_of_them, AT_MOST + 1))
        db.execute("ROLLBACK")
    if len(found) > AT_MOST:
        more = "There is more. If NEWEL_AUDIT_KEY was changed, every event looks altered."
        found[AT_MOST:] = [Finding(None, None, more)]
    return found


@contextmanager
def _alone(db: psycopg.Connection[Any], *, waits: bool = True) -> Iterator[bool]:
    """One sealer at a time. Yields False where another is at work and this one does not wait."""
    if waits:
        db.execute("SELECT pg_advisory_lock(%s)", [_SEALERS_LOCK])
        is_alone = True
    else:
        (is_alone,) = _row(db, "SELECT pg_try_advisory_lock(%s)", [_SEALERS_LOCK])
    try:
        yield is_alone
    finally:
        if is_alone and not db.broken:
            db.execute("SELECT pg_advisory_unlock(%s)", [_SEALERS_LOCK])


def _seal_alone(db: psycopg.Connection[Any], limit: int) -> int:
    """First the database, then the file: a crash in between leaves the file one line behind, and
    never ahead, which would look as if events had been taken away."""
    file: Path = settings.NEWEL_AUDIT_HEADS
    ends = _ends(db, [_THE_FILE, _THE_FOLDER])
    noted = ends[_THE_FILE][0]
    if not ends[_THE_FOLDER][0].count:
        mark = audit_writer_heads.begin(audit_writers.folder())
        db.execute("SELECT access_audit_note_folder(%s)", [bytes.fromhex(mark.link)])
    last = audit_heads.last_line(file)
    agrees = audit_heads.agrees(last, noted)
    if agrees:
        last = _put_right(db, file, last, noted)
    waiting = db.execute("SELECT * FROM access_audit_to_seal(%s)", [limit]).fetchall()
    if waiting:
        grown = _put_in_chains(db, waiting, last if agrees else None)
        audit_heads.append(file, audit_heads.line(last.number + 1, last.mac, grown))
    return len(waiting)


def _put_right(db: psycopg.Connection[Any], file: Path, last: Line, noted: Head) -> Line:
    """The line that a crash kept out of the file; or a file that has become too long."""
    if last.number == noted.count:
        missed = _missed(db, audit_heads.told(file, noted).heads)
        if missed:
            last = audit_heads.line(last.number + 1, last.mac, missed)
            audit_heads.append(file, last)
    elif audit_heads.is_too_long(file, last):
        last = audit_heads.shorten(file, last, noted)
    return last


def _missed(db: psycopg.Connection[Any], in_file: dict[int, Head]) -> list[Growth]:
    return [
        Growth(chain, in_file.get(chain, Head()), head)
        for chain, head in _heads(db).items()
        if chain not in (_THE_FILE, _THE_FOLDER) and head.count > in_file.get(chain, Head()).count
    ]


def _put_in_chains(
    db: psycopg.Connection[Any], waiting: list[tuple[Any, ...]], last: Line | None
) -> list[Growth]:
    """last: the end of the file, to be noted; None where that would cover up what is wrong."""
    before = _ends(db, sorted({chain for _, chain, _ in waiting}))
    ends = {chain: max(both, key=lambda end: end.count) for chain, both in before.items()}
    seqs, links = [], []
    for _, chain, mac in waiting:
        seq = ends[chain].count + 1
        link = link_after(bytes.fromhex(ends[chain].link), mac=mac, chain=chain, seq=seq)
        ends[chain] = Head(seq, link.hex())
        seqs.append(seq)
        links.append(link)
    events, chains, _ = (list(column) for column in zip(*waiting, strict=True))
    noted = (None, None) if last is None else (last.number, bytes.fromhex(last.mac))
    db.execute(
        "SELECT access_audit_seal(%s::bigint[], %s::bigint[], %s::bigint[], %s::bytea[], %s, %s)",
        [events, chains, seqs, links, *noted],
    )
    return [Growth(chain, before[chain][0], end) for chain, end in ends.items()]


def _ends(db: psycopg.Connection[Any], chains: list[int]) -> dict[int, tuple[Head, Head]]:
    """Where each chain ends, by its head and by its seals: the same, but for interference."""
    rows = db.execute("SELECT * FROM access_audit_ends(%s::bigint[])", [chains])
    return {row[0]: (Head(row[1], row[2].hex()), Head(row[3], row[4].hex())) for row in rows}


def _heads(db: psycopg.Connection[Any]) -> dict[int, Head]:
    rows = db.execute("SELECT * FROM access_audit_heads()")
    return {chain: Head(count, link.hex()) for chain, count, link in rows}


def _row(db: psycopg.Connection[Any], query: Any, values: list[Any]) -> tuple[Any, ...]:
    row = db.execute(query, values).fetchone()
    assert row is not None  # noqa: S101  each of these queries has one
    return tuple(row)
