"""`newel measures`: what it prints and writes, and how it says no. Scripts rely on all of it."""

import json
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest
from click.testing import CliRunner, Result

from newel.cli import main
from newel.evidence.measures import measure
from newel.evidence.measures.parts import Answerer
from tests.evidence.measures.test_files import csv, workbook

IDS = [one.id for one in measure("essences").items]
HEAD = ["who", "day", *IDS]


def newel(*words: object) -> Result:
    return CliRunner().invoke(main, ["measures", *map(str, words)])


def form(who: str, day: str, answer: object) -> list[object]:
    return [who, day, *[answer] * 17]


def forms(folder: Path, *rows: list[object]) -> Path:
    return csv(folder, "\n".join(",".join(map(str, row)) for row in (HEAD, *rows)))


def refused(done: Result) -> str:
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.strip().endswith((".", "--day-first."))
    return done.stderr


def report(done: Result) -> dict[str, Any]:
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return json.loads(done.stdout)


def test_a_file_is_scored_and_its_faults_are_listed_beside_it(tmp_path: Path) -> None:
    faulty = form("b", "2024-02-01", 3)
    faulty[3] = "n/a"
    done = newel("score", "essences", forms(tmp_path, form("a", "2024-01-01", 2), faulty),
                 "-o", tmp_path / "out.csv")  # fmt: skip
    assert done.exit_code == 0
    assert "2 forms scored" in done.stdout and "1 fault" in done.stdout
    scores = pl.read_csv(tmp_path / "out.csv")
    assert scores.columns == [
        "who", "day", *(f"{id}{end}" for id in ("cohesion", "experienced_safety",
        "therapeutic_hold") for end in ("", "_answered", "_prorated")),
    ]  # fmt: skip
    assert scores["cohesion"].to_list() == [10.0, 15.0]
    assert scores["therapeutic_hold"].to_list() == [10.0, 13.0]
    assert scores["cohesion_prorated"].to_list() == [False, True]
    faults = pl.read_csv(tmp_path / "out.faults.csv")
    assert faults.rows() == [(3, "essences_02", "n/a", "one of 0, 1, 2, 3, 4")]


def test_a_workbook_goes_in_and_parquet_comes_out(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD, form("a", "2024-01-01", 4))  # type: ignore[arg-type]
    assert newel("score", "essences", path, "-o", tmp_path / "o.parquet").exit_code == 0
    assert pl.read_parquet(tmp_path / "o.parquet")["experienced_safety"].to_list() == [0.0]
    assert pl.read_csv(tmp_path / "o.faults.csv").height == 0


def test_a_score_that_cannot_be_given_is_an_empty_cell(tmp_path: Path) -> None:
    newel("score", "essences", forms(tmp_path, form("a", "x", "")), "-o", tmp_path / "out.csv")
    row = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1]
    assert row == "a,x,,0,false,,0,false,,0,false"


def test_a_file_with_headings_alone_is_scored_to_headings_alone(tmp_path: Path) -> None:
    done = newel("score", "essences", forms(tmp_path), "-o", tmp_path / "out.csv")
    assert done.exit_code == 0
    assert "0 forms scored" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [("who,essences_02\na,1\n", "needs columns that are not there: essences_03"),
     ("", "no headings"), ("who,who\n1,2\n", "a column twice: who")],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["score", "change", "reliability"])
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, verb: str, text: str, said: str
) -> None:
    words = {"score": ["-o", tmp_path / "o.csv"], "change": ["--person", "who", "--date", "day"]}
    done = newel(verb, "essences", csv(tmp_path, text), *words.get(verb, []))
    assert said in refused(done)
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.parametrize("verb", ["score", "change", "reliability"])
def test_an_unknown_measure_is_refused_with_those_there_are(tmp_path: Path, verb: str) -> None:
    words = {"score": ["-o", tmp_path / "o.csv"], "change": ["--person", "who", "--date", "day"]}
    done = newel(verb, "essence", forms(tmp_path), *words.get(verb, []))
    assert "There are: essences, cbi, ors" in refused(done)


def test_the_answers_are_never_overwritten(tmp_path: Path) -> None:
    path = forms(tmp_path, form("a", "2024-01-01", 2))
    before = path.read_bytes()
    assert "overwrite the answers" in refused(newel("score", "essences", path, "-o", path))
    assert path.read_bytes() == before


