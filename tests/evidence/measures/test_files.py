"""Files as people send them: read rightly, or refused in a sentence that says what to mend."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from newel.evidence.measures.files import (
    FileRefused,
    check_output,
    faults_beside,
    read_table,
    tables_in,
    write_table,
)


def csv(folder: Path, text: str | bytes, name: str = "forms.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def workbook(folder: Path, *rows: list[object]) -> Path:
    path = folder / "forms.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return path


def rows(path: Path) -> list[tuple[str | None, ...]]:
    return read_table(path).rows()


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as fault:
        read_table(path)
    said = str(fault.value)
    assert said.endswith(".")
    assert not [word for word in ("polars", "schema", "Error", "errno", "dtype") if word in said]
    return said


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_cells(tmp_path: Path, delimiter: str) -> None:
    table = read_table(csv(tmp_path, delimiter.join(("id", "a")) + "\n" + delimiter.join("x1")))
    assert (table.columns, table.rows()) == (["id", "a"], [("x", "1")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_however_excel_saved_it_names_are_right(tmp_path: Path, encoding: str) -> None:
    table = read_table(csv(tmp_path, "Prénom,a\nZoë,3\n".encode(encoding)))
    assert (table.columns, table.rows()) == (["Prénom", "a"], [("Zoë", "3")])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(tmp_path: Path, end: str) -> None:
    assert rows(csv(tmp_path, f"id,a{end}x,1{end}y,2{end}")) == [("x", "1"), ("y", "2")]


def test_a_cell_stays_as_it_stands_there(tmp_path: Path) -> None:
    told = 'id,a,b\n007,n/a,"3,5"\n1e3, ,true\n'
    assert rows(csv(tmp_path, told)) == [("007", "n/a", "3,5"), ("1e3", " ", "true")]


@pytest.mark.parametrize("text", ["a,b,a\n1,2,3\n", "a;b; a\n1;2;3\n"])
def test_a_column_twice_is_refused(tmp_path: Path, text: str) -> None:
    assert "has a column twice: a." in refused(csv(tmp_path, text))


def test_a_column_twice_in_a_workbook_is_refused(tmp_path: Path) -> None:
    assert "has a column twice: a." in refused(workbook(tmp_path, ["a", "a"], [1, 2]))


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n1,2,3\n", "Line 3 of forms.csv has 3 cells and its headings are 2."),
     ("a,b\n1\n1,2\n", "Line 2 of forms.csv has 1 cell and its headings are 2."),
     ("a,b\n1,2\n\n1,2,3\n", "Line 4 of forms.csv has 3 cells"),
     ("a,b\n1,2,3\n1\n1\n", "Line 2 of forms.csv has 3 cells and its headings are 2, and 2 more"),
     ('a,b\n"1,5",2\n1\n', "Line 3 of forms.csv has 1 cell"),
     ("a;b\n1;2;3\n", "Line 2 of forms.csv has 3 cells")],
)  # fmt: skip
def test_a_line_with_too_many_or_too_few_cells_is_named(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in refused(csv(tmp_path, text))


@pytest.mark.parametrize("text", ['a,b\n1,"2\n3,4\n', 'a,b\n1"x,"2\n'])
def test_a_quotation_mark_astray_is_refused(tmp_path: Path, text: str) -> None:
    assert "forms.csv has" in refused(csv(tmp_path, text))


def test_a_cell_may_hold_lines_and_quotation_marks(tmp_path: Path) -> None:
    told = 'id,"a, b"\n"x\ny","He said ""no"""\nz,1\n'
    table = read_table(csv(tmp_path, told))
    assert table.columns == ["id", "a, b"]
    assert table.rows() == [("x\ny", 'He said "no"'), ("z", "1")]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", ",,\n1,2,3\n"])
def test_a_file_without_headings_is_refused(tmp_path: Path, text: str) -> None:
    assert "has no headings in its first line" in refused(csv(tmp_path, text))


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert "has no headings in the first row of its first sheet" in refused(workbook(tmp_path))


@pytest.mark.parametrize("text", ["a,b\n", "a,b", "a,b\n\n\n", "a,b\n,\n"])
def test_headings_alone_are_a_table_of_no_rows(tmp_path: Path, text: str) -> None:
    table = read_table(csv(tmp_path, text))
    assert (table.columns, table.height) == (["a", "b"], 0)


