"""The rows of a table as forms."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from newel.evidence.measures.definition import Measure, Number
from newel.evidence.measures.exchange import columns
from newel.evidence.measures.exchange.columns import unguarded
from newel.evidence.measures.exchange.days import day_told
from newel.evidence.measures.exchange.read_form import ReadForm, wrong_in
from newel.evidence.measures.faults import FIRST_ROW, checked
from newel.evidence.measures.files import FileRefused
from newel.evidence.measures.form import (
    ELSEWHERE,
    FINISHED,
    SET_ASIDE,
    STATES,
    FaultyAnswer,
    Form,
    texts_of,
)

Row = Mapping[str, Any]


def names_in_order(table: pl.DataFrame, where: str) -> pl.DataFrame:
    """With headings in small letters. Raises FileRefused where two become the same."""
    names = [name.strip().lower() for name in table.columns]
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        raise FileRefused(
            f"{where} has a column twice: {', '.join(twice)}. Which of them counts cannot be "
            "known, so nothing was read."
        )
    return table.rename(dict(zip(table.columns, names, strict=True)))


def forms_of(
    measure: Measure, table: pl.DataFrame, *, where: str, order: str
) -> Iterator[ReadForm]:
    """A form a row; rows without anything in them are passed over."""
    sound = checked(measure, table)
    faults: dict[int, list[FaultyAnswer]] = {}
    for one in sound.faults.iter_rows(named=True):
        cell = FaultyAnswer(one["column"], f"“{one['value']}”", one["permitted"])
        faults.setdefault(one["row"], []).append(cell)
    read = zip(table.iter_rows(named=True), sound.table.iter_rows(named=True), strict=True)
    for number, (told, clean) in enumerate(read, FIRST_ROW):
        if any(str(cell or "").strip() for cell in told.values()):
            row = f"Row {number}" if not where else f"{where}, row {number}"
            yield _form(measure, told, clean, tuple(faults.get(number, ())), row, order)


def _form(
    measure: Measure, told: Row, clean: Row, faults: tuple[FaultyAnswer, ...], where: str,
    order: str,
) -> ReadForm:  # fmt: skip
    day = _text(told, columns.DATE.name)
    form = Form(
        answers={one.id: _value(measure, one.id, clean[one.id]) for one in measure.items},
        declined=frozenset(_listed(_text(told, columns.DECLINED.name))),
        reasons=_reasons(measure, told),
        texts={name: words for name in texts_of(measure) if (words := _words(told, name))},
        on=day_told(day, order) if day else None,
        finished=_state(told) == FINISHED,
        set_aside=_state(told) == SET_ASIDE,
        because=_words(told, columns.BECAUSE.name),
        id=unguarded(_text(told, columns.FORM.name)),
        child=unguarded(_text(told, columns.CHILD.name)),
        answered_by=_text(told, columns.ANSWERED_BY_COLUMN.name).lower(),
        way=_text(told, columns.WAY.name).lower() or ELSEWHERE,
        language=_text(told, columns.LANGUAGE.name) or "en",
        has_wording=_text(told, columns.WORDING.name).lower() == "site",
    )
    return ReadForm(
        where=where,
        measure=measure,
        form=form,
        faults=faults,
        wrong=(*wrong_in(measure, form, _text(told, columns.VERSION.name), day), *_strange(told)),
        who={
            one.name: unguarded(_text(told, one.name))
            for one in columns.WHO
            if _text(told, one.name)
        },
    )


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "").strip()


def _words(row: Row, name: str) -> str:
    """What somebody wrote: as it stands, blanks at its ends and all."""
    return unguarded(str(row.get(name) or ""))


def _state(row: Row) -> str:
    """A state that nobody knows is told by `_strange`."""
    return _text(row, columns.STATE.name).lower() or FINISHED


def _strange(row: Row) -> Iterator[str]:
    state = _text(row, columns.STATE.name).lower()
    if state not in ("", *STATES):
        yield f"“{state}” is no state of a form: one of {', '.join(STATES)}."
    wording = _text(row, columns.WORDING.name).lower()
    if wording not in ("", "site", "labels"):
        yield f"“{wording}” does not say in which wording it was asked: site or labels."


def _value(measure: Measure, id: str, value: float | None) -> Number | None:
    """3 and not 3.0, as the definition has it."""
    if value is None:
        return None
    return next(one for one in measure.responses_of(id).values if one == value)


def _listed(told: str) -> list[str]:
    return told.replace(",", " ").replace(";", " ").lower().split()


def _reasons(measure: Measure, row: Row) -> dict[str, str]:
    if not measure.is_judgement:
        return {}
    told = {one.id: _words(row, one.id + columns.REASON) for one in measure.items}
    return {id: words for id, words in told.items() if words}
