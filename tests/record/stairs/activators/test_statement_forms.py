"""Writing statements on the page: what is asked, what is refused, and nothing typed is lost."""

import pytest
from django.test import Client

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import Confirmation, Statement
from tests.cast import Cast
from tests.record.stairs.activators.pages import NOW, address, answers, text_of
from tests.record.stairs.activators.wording import DOOR, agreed, draft

pytestmark = pytest.mark.django_db


def test_a_draft_is_written_and_shown(cast: Cast, signed_in: type[Client]) -> None:
    client = signed_in(cast.peggotty)
    shown = client.post(address("write_statement", cast.david), answers(), follow=True)
    assert shown.status_code == 200
    assert DOOR["text"] in text_of(shown)
    assert "Draft" in text_of(shown)


def test_an_empty_form_says_what_is_missing_beside_each_question(
    cast: Cast, signed_in: type[Client]
) -> None:
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), {})
    assert shown.status_code == 200
    for words in ("Enter what we understand", "Choose", "Enter the day it was said or seen"):
        assert words in text_of(shown)


def test_only_those_who_open_to_the_child_are_offered_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    asked = address("write_statement", cast.david)
    assert 'value="child_open"' in text_of(signed_in(cast.chillip).get(asked))
    assert 'value="child_open"' not in text_of(signed_in(cast.peggotty).get(asked))


def test_the_child_level_sent_by_somebody_else_is_refused(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = answers(sharing_level="child_open")
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), sent)
    assert "Choose who may read it" in text_of(shown) or "There is a problem" in text_of(shown)
    with acting(cast.chillip.pk):
        assert not Statement.objects.exists()


def test_a_name_on_paper_is_refused_beside_the_question_and_the_words_stay(
    cast: Cast, signed_in: type[Client]
) -> None:
    words = "He shouts when Tommy is moved."
    sent = answers(text=words, sharing_level="child_open")
    shown = signed_in(cast.chillip).post(address("write_statement", cast.david), sent)
    assert "It has the name of another child: Tommy." in text_of(shown)
    assert words in text_of(shown)


def test_a_label_in_a_draft_is_spoken_of_and_saved_all_the_same(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = answers(text="He is violent at night.")
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), sent, follow=True)
    assert "A thought about the words." in text_of(shown)
    assert "He is violent at night." in text_of(shown)


def test_a_childs_own_words_are_never_commented_on(cast: Cast, signed_in: type[Client]) -> None:
    own = answers(text="They say I am violent.", whose_words="child", said_by_role="child")
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), own, follow=True)
    assert "They say I am violent." in text_of(shown)
    assert "A thought about the words." not in text_of(shown)


def test_a_diagnosis_is_never_asked_for(cast: Cast, signed_in: type[Client]) -> None:
    page = text_of(signed_in(cast.chillip).get(address("write_statement", cast.david)))
    assert "diagnos" not in page.lower()


def test_words_of_every_kind_come_back_as_they_were_sent(
    cast: Cast, signed_in: type[Client]
) -> None:
    words = "مرحبا <b>not bold</b> 🙂 “Dodger” {{ 7*7 }}"
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(text=words), follow=True
    )
    assert "&lt;b&gt;not bold&lt;/b&gt; 🙂" in text_of(shown)
    with acting(cast.peggotty.pk):
        assert Statement.objects.get().text == words


def test_too_many_words_are_all_kept_in_the_box(cast: Cast, signed_in: type[Client]) -> None:
    words = "door " * 40_000
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(text=words)
    )
    assert "Use 2,000 characters or fewer; you have 199,999" in text_of(shown)
    assert text_of(shown).count("door ") >= 39_999


def test_a_hidden_character_is_taken_out_and_said(cast: Cast, signed_in: type[Client]) -> None:
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(text="He shouts\x00 and hits.")
    )
    assert "hidden character" in text_of(shown)
    assert "He shouts and hits." in text_of(shown)


def test_two_who_change_a_draft_at_once_see_both_texts(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.peggotty.pk):
        old = draft(cast.david, cast.peggotty)
    first, second = signed_in(cast.omer), signed_in(cast.peggotty)
    change = address("change_draft", cast.david, old.public_id)
    first.post(change, answers(text="The words of the first."))
    shown = second.post(change, answers(text="The words of the second."))
    assert "The words of the first." in text_of(shown)
    assert "The words of the second." in text_of(shown)
    with acting(cast.peggotty.pk):
        new = Statement.objects.get(state="draft")
    on_top = address("change_draft", cast.david, new.public_id)
    assert f'action="{on_top}"' in text_of(shown)
    second.post(on_top, answers(text="The words of both."))
    with acting(cast.peggotty.pk):
        assert Statement.objects.get(state="draft").text == "The words of both."


def test_what_was_seen_is_not_lost_when_the_words_change_meanwhile(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        old = agreed(cast.david, cast.chillip)
        actions.replace_statement(
            statement=old, by=cast.chillip, at=NOW, **{**DOOR, "text": "New words."}
        )
    shown = signed_in(cast.peggotty).post(
        address("confirm_statement", cast.david, old.public_id), {"what_was_seen": "At nine."}
    )
    for words in (DOOR["text"], "New words.", "At nine."):
        assert words in text_of(shown)
    with acting(cast.chillip.pk):
        assert not Confirmation.objects.exists()


def test_words_held_back_elsewhere_are_asked_about_before_more_people_read_them(
    cast: Cast, signed_in: type[Client]
) -> None:
    secret = "Steerforth took his money every Friday and told him to say nothing of it."
    with acting(cast.chillip.pk):
        draft(cast.david, cast.chillip, text=secret, sharing_level="restricted_third_party")
    client = signed_in(cast.chillip)
    copied = answers(text=f"We know now: {secret}")
    shown = client.post(address("write_statement", cast.david), copied)
    assert "Some of these words are held back elsewhere" in text_of(shown)
    client.post(address("write_statement", cast.david), copied | {"copied_knowingly": "on"})
    with acting(cast.chillip.pk):
        assert Statement.objects.filter(sharing_level="team").count() == 1


def test_named_people_have_to_be_named(cast: Cast, signed_in: type[Client]) -> None:
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(sharing_level="named_people")
    )
    assert "Choose who may read it" in text_of(shown)
    with acting(cast.peggotty.pk):
        assert not Statement.objects.exists()
