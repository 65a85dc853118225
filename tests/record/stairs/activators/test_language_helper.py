"""The language helper: beside every free text of an adult. It changes no word (H3)."""

from typing import Any

import pytest
from django.test import Client

from newel.definitions import read
from newel.record.access.transactions import acting
from newel.record.stairs.activators import forms
from newel.record.stairs.activators.forms import childs_words, maps
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.map_models import SeenNote
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.rules import suggestions
from tests.cast import Cast
from tests.record.stairs.activators.pages import address, answers, text_of
from tests.record.stairs.activators.wording import agreed

pytestmark = pytest.mark.django_db

LISTS = read("understanding/language.yaml")
LOOK = {"look_at_words": "1"}


@pytest.mark.parametrize(
    ("word", "instead"),
    [(w, entry["instead"]) for entry in LISTS["plainer"] for w in entry["words"]],
)
def test_every_word_with_a_plainer_one_is_found_and_answered(word: str, instead: str) -> None:
    found = suggestions(f"He said {word} and left.")
    assert [(one.word, one.instead) for one in found if one.word == word] == [(word, instead)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is lazy.", ["lazy"]),
        ("His mother says “he is lazy”.", []),
        ('His mother says "he is lazy".', []),
        ("He works in the yard.", []),
        ("A YP shouted. He was violent.", ["violent", "YP"]),
        ("Contact lenses were lost.", []),
        ("The typist hypes it.", []),
        ("", []),
    ],
)
def test_what_is_found_and_what_is_not(text: str, found: list[str]) -> None:
    assert [one.word for one in suggestions(text)] == found


def test_the_childs_own_words_are_never_looked_at() -> None:
    """H11"""
    assert suggestions("I am violent.", whose_words="child") == []
    assert childs_words.WordsForm.helped_field == ""
    assert childs_words.CheckForm.helped_field == ""


HELPED = (
    (forms.StatementForm, "text"),
    (forms.ReplacementForm, "text"),
    (forms.ConfirmForm, "what_was_seen"),
    (forms.RetireForm, "because"),
    (forms.EvidenceForm, "note"),
    (forms.KeepingSafeForm, "text"),
    (maps.SeenForm, "text"),
    (maps.LookAgainForm, "because"),
    (childs_words.BesideForm, "text"),
)


@pytest.mark.parametrize(("form", "field"), HELPED)
def test_every_free_text_of_an_adult_has_the_helper_beside_it(
    form: type[HelpedForm], field: str
) -> None:
    assert form.helped_field == field
    assert field in form.base_fields


PAGES: tuple[tuple[str, str, list[str]], ...] = (
    ("write_statement", "text", []),
    ("confirm_statement", "what_was_seen", ["statement"]),
    ("retire_statement", "because", ["statement"]),
    ("add_evidence", "note", ["statement"]),
    ("note_what_was_seen", "text", ["statement"]),
    ("look_again", "because", ["statement"]),
    ("write_keeping_safe", "text", ["allergies"]),
)


@pytest.mark.parametrize(("name", "field", "more"), PAGES)
def test_without_script_a_button_looks_and_saves_nothing(
    name: str, field: str, more: list[str], cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        before = Statement.objects.count()
    at = address(name, cast.david, *(one.public_id if m == "statement" else m for m in more))
    browser = signed_in(cast.chillip)
    assert "Look at the words" in text_of(browser.get(at))
    shown = text_of(browser.post(at, {field: "He was violent.", **LOOK}))
    assert "A thought about the words." in shown
    assert "“violent”: Say what is seen" in shown
    assert "He was violent." in shown
    assert "There is a problem" not in shown
    with acting(cast.chillip.pk):
        assert Statement.objects.count() == before
        assert not SeenNote.objects.exists()


def test_it_keeps_nothing_from_being_saved_and_changes_no_word(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.peggotty)
    browser.post(address("write_statement", cast.david), answers(text="He was violent."))
    with acting(cast.peggotty.pk):
        assert Statement.objects.get().text == "He was violent."


def test_words_without_a_thought_get_an_answer_too(cast: Cast, signed_in: type[Client]) -> None:
    sent = answers(text="When the door shuts he shouts.") | LOOK
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), sent)
    assert "Newel has no thought about these words." in text_of(shown)


def test_in_a_form_for_the_childs_own_words_it_says_nothing_about_them(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H11"""
    sent = answers(text="I am violent.", whose_words="child", said_by_role="child") | LOOK
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), sent)
    assert "A thought about the words." not in text_of(shown)
    page = signed_in(cast.peggotty).get(address("write_down_words", cast.david))
    assert "Look at the words" not in text_of(page)


def ask(browser: Client, **sent: Any) -> str:
    return text_of(browser.post("/language/thoughts/", sent))


def test_while_somebody_types_it_thinks_along(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.peggotty)
    assert "“lazy”" in ask(browser, text="He is lazy.", whose_words="adult")
    assert "“lazy”" not in ask(browser, text="I am lazy.", whose_words="child")
    assert ask(browser, text="He reads.") == ""


def test_only_who_may_write_asks_it_and_only_by_sending_words(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.peggotty)
    assert browser.get("/language/thoughts/").status_code == 405
    assert signed_in(cast.wickfield).post("/language/thoughts/", {}).status_code == 403
