"""A list taken apart: lines, tables and files, whole and broken."""

import csv
import io
import zipfile
from datetime import date
from itertools import pairwise
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newel.record.design_system.brought_files import OLD_OFFICE
from newel.record.stairs.scoping.rules import files
from newel.record.stairs.scoping.rules.files import NotAList, rows_or_text
from newel.record.stairs.scoping.rules.lines import TITLE
from newel.record.stairs.scoping.rules.tables import lines_of_csv, lines_of_rows, lines_of_text

BORN = date(2010, 3, 7)
Pairs = list[tuple[str, str]]


def pairs(text: str) -> Pairs:
    return [(line.when, line.what) for line in lines_of_text(text, born_on=BORN)]


@pytest.mark.parametrize(
    ("line", "when", "what"),
    [
        ("2014 summer - moved to aunt", "2014 summer", "moved to aunt"),
        ("12/03/2015; excluded from school; again", "12/03/2015", "excluded from school; again"),
        ("• March 2016 – his mother came back", "March 2016", "his mother came back"),
        ("* about age 6: first foster home", "about age 6", "first foster home"),
        ("1. 2017 started at Salem House", "2017", "started at Salem House"),
        ("- 2011-2013: foster carers", "2011-2013", "foster carers"),
        ("12 March 2015, excluded", "12 March 2015", "excluded"),
        ("Excluded from Year 5 (summer 2019)", "summer 2019", "Excluded from Year 5"),
        ("Moved to Dover in March 2016", "March 2016", "Moved to Dover"),
        ("Christmas 2012, went hungry 🍞", "Christmas 2012", "went hungry 🍞"),
        ("Age 6 months: hospital", "Age 6 months", "hospital"),
        ("unknown - moved", "unknown", "moved"),
        ("date not known: moved", "date not known", "moved"),
        ("Met Mick in prison visits", "", "Met Mick in prison visits"),
        ("12 children in the house", "", "12 children in the house"),
        ("Mother: said he was loved", "", "Mother: said he was loved"),
        ("03/25/2014 - moved", "03/25/2014", "moved"),
        ("A few months after his sister was born - moved",
         "A few months after his sister was born", "moved"),
    ],
)  # fmt: skip
def test_a_line_says_when_and_what(line: str, when: str, what: str) -> None:
    assert pairs(line) == [(when, what)]


def test_a_table_with_tabs_is_read_by_its_headings() -> None:
    text = "Source\tDate of event\tEvent\tWorker\nSchool\t12/03/2015\tExcluded\tMs X"
    (line,) = lines_of_text(text, born_on=BORN)
    assert (line.when, line.what, line.source, line.more) == (
        "12/03/2015", "Excluded", "School", "Worker: Ms X",
    )  # fmt: skip


def test_a_table_without_headings_is_read_by_what_is_in_it() -> None:
    assert pairs("1\tmoved to his aunt\tsummer 2014\n2\twent to school\tSept 2015") == [
        ("summer 2014", "moved to his aunt"),
        ("Sept 2015", "went to school"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "12/03/2015,Excluded from school\n2017,Ran away",
        '"12/03/2015","Excluded from school"\n"2017","Ran away"',
        "12/03/2015;Excluded from school\n2017;Ran away",
        "12/03/2015|Excluded from school\n\n2017|Ran away",
    ],
)
def test_a_pasted_csv_without_headings_is_read_as_a_table(text: str) -> None:
    assert pairs(text) == [("12/03/2015", "Excluded from school"), ("2017", "Ran away")]


def test_a_csv_without_headings_and_months_first_is_a_table_that_asks() -> None:
    assert pairs("03/25/2015,Excluded\n04/26/2016,Moved") == [
        ("03/25/2015", "Excluded"), ("04/26/2016", "Moved"),
    ]  # fmt: skip


def test_a_sentence_with_commas_is_no_table() -> None:
    assert pairs("12 March 2015, excluded, for a day\n2016, moved, again") == [
        ("12 March 2015", "excluded, for a day"), ("2016", "moved, again"),
    ]  # fmt: skip


def test_the_headings_of_a_table_from_a_pdf_are_left_out() -> None:
    text = "Date        Event\n12/03/2015  Excluded after\n            a fight\n2016  Moved"
    heading, *rest = lines_of_text(text, born_on=BORN)
    assert heading.out
    assert [(one.when, one.what) for one in rest] == [
        ("12/03/2015", "Excluded after a fight"), ("2016", "Moved"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>2015</td>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html>",
        b'<?xml version="1.0"?>',
    ],
)
def test_a_web_page_with_the_name_of_a_table_says_what_to_do(content: bytes) -> None:
    """As some case systems give out, called .xls."""
    with pytest.raises(NotAList, match="copy the list, and paste it"):
        rows_or_text(content)


def test_rows_that_a_pdf_broke_are_put_together_and_say_so() -> None:
    text = "12/06/2018\nExcluded for two days after\nthe fight in the yard\n2019 moved\n"
    first, second = lines_of_text(text, born_on=BORN)
    assert first.what == "Excluded for two days after the fight in the yard"
    assert "broken" in first.note
    assert first.original.count("\n") == 2
    assert (second.when, second.what) == ("2019", "moved")


