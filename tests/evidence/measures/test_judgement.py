"""How a judgement is read: topics with one rating or two, parts in the order of the form."""

import pytest
from pydantic import ValidationError

from newel.evidence.measures import measure
from newel.evidence.measures.definition import Measure
from newel.evidence.measures.judgement import groups, topics
from newel.evidence.measures.wording import laid_over
from tests.evidence.measures import made_up

JUDGEMENTS = ("start_av", "savry", "hcr20")


def changed(id: str, **parts: object) -> Measure:
    return Measure.model_validate(measure(id).model_dump() | parts)


@pytest.mark.parametrize(
    ("id", "number", "ratings"), [("start_av", 33, 58), ("savry", 31, 31), ("hcr20", 20, 40)]
)
def test_every_item_is_one_rating_of_one_topic(id: str, number: int, ratings: int) -> None:
    found = topics(measure(id))
    assert len(found) == number
    rated = [one.item for topic in found for one in topic.ratings]
    assert rated == [one.id for one in measure(id).items] and len(rated) == ratings


@pytest.mark.parametrize("id", JUDGEMENTS)
def test_every_topic_is_in_one_part_in_the_order_of_the_form(id: str) -> None:
    assert tuple(one for group in groups(measure(id)) for one in group.topics) == topics(
        measure(id)
    )
    assert all(group.name and group.topics for group in groups(measure(id)))


def test_a_topic_has_one_name_and_its_ratings_theirs() -> None:
    first = topics(measure("start_av"))[0]
    assert (first.id, first.label) == ("start_av_01", "School and work")
    assert [one.name for one in first.ratings] == ["strength", "vulnerability"]
    alone = topics(measure("savry"))[0]
    assert (alone.id, alone.label, alone.ratings[0].name) == ("savry_01", "Past violence", "")


def test_one_topic_of_start_av_is_particular_to_the_child() -> None:
    assert [one.id for one in topics(measure("start_av")) if one.own_words] == ["start_av_25"]


def test_left_out_is_known_as_left_out_and_low_is_not() -> None:
    presence = topics(measure("hcr20"))[0].ratings[0]
    assert presence.is_left_out(9) and not presence.is_left_out(0)
    assert not any(
        one.is_left_out(0) for topic in topics(measure("savry")) for one in topic.ratings
    )


def worded(first: str, second: str) -> Measure:
    """HCR-20 with other words at its first topic."""
    asked = measure("hcr20")
    words = {one.id: one.label for one in asked.items}
    words |= {"hcr20_01_presence": first, "hcr20_01_relevance": second}
    lines = ["measure: hcr20", "version: 1", "language: en", "items:"]
    lines += [f'  {id}: "{text}"' for id, text in words.items()]
    lines += ["options:"]
    for id, one in asked.responses.items():
        lines += [f"  {id}:", *(f'    {option.value}: "{option.label}"' for option in one.options)]
    return laid_over(asked, "\n".join(lines))


@pytest.mark.parametrize(
    ("first", "second", "label", "names"),
    [
        ("H1", "H1", "H1", ["presence", "relevance"]),
        ("H1: here", "H1: matters", "H1", ["here", "matters"]),
        ("H1 is here", "H1 matters", "H1 is here / H1 matters", ["presence", "relevance"]),
        ("A: H1: here", "A: H1: matters", "A: H1", ["here", "matters"]),
    ],
)
def test_a_sites_own_wording_keeps_the_two_ratings_apart(
    first: str, second: str, label: str, names: list[str]
) -> None:
    topic = topics(worded(first, second))[0]
    assert topic.label == label and [one.name for one in topic.ratings] == names


@pytest.mark.parametrize(
    "sections",
    [
        [("savry_01", "savry_30")],
        [("savry_01", "savry_10"), ("savry_10", "savry_31")],
        [("savry_11", "savry_31"), ("savry_01", "savry_10")],
        [("savry_01", "savry_99")],
    ],
)
def test_parts_that_leave_an_item_out_or_have_it_twice_are_refused(
    sections: list[tuple[str, str]],
) -> None:
    told = [
        {"name": "A", "first": first, "last": last, "source": "s", "confirmed": "ours"}
        for first, last in sections
    ]
    with pytest.raises(ValidationError, match="ection"):
        changed("savry", sections=told)


def test_a_form_without_parts_is_one_part_without_a_name() -> None:
    whole = groups(changed("savry", sections=()))
    assert [one.name for one in whole] == [""] and len(whole[0].topics) == 31


def test_only_start_av_says_when_to_look_again_and_marks_it_as_ours() -> None:
    told = measure("start_av").look_again
    assert told is not None and (told.months, told.confirmed) == (3, "ours")
    assert measure("savry").look_again is None and measure("hcr20").look_again is None


def test_a_made_up_judgement_with_subscales_is_refused() -> None:
    with pytest.raises(ValidationError, match="never totalled"):
        changed("savry", subscales=[made_up.subscale() | {"items": ("savry_01",), "minimum": 1}])
