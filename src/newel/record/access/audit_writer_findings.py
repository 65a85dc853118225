"""What does not fit in the writers' numbers: gaps, and heads that tell of more than is there."""

from collections.abc import Iterator
from typing import Any

import psycopg

from newel.record.access.audit_findings import Finding
from newel.record.access.audit_writer_heads import WriterHead, WritersTold


def findings_of_writers(db: psycopg.Connection[Any], told: WritersTold) -> Iterator[Finding]:
    """In one snapshot of the database, taken after the heads were read."""
    for sentence in told.wrong:
        yield Finding(None, None, sentence)
    yield from _gaps(db)
    yield from _ahead_of_the_database(db, told.heads)


def _gaps(db: psycopg.Connection[Any]) -> Iterator[Finding]:
    for writer, before, number, at in db.execute("SELECT * FROM access_audit_misnumbered()"):
        sentence = f"Writer {writer} has two events with the number {number}."
        if number > before + 1:
            gap = number - before - 1
            sentence = (
                f"Missing of writer {writer}: {gap} before its number {number}, which was written "
                f"at {at.isoformat(timespec='seconds')}."
            )
        yield Finding(None, None, sentence)


def _ahead_of_the_database(
    db: psycopg.Connection[Any], heads: list[WriterHead]
) -> Iterator[Finding]:
    known = {head.writer: head for head in heads}
    given = [[head.writer for head in heads], [head.number for head in heads]]
    query = "SELECT * FROM access_audit_at_heads(%s::uuid[], %s::bigint[])"
    for writer, last, mac, _ in db.execute(query, given):
        head = known[writer]
        if last < head.number:
            sentence = (
                f"Missing of writer {writer}: its last {head.number - last}. It ends at number "
                f"{last}, and its head tells of {head.number}."
            )
            yield Finding(None, None, sentence)
        elif mac is not None and mac != head.mac:
            sentence = f"Number {head.number} of writer {writer} is not the one its head tells of."
            yield Finding(None, None, sentence)
