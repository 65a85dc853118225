"""`newel measures discrepancy`: how staff and residents see one place, and whose form is whose."""

from pathlib import Path
from typing import Any

import pytest

from newel.evidence.measures import measure
from tests.evidence.measures.test_commands import newel, refused, report
from tests.evidence.measures.test_files import csv

IDS = [one.id for one in measure("essences").items]
ROWS = (("staff", 3), ("staff", 4), ("Staff ", 3), ("residents", 1), ("RESIDENTS", 2),
        ("residents", 0))  # fmt: skip


def forms(folder: Path, *rows: tuple[object, object], head: str = "whose") -> Path:
    told = [[head, *IDS], *([whose, *[answer] * 17] for whose, answer in rows)]
    return csv(folder, "\n".join(",".join(map(str, row)) for row in told))


def told(path: Path, *words: object) -> dict[str, Any]:
    return report(
        newel("discrepancy", "essences", path, "--group", "whose", *words, "--format", "json")
    )


def test_staff_minus_residents_with_an_interval_by_hand(tmp_path: Path) -> None:
    """Cohesion 15, 20, 15 against 5, 10, 0: means 16.67 and 5, variances 25/3 and 25; the
    standard error is √(25/9 + 25/3), Satterthwaite gives 3.2 degrees of freedom."""
    found = told(forms(tmp_path, *ROWS))
    assert (found["measure"], found["version"], found["forms"], found["faults"]) == (
        "essences", 1, 6, [],
    )  # fmt: skip
    one = found["subscales"][0]
    assert list(one) == [
        "id", "staff", "residents", "difference", "degrees_of_freedom", "interval", "why_not",
    ]  # fmt: skip
    assert one["id"] == "cohesion"
    assert (one["staff"]["n"], one["residents"]["n"], one["residents"]["mean"]) == (3, 3, 5)
    assert one["difference"] == pytest.approx(35 / 3, abs=1e-12)
    assert one["degrees_of_freedom"] == pytest.approx(3.2, abs=1e-12)
    reach = 3.0719 * (25 / 9 + 25 / 3) ** 0.5
    assert one["interval"]["lower"] == pytest.approx(35 / 3 - reach, abs=1e-2)
    assert one["interval"]["kind"] == "Welch’s t"


def test_lines_for_people_say_the_same(tmp_path: Path) -> None:
    done = newel("discrepancy", "essences", forms(tmp_path, *ROWS), "--group", "whose")
    assert "cohesion: staff minus residents 11.67, 95% interval" in done.stdout
    assert "  residents: n 3, mean 5.00, SD 5.00" in done.stdout


def test_the_column_may_call_them_otherwise(tmp_path: Path) -> None:
    path = forms(tmp_path, ("S", 3), ("S", 4), ("YP", 1), ("yp", 2))
    found = told(path, "--staff", "s", "--residents", "YP")
    assert found["subscales"][2]["staff"]["n"] == 2


def test_one_form_of_a_group_has_no_difference_and_says_why(tmp_path: Path) -> None:
    one = told(forms(tmp_path, ("staff", 3), ("residents", 1), ("residents", 2)))["subscales"][0]
    assert (one["difference"], one["interval"]) == (None, None)
    assert one["why_not"] == "Two scores of staff and two of residents are needed."


@pytest.mark.parametrize(
    ("rows", "words", "said"),
    [
        ((*ROWS, ("visitor", 1)), (), "Neither “staff” nor “residents”: row 8 “visitor”."),
        ((*ROWS, ("", 1)), (), "row 8 “”"),
        ((*ROWS, *([("x", 1)] * 12)), (), "and 2 more"),
        (ROWS[:3], (), "No row says “residents” in “whose”."),
        (ROWS, ("--staff", "x"), "Neither “x” nor “residents”: row 2 “staff”"),
        (ROWS, ("--staff", "residents"), "cannot both be “residents”"),
        (ROWS, ("--group", "who"), "There is no column “who”. There are: whose, essences_01"),
        (ROWS, ("--group", "essences_02"), "“essences_02” holds answers"),
    ],
)
def test_whose_form_it_is_has_to_be_clear(
    tmp_path: Path, rows: tuple[tuple[object, object], ...], words: tuple[str, ...], said: str
) -> None:
    done = newel("discrepancy", "essences", forms(tmp_path, *rows), "--group", "whose", *words)
    assert said in refused(done)


def test_professional_judgement_is_refused(tmp_path: Path) -> None:
    path = forms(tmp_path, *ROWS)
    assert "never added up" in refused(newel("discrepancy", "savry", path, "--group", "whose"))
