"""Files as they really come: each is scored rightly or refused in a sentence; never in silence."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from newel.cli import main
from tests.evidence.measures.test_files import csv

MOAS = ["moas_01", "moas_02", "moas_03", "moas_04"]
HEAD = ["who", *MOAS]
Book = Callable[[xlsxwriter.Workbook], object]


def scored(file: Path, *words: object, id: str = "moas") -> Result:
    out = file.with_name("scores.csv")
    arguments = ["measures", "score", id, file, "-o", out, *words]
    return CliRunner().invoke(main, [str(one) for one in arguments])


def result(file: Path, *words: object, id: str = "moas") -> tuple[list[Any], list[tuple[Any, ...]]]:
    """The totals, and the faults as row, column and value."""
    done = scored(file, *words, id=id)
    assert done.exit_code == 0, done.stderr
    faults = pl.read_csv(file.with_name("scores.faults.csv"), infer_schema=False)
    scores = pl.read_csv(file.with_name("scores.csv"), infer_schema=False)
    return scores["total"].to_list(), faults.select("row", "column", "value").rows()


def refused(file: Path, *words: object, id: str = "moas") -> str:
    done = scored(file, *words, id=id)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert not list(file.parent.glob("scores.*"))
    assert done.stderr.strip().endswith(".")
    return done.stderr


def book(folder: Path, write: Book) -> Path:
    with xlsxwriter.Workbook(folder / "forms.xlsx") as made:
        write(made)
    return folder / "forms.xlsx"


def sheet(made: xlsxwriter.Workbook, name: str, *rows: list[object]) -> Any:
    written = made.add_worksheet(name)
    for number, row in enumerate(rows):
        written.write_row(number, 0, row)
    return written


COMMAS, SEMICOLONS, TABS = (sign.join(MOAS) for sign in ",;\t")


@pytest.mark.parametrize(
    "text",
    [
        f"who,{COMMAS}\na,1,1,1,1\n", f"\ufeffwho,{COMMAS}\na,1,1,1,1\n",
        f"who,{COMMAS}\r\na,1,1,1,1\r\n", f"who,{COMMAS}\ra,1,1,1,1\r",
        f"who;{SEMICOLONS}\na;1;1;1;1\n", f"who\t{TABS}\na\t1\t1\t1\t1\n",
        '"who","{}"\n"a","1","1","1","1"\n'.format('","'.join(MOAS)),
        f'"Who, in full";{SEMICOLONS}\na;1;1;1;1\n', f"who,{COMMAS}\na, 1,1 ,1.0,01\n",
        f"who,{COMMAS}\na,1,1,1,1\n,,,,\n\n", f" who , {COMMAS} \na,1,1,1,1",
        f"who,{COMMAS},\na,1,1,1,1,\n",
    ],
)  # fmt: skip
def test_however_it_is_written_one_form_is_one_form(tmp_path: Path, text: str) -> None:
    assert result(csv(tmp_path, text)) == (["10.0"], [])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_names_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = ",".join(HEAD) + "\nZoë Šimek,1,1,1,1\n"
    assert result(csv(tmp_path, text.encode(encoding)))[0] == ["10.0"]
    assert pl.read_csv(tmp_path / "scores.csv")["who"].to_list() == ["Zoë Šimek"]


@pytest.mark.parametrize(
    "cell",
    ["5", "-1", "1.5", "1,5", "n/a", "N/A", "#N/A", "NULL", "none", "-", "?", "9", "99", "999",
     "1 (least serious)", "the most serious", "dim byd", "TRUE", "true", "2026-01-01", "50%",
     "1;2", "1e9", "١", "0x1", "1..0", "'1"],
)  # fmt: skip
def test_what_is_no_answer_is_told_and_counts_as_unanswered(tmp_path: Path, cell: str) -> None:
    """Also words in place of values, in English or Welsh, and codes for “missing”."""
    path = csv(tmp_path, f'{",".join(HEAD)}\na,1,1,1,1\nb,1,"{cell}",1,1\n')
    assert result(path) == (["10.0", None], [("3", "moas_02", cell)])


@pytest.mark.parametrize("cell", ["", " ", "\u00a0", '""'])
def test_a_blank_is_unanswered_and_no_fault(tmp_path: Path, cell: str) -> None:
    assert result(csv(tmp_path, f"{','.join(HEAD)}\na,1,{cell},1,1\n")) == ([None], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who,moas_01,moas_02,moas_03,moas_04,moas_02\na,1,1,1,1,4\n", "a column twice: moas_02"),
        ("who,moas_01, moas_01,moas_03,moas_04\na,1,1,1,1\n", "a column twice: moas_01"),
        ("who,moas_01,moas_02\na,1,1\n", "not there: moas_03, moas_04."),
        ("who,MOAS_01,MOAS_02,MOAS_03,MOAS_04\na,1,1,1,1\n", "“MOAS_01” is not “moas_01”"),
        ("who,moas 1,moas 2,moas 3,moas 4\na,1,1,1,1\n", "“moas 1” is not “moas_01”"),
        ("Larch,,,,\nwho,moas_01,moas_02,moas_03,moas_04\na,1,1,1,1\n", "headings stand in row 2"),
        ("MOAS,,,,\n,,,,\nwho,moas_01,moas_02,moas_03,moas_04\na,1,1,1,1\n", "stand in row 3"),
        ("who,moas_01,moas_02,moas_03,moas_04\na,1,1,1,1\nb,1,1,1\n", "Line 3 of forms.csv has"),
        ("who,moas_01,moas_02,moas_03,moas_04\na,1,1,1,1\nTotal,1,1,1,1\n", "row 3, says “Total”"),
        ("who,moas_01,moas_02,moas_03,moas_04\na,1,1,1,1\nb,1,1,1,1\n mean: ,1,1,1,1\n\n",
         "row 4, says “ mean: ”"),
        ("who,moas_01,moas_02,moas_03,moas_04\na,1\r1,1,1\n", "Line 2 of forms.csv has 4 cells"),
        ('who,"moas_01\nx,moas_02,moas_03,moas_04\na,1,1,1,1\n', "where its cells end cannot"),
        ("who\r,moas_01,moas_02,moas_03,moas_04\na,1,1,1,1\n", "a line that breaks inside a cell"),
        ("who,total,moas_01,moas_02,moas_03,moas_04\na,8,1,1,1,1\n", "give them others: total."),
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(csv(tmp_path, text))


def test_a_word_that_stands_in_every_row_is_no_row_of_totals(tmp_path: Path) -> None:
    text = "kind,moas_01,moas_02,moas_03,moas_04\nmean,1,1,1,1\nmean,1,1,1,1\n"
    assert result(csv(tmp_path, text))[0] == ["10.0", "10.0"]


def test_two_languages_in_one_file_are_never_mixed_and_it_is_said(tmp_path: Path) -> None:
    """The Welsh answers stand in columns of their own: unanswered here, and not lost."""
    heads = ",".join([*HEAD, *(f"{id}_cy" for id in MOAS)])
    path = csv(tmp_path, f"{heads}\na,1,1,1,1,,,,\nb,,,,,4,4,4,4\n")
    done = scored(path)
    assert "not scored: moas_01_cy, moas_02_cy, moas_03_cy, moas_04_cy." in done.stdout
    assert done.stdout.splitlines()[-1].endswith("0 faults.")
    table = pl.read_csv(tmp_path / "scores.csv")
    assert table["total"].to_list() == [10.0, None]
    assert table["moas_04_cy"].to_list() == [None, 4]


def test_ids_that_stand_twice_are_two_forms_in_their_order(tmp_path: Path) -> None:
    path = csv(tmp_path, f"{','.join(HEAD)}\na,1,1,1,1\na,4,4,4,4\n")
    assert result(path)[0] == ["10.0", "40.0"]


def test_cells_of_a_workbook_are_read_as_they_are_seen(tmp_path: Path) -> None:
    """100% is stored as 1, an error as nothing and a day as a number: none of them is an answer."""

    def write(made: xlsxwriter.Workbook) -> None:
        rows = [[name, 1, 1, 1, 1] for name in "abcdefg"]
        written = sheet(made, "Forms", HEAD, *rows)
        written.write(1, 2, 1, made.add_format({"num_format": "0%"}))
        written.write(2, 2, 0.015, made.add_format({"num_format": "0.0%"}))
        written.write_formula(3, 2, "=NA()", None, "#N/A")
        written.write_boolean(4, 2, True)
        written.write_datetime(5, 2, datetime(1900, 1, 1), made.add_format({"num_format": "d/m"}))
        written.write_string(6, 2, "1")
        written.write_formula(7, 2, "=1+0", None, 1)

    totals, faults = result(book(tmp_path, write))
    assert totals == [None, None, None, None, None, "10.0", "10.0"]
    assert [value for _, _, value in faults][:4] == ["100%", "1.5%", "#N/A", "True"]
    assert faults[4][0] == "6"


def test_formulas_that_were_never_worked_out_are_refused(tmp_path: Path) -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        written = sheet(made, "Forms", HEAD, ["a", 1, 1, 1, 1])
        written.write_formula(1, 2, "=1+1", None, "")

    assert "has a formula in C2 that was never worked out" in refused(book(tmp_path, write))


def test_a_hidden_sheet_is_passed_over(tmp_path: Path) -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        sheet(made, "Lists", HEAD, ["hidden", 4, 4, 4, 4]).hide()
        sheet(made, "Forms", HEAD, ["a", 1, 1, 1, 1]).activate()
        sheet(made, "Notes", ["what this is"], ["Filled in by the night staff."])

    path = book(tmp_path, write)
    assert result(path) == (["10.0"], [])
    assert "no sheet “Lists” that is not hidden; it has “Forms”, “Notes”." in _refused_sheet(path)


def _refused_sheet(path: Path) -> str:
    for made in path.parent.glob("scores.*"):
        made.unlink()
    return refused(path, "--sheet", "Lists")


def test_two_sheets_of_forms_are_not_half_scored(tmp_path: Path) -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        sheet(made, "Larch", HEAD, ["a", 1, 1, 1, 1])
        sheet(made, "Rowan & Elm", HEAD, ["b", 2, 2, 2, 2])

    path = book(tmp_path, write)
    assert "“Larch” and “Rowan & Elm” of forms.xlsx both have such columns" in refused(path)
    assert result(path, "--sheet", "Rowan & Elm")[0] == ["20.0"]


def test_forms_on_another_sheet_are_pointed_at(tmp_path: Path) -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        sheet(made, "Cover", ["Larch"], ["March"])
        sheet(made, "Forms", HEAD, ["a", 1, 1, 1, 1])

    path = book(tmp_path, write)
    assert "They stand in the sheet “Forms”: name it with --sheet." in refused(path)
    assert result(path, "--sheet", "Forms")[0] == ["10.0"]


def test_an_answer_that_is_merged_over_two_forms_is_refused(tmp_path: Path) -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        written = sheet(made, "Forms", HEAD, ["a", 1, 1, 1, 1], ["b", 1, "", 1, 1])
        written.merge_range(1, 2, 2, 2, 1)

    assert "merged cells that reach from row 2 to row 3, in column 3" in refused(
        book(tmp_path, write)
    )


def test_a_number_is_read_with_the_digits_that_a_sheet_shows(tmp_path: Path) -> None:
    """3 times 0.1 is 0.30000000000000004 in the file, and 0.3 on the screen."""
    ids = [f"ors_0{n}" for n in range(1, 5)]

    def write(made: xlsxwriter.Workbook) -> None:
        sheet(made, "Forms", ids, [3 * 0.1, 1.1 * 3, 10, 2])

    assert result(book(tmp_path, write), id="ors") == (["15.6"], [])


def test_a_merged_heading_above_the_headings_is_pointed_at(tmp_path: Path) -> None:
    def write(made: xlsxwriter.Workbook) -> None:
        written = sheet(made, "Forms", [], HEAD, ["a", 1, 1, 1, 1])
        written.merge_range(0, 1, 0, 4, "What was seen")

    assert "Its headings stand in row 2" in refused(book(tmp_path, write))


def test_where_a_sheet_stands_is_known_whatever_the_writer_calls_its_names(tmp_path: Path) -> None:
    """Other writers put a prefix before every name, and call the namespace of ids otherwise."""

    def write(made: xlsxwriter.Workbook) -> None:
        written = sheet(made, "Forms & notes", HEAD, ["a", 1, 1, 1, 1])
        written.write(1, 2, 1, made.add_format({"num_format": 9}))

    path = book(tmp_path, write)
    with ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = (
            parts[name].replace(b"r:id=", b"d3p1:id=").replace(b"xmlns:r=", b"xmlns:d3p1=")
        )
    with ZipFile(path, "w") as file:
        for name, told in parts.items():
            file.writestr(name, told)
    assert result(path) == ([None], [("2", "moas_02", "100%")])


def test_a_file_that_is_no_workbook_has_no_sheets(tmp_path: Path) -> None:
    path = csv(tmp_path, f"{','.join(HEAD)}\na,1,1,1,1\n")
    assert "it has no sheets to choose from" in refused(path, "--sheet", "Forms")


def test_numbers_of_parquet_are_told_from_days_and_yes_and_no(tmp_path: Path) -> None:
    whole: dict[str, Any] = {id: [1, 1] for id in MOAS}
    odd = {"moas_02": [True, False], "moas_03": [datetime(1970, 1, 2), None]}
    pl.DataFrame({"who": ["a", "b"], **whole, **odd}).write_parquet(tmp_path / "forms.parquet")
    totals, faults = result(tmp_path / "forms.parquet")
    assert totals == [None, None]
    assert [(row, column) for row, column, _ in faults] == [
        ("2", "moas_02"), ("2", "moas_03"), ("3", "moas_02"),
    ]  # fmt: skip
