"""Each measure as a script meets it: shown, scored from every kind of file, and its shape kept."""

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from newel.evidence.measures import IDS
from tests.evidence.measures import slow
from tests.evidence.measures.test_commands import newel
from tests.evidence.measures.test_files import workbook

JUDGEMENTS = ("start_av", "savry", "hcr20")
SCORED = [id for id in IDS if id not in JUDGEMENTS]
FORMS = 12


def shown(id: str) -> dict[str, Any]:
    done = newel("show", id, "--format", "json")
    assert done.exit_code == 0
    return json.loads(done.stdout)


def forms(key: dict[str, Any]) -> pl.DataFrame:
    """Answers as `show` prints them, with holes: the first form whole, the last one empty."""
    chance = random.Random(key["id"])
    columns = {
        one["id"]: [chance.choice(one["values"]) if n == 0 or chance.random() > n / (FORMS - 1)
                    else None for n in range(FORMS)]
        for one in key["items"]
    }  # fmt: skip
    shuffled = dict(chance.sample(list(columns.items()), len(columns)))
    return pl.DataFrame(
        {"who": [f"p{n}" for n in range(FORMS)], **shuffled, "unit": "Larch"}, strict=False
    )


def scored(id: str, file: Path, folder: Path) -> pl.DataFrame:
    done = newel("score", id, file, "-o", folder / "out.csv")
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert done.stdout.endswith(f"{FORMS} forms scored into {folder / 'out.csv'}. 0 faults.\n")
    assert (folder / "out.faults.csv").read_text() == "row,column,value,permitted\n"
    return pl.read_csv(folder / "out.csv", infer_schema=False)


@pytest.mark.parametrize("id", IDS)
def test_the_key_keeps_its_shape(id: str) -> None:
    key = shown(id)
    assert list(key) == ["id", "items", "subscales"]
    assert key["id"] == id
    for one in key["items"]:
        assert list(one)[:2] == ["id", "values"]
        assert set(one) <= {"id", "values", "unscored", "ratings"}
        assert one["values"] and all(isinstance(value, int | float) for value in one["values"])
        assert set(one.get("unscored", ())) < set(one["values"])
    known = [one["id"] for one in key["items"]]
    for one in key["subscales"]:
        assert list(one) == ["id", "items", "reversed", "minimum"]
        assert set(one["reversed"]) <= set(one["items"]) <= set(known)
        assert 1 <= one["minimum"] <= len(one["items"])
    assert bool(key["subscales"]) == (id not in JUDGEMENTS)


@pytest.mark.parametrize("id", SCORED)
def test_every_kind_of_file_gives_the_scores_of_the_slow_scorer(id: str, tmp_path: Path) -> None:
    key, told = shown(id), slow.definition(id)
    table = forms(key)
    table.write_csv(tmp_path / "forms.csv")
    table.write_parquet(tmp_path / "forms.parquet")
    rows: list[list[object]] = [list(table.columns), *map(list, table.rows())]
    found = scored(id, tmp_path / "forms.csv", tmp_path)
    for other in (workbook(tmp_path, *rows), tmp_path / "forms.parquet"):
        assert scored(id, other, tmp_path).equals(found)
    endings = ("", "_answered", "_prorated")
    assert found.columns == [
        "who", "unit", *(one["id"] + end for one in key["subscales"] for end in endings),
    ]  # fmt: skip
    for row, form in zip(found.rows(named=True), table.rows(named=True), strict=True):
        for one, wanted in slow.score(told, form).items():
            assert same(row[one], wanted.score), (row, one, wanted)
            assert row[f"{one}_answered"] == str(wanted.answered)
            assert row[f"{one}_prorated"] == str(wanted.prorated).lower()


def same(cell: str | None, wanted: Fraction | str | None) -> bool:
    if wanted is None or isinstance(wanted, str):
        return cell == wanted
    return cell is not None and abs(float(cell) - float(wanted)) <= 1e-9


@pytest.mark.parametrize("id", JUDGEMENTS)
def test_professional_judgement_is_shown_and_never_scored(id: str, tmp_path: Path) -> None:
    table = pl.DataFrame({one["id"]: [0] for one in shown(id)["items"]})
    table.write_csv(tmp_path / "forms.csv")
    done = newel("score", id, tmp_path / "forms.csv", "-o", tmp_path / "out.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.strip().endswith("and are never added up.")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("form", ["yaml", "fhir"])
def test_the_definition_and_the_questionnaire_are_printed(id: str, form: str) -> None:
    done = newel("show", id, "--format", form)
    assert (done.exit_code, done.stderr) == (0, "")
    if form == "yaml":
        assert done.stdout.startswith(f"id: {id}\n")
    else:
        assert json.loads(done.stdout)["resourceType"] == "Questionnaire"
