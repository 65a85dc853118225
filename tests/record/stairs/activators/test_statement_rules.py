"""Dates, the language helper and what may stand on paper, as tables."""

from datetime import date, timedelta

import pytest

from newel.definitions import read
from newel.record.stairs.activators import rules

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("days_after", "fresh", "due"),
    [(-8, "current", False), (-7, "soon", True), (0, "soon", True), (1, "past", True)],
)
def test_on_the_very_day_after_its_date_a_statement_is_past_it(
    days_after: int, fresh: str, due: bool
) -> None:
    on = MONDAY + timedelta(days=days_after)
    assert (rules.freshness(MONDAY, on=on), rules.is_due(MONDAY, on=on)) == (fresh, due)


@pytest.mark.parametrize(
    ("kind", "own", "until"),
    [
        ("sets_off", None, date(2027, 1, 31)),
        ("strength", None, date(2027, 5, 1)),
        ("sets_off", date(2026, 11, 9), date(2026, 11, 9)),
        ("sets_off", date(2028, 1, 1), date(2027, 1, 31)),
        ("sets_off", MONDAY, MONDAY),
    ],
)
def test_a_day_of_ones_own_is_never_later_than_the_kinds(
    kind: str, own: date | None, until: date
) -> None:
    assert rules.confirm_by(kind=kind, on=MONDAY, own=own) == until


def test_nothing_is_out_of_date_on_the_day_it_is_confirmed() -> None:
    with pytest.raises(ValueError, match="out of date"):
        rules.confirm_by(kind="helps", on=MONDAY, own=date(2026, 11, 1))


@pytest.mark.parametrize(
    "text",
    [
        "When a door is locked behind him he shouts and hits the wall.",
        "He will calm down when you walk away and wait.",
        "Two minutes by the road, 10 minutes of quiet, 3 times a day.",
        "Give him 500mg at 8.",
        "He likes Barkis the dog’s name.",
        "She assaults nobody; she runs.",
        "Seaside, Essex, sextant.",
    ],
)
def test_plain_words_may_stand_on_paper(text: str) -> None:
    assert rules.why_not_on_page(text, names_of_other_children=["Tommy", "Will"]) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("He waits for Tommy.", "name of another child: Tommy"),
        ("Tommy’s door sets him off.", "name of another child: Tommy"),
        ("Will shouts back.", "name of another child: Will"),
        ("He goes to 12 Blunderstone Road.", "an address"),
        ("Flat at 3b, Old Kent Road", "an address"),
        ("She lives in NR32 5AB now.", "an address"),
        ("nr325ab", "an address"),
        ("Call 01502 123 456.", "a phone number"),
        ("Call +44 7700 900123.", "a phone number"),
        ("Write to agnes@example.org.", "an email address"),
        ("He is here for burglary.", "an offence"),
        ("His Offence upsets him.", "an offence"),
        ("He was charged with it.", "an offence"),
        ("Do not ask about sexual things.", "something sexual"),
    ],
)
def test_what_would_harm_on_paper_is_named(text: str, why: str) -> None:
    found = rules.why_not_on_page(text, names_of_other_children=["Tommy", "Will"])
    assert len(found) == 1
    assert why in found[0]


def test_every_reason_is_given_at_once() -> None:
    text = "Tommy, 12 Blunderstone Road, 01502 123456, burglary"
    assert len(rules.why_not_on_page(text, names_of_other_children=["Tommy"])) == 4


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He is violent.", "violent"),
        ("Violent at night", "Violent"),
        ("Kicking off again", "Kicking off"),
        ("She is manipulative and kind", "manipulative"),
        ("LAC review", "LAC"),
    ],
)
def test_a_label_is_met_with_what_to_say_instead(text: str, word: str) -> None:
    (suggestion,) = rules.suggestions(text)
    assert suggestion.word == word
    assert suggestion.instead


@pytest.mark.parametrize(
    "text",
    [
        "When a door is locked behind him he shouts and hits the wall.",
        "He likes the violence-free hour.",
        "He said “they call me violent” and cried.",
        'She asks "am I naughty?"',
        "There is a lack of sleep, and milk in his tea: lac.",
    ],
)
def test_what_is_seen_and_what_is_quoted_is_left_alone(text: str) -> None:
    assert rules.suggestions(text) == []


def test_a_childs_own_words_are_left_alone() -> None:
    assert rules.suggestions("I am violent.", whose_words="child") == []


@pytest.mark.parametrize("entry", read("understanding/language.yaml")["labels"])
def test_every_label_on_the_list_is_found_and_answered(entry: dict[str, object]) -> None:
    for word in entry["words"]:  # type: ignore[attr-defined]
        assert entry["instead"] in [s.instead for s in rules.suggestions(f"He is {word} now.")]


def test_the_roles_who_can_say_something_hold_no_name() -> None:
    assert all(code == code.lower() for code, _ in rules.SAID_BY)
    assert rules.said_by_in_words("child") == "The child"
