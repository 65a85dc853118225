"""docs/measures/commands.md promises scripts what the commands do. Here the promises are kept."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from newel.cli import main
from newel.evidence.measures import IDS, measure
from newel.evidence.measures.faults import FAULTS

PAGE = (Path(__file__).resolve().parents[3] / "docs/measures/commands.md").read_text("utf-8")
FORM = {f"moas_{n:02d}": value for n, value in enumerate(("2", "1", "0", "1"), 1)}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["measures", *map(str, words)])


def scored(tmp_path: Path, *forms: dict[str, str], out: str = "scores.csv") -> Result:
    pl.DataFrame(forms).write_csv(tmp_path / "forms.csv")
    return run("score", "moas", tmp_path / "forms.csv", "-o", tmp_path / out)


def test_the_ids_of_the_page_are_those_that_there_are_in_their_order() -> None:
    listed = PAGE.partition("**Measures**")[2].partition("Each has")[0]
    assert tuple(re.findall(r"`(\w+)`", listed)) == IDS


def test_the_key_has_the_shape_that_is_promised() -> None:
    key = json.loads(run("show", "ors", "--format", "json").stdout)
    assert list(key) == ["id", "items", "subscales"]
    assert key["items"][0]["id"] == "ors_01"
    assert key["items"][0]["values"][:4] == [0, 0.1, 0.2, 0.3]
    assert len(key["items"][0]["values"]) == 101
    assert key["subscales"] == [
        {"id": "total", "items": [one.id for one in measure("ors").items], "reversed": [],
         "minimum": 4}
    ]  # fmt: skip


def test_other_columns_come_first_and_then_three_for_each_score(tmp_path: Path) -> None:
    backwards = {"who": "Ada", **dict(reversed(FORM.items())), "unit": "Larch"}
    assert scored(tmp_path, backwards).exit_code == 0
    table = pl.read_csv(tmp_path / "scores.csv")
    assert table.columns == ["who", "unit", "total", "total_answered", "total_prorated"]
    assert table.row(0) == ("Ada", "Larch", 8.0, 4, False)


def test_a_faulty_cell_is_listed_with_the_row_of_the_spreadsheet(tmp_path: Path) -> None:
    said = scored(tmp_path, FORM, FORM | {"moas_02": "n/a"}, FORM | {"moas_04": "5"})
    assert said.exit_code == 0
    assert "2 faults" in said.stdout
    faults = pl.read_csv(tmp_path / "scores.faults.csv")
    assert faults.columns == list(FAULTS) == re.findall(r"(?m)^\| `(\w+)` \| ", PAGE)[:4]
    assert faults.select("row", "column", "value").rows() == [
        (3, "moas_02", "n/a"),
        (4, "moas_04", "5"),
    ]
    assert pl.read_csv(tmp_path / "scores.csv")["total"].to_list() == [8.0, None, None]


def test_the_file_of_faults_is_there_also_without_any(tmp_path: Path) -> None:
    assert "0 faults" in scored(tmp_path, FORM, out="scores.parquet").stdout
    assert (tmp_path / "scores.faults.csv").read_text() == "row,column,value,permitted\n"
    assert pl.read_parquet(tmp_path / "scores.parquet")["total"].to_list() == [8.0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("score", "nothing", "forms.csv", "-o", "out.csv"), "There is no measure “nothing”"),
        (("score", "moas", "none.csv", "-o", "out.csv"), "There is no file"),
        (("score", "moas", "forms.csv", "-o", "out.doc"), "must end in"),
        (("score", "gbo", "forms.csv", "-o", "out.csv"), "needs columns that are not there"),
        (("score", "moas", "taken.csv", "-o", "out.csv"), "give them others"),
        (("show", "nothing"), "There is no measure “nothing”"),
    ],
)
def test_what_cannot_be_done_is_2_with_a_sentence_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    pl.DataFrame([FORM]).write_csv("forms.csv")
    pl.DataFrame([FORM | {"total": "8"}]).write_csv("taken.csv")
    refused = run(*words)
    assert refused.exit_code == 2
    assert sentence in refused.stderr
    assert not list(tmp_path.glob("out*"))
