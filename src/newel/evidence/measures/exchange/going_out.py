"""Forms of one child as a file: CSV, Excel or a FHIR Bundle. The same forms give the same bytes."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.exchange import columns
from newel.evidence.measures.exchange.columns import guarded, item_columns
from newel.evidence.measures.exchange.written_tables import (
    CSV_TYPE,
    EXCEL_TYPE,
    NO_DAY,
    Cell,
    csv_of,
    excel_of,
)
from newel.evidence.measures.form import Form


@dataclass(frozen=True, kw_only=True)
class WhoItIs:
    """Who the child is, for a receiver who needs it. Empty is left out."""

    name: str = ""
    born_on: date | None = None
    nhs_number: str = ""

    @property
    def told(self) -> dict[str, str]:
        found = {
            columns.NAME.name: self.name,
            columns.BORN.name: self.born_on.isoformat() if self.born_on else "",
            columns.NHS_NUMBER.name: self.nhs_number,
        }
        return {name: value for name, value in found.items() if value}


NOBODY = WhoItIs()


@dataclass(frozen=True)
class OfOneMeasure:
    measure: Measure
    forms: Sequence[Form]


@dataclass(frozen=True)
class WrittenFile:
    content: bytes
    ending: str
    content_type: str


def rows(one: OfOneMeasure, who: WhoItIs = NOBODY) -> list[list[Cell]]:
    """The headings, then a row a form. `newel measures score` reads it as it stands."""
    names = item_columns(one.measure)
    first = [column.name for column in columns.FIRST]
    head: list[Cell] = [*first, *who.told, *names, *(column.name for column in columns.LAST)]
    return [head, *(_row(one.measure, form, who, names) for form in one.forms)]


def _row(measure: Measure, form: Form, who: WhoItIs, names: Sequence[str]) -> list[Cell]:
    told = _beside(measure, form)
    return [
        *(guarded(told[column.name]) for column in columns.FIRST),
        *map(guarded, who.told.values()),
        *(_cell(form, name) for name in names),
        " ".join(one.id for one in measure.items if one.id in form.declined),
    ]


def _beside(measure: Measure, form: Form) -> dict[str, str]:
    return {
        columns.FORM.name: form.id,
        columns.CHILD.name: form.child,
        columns.MEASURE.name: measure.id,
        columns.VERSION.name: str(measure.version),
        columns.DATE.name: form.on.isoformat() if form.on else "",
        columns.ANSWERED_BY_COLUMN.name: form.answered_by,
        columns.WAY.name: form.way,
        columns.LANGUAGE.name: form.language,
        columns.WORDING.name: "site" if form.has_wording else "labels",
        columns.STATE.name: form.state,
        columns.BECAUSE.name: form.because,
    }


def _cell(form: Form, name: str) -> Cell:
    if name in form.texts:
        return guarded(form.texts[name])
    if name.endswith(columns.REASON):
        return guarded(form.reasons.get(name.removesuffix(columns.REASON), ""))
    value = form.answers.get(name)
    return "" if value is None else value


def as_csv(tables: Sequence[OfOneMeasure], who: WhoItIs = NOBODY) -> WrittenFile:
    """One questionnaire is one table. Of several each has a table of its own, packed together."""
    texts = {one.measure.id: csv_of(rows(one, who)) for one in tables}
    if len(texts) == 1:
        return WrittenFile(next(iter(texts.values())), "csv", CSV_TYPE)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for id, text in texts.items():
            archive.writestr(zipfile.ZipInfo(f"{id}.csv", NO_DAY), text)
    return WrittenFile(packed.getvalue(), "zip", "application/zip")


def as_excel(tables: Sequence[OfOneMeasure], who: WhoItIs = NOBODY) -> WrittenFile:
    """A sheet a questionnaire, named by its id."""
    sheets = {one.measure.id: rows(one, who) for one in tables}
    return WrittenFile(excel_of(sheets), "xlsx", EXCEL_TYPE)


def as_fhir(tables: Sequence[OfOneMeasure], who: WhoItIs = NOBODY) -> WrittenFile:
    from newel.evidence.measures.fhir.bundle import bundle

    told = bundle(
        [(one.measure, form) for one in tables for form in one.forms], patient=_patient(who)
    )
    text = json.dumps(json.loads(told.model_dump_json()), ensure_ascii=False, indent=2)
    return WrittenFile(f"{text}\n".encode(), "json", "application/fhir+json")


def _patient(who: WhoItIs) -> Mapping[str, Any]:
    told: dict[str, Any] = {}
    if who.name:
        told["name"] = [{"text": who.name}]
    if who.born_on:
        told["birthDate"] = who.born_on
    if who.nhs_number:
        system = "https://fhir.nhs.uk/Id/nhs-number"
        told["identifier"] = [{"system": system, "value": who.nhs_number}]
    return told


WRITERS = {"csv": as_csv, "xlsx": as_excel, "fhir": as_fhir}
