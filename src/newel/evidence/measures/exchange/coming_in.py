"""A file of forms as somebody sends it: each form, what is faulty in it, and what was not read.

Nothing is decided here. What cannot be read says so in a sentence; the rest is read all the same.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.exchange import columns, from_fhir
from newel.evidence.measures.exchange.days import needs_an_order
from newel.evidence.measures.exchange.from_table import forms_of, names_in_order
from newel.evidence.measures.exchange.read_form import ReadForm, too_many
from newel.evidence.measures.files import FileRefused, tables_in

CSV, EXCEL, FHIR = "csv", "xlsx", "fhir"
_NO_FORMS = (
    "{where} is not read: it holds no questionnaire that Newel knows. A table needs a column for "
    "every item, named by its id, such as “yp_core_01”."
)


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    kind: str
    forms: tuple[ReadForm, ...]
    not_read: tuple[str, ...] = ()  # tables and columns, in sentences
    asks_order: bool = False  # whether dates are three numbers, and which is the month is not told


@dataclass(kw_only=True)
class _Found:
    forms: list[ReadForm] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)
    asks_order: bool = False


def read_file(
    content: bytes, name: str, *, known: Sequence[Measure], most: int, order: str = ""
) -> ReadFile:
    """What is in the file decides how it is read, not its name.

    known: the measures that may be in it. most: so many forms at a time. order: of day and month
    where a date is three numbers, a code of `days`; without it such dates are not read.
    Raises FileRefused, with a sentence, where nothing of it can be read.
    """
    if _is_json(content):
        found = from_fhir.forms_in(content, known=known, most=most, called=name)
        return ReadFile(kind=FHIR, forms=tuple(found))
    found_in_tables, kind = _Found(), EXCEL if _is_packed(content) else CSV
    for where, table in _tables(content, name):
        _add(found_in_tables, where, table, known, order, most - len(found_in_tables.forms), name)
    if not found_in_tables.forms:
        raise FileRefused(" ".join(found_in_tables.not_read) or f"{name} holds no forms.")
    return ReadFile(
        kind=kind,
        forms=tuple(found_in_tables.forms),
        not_read=tuple(found_in_tables.not_read),
        asks_order=found_in_tables.asks_order,
    )


def _is_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _is_packed(content: bytes) -> bool:
    return content.startswith(b"PK") and not _texts_inside(content)


def _tables(content: bytes, name: str) -> Iterator[tuple[str, pl.DataFrame]]:
    if inside := _texts_inside(content):
        for one, text in inside.items():
            yield f"“{one}”", tables_in(text, one)[""]
        return
    for sheet, table in tables_in(content, name).items():
        yield (f"The sheet “{sheet}”" if sheet else f"“{name}”"), table


def _texts_inside(content: bytes) -> dict[str, bytes]:
    """Of several tables of CSV that are packed together, each by its name."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if not names or not all(one.lower().endswith(".csv") for one in names):
                return {}
            return {one: packed.read(one) for one in names}
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError) as fault:
        raise FileRefused("This file is broken, or has a password.") from fault


def _add(
    found: _Found, where: str, table: pl.DataFrame, known: Sequence[Measure], order: str,
    most: int, name: str,
) -> None:  # fmt: skip
    table = names_in_order(table, where)
    measure, why_not = _measure_of(where, table, known)
    if measure is None:
        found.not_read.append(why_not)
        return
    if table.height > most:
        raise FileRefused(too_many(name, table.height, most))
    found.asks_order |= any(needs_an_order(one) for one in _dates(table))
    found.forms += forms_of(
        measure, table, where="" if where == f"“{name}”" else where, order=order
    )
    if unread := _unread(measure, table):
        found.not_read.append(f"Columns of {_lower(where)} that are not read: {unread}.")


def _lower(where: str) -> str:
    return where[:1].lower() + where[1:]


def _dates(table: pl.DataFrame) -> list[str]:
    return [str(one or "") for one in table[columns.DATE.name]]


def _measure_of(
    where: str, table: pl.DataFrame, known: Sequence[Measure]
) -> tuple[Measure | None, str]:
    """The measure of a table, or why there is none."""
    by_items = [one for one in known if {item.id for item in one.items} & {*table.columns}]
    told = _told_measures(table)
    if len(told) > 1:
        return None, (
            f"{where} is not read: a table holds one questionnaire, and this one says "
            f"{', '.join(told)}."
        )
    by_name = [one for one in known if [one.id] == told]
    if told and not by_name:
        return None, f"{where} is not read: Newel knows no questionnaire “{told[0]}”."
    found = by_name or by_items
    if not found:
        return None, _NO_FORMS.format(where=where)
    if len(found) > 1:
        names = ", ".join(one.short_name for one in found)
        return None, f"{where} is not read: it has items of more than one questionnaire: {names}."
    return _whole(where, table, found[0], by_items)


def _told_measures(table: pl.DataFrame) -> list[str]:
    if columns.MEASURE.name not in table.columns:
        return []
    said = {str(one or "").strip().lower() for one in table[columns.MEASURE.name]}
    return sorted(said - {""})


def _whole(
    where: str, table: pl.DataFrame, measure: Measure, by_items: Sequence[Measure]
) -> tuple[Measure | None, str]:
    missing = [one.id for one in measure.items if one.id not in table.columns]
    if missing and by_items and measure not in by_items:
        others = ", ".join(one.short_name for one in by_items)
        return None, f"{where} is not read: it says {measure.short_name} and has items of {others}."
    missing += [one.name for one in columns.FIRST if one.needed and one.name not in table.columns]
    if missing:
        return None, f"{where} is not read: it has no column {', '.join(missing)}."
    return measure, ""


def _unread(measure: Measure, table: pl.DataFrame) -> str:
    own = {one.name for one in (*columns.FIRST, *columns.LAST, *columns.WHO)}
    own |= {*columns.item_columns(measure)}
    return ", ".join(name for name in table.columns if name not in own)


__all__ = ["CSV", "EXCEL", "FHIR", "FileRefused", "ReadFile", "ReadForm", "read_file"]