def test_headings_alone_in_a_workbook_too(tmp_path: Path) -> None:
    assert read_table(workbook(tmp_path, ["a", "b"])).height == 0


def test_blank_rows_count_in_the_middle_and_not_at_the_end(tmp_path: Path) -> None:
    wanted = [("1", "2"), (None, None), ("3", "4")]
    assert rows(csv(tmp_path, "a,b\n1,2\n\n3,4\n,\n  ,\n\n")) == wanted
    found = read_table(workbook(tmp_path, ["a", "b"], [1, 2], [], [3, 4], ["", " "]))
    assert [tuple(cell or None for cell in row) for row in found.rows()] == wanted


def test_a_nameless_column_is_kept_if_it_holds_anything(tmp_path: Path) -> None:
    for path in (
        csv(tmp_path, ",a,\n0,1,\n1,2, \n"),
        workbook(tmp_path, [None, "a", None], [0, 1], [1, 2, " "]),
    ):
        table = read_table(path)
        assert table.columns == ["column_1", "a"]
        assert table["column_1"].to_list() == ["0", "1"]


def test_a_workbook_is_read_as_it_is_seen(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ["id", "day", "a", "b"], ["x", datetime(2024, 5, 1), 3, True],
        ["007", "1/5/2024", "3,5", None], ["y", datetime(2024, 5, 1, 9, 30), 2.5, "n/a"],
    )  # fmt: skip
    assert rows(path) == [
        ("x", "2024-05-01", "3", "True"),
        ("007", "1/5/2024", "3,5", ""),
        ("y", "2024-05-01T09:30:00", "2.5", "n/a"),
    ]


def test_parquet_comes_back_as_it_went(tmp_path: Path) -> None:
    table = pl.DataFrame({"id": ["x"], "a": [3]})
    write_table(table, tmp_path / "forms.parquet")
    assert read_table(tmp_path / "forms.parquet").equals(table)


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, ending: str) -> None:
    said = refused(csv(tmp_path, "a,b\n1,2\n", f"forms.{ending}"))
    assert "or it is broken or has a password" in said


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "Is a directory" in refused(tmp_path / "folder.csv")


@pytest.mark.parametrize("name", ["forms.ods", "forms.xls", "forms", "forms.txt"])
def test_other_endings_are_refused_with_those_that_can_be_read(tmp_path: Path, name: str) -> None:
    assert "must end in .csv, .xlsx or .parquet" in refused(csv(tmp_path, "a\n1\n", name))


def test_an_output_must_be_a_csv_or_parquet_and_another_file(tmp_path: Path) -> None:
    answers = tmp_path / "a.csv"
    check_output(tmp_path / "b.csv", answers)
    for output in (answers, tmp_path / "x" / ".." / "a.csv", tmp_path / "b.xlsx"):
        with pytest.raises(FileRefused):
            check_output(output, answers)
    with pytest.raises(FileRefused, match="overwrite the answers"):
        check_output(tmp_path / "b.csv", faults_beside(tmp_path / "b.csv"))


def test_lists_cannot_stand_in_a_csv(tmp_path: Path) -> None:
    table = pl.DataFrame({"id": [["x"]]})
    with pytest.raises(FileRefused, match=r"id holds lists. Name a file that ends in .parquet"):
        write_table(table, tmp_path / "a.csv")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    for name in ("a.csv", "a.parquet"):
        with pytest.raises(FileRefused, match="cannot be written"):
            write_table(pl.DataFrame({"a": [1]}), tmp_path / "none" / name)


def test_a_file_that_was_sent_is_read_by_what_is_in_it(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "sent.xlsx") as made:
        for name, value in (("ors", 1), ("cors", 2)):
            made.add_worksheet(name).write_column(0, 0, ["a", value])
        made.add_worksheet("lists").hide()
        made.add_worksheet("empty")
    tables = tables_in((tmp_path / "sent.xlsx").read_bytes(), "sent.csv")
    assert {name: table["a"].to_list() for name, table in tables.items()} == {
        "ors": ["1"], "cors": ["2"],
    }  # fmt: skip
    assert list(tables_in(b"a,b\n1,2\n", "sent.xlsx")) == [""]
    assert read_table(tmp_path / "sent.xlsx", sheet="cors")["a"].to_list() == ["2"]


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken"])
def test_a_broken_workbook_that_was_sent_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="it is no Excel file, or it is broken"):
        tables_in(content, "sent.xlsx")
