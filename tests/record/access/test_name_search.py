"""Who may be meant by what somebody typed. Pure: names in, people out."""

import pytest

from newel.record.access import name_search
from newel.record.access.names import are_alike, sort_key

DAVID, JANE, JACK, SEAN, MARY, LOTTE, ALI, SAM = range(8)
NAMES = [
    (DAVID, "David"),
    (DAVID, "Trotwood Copperfield"),
    (JANE, "Jane Eyre"),
    (JACK, "Jack Dawkins"),
    (SEAN, "Seán O’Brien"),
    (MARY, "Mary-Ann Lennox"),
    (LOTTE, "Løtte Łukasz"),
    (ALI, "محمد علي"),
    (SAM, "Samantha Weller"),
]


def whose(typed: str, names: list[tuple[int, str]]) -> list[int]:
    owners, keys = zip(*names, strict=True)
    return name_search.whose(typed, " ".join(map(str, owners)), "\n".join(keys))


def found(typed: str) -> set[int]:
    return set(whose(typed, [(owner, sort_key(name)) for owner, name in NAMES]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("David", {DAVID}),
        ("  dAVID ", {DAVID}),
        ("dav", {DAVID}),
        ("Davy", {DAVID}),
        ("dave copperfield", {DAVID}),
        ("Copperfield, David", {DAVID}),
        ("Coperfield", {DAVID}),
        ("Dvaid", {DAVID}),
        ("eyre jane", {JANE}),
        ("Jayne", {JANE}),
        ("Sean OBrien", {SEAN}),
        ("o'brien", {SEAN}),
        ("O Brien", {SEAN}),
        ("maryann", {MARY}),
        ("Mary Ann", {MARY}),
        ("lotte lukasz", {LOTTE}),
        ("محمد", {ALI}),
        ("علي", {ALI}),
        ("sam", {SAM}),
        ("Sammy Weller", {SAM}),
        ("field", {DAVID}),
    ],
)
def test_a_child_is_found_as_people_type(typed: str, meant: set[int]) -> None:
    assert found(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "   ", "!!!", "%", "zzz", "Jane Dawkins", "Eyre Weller", "ie"]
)
def test_what_nobody_goes_by_finds_nobody(typed: str) -> None:
    assert found(typed) == set()


def test_a_short_name_is_not_guessed_at() -> None:
    assert whose("Jo", [(1, "al"), (2, "bo"), (3, "jo")]) == [3]


def test_the_likeliest_comes_first() -> None:
    names = [(1, "davida"), (2, "davld"), (3, "dave"), (4, "david")]
    assert whose("David", names) == [4, 1, 3, 2]


def test_each_child_is_found_once() -> None:
    assert whose("ann", [(1, "ann"), (1, "ann lee"), (1, "anne")]) == [1]


@pytest.mark.parametrize("typed", ["", "Ann", "ann lee"])
def test_among_no_names_nobody_is_found(typed: str) -> None:
    assert name_search.whose(typed, "", "") == []


def test_a_number_that_says_whose_a_name_is_finds_nobody() -> None:
    assert whose("1234", [(1234, "ann"), (5, "bea")]) == []


def test_a_name_written_without_its_marks_finds_those_with_and_those_without() -> None:
    names = [(1, sort_key("Łukasz Bea")), (2, "lukasz bea"), (3, "ann")]
    assert whose("lukaszbea", names) == whose("Łukasz", names) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Davy", "David"),
        ("Davy Jones", "David Copperfield"),
        ("Bob", "Robbie"),
        ("Jane Eyre", "Jayne Eyre"),
        ("Tommy", "Thomas Traddles"),
    ],
)
def test_names_that_could_be_mistaken_are_alike(one: str, other: str) -> None:
    assert are_alike(sort_key(one), sort_key(other))
    assert are_alike(sort_key(other), sort_key(one))


@pytest.mark.parametrize(("one", "other"), [("Jane", "Jack"), ("", "David"), ("Oliver", "Mary")])
def test_names_that_are_not(one: str, other: str) -> None:
    assert not are_alike(sort_key(one), sort_key(other))


def test_names_that_share_a_short_form_are_no_more_alike_than_jane_and_jack() -> None:
    """Samuel and Samantha are both called Sam: written out, nobody mixes them up by that."""
    assert not are_alike("robert", "albert")