def test_a_change_is_told_for_each_person_and_subscale(tmp_path: Path) -> None:
    path = forms(tmp_path, form("a", "2024-06-01", 4), form("a", "2024-01-01", 2),
                 form("b", "2024-01-01", 2))  # fmt: skip
    told = report(
        newel("change", "essences", path, "--person", "who", "--date", "day", "--format", "json")
    )
    assert (told["measure"], told["version"], told["forms"]) == ("essences", 1, 3)
    assert [one["id"] for one in told["subscales"]] == [
        "cohesion", "experienced_safety", "therapeutic_hold",
    ]  # fmt: skip
    noise = told["subscales"][0]["reliable_change"]
    assert (noise["points"], noise["origin"]) == (None, "none")
    assert "need 30 people" in noise["why_not"]
    safety = next(
        one for one in told["changes"]
        if one["person"] == "a" and one["subscale"] == "experienced_safety"
    )  # fmt: skip
    assert (safety["first"], safety["last"], safety["change"]) == (10.0, 0.0, -10.0)
    assert (safety["first_on"], safety["last_on"]) == ("2024-01-01", "2024-06-01")
    assert safety["state"] is None
    assert len(told["changes"]) == 6


def test_no_change_adds_the_subscales_of_a_measure_up(tmp_path: Path) -> None:
    path = forms(tmp_path, form("a", "2024-06-01", 4), form("a", "2024-01-01", 2))
    told = report(
        newel("change", "essences", path, "--person", "who", "--date", "day", "--format", "json")
    )
    assert {one["subscale"] for one in told["changes"]} == {
        one.id for one in measure("essences").subscales
    }
    assert set(told) == {
        "measure", "version", "forms", "faults", "subscales", "changes", "left_out",
    }  # fmt: skip


def _thirty(folder: Path) -> Path:
    rows = []
    for n in range(30):
        answers = [min(4, max(0, n % 5 + (n * item) % 3 - 1)) for item in range(17)]
        rows += [[f"p{n}", "1/2/2024", *answers], [f"p{n}", "1/3/2024", *[4] * 17]]
    return forms(folder, *rows)


def test_with_enough_people_the_file_gives_the_noise(tmp_path: Path) -> None:
    words = ("--person", "who", "--date", "day", "--day-first", "--format", "json")
    told = report(newel("change", "essences", _thirty(tmp_path), *words))
    one = told["subscales"][0]
    noise = one["reliable_change"]
    assert (noise["origin"], noise["sd_n"], noise["reliability_n"]) == ("this_file", 30, 30)
    assert noise["formula"].startswith("SEm = SD·√(1 − r)")
    sem = noise["sd"] * (1 - noise["reliability"]) ** 0.5
    assert noise["points"] == pytest.approx(1.96 * sem * 2**0.5, abs=1e-12)
    assert sum(one["people"].values()) == 30
    assert told["changes"][0]["first_on"] == "2024-02-01"


def test_people_read_a_change_in_lines(tmp_path: Path) -> None:
    words = ("--person", "who", "--date", "day", "--day-first")
    done = newel("change", "essences", _thirty(tmp_path), *words)
    assert done.exit_code == 0
    assert done.stdout.startswith("cohesion: a change of ")
    assert "listwise, of the first forms of this file, n 30" in done.stdout


@pytest.mark.parametrize(
    ("rows", "said"),
    [([("a", "1/2/2024")], "row 2 “1/2/2024”"),
     ([("a", "2024-01-01"), ("a", "2024-01-01")], "rows 2 and 3"),
     ([("", "2024-01-01")], "Row 2 names no person")],
)  # fmt: skip
def test_an_unclear_occasion_is_refused(
    tmp_path: Path, rows: list[tuple[str, str]], said: str
) -> None:
    path = forms(tmp_path, *(form(who, day, 2) for who, day in rows))
    words = ("--person", "who", "--date", "day", "--format", "json")
    assert said in refused(newel("change", "essences", path, *words))


def test_faulty_cells_of_a_change_are_told_with_it(tmp_path: Path) -> None:
    path = forms(tmp_path, form("a", "2024-01-01", 9))
    words = ("--person", "who", "--date", "day", "--format", "json")
    told = report(newel("change", "essences", path, *words))
    assert len(told["faults"]) == 17
    assert told["faults"][0] == {
        "row": 2, "column": "essences_01", "value": "9", "permitted": "one of 0, 1, 2, 3, 4",
    }  # fmt: skip


