"""Every definition: that it loads, that it says where its facts are from, that it adds up."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from newel.evidence.measures import IDS, Measure, NotScored, measure, score
from newel.evidence.measures.commands import key
from newel.evidence.measures.definition import Fact, Part, Subscale

WRITTEN = sorted(
    path.stem for path in (Path(__file__).parents[3] / "src/newel/definitions/measures").iterdir()
)
JUDGEMENTS = ("start_av", "savry", "hcr20")


def test_every_measure_has_a_definition_and_every_definition_is_a_measure() -> None:
    assert set(WRITTEN) == set(IDS)


@pytest.mark.parametrize("id", WRITTEN)
class TestOneDefinition:
    def test_loads_and_says_who_answers_when_and_what_may_be_shipped(self, id: str) -> None:
        found = measure(id)
        assert found.who_answers
        assert found.how_often
        assert found.items
        assert found.licence.says

    def test_every_fact_has_a_source_and_a_mark(self, id: str) -> None:
        facts = list(marked(measure(id)))
        assert facts
        for fact in facts:
            assert len(fact.source.strip()) > 6  # type: ignore[attr-defined]
            assert fact.confirmed in (  # type: ignore[attr-defined]
                *("seen", "second_hand", "general_knowledge", "ours"),
            )

    def test_no_item_and_no_option_is_without_a_label_and_no_label_stands_twice(
        self, id: str
    ) -> None:
        labels = [one.label.strip() for one in measure(id).items]
        assert all(labels)
        assert len(set(labels)) == len(labels)
        for responses in measure(id).responses.values():
            told = [one.label.strip() for one in responses.options]
            assert all(told)
            assert len(set(told)) == len(told)

    def test_a_score_reaches_its_two_ends_and_never_goes_beyond(self, id: str) -> None:
        for one in measure(id).subscales:
            if one.method == "profile" or one.lowest is None:
                continue
            lowest, highest = ends(measure(id), one)
            assert (one.lowest, one.highest) == (pytest.approx(lowest), pytest.approx(highest))

    def test_bands_cover_their_score_without_a_gap(self, id: str) -> None:
        found = measure(id)
        for subscale, whom in {(one.subscale, one.for_whom) for one in found.bands}:
            bands = [one for one in found.bands if (one.subscale, one.for_whom) == (subscale, whom)]
            whole = next(one for one in found.subscales if one.id == subscale)
            stretches = sorted((one.from_, one.to) for one in bands)
            assert stretches[0][0] == whole.lowest
            assert stretches[-1][1] == whole.highest
            for before, after in pairwise(stretches):
                assert after[0] == before[1] + 1

    def test_a_threshold_is_a_value_that_is_scored(self, id: str) -> None:
        for one in measure(id).thresholds:
            assert one.at_least in measure(id).responses_of(one.item).scored_values


@pytest.mark.parametrize("id", JUDGEMENTS)
def test_professional_judgement_has_no_score_and_no_points(id: str) -> None:
    found = measure(id)
    assert found.is_judgement
    assert not found.subscales
    assert not any(found.responses_of(one.id).scored_values for one in found.items)
    with pytest.raises(NotScored, match="never added up"):
        score(found, {})


def test_start_av_asks_for_strength_and_for_vulnerability_and_for_eight_outcomes() -> None:
    ids = [one.id for one in measure("start_av").items]
    assert sum(id.endswith("_strength") for id in ids) == 25
    assert sum(id.endswith("_vulnerability") for id in ids) == 25
    assert sum(id.endswith("_risk") for id in ids) == 8


def test_hcr_20_is_for_adults() -> None:
    assert [one.lowest for one in measure("hcr20").ages] == [18]


@pytest.mark.parametrize("id", ["honosca_03", "rcads_37"])
def test_an_answer_about_self_harm_or_death_asks_for_a_conversation(id: str) -> None:
    """H9."""
    assert measure(id.rpartition("_")[0]).item(id).conversation_above == 0


def test_the_rcads_uses_each_of_its_47_items_once() -> None:
    used = sorted(item for one in measure("rcads").subscales for item in one.items)
    assert used == [f"rcads_{number:02d}" for number in range(1, 48)]


def test_the_proqol_uses_each_of_its_30_items_once() -> None:
    used = sorted(item for one in measure("proqol").subscales for item in one.items)
    assert used == [f"proqol_{number:02d}" for number in range(1, 31)]


def test_every_sum_of_the_short_wellbeing_scale_has_its_place_and_they_rise() -> None:
    table = measure("swemwbs").subscales[0].conversion
    assert list(table) == list(range(7, 36))
    assert list(table.values()) == sorted(set(table.values()))


def test_the_sdq_is_never_asked_here() -> None:
    found = measure("sdq")
    assert found.kind == "entered_scores"
    assert found.licence.may_ship == "scores_only"


@pytest.mark.parametrize(
    ("whom", "total", "name"),
    [
        ("self", 17, "slightly raised"),
        ("self", 18, "high"),
        ("parent", 13, "close to average"),
        ("parent", 17, "high"),
        ("teacher", 18, "high"),
        ("teacher", 19, "very high"),
    ],
)
def test_the_bands_of_the_sdq_depend_on_who_answered(whom: str, total: int, name: str) -> None:
    found = [
        one.name
        for one in measure("sdq").bands
        if one.subscale == "total" and one.for_whom == whom and one.from_ <= total <= one.to
    ]
    assert found == [name]


def marked(part: Part) -> Iterator[Part]:
    """Everything in a definition that has a mark of how far it is confirmed."""
    if "confirmed" in type(part).model_fields:
        yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else [value]:
            if isinstance(one, Part):
                yield from marked(one)


def ends(found: Measure, subscale: Subscale) -> tuple[float, float]:
    """The lowest and the highest score, from answering everything that way."""
    scores = []
    for turned in (False, True):
        answers = {}
        for id in subscale.items:
            values = found.responses_of(id).scored_values
            answers[id] = max(values) if turned != (id in subscale.reversed) else min(values)
        scores.append(score(found, answers)[subscale.id].score)
    lowest, highest = scores
    assert isinstance(lowest, int | float)
    assert isinstance(highest, int | float)
    return lowest, highest


def test_a_fact_without_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="confirmed"):
        Fact.model_validate({"says": "Something is so.", "source": "somewhere"})


@pytest.mark.parametrize("id", [id for id in IDS if id != "sdq"])
def test_items_of_the_printed_form_have_the_id_and_two_digits_in_their_order(id: str) -> None:
    """Scripts rely on it. What is rated twice has two ratings of one item."""
    printed = list(dict.fromkeys(one.printed for one in measure(id).items))
    assert printed == [f"{id}_{number:02d}" for number in range(1, len(printed) + 1)]
    assert [one["id"] for one in key(measure(id))["items"]] == printed  # type: ignore[attr-defined]


def test_an_item_that_is_rated_twice_tells_both_ratings() -> None:
    told = key(measure("hcr20"))
    assert len(told["items"]) == 20  # type: ignore[arg-type]
    assert told["items"][0] == {  # type: ignore[index]
        "id": "hcr20_01",
        "values": [0, 1, 2, 9],
        "ratings": [
            {"id": "hcr20_01_presence", "values": [0, 1, 2, 9]},
            {"id": "hcr20_01_relevance", "values": [0, 1, 2, 9]},
        ],
    }
    assert key(measure("savry"))["items"][0] == {"id": "savry_01", "values": [0, 1, 2]}  # type: ignore[index]
