"""What scripts and sources fix about the measures: ids, order, ranges, reversal, cut-offs."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newel.evidence.measures import RefusedAnswers, measure, score
from newel.evidence.measures.definition import Measure
from newel.evidence.measures.documents import defined
from newel.evidence.measures.tables import score_table

HERE = ("essences", "cbi", "ors", "cors", "srs", "eq5dy3l", "tci14", "chi_esq",
        "job_satisfaction", "help_seeking", "gbo", "moas", "yp_core")  # fmt: skip
LINES = ("ors", "cors", "srs")


def numbers(found: Measure, subscale: str, part: str = "items") -> list[int]:
    ids = next(getattr(one, part) for one in found.subscales if one.id == subscale)
    return [int(id.rsplit("_", 1)[1]) for id in ids]


@pytest.mark.parametrize("id", HERE)
def test_items_are_numbered_in_the_order_of_the_form(id: str) -> None:
    found = measure(id)
    assert [one.id for one in found.items] == [
        f"{id}_{number:02d}" for number in range(1, len(found.items) + 1)
    ]


@pytest.mark.parametrize("id", HERE)
def test_every_score_stays_within_its_range_at_both_ends(id: str) -> None:
    found = measure(id)
    for subscale in found.subscales:
        if subscale.method == "profile":
            continue
        ends = []
        for end in (min, max):
            turned = {min: max, max: min}[end]
            answers = {
                item: (turned if item in subscale.reversed else end)(
                    found.responses_of(item).scored_values
                )
                for item in subscale.items
            }
            ends.append(score(found, answers)[subscale.id].score)
        assert ends == [subscale.lowest, subscale.highest]


def test_the_burnout_inventory_has_three_scales_and_one_reversed_item() -> None:
    cbi = measure("cbi")
    assert [one.id for one in cbi.subscales] == ["personal", "work", "client"]
    assert numbers(cbi, "personal") == list(range(1, 7))
    assert numbers(cbi, "work") == list(range(7, 14))
    assert numbers(cbi, "client") == list(range(14, 20))
    assert numbers(cbi, "work", "reversed") == [13]
    assert [one.minimum for one in cbi.subscales] == [3, 4, 3]
    assert {cbi.responses_of(one.id).values for one in cbi.items} == {(0, 25, 50, 75, 100)}
    degree = [n for n, one in enumerate(cbi.items, 1) if one.responses == "degree"]
    assert degree == [7, 8, 9, 14, 15, 16, 17]


def test_the_climate_has_the_scales_and_the_reversals_of_its_key() -> None:
    essences = measure("essences")
    assert numbers(essences, "cohesion") == [2, 5, 8, 11, 14]
    assert numbers(essences, "experienced_safety", "reversed") == [3, 6, 9, 12, 15]
    assert numbers(essences, "therapeutic_hold", "reversed") == [16]


def test_young_persons_core_reverses_three_and_asks_for_a_conversation_about_one() -> None:
    """H9"""
    core = measure("yp_core")
    assert numbers(core, "total", "reversed") == [3, 5, 10]
    assert {one.id: one.conversation_above for one in core.items if
            one.conversation_above is not None} == {"yp_core_04": 0}  # fmt: skip


def test_the_weights_of_the_four_kinds_are_one_to_four() -> None:
    assert list(measure("moas").subscales[0].weights.values()) == [1, 2, 3, 4]


def test_team_climate_has_ranges_by_item() -> None:
    tci = measure("tci14")
    sevens = [n for n, one in enumerate(tci.items, 1) if max(tci.responses_of(one.id).values) == 7]
    assert sevens == [1, 2, 3, 4, 9, 10, 11]


def test_the_profile_is_text_and_its_measure_has_no_number_over_the_five() -> None:
    kinds = {one.id: one.method for one in measure("eq5dy3l").subscales}
    assert kinds == {"profile": "profile", "vas": "sum"}


def test_distress_begins_strictly_below_28_for_young_people_as_the_evaluation_says() -> None:
    first = measure("ors").subscales[0].cut_offs[0]
    assert (first.value, first.concern, first.confirmed) == (28, "below", "seen")


def test_sources_that_differ_about_a_session_are_both_kept() -> None:
    cut_offs = measure("srs").subscales[0].cut_offs
    assert {(one.value, one.concern) for one in cut_offs} == {(36, "below"), (36, "at_or_below")}


def test_ages_are_those_of_the_scales() -> None:
    ends = {id: [(one.lowest, one.highest) for one in measure(id).ages] for id in LINES}
    assert ends == {"ors": [(13, None)], "cors": [(6, 12)], "srs": [(13, None)]}


def test_no_band_and_no_cut_off_of_burnout_is_shipped() -> None:
    cbi = measure("cbi")
    assert cbi.bands == ()
    assert all(one.cut_offs == () for one in cbi.subscales)


@given(st.sampled_from(LINES), st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_four_lines_add_up_to_the_tenth_exactly(id: str, tenths: list[int]) -> None:
    """A binary sum of tenths may fall a hair below a cut-off that it reaches."""
    answers = {f"{id}_{n:02d}": tenth / 10 for n, tenth in enumerate(tenths, 1)}
    exact = float(Decimal(sum(tenths)) / 10)
    assert score(measure(id), answers)["total"].score == exact
    table = pl.DataFrame({item: [value] for item, value in answers.items()})
    assert score_table(measure(id), table)["total"].to_list() == [exact]


def test_four_lines_that_make_28_are_not_below_28() -> None:
    """These four come to 27.999999999999996 when they are simply added."""
    answers = dict(zip((f"ors_{n:02d}" for n in range(1, 5)), AWKWARD, strict=True))
    assert sum(AWKWARD) < 28
    assert score(measure("ors"), answers)["total"].score == 28


AWKWARD = next(
    (a / 10, b / 10, c / 10, d / 10)
    for a in range(60, 101)
    for b in range(60, 101)
    for c in range(60, 101)
    if 0 <= (d := 280 - a - b - c) <= 100 and a / 10 + b / 10 + c / 10 + d / 10 < 28
)


def test_dont_know_gives_no_points_and_is_no_fault() -> None:
    answers = dict.fromkeys((one.id for one in measure("chi_esq").items), 9)
    assert score(measure("chi_esq"), answers)["care"].answered == 0
    with pytest.raises(RefusedAnswers):
        score(measure("chi_esq"), {"chi_esq_01": 3})


@pytest.mark.parametrize("found", defined(), ids=lambda one: one.id)
def test_every_definition_says_who_answers_how_often_and_what_may_be_shipped(
    found: Measure,
) -> None:
    assert found.who_answers and found.how_often and found.licence.says
    assert "en" in found.languages
    assert found.items and (found.subscales or found.is_judgement)
