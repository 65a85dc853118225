"""What lies within noise, and on which side of a cut-off a score is: once for web and files."""

import polars as pl
import pytest

from newel.evidence.measures import measures
from newel.evidence.measures.definition import Audience, CutOff
from newel.evidence.measures.limits import (
    changed,
    is_gain,
    is_loss,
    is_of_concern,
    is_on_the_side_of_concern,
)

SIDES = {"below": (True, False, False), "at_or_below": (True, True, False),
         "above": (False, False, True), "at_or_above": (False, True, True)}  # fmt: skip
SCORES = (27.9, 28, 28.1)


def cut_off(concern: str) -> CutOff:
    return CutOff.model_validate(
        {"value": 28, "concern": concern, "for_whom": "x", "audience": {}, "says": "x",
         "source": "x", "confirmed": "ours"}
    )  # fmt: skip


@pytest.mark.parametrize(("concern", "told"), SIDES.items())
def test_the_cut_off_itself_is_of_concern_only_where_it_says_so(
    concern: str, told: tuple[bool, ...]
) -> None:
    assert tuple(is_on_the_side_of_concern(one, cut_off(concern)) for one in SCORES) == told
    columns = pl.DataFrame({"score": SCORES}, strict=False)
    found = columns.select(is_of_concern(pl.col("score"), cut_off(concern)))
    assert tuple(found.to_series()) == told


def test_a_hair_of_binary_is_on_neither_side() -> None:
    assert not is_on_the_side_of_concern(9.1 + 8.7 + 9.1 + 1.1, cut_off("below"))
    assert changed(20.1, 25.1, points=5) == "up"
    assert changed(25.1, 20.1, points=5) == "down"
    assert changed(20.1, 25.0, points=5) == "same"


def test_as_many_points_are_enough_for_numbers_and_for_columns() -> None:
    table = pl.DataFrame({"change": [5.0, 4.9, -5.0, -4.9]})
    for rule, wanted in ((is_gain, [True, False, False, False]),
                         (is_loss, [False, False, True, False])):  # fmt: skip
        assert [rule(one, 5) for one in table["change"]] == wanted
        assert table.select(rule(pl.col("change"), 5)).to_series().to_list() == wanted


@pytest.mark.parametrize(
    ("told", "answered_by", "age", "meant"),
    [({}, "self", 9, True), ({}, None, None, True), ({"answered_by": ["carer"]}, "self", 9, False),
     ({"answered_by": ["carer"]}, "carer", 9, True), ({"answered_by": ["carer"]}, None, 9, True),
     ({"from_age": 13, "to_age": 17}, "self", 12, False),
     ({"from_age": 13, "to_age": 17}, "self", 13, True),
     ({"from_age": 13, "to_age": 17}, "self", 17, True),
     ({"from_age": 13, "to_age": 17}, "self", 18, False),
     ({"from_age": 13, "to_age": 17}, "self", None, True), ({"from_age": 18}, "self", 99, True),
     ({"to_age": 12}, "self", 0, True), ({"to_age": 0}, "self", 1, False)],
)  # fmt: skip
def test_an_audience_takes_in_those_it_names(
    told: dict[str, object], answered_by: str | None, age: int | None, meant: bool
) -> None:
    assert Audience.model_validate(told).includes(answered_by=answered_by, age=age) is meant


def test_an_audience_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="begins at an age"):
        Audience(from_age=18, to_age=13)


def test_one_cut_off_is_meant_for_one_person_unless_sources_differ() -> None:
    """Of those that one person meets, the values differ only where a definition says that sources
    do, and none begins to be met outside the ages of its measure."""
    for measure in measures():
        for one in measure.subscales:
            for who in ("self", "carer", "worker"):
                for age in range(25):
                    met = [cut for cut in one.cut_offs
                           if cut.audience.includes(answered_by=who, age=age)]  # fmt: skip
                    differ = {(cut.value, cut.concern) for cut in met}
                    named = [cut.says + cut.for_whom for cut in met]
                    assert len(differ) < 2 or any(
                        "source" in told or "as well" in told for told in named
                    ), (measure.id, who, age)


def test_what_is_said_in_words_and_what_is_asked_agree() -> None:
    for measure in measures():
        limits = [cut for one in measure.subscales for cut in one.cut_offs]
        for one in (*limits, *measure.bands):
            words, meant = one.for_whom.casefold(), one.audience
            assert ("carer" in words or words == "parent") == (meant.answered_by == ("carer",))
            for age in filter(None, (meant.from_age, meant.to_age)):
                assert str(age) in words or (words == "adults" and age == 18)
            assert bool(meant.answered_by) != words.startswith("everyone")
