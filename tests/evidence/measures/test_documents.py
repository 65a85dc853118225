"""The documents of the measures: nothing in a definition is left out, and nothing is added."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newel.evidence.measures import Measure
from newel.evidence.measures.confirming import Sourced, facts, in_common, in_words, to_confirm
from newel.evidence.measures.definition import Confirmed, CutOff, Part
from newel.evidence.measures.documents import defined, documents, worked_examples
from newel.evidence.measures.examples import Example

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = worked_examples(ROOT / "tests" / "spec" / "measures")
DOCUMENTS = documents(defined(), EXAMPLES)
every_measure = pytest.mark.parametrize("measure", defined(), ids=lambda one: one.id)


@every_measure
def test_every_item_option_and_score_of_a_measure_is_on_its_page(measure: Measure) -> None:
    page = DOCUMENTS[f"{measure.id}.md"]
    options = [one for found in measure.responses.values() for one in found.options]
    assert all(f"| `{one.id}` | {one.label}" in page for one in measure.items)
    assert all(f"`{one.value}` {one.label}" in page for one in options)
    assert all(f"- Column: `{one.id}`" in page for one in measure.subscales)


@every_measure
def test_every_rule_is_on_the_page_with_its_source(measure: Measure) -> None:
    page = DOCUMENTS[f"{measure.id}.md"]
    missing = [one for one in facts(measure) if one.says not in page or one.source not in page]
    assert missing == []


@every_measure
def test_no_fact_of_a_definition_is_passed_over(measure: Measure) -> None:
    told = {(one.says, one.source, one.confirmed) for one in facts(measure)}
    assert {(in_words(one), one.source, one.confirmed) for one in marked(measure)} == told


def marked(part: object) -> Iterator[Sourced]:
    """Whatever says how far it is confirmed, wherever a definition holds it."""
    if isinstance(part, tuple):
        yield from (found for one in part for found in marked(one))
    elif isinstance(part, Part):
        if hasattr(part, "confirmed"):
            yield part  # type: ignore[misc]
        yield from marked(tuple(getattr(part, name) for name in type(part).model_fields))


@every_measure
def test_a_measure_has_examples_worked_by_hand_and_they_are_on_its_page(measure: Measure) -> None:
    page = DOCUMENTS[f"{measure.id}.md"]
    examples = EXAMPLES[measure.id].examples
    assert all(f"### {one.says}\n" in page for one in examples)
    assert all(line in page for one in examples for line in one.working)


@every_measure
def test_what_is_put_together_has_an_example_and_some_score_is_missing(measure: Measure) -> None:
    worked = [one.scores for one in EXAMPLES[measure.id].examples if one.scores]
    for subscale in (one for one in measure.subscales if len(one.items) > 1):
        assert any(scores[subscale.id].score is not None for scores in worked), subscale.id
    given = [one.score for scores in worked for one in scores.values()]
    assert measure.is_judgement or None in given


@pytest.mark.parametrize("mark", ["general_knowledge", "second_hand", "ours"])
def test_every_fact_that_was_not_seen_is_listed_to_be_confirmed(mark: Confirmed) -> None:
    page = DOCUMENTS["to-confirm.md"]
    unseen = [told for one in defined() for told in facts(one) if told.confirmed == mark]
    assert unseen
    assert all(told.says in page and told.source in page for told in unseen)
    assert f"There are {len(to_confirm(defined(), mark)) + len(in_common(mark))}." in page
    assert all(one.says in page and one.source in page for one in in_common(mark))


# The numbers that the framework's notes on measures have from general knowledge, one by one.
UNSEEN = [
    ("essences", "answered 0 to 4"), ("essences", "a scale 0 to 20"),
    ("essences", "Cohesion is items 2, 5, 8, 11 and 14"), ("essences", "of which 16 alone"),
    ("essences", "Items 1 and 17 are printed and not scored"),
    ("cbi", "Fewer than three answered"), ("cbi", "50 to 74 moderate, 75 to 99 high, 100 severe"),
    ("cbi", "personal 35.9, work 33.0, client 30.9"), ("cbi", "0.85 to 0.87"),
    ("cbi", "standard deviation of about 17"),
    ("ors", "Adults: below 25"), ("ors", "13 to 17: below 28"), ("ors", "5 points."),
    ("cors", "below 32"), ("cors", "below 30"), ("cors", "source: below 28"), ("cors", "5 points."),
    ("eq5dy3l", "9 for a missing level and 999"), ("tci14", "answered 1 to 7"),
    ("tci14", "answered 1 to 5"), ("tci14", "A mean of the four"),
    ("chi_esq", "items 1 to 7, 11 and 12, each 0 to 2"), ("chi_esq", "items 8 to 10, each 0 to 2"),
    ("chi_esq", "true 2, partly true 1, not true 0"), ("job_satisfaction", "2a to 2c, 1 to 5"),
    ("job_satisfaction", "5a to 5h, 1 to 5"), ("help_seeking", "1, extremely unlikely, to 7"),
    ("help_seeking", "people and places that could be asked, 1 to 7"), ("gbo", "2.45 points"),
    ("moas", "counts each incident"), ("rcads", "Up to two items may be missing"),
    ("rcads", "The sum of the ten items of the depression scale"), ("cgas", "at or below 60"),
    ("swemwbs", "looked up in a conversion table"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "words"), UNSEEN)
def test_a_number_from_general_knowledge_is_listed_as_seen_nowhere(id: str, words: str) -> None:
    part = DOCUMENTS["to-confirm.md"].partition("## Read in a copy")[0]
    rows = [line for line in part.splitlines() if f"]({id}.md) |" in line]
    assert any(words in row for row in rows), rows


def test_the_formula_of_reliable_change_is_listed_too() -> None:
    part = DOCUMENTS["to-confirm.md"].partition("## Read in a copy")[0]
    assert "RCI95 = 1.96·SEdiff" in part


def test_what_was_later_read_in_a_copy_stays_listed_until_the_original_is_seen() -> None:
    assert "staff: 42 to 50 is “high”" in DOCUMENTS["to-confirm.md"]


def test_what_was_seen_is_not_listed_to_be_confirmed() -> None:
    listed = DOCUMENTS["to-confirm.md"]
    assert "Below 28" not in listed
    assert "the experience of distress; 28 itself" not in listed


def test_a_rule_that_several_scores_share_is_listed_once() -> None:
    listed = to_confirm([one for one in defined() if one.id == "tci14"], "ours")
    rules = [told for _, told in listed if "All its items are needed" in told.says]
    assert len(rules) == 1
    assert "Vision: missing answers; " in rules[0].about


def test_the_list_leads_to_every_page() -> None:
    assert all(f"({one.id}.md)" in DOCUMENTS["README.md"] for one in defined())


def test_a_measure_without_examples_still_has_a_page() -> None:
    one = defined()[0]
    assert "Worked examples" not in documents([one], {})[f"{one.id}.md"]


def test_a_cut_off_says_on_which_side_of_it_something_is_the_matter() -> None:
    told = {
        "value": 36,
        "for_whom": "Everyone",
        "audience": {},
        "says": "Talk.",
        "source": "a",
        "confirmed": "seen",
    }
    assert in_words(CutOff(concern="below", **told)) == "Everyone: below 36. Talk."
    assert in_words(CutOff(concern="at_or_below", **told)) == "Everyone: at or below 36. Talk."


def test_an_example_shows_its_working_or_is_refused() -> None:
    with pytest.raises(ValueError, match="needs either scores or a refusal"):
        Example(says="Nothing", answers={})
    with pytest.raises(ValueError, match="does not show its working"):
        Example.model_validate(
            {
                "says": "No working",
                "answers": {},
                "scores": {"whole": {"score": 1, "answered": 1, "prorated": False}},
            }
        )
