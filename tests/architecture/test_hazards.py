"""The page about hazards says the truth: its tests exist, and no hazard is left out."""

import ast
import re
from functools import cache

import pytest

from newel.record.config.place import CHECKOUT

PAGE = CHECKOUT / "docs" / "safety" / "hazards.md"
GUARDED = re.compile(r"^## (H\d+) .+?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
LEFT_OUT = re.compile(r"^- (H\d+) .+not in this version", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PLACE = re.compile(r"`((?:access|children|activators|scoping|overview)/[\w/]+\.(?:py|sql))`")
IN_SCOPE = {f"H{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 23, 25, 29, 30, 31,
                              34, 36, 39, 40)}  # fmt: skip
ALL = {f"H{n}" for n in range(1, 41)}


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def guarded() -> dict[str, str]:
    return {found[1]: found[0] for found in GUARDED.finditer(page())}


@cache
def defined_in(path: str) -> set[str]:
    file = CHECKOUT / path
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(page()))))
def test_a_test_that_the_page_names_exists(path: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in defined_in(path)


@pytest.mark.parametrize("hazard", sorted(guarded()))
def test_every_hazard_has_a_guard_and_a_test(hazard: str) -> None:
    section = guarded()[hazard]
    assert "- Guard: " in section
    assert NAMED.search(section)


def test_every_hazard_of_the_scope_is_guarded_and_every_other_is_named() -> None:
    left_out = set(LEFT_OUT.findall(page()))
    assert set(guarded()) >= IN_SCOPE
    assert set(guarded()) | left_out == ALL
    assert not set(guarded()) & left_out


def test_a_guard_is_where_the_page_says() -> None:
    record = CHECKOUT / "src" / "newel" / "record"
    places = set(PLACE.findall(page()))
    assert len(places) > 5
    assert not [
        place
        for place in places
        if not (record / place).is_file() and not (record / "stairs" / place).is_file()
    ]


def test_the_page_says_that_a_person_has_to_review_it() -> None:
    words = " ".join(page().split())
    assert "a human Clinical Safety Officer has to review this list under DCB0129" in words
    assert "Severity and likelihood are left out" in words
