"""The worked examples: what a person computed by hand, Newel computes, alone and in a table."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import yaml

from newel.evidence.measures import measure, score
from newel.evidence.measures.examples import Example, Examples
from newel.evidence.measures.scoring import NotScored, RefusedAnswers
from newel.evidence.measures.tables import score_table

FOLDER = Path(__file__).parent / "measures"


def written() -> Iterator[tuple[str, Example]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for one in Examples.model_validate(yaml.safe_load(path.read_text("utf-8"))).examples:
            yield path.stem, one


ALL = [pytest.param(id, one, id=f"{id}: {one.says}") for id, one in written()]
SCORED = [pytest.param(id, one, id=f"{id}: {one.says}") for id, one in written() if not one.refused]


@pytest.mark.parametrize(("id", "example"), ALL)
def test_one_form_gives_what_was_worked_out_by_hand(id: str, example: Example) -> None:
    if example.refused:
        with pytest.raises((RefusedAnswers, NotScored)) as refusal:
            score(measure(id), example.answers)
        assert example.refused in str(refusal.value)
        return
    given = score(measure(id), example.answers)
    assert set(given) == set(example.scores)
    for subscale, expected in example.scores.items():
        assert same(given[subscale].score, expected.score)
        assert given[subscale].answered == expected.answered
        assert given[subscale].prorated == expected.prorated


@pytest.mark.parametrize(("id", "example"), SCORED)
def test_a_table_gives_what_was_worked_out_by_hand(id: str, example: Example) -> None:
    columns = {one: [example.answers.get(one)] for one in measure(id).scored_items}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64))
    given = score_table(measure(id), table).row(0, named=True)
    for subscale, expected in example.scores.items():
        assert same(given[subscale], expected.score)
        assert given[f"{subscale}_answered"] == expected.answered
        assert given[f"{subscale}_prorated"] == expected.prorated


def same(given: float | str | None, expected: float | str | None) -> bool:
    """Numbers to 1e-9; text, and no score at all, exactly."""
    if isinstance(given, int | float) and isinstance(expected, int | float):
        return given == pytest.approx(expected, rel=0, abs=1e-9)
    return given == expected
