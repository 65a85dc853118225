"""What goes out as a file comes in the same: every measure, every kind of file."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from newel.evidence.measures import IDS, commands, measure, measures
from newel.evidence.measures.exchange import columns
from newel.evidence.measures.exchange.coming_in import read_file
from newel.evidence.measures.exchange.days import day_told, needs_an_order
from newel.evidence.measures.exchange.going_out import (
    WRITERS,
    OfOneMeasure,
    WhoItIs,
    as_csv,
    as_excel,
    as_fhir,
    rows,
)
from newel.evidence.measures.files import FileRefused
from newel.evidence.measures.form import Form
from tests.record.outcomes.exchange.made import WORDS, forms

DAY = date(2026, 3, 3)
KINDS = sorted(WRITERS)


def whole(id: str, /, **more: object) -> Form:
    found = measure(id)
    told = Form(
        answers={one.id: found.responses_of(one.id).values[0] for one in found.items},
        on=DAY, id="f1", child="C", answered_by="self", way="paper", language="en",
    )  # fmt: skip
    return replace(told, **more)  # type: ignore[arg-type]


def back(content: bytes, ending: str) -> list[Form | None]:
    found = read_file(content, f"forms.{ending}", known=measures(), most=50)
    assert not found.not_read
    assert not [one for one in found.forms if one.faults or one.wrong]
    return [one.form for one in found.forms]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("id", IDS)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_every_form_of_every_measure_comes_back_the_same(
    id: str, kind: str, data: st.DataObject
) -> None:
    told = data.draw(st.lists(forms(id), min_size=1, max_size=3))
    written = WRITERS[kind]([OfOneMeasure(measure(id), told)])
    came = back(written.content, written.ending)
    assert came == told
    again = WRITERS[kind]([OfOneMeasure(measure(id), [one for one in came if one])])
    assert again == written


@pytest.mark.parametrize("kind", KINDS)
def test_several_measures_go_into_one_file(kind: str) -> None:
    told = {id: whole(id) for id in ("yp_core", "ors", "sdq")}
    written = WRITERS[kind]([OfOneMeasure(measure(id), [one]) for id, one in told.items()])
    assert back(written.content, written.ending) == list(told.values())


@given(words=WORDS)
def test_what_begins_a_formula_is_guarded_and_comes_back(words: str) -> None:
    assert not columns.guarded(words).startswith(("=", "+", "-", "@", "\t", "\n"))
    assert columns.unguarded(columns.guarded(words)) == words


def test_no_cell_is_a_formula_in_csv_or_excel() -> None:
    told = whole("yp_core", id="=1+1", because="@SUM(A1)", set_aside=True, finished=False)
    tables = [OfOneMeasure(measure("yp_core"), [told])]
    cells = next(csv.DictReader(io.StringIO(as_csv(tables).content.decode())))
    assert (cells["form"], cells["because"]) == ("'=1+1", "'@SUM(A1)")
    packed = zipfile.ZipFile(io.BytesIO(as_excel(tables).content))
    sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"hyperlink" not in sheet


def test_a_file_says_no_more_than_its_forms() -> None:
    written = as_excel([OfOneMeasure(measure("ors"), [whole("ors")])])
    packed = zipfile.ZipFile(io.BytesIO(written.content))
    about = packed.read("docProps/core.xml").decode()
    assert "1980-01-01" in about and "<dc:creator></dc:creator>" in about


def test_who_the_child_is_stands_in_it_only_where_it_is_asked_for() -> None:
    tables = [OfOneMeasure(measure("ors"), [whole("ors")])]
    who = WhoItIs(name="David", born_on=date(2011, 3, 4), nhs_number="9990000018")
    for write in WRITERS.values():
        assert b"David" not in write(tables).content
        assert b"Patient.name" not in write(tables).content
    assert rows(tables[0], who)[1][11:14] == ["David", "2011-03-04", "9990000018"]
    patient = json.loads(as_fhir(tables, who).content)["entry"][0]["resource"]
    assert (patient["resourceType"], patient["birthDate"]) == ("Patient", "2011-03-04")
    found = read_file(as_csv(tables, who).content, "a.csv", known=measures(), most=9).forms[0]
    assert found.who == who.told


def test_newel_measures_score_reads_what_goes_out(tmp_path: Path) -> None:
    """The wide table is the one that evaluators' scripts read; of a workbook its own sheet."""
    tables = [OfOneMeasure(measure(id), [whole(id)]) for id in ("ors", "yp_core")]
    book, text, said = tmp_path / "a.xlsx", tmp_path / "b.csv", []
    book.write_bytes(as_excel(tables).content)
    text.write_bytes(as_csv(tables[1:]).content)
    for file in (book, text):
        out = tmp_path / f"{file.stem}.scores.csv"
        assert commands.score("yp_core", file, out, say=said.append, complain=said.append) == 0
        assert next(csv.DictReader(io.StringIO(out.read_text())))["form"] == "f1"
    assert said == [f"1 form scored into {tmp_path}/{one}.scores.csv. 0 faults." for one in "ab"]


