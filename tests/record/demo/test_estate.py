"""The estate's files: what stands in them may stand on a page that gets found."""

from typing import Any

import pytest

from newel.record.demo import estate
from newel.record.stairs.activators import rules

TOLD = [estate.read(name) for name in estate.CHILDREN]
NAMES = {one["child"]["preferred_name"] for one in TOLD}


def for_the_page(told: dict[str, Any]) -> list[str]:
    """What the child may read, and what stands at the top of the page."""
    lines = [one["text"] for one in told["statements"] if one["sharing_level"] == "child_open"]
    return lines + [one["text"] for one in told["keeping_safe"].values() if one["text"]]


@pytest.mark.parametrize("told", TOLD, ids=estate.CHILDREN)
def test_every_line_for_the_page_may_stand_there(told: dict[str, Any]) -> None:
    others = NAMES - {told["child"]["preferred_name"]}
    lines = for_the_page(told)
    assert len(lines) >= 5
    found = {line: rules.why_not_on_page(line, names_of_other_children=others) for line in lines}
    assert {line: why for line, why in found.items() if why} == {}


def test_every_nhs_number_is_one_of_the_tests() -> None:
    assert all(one["child"]["nhs_number"].startswith("999") for one in TOLD)


@pytest.mark.parametrize("told", TOLD, ids=estate.CHILDREN)
def test_a_history_is_long_enough_to_be_worth_reading(told: dict[str, Any]) -> None:
    assert 20 <= len(told["life_events"]) <= 60


def test_two_settings_four_units_and_a_person_of_every_role_that_works_there() -> None:
    places = estate.read("settings")["settings"]
    assert (len(places), sum(len(one["units"]) for one in places)) == (2, 4)
    roles = {one["role"] for one in estate.read("staff")["staff"]}
    assert len(roles) == 13