def test_short_lines_in_small_letters_stay_events_of_their_own() -> None:
    assert len(pairs("2014 moved to aunt\nfather left\nunknown - mother came back")) == 3


def test_two_lines_without_a_time_stay_two_events() -> None:
    assert len(pairs("2014 moved to aunt\nFather left\nMother came back")) == 3


def test_a_kind_is_taken_only_when_it_is_one_of_ours() -> None:
    text = "Date\tEvent\tType\n2014\tone\tSchool and learning\n2015\ttwo\tSafeguarding"
    one, two = lines_of_text(text, born_on=BORN)
    assert (one.kind, one.more) == ("school", "")
    assert (two.kind, two.more) == ("", "Kind: Safeguarding")


def test_two_columns_of_dates_are_from_and_until() -> None:
    (line,) = lines_of_text("Date\tUntil\tEvent\n2011\t2013\tFoster carers", born_on=BORN)
    assert line.when == "2011 to 2013"


def test_a_heading_is_left_out_and_not_dropped() -> None:
    heading, line = lines_of_text("Chronology:\n2014 moved", born_on=BORN)
    assert heading.out
    assert "heading" in heading.note
    assert not line.out


def test_a_long_line_is_kept_whole() -> None:
    words = "He was sent away. " + "And nobody told him why, " * 20
    (line,) = lines_of_text(f"2014: {words}", born_on=BORN)
    assert line.what == "He was sent away."
    assert line.more == words.strip()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=80)))
def test_no_letter_of_a_list_is_lost(typed: list[str]) -> None:
    """H27: whatever is brought stands in some line, as it was brought."""
    text = "\n".join(typed)
    lines = lines_of_text(text, born_on=BORN)
    kept = "".join("".join(line.original.split()) for line in lines)
    assert kept.replace("\t", "") == "".join(text.split())
    assert all(len(line.what) <= TITLE for line in lines)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_csv_file_is_cut_at_the_sign_it_uses(sign: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(
        [["Date", "Event"], ["12/03/2015", f'He said "no"{sign} twice'], ["2016", "=1+1"]]
    )
    lines = lines_of_csv(out.getvalue(), born_on=BORN)
    assert [(line.when, line.what) for line in lines] == [
        ("12/03/2015", " ".join(f'He said "no"{sign} twice'.split())),
        ("2016", "=1+1"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_file_is_read_in_the_letters_it_was_written_in(encoding: str) -> None:
    text = "Date;Event\n12/03/2015;Chloé’s exclusion, and what came after it"
    assert rows_or_text(text.encode(encoding)) == text


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: list[list[str]]) -> bytes:
    """The smallest workbook that Excel would open; a cell that begins with = is a formula."""
    cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            kind="worksheet", target="worksheets/sheet1.xml"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    return packed(parts)


def _cell(words: str) -> str:
    if words.startswith("=SUM"):
        return f'<c t="str"><f>{escape(words[1:])}</f><v>shown</v></c>'
    return f'<c t="inlineStr"><is><t>{escape(words)}</t></is></c>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def test_a_workbook_is_read_and_a_formula_is_what_it_shows() -> None:
    rows = [["Date", "Event"], ["12/03/2015", "Excluded"], ["2016", "=SUM(A1)"], ["2017", "=cmd"]]
    found = rows_or_text(workbook(rows))
    assert isinstance(found, list)
    lines = lines_of_rows(found, born_on=BORN)
    assert [(line.when, line.what) for line in lines] == [
        ("12/03/2015", "Excluded"), ("2016", "shown"), ("2017", "=cmd"),
    ]  # fmt: skip


MANIFEST = '<m:manifest xmlns:m="x"><m:encryption-data/></m:manifest>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"{\\rtf1 moved}", "word processor"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old and broken", "could not be read"),
        (b"PK\x03\x04 not a zip", "could not be read"),
        (packed({"xl/workbook.xml": "<broken"}), "could not be read"),
        (packed({"word/document.xml": "<w/>"}), "word processor"),
        (packed({"content.xml": "", "META-INF/manifest.xml": MANIFEST}), "password"),
        (packed({"xl/a.xml": b"0" * 70_000_000}), "far larger"),
        (b"x" * 10_000_000, "10.0 MB"),
        (bytes(range(1, 9)) * 40, "could not be read"),
        (workbook([[]]), "empty"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_file_that_is_no_list_says_what_to_do_instead(content: bytes, sentence: str) -> None:
    with pytest.raises(NotAList, match=sentence):
        rows_or_text(content)


def test_a_file_is_known_by_what_is_in_it_and_nuls_are_taken_out() -> None:
    assert files.decoded(b"2014: moved\x00 away") == "2014: moved away"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(content: bytes) -> None:
    for beginning in (b"", b"PK\x03\x04", OLD_OFFICE):
        try:
            found = rows_or_text(beginning + content)
        except NotAList:
            continue
        assert isinstance(found, (str, list))


def test_events_stay_in_the_order_of_the_list() -> None:
    lines = lines_of_text("\n".join(f"{year}: {year}" for year in range(2000, 2020)), born_on=BORN)
    assert all(one.when < other.when for one, other in pairwise(lines))