def test_the_bundle_is_a_valid_collection_of_release_4() -> None:
    told = [whole("ors"), whole("ors", id="f2", finished=False, on=None)]
    told.append(whole("ors", id="f3", finished=False, set_aside=True, because="Wrong child"))
    content = as_fhir([OfOneMeasure(measure("ors"), told)]).content
    bundle = Bundle.model_validate_json(content)
    assert bundle.type == "collection"
    states = [one.resource.status for one in bundle.entry]
    assert states == ["completed", "in-progress", "entered-in-error"]
    assert len({one.fullUrl for one in bundle.entry}) == 3
    assert b"Wrong child" in content and b'"authored": "2026-03-03"' in content


def test_a_form_of_another_system_needs_no_extension_of_ours() -> None:
    resource = json.loads(as_fhir([OfOneMeasure(measure("ors"), [whole("ors")])]).content)
    told = resource["entry"][0]["resource"]
    del told["extension"], told["identifier"], told["language"]
    told["subject"] = {"reference": "Patient/12"}
    told["source"] = {"reference": "https://example.org/fhir/RelatedPerson/7"}
    told["authored"] = "2026-03-03T10:15:00+01:00"
    form = read_file(json.dumps(told).encode(), "a", known=measures(), most=9).forms[0].form
    assert form is not None
    assert (form.child, form.answered_by, form.way, form.language, form.on) == (
        "12", "carer", "elsewhere", "en", DAY,
    )  # fmt: skip


def test_a_code_that_the_item_does_not_have_is_told_apart_and_the_rest_is_read() -> None:
    resource = json.loads(as_fhir([OfOneMeasure(measure("yp_core"), [whole("yp_core")])]).content)
    items = resource["entry"][0]["resource"]["item"]
    items[2]["answer"][0]["valueCoding"]["code"] = "9"
    found = read_file(json.dumps(resource).encode(), "a", known=measures(), most=9).forms[0]
    assert [one.item for one in found.faults] == ["yp_core_03"] and not found.wrong
    assert found.form is not None and found.form.answers["yp_core_03"] is None


def test_what_else_is_in_a_bundle_is_named() -> None:
    resource = json.loads(as_fhir([OfOneMeasure(measure("ors"), [whole("ors")])]).content)
    resource["entry"] += [{"resource": {"resourceType": "Observation"}}, {}]
    found = read_file(json.dumps(resource).encode(), "a", known=measures(), most=9).forms
    assert found[1].wrong == ("It is Observation, and no QuestionnaireResponse.",)
    assert found[2].where == "Entry 3" and found[2].wrong


@pytest.mark.parametrize(
    ("told", "order", "day"),
    [
        ("2026-03-04", "", date(2026, 3, 4)),
        ("4 March 2026", "", date(2026, 3, 4)),
        ("04-Mar-2026", "", date(2026, 3, 4)),
        ("3/4/2026", "", None),
        ("3/4/2026", "day_first", date(2026, 4, 3)),
        ("3.4.2026", "month_first", date(2026, 3, 4)),
        ("31/1/2026", "month_first", None),
        ("2026-02-30", "", None),
        ("yesterday", "", None),
    ],
)
def test_a_day_is_read_or_not_and_never_guessed(told: str, order: str, day: date | None) -> None:
    assert day_told(told, order) == day
    assert needs_an_order(told) == ("/" in told or "." in told)


def test_too_many_forms_are_refused_with_their_number() -> None:
    content = as_csv([OfOneMeasure(measure("ors"), [whole("ors")] * 12)]).content
    with pytest.raises(FileRefused, match="12 forms"):
        read_file(content, "a.csv", known=measures(), most=11)


def test_excel_saved_by_others_is_read_with_its_days_and_numbers(tmp_path: Path) -> None:
    """Excel keeps 3 as 3.0 and a day as a midnight."""
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    told = rows(OfOneMeasure(measure("yp_core"), [whole("yp_core")]))
    with xlsxwriter.Workbook(path) as book:
        sheet, form = book.add_worksheet("Sheet1"), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(told):
            sheet.write_row(number, 0, row)
        sheet.write_datetime(1, 4, DAY, form)
    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["Sheet1"]
    assert back(path.read_bytes(), "xlsx") == [whole("yp_core")]
