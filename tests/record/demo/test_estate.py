"""The estate's files: what stands in them may stand on a page that gets found."""

import re
from typing import Any

import pytest

from newel.record.access.roles import LASTING_ROLES
from newel.record.demo import estate
from newel.record.stairs.activators import rules

TOLD = [estate.child(name) for name in estate.CHILDREN]
UNDERSTOOD = [one for one in TOLD if one["statements"]]
STAFF = estate.read("staff")["staff"]
NAMES = {one["child"]["preferred_name"] for one in TOLD}


def for_the_page(told: dict[str, Any]) -> list[str]:
    """What the child may read, and what stands at the top of the page."""
    lines = [one["text"] for one in told["statements"] if one["sharing_level"] == "child_open"]
    return lines + [one["text"] for one in told["keeping_safe"].values() if one["text"]]


def called(told: dict[str, Any]) -> str:
    return str(told["child"]["preferred_name"])


@pytest.mark.parametrize("told", UNDERSTOOD, ids=called)
def test_every_line_for_the_page_may_stand_there(told: dict[str, Any]) -> None:
    others = NAMES - {told["child"]["preferred_name"]}
    lines = for_the_page(told)
    assert len(lines) >= 5
    found = {line: rules.why_not_on_page(line, names_of_other_children=others) for line in lines}
    assert {line: why for line, why in found.items() if why} == {}


def check_digit(first_nine: str) -> int:
    """As the NHS counts it: each digit by its place, and what is missing to a multiple of 11."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)
    )
    return (11 - total % 11) % 11


def test_every_nhs_number_is_one_of_the_tests_and_a_valid_one() -> None:
    numbers = [one["child"]["nhs_number"] for one in TOLD]
    assert all(number.startswith("999") and len(number) == 10 for number in numbers)
    assert [number for number in numbers if check_digit(number[:9]) != int(number[9])] == []
    assert len(set(numbers)) == len(TOLD) == 8


@pytest.mark.parametrize("told", TOLD, ids=called)
def test_a_history_is_long_enough_to_be_worth_reading(told: dict[str, Any]) -> None:
    assert 12 <= len(told["life_events"]) <= 60


def adults_words(told: dict[str, Any]) -> list[str]:
    rows = [*told["life_events"], *told["statements"]]
    rows += [one for entries in told["scoping"].values() for one in entries]
    written = [one for one in rows if one["whose_words"] == "adult"]
    return [one["text"] for one in written] + [one.get("title", "") for one in rows]


@pytest.mark.parametrize("told", TOLD, ids=called)
def test_no_adult_sticks_a_label_on_a_child(told: dict[str, Any]) -> None:
    found = {text: rules.suggestions(text) for text in adults_words(told)}
    assert {text: labels for text, labels in found.items() if labels} == {}


@pytest.mark.parametrize("told", TOLD, ids=called)
def test_another_child_is_named_only_where_it_is_held_back(told: dict[str, Any]) -> None:
    others = NAMES - {called(told)}
    rows = [*told["life_events"], *told["statements"]]
    open_rows = [one["text"] for one in rows if one["sharing_level"] != "restricted_third_party"]
    found = [text for text in open_rows if any(re.search(rf"\b{name}\b", text) for name in others)]
    assert found == []


@pytest.mark.parametrize("told", UNDERSTOOD, ids=called)
def test_some_statements_have_something_that_speaks_against_them(told: dict[str, Any]) -> None:
    shows = {one["shows"] for row in told["statements"] for one in row.get("evidence", [])}
    assert shows == {"for", "against"}


def test_three_settings_and_forty_people_of_every_role() -> None:
    places = estate.read("settings")["settings"]
    assert (len(places), sum(len(one["units"]) for one in places)) == (3, 6)
    assert len([one for one in STAFF if "left_day" not in one]) == 40
    assert {one["role"] for one in STAFF} == {role.code for role in LASTING_ROLES}


def test_every_person_is_somebody_else() -> None:
    for named in ("key", "username", "name"):
        assert len({one[named] for one in STAFF}) == len(STAFF)
