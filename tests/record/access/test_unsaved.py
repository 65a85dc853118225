"""Words not saved when the PC goes over to the next person wait for their writer (H25)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.models import HeldForm
from newel.record.access.transactions import acting
from tests.cast import Cast
from tests.record.access.test_saved_once import ENTRY, address, written

pytestmark = pytest.mark.django_db


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def put_by(browser: Client, cast: Cast, **changed: str) -> Any:
    page = browser.get(address(cast))
    own = {name: hidden(page, name) for name in ("held_by", "form_id")}
    words = ENTRY | own | {"held_title": "Strengths and resources – Newel"} | changed
    return browser.post(reverse("put_by"), words)


def unsaved(browser: Client) -> str:
    return browser.get(reverse("unsaved")).content.decode()


def back_to(browser: Client) -> str:
    found = re.search(r'href="([^"]+[?&]held=[^"]+)"', unsaved(browser))
    assert found
    return found[1]


def test_words_put_by_come_back_to_their_writer_alone(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    assert put_by(browser, cast).status_code == 204
    assert written(cast) == []
    browser.post(reverse("account_logout"))
    other = signed_in(cast.trotwood)
    assert other.get(reverse("unsaved")).headers["Location"] == "/"
    again = signed_in(cast.chillip)
    assert "Strengths and resources" in unsaved(again)
    assert "– Newel</bdi>" not in unsaved(again)
    assert ENTRY["text"] in again.get(back_to(again)).content.decode()
    assert ENTRY["text"] not in other.get(back_to(again)).content.decode()


def test_when_they_are_saved_they_wait_no_longer(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    put_by(browser, cast)
    assert browser.post(back_to(browser), ENTRY).status_code == 302
    assert written(cast) == [ENTRY["text"]]
    assert browser.get(reverse("unsaved")).status_code == 302


def test_words_that_had_been_saved_although_nobody_knew_are_not_saved_twice(
    cast: Cast, signed_in: type[Client]
) -> None:
    """The answer got lost, the words were put by, and the writer saves them again."""
    browser = signed_in(cast.chillip)
    page = browser.get(address(cast))
    own = {name: hidden(page, name) for name in ("held_by", "form_id")}
    assert browser.post(address(cast), ENTRY | own).status_code == 302
    browser.post(reverse("put_by"), ENTRY | own)
    form = browser.get(back_to(browser))
    assert hidden(form, "form_id") == own["form_id"]
    browser.post(back_to(browser), ENTRY | own)
    assert written(cast) == [ENTRY["text"]]


def test_they_can_be_thrown_away(cast: Cast, signed_in: type[Client]) -> None:
    browser, other = signed_in(cast.chillip), signed_in(cast.trotwood)
    put_by(browser, cast)
    with acting(cast.chillip.pk):
        held = HeldForm.objects.get()
    throw_away = reverse("throw_away", args=[held.public_id])
    other.post(throw_away)
    assert "Strengths" in unsaved(browser)
    browser.post(throw_away)
    assert browser.get(reverse("unsaved")).status_code == 302


def test_a_form_that_newel_did_not_draw_is_not_put_by(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    assert browser.post(reverse("put_by"), ENTRY).status_code == 409
    assert browser.get(reverse("put_by")).status_code == 405


def test_no_word_of_it_stands_in_the_database(cast: Cast, signed_in: type[Client]) -> None:
    put_by(signed_in(cast.chillip), cast)
    with acting(cast.chillip.pk):
        held = HeldForm.objects.get()
    assert b"younger" not in bytes(held.sealed_words)
    assert "Strengths" not in held.path
