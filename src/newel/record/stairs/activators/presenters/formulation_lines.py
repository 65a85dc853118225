"""A statement as a line of the full formulation: its words as they were agreed, what stood for and
against it then, and what to be careful about now."""

from collections import Counter
from datetime import date

from newel.definitions import read
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import AGREED, FormulationVersion, StatementAsAgreed
from newel.record.stairs.activators.presenters.formulation_parts import DocumentLine, Known
from newel.record.stairs.activators.presenters.lines import (
    address_of,
    for_and_against,
    said_in_words,
)

AGAINST_SINCE = "Something was seen since that speaks against it, ask"
_KINDS = {one["code"]: one["on_page"] for one in read("understanding/statements.yaml")["kinds"]}


def are_childs_words(row: StatementAsAgreed) -> bool:
    return row.statement.whose_words == "child"


def still_agreed(row: StatementAsAgreed, known: Known) -> bool:
    """Also when it was looked at again: the same words, as sure as we are now."""
    return row.statement.state == AGREED or row.statement_id in known.agreed_anew


def line_as_agreed(row: StatementAsAgreed, child: Child, known: Known, today: date) -> DocumentLine:
    statement = row.statement
    sure = statement.get_confidence_display()
    facts = (said_in_words(statement), sure, _evidence(row, known))
    return DocumentLine(
        text=statement.text,
        href=address_of("statement", child, statement.public_id),
        own_words=are_childs_words(row),
        kind=_KINDS[statement.kind],
        facts=tuple(fact for fact in facts if fact),
        ask=_was_out_of_date(row, known.version)
        if known.newer is not None
        else _is_out_of_date(row, known, today),
    )


def _evidence(row: StatementAsAgreed, known: Known) -> str:
    """Events, and notes of what was seen, as they stood when it was agreed (H3)."""
    seen = known.seen.get(row.statement_id, Counter())
    backs = len(row.backed_by) + seen["for"]
    against = len(row.spoken_against_by) + seen["against"]
    return for_and_against(backs, against) if backs or against else ""


def _was_out_of_date(row: StatementAsAgreed, version: FormulationVersion) -> str:
    if row.statement.time == "past":
        return "It was so in the past"
    if rules.freshness(row.confirm_by, on=version.agreed_on) == rules.PAST:
        return f"Even then it was not confirmed since {day(row.confirmed_on)}"
    return ""


def _is_out_of_date(row: StatementAsAgreed, known: Known, today: date) -> str:
    statement = row.statement
    if not still_agreed(row, known):
        reworded = statement.pk in known.reworded
        what = "Put in other words on" if reworded else "No longer used since"
        return f"{what} {day(statement.ended_at)}. {statement.ended_because}".strip()
    told = (
        f"Looked at again on {day(statement.ended_at)}" if statement.state != AGREED else "",
        _how_late(row, today),
        AGAINST_SINCE
        if known.agreed_anew.get(statement.pk, statement.pk) in known.against_since
        else "",
    )
    return ". ".join(filter(None, told))


def _how_late(row: StatementAsAgreed, today: date) -> str:
    statement = row.statement
    if statement.time == "past":
        return "It was so in the past"
    if rules.freshness(statement.confirm_by or today, on=today) == rules.PAST:
        return f"Not confirmed since {day(statement.confirmed_on)}, ask"
    return ""