def test_reliability_names_what_each_figure_is(tmp_path: Path) -> None:
    told = report(newel("reliability", "essences", _thirty(tmp_path), "--format", "json"))
    one = told["subscales"][0]
    assert one["n"] == 60
    assert one["interval"]["kind"] == "Student’s t" and one["interval"]["level"] == 0.95
    assert set(one["alpha"]) == {"pairwise", "listwise"}
    assert one["alpha"]["listwise"]["n"] == 60
    assert one["omega"]["kind"].startswith("total, one factor")


def test_people_read_reliability_in_lines(tmp_path: Path) -> None:
    done = newel("reliability", "essences", _thirty(tmp_path))
    assert done.exit_code == 0
    assert "Cronbach’s alpha, pairwise: 0." in done.stdout


def test_a_file_of_one_form_gives_no_figure_and_says_why(tmp_path: Path) -> None:
    path = forms(tmp_path, form("a", "2024-01-01", 2))
    told = report(newel("reliability", "essences", path, "--format", "json"))
    one = told["subscales"][0]
    assert (one["mean"], one["sd"], one["interval"]) == (10.0, None, None)
    assert one["alpha"]["pairwise"]["value"] is None
    assert one["omega"]["why_not"] == "Fewer than two forms have the items answered together."


def test_a_file_without_forms_gives_no_figure_either(tmp_path: Path) -> None:
    told = report(newel("reliability", "essences", forms(tmp_path), "--format", "json"))
    assert (told["forms"], told["subscales"][0]["n"]) == (0, 0)
    words = ("--person", "who", "--date", "day", "--format", "json")
    assert report(newel("change", "essences", forms(tmp_path), *words))["changes"] == []


def test_who_may_have_answered_is_what_definitions_know() -> None:
    option = next(
        one for one in main.commands["measures"].commands["change"].params  # type: ignore[attr-defined]
        if one.name == "answered_by"
    )  # fmt: skip
    assert tuple(option.type.choices) == get_args(Answerer)


def test_a_cut_off_is_told_with_its_audience_and_crossed_by_those_it_is_meant_for(
    tmp_path: Path,
) -> None:
    ids = [one.id for one in measure("ors").items]
    rows = [",".join(("who", "day", "age", *ids))]
    for who, age in (("a", 16), ("b", 19)):
        rows += [f"{who},2026-0{month},{age},{','.join([str(value)] * 4)}"
                 for month, value in (("1-01", 6.5), ("6-01", 8))]  # fmt: skip
    path = csv(tmp_path, "\n".join(rows))
    words = ("--person", "who", "--date", "day", "--format", "json")
    told = report(newel("change", "ors", path, *words, "--age", "age", "--answered-by", "self"))
    first, second = told["changes"]
    assert (first["age"], second["age"]) == (16, 19)
    assert [(one["value"], one["crossed"]) for one in first["cut_offs"]] == [
        (28, "out_of_concern"), (25, None),
    ]  # fmt: skip
    assert [one["crossed"] for one in second["cut_offs"]] == [None, "stayed_out_of_concern"]
    assert {key: first["cut_offs"][0][key] for key in ("answered_by", "from_age", "to_age")} == {
        "answered_by": ["self"], "from_age": 13, "to_age": 17,
    }  # fmt: skip
    everybody = report(newel("change", "ors", path, *words))
    assert len(everybody["changes"][0]["cut_offs"]) == 3


def test_many_forms_are_checked_to_the_last(tmp_path: Path) -> None:
    many = 200_000
    ids = [one.id for one in measure("moas").items]
    table = pl.DataFrame({"who": pl.int_range(many, eager=True)} | {
        id: pl.repeat("1", many, eager=True) for id in ids
    })  # fmt: skip
    table[many - 1, "moas_02"] = "7"
    table.write_csv(tmp_path / "forms.csv")
    done = newel("score", "moas", tmp_path / "forms.csv", "-o", tmp_path / "out.parquet")
    assert "200000 forms scored" in done.stdout and "1 fault:" in done.stdout
    faults = pl.read_csv(tmp_path / "out.faults.csv")
    assert faults.rows() == [(many + 1, "moas_02", 7, "one of 0, 1, 2, 3, 4")]
    scores = pl.read_parquet(tmp_path / "out.parquet")["total"]
    assert (scores.null_count(), scores.sum()) == (1, 10.0 * (many - 1))
