"""A form whose answer got lost is sent again: it is saved once (H25)."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import SavedForm
from newel.record.access.sign_in import saved_once
from newel.record.access.transactions import acting
from newel.record.stairs.scoping.models import ScopingEntry
from tests.cast import Cast

ENTRY = {
    "text": "He reads to the younger ones.",
    "source": "Seen on the unit",
    "whose_words": "adult",
    "sharing_level": "team",
}


def address(cast: Cast) -> str:
    return reverse("scoping:add_entry", args=[cast.david.public_id, "resources"])


def form_id(page: Any) -> str:
    found = re.search(r'name="form_id" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def send(browser: Client, cast: Cast, **changed: str) -> Any:
    return browser.post(address(cast), ENTRY | changed)


def written(cast: Cast) -> list[str]:
    with acting(cast.chillip.pk):
        return list(ScopingEntry.objects.order_by("pk").values_list("text", flat=True))


@pytest.mark.django_db
def test_the_second_press_gets_the_answer_of_the_first_and_saves_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    token = form_id(browser.get(address(cast)))
    first, second = send(browser, cast, form_id=token), send(browser, cast, form_id=token)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert written(cast) == [ENTRY["text"]]
    assert saved_once.ALREADY in [str(one) for one in get_messages(second.wsgi_request)]


@pytest.mark.django_db
def test_words_changed_between_two_presses_are_not_lost(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    token = form_id(browser.get(address(cast)))
    send(browser, cast, form_id=token)
    second = send(browser, cast, form_id=token, text="He reads to everybody.")
    assert written(cast) == [ENTRY["text"], "He reads to everybody."]
    said = [str(one) for one in get_messages(second.wsgi_request)]
    assert saved_once.WITH_OTHER_WORDS in said


@pytest.mark.django_db
def test_a_form_that_was_refused_is_saved_when_it_is_put_right(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    token = form_id(browser.get(address(cast)))
    assert send(browser, cast, form_id=token, text="").status_code == 200
    assert send(browser, cast, form_id=token).status_code == 302
    assert written(cast) == [ENTRY["text"]]


@pytest.mark.django_db
def test_the_same_words_from_a_new_page_are_a_new_entry(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    for _ in range(2):
        send(browser, cast, form_id=form_id(browser.get(address(cast))))
    assert len(written(cast)) == 2


@pytest.mark.django_db
def test_somebody_elses_form_id_is_nobodys_answer(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    token = form_id(browser.get(address(cast)))
    send(browser, cast, form_id=token)
    send(signed_in(cast.trotwood), cast, form_id=token)
    assert len(written(cast)) == 2
    with acting(cast.trotwood.pk):
        assert SavedForm.objects.get().staff == cast.trotwood
    with acting(None):
        assert not SavedForm.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x" * 41, "a\x00b"])
def test_an_id_that_is_none_is_passed_over(token: str, cast: Cast, signed_in: type[Client]) -> None:
    assert send(signed_in(cast.chillip), cast, form_id=token).status_code == 302
    assert written(cast) == [ENTRY["text"]]


@pytest.mark.django_db
def test_no_word_is_kept_and_the_row_goes_after_a_day(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    send(browser, cast, form_id=form_id(browser.get(address(cast))))
    with acting(cast.chillip.pk):
        saved = SavedForm.objects.get()
        assert ENTRY["text"].encode() not in bytes(saved.words_digest)
        with pytest.raises(IntegrityError, match="saved_once"), transaction.atomic():
            SavedForm.objects.create(
                staff=saved.staff, form_id=saved.form_id, words_digest=saved.words_digest,
                then="/", saved_at=timezone.now(),
            )  # fmt: skip
        SavedForm.objects.create(
            staff=saved.staff, form_id="old", words_digest=b"1", then="/",
            saved_at=timezone.now() - timedelta(hours=25),
        )  # fmt: skip
        saved_once.clear_expired()
        assert [one.form_id for one in SavedForm.objects.all()] == [saved.form_id]


@pytest.mark.django_db
def test_what_was_not_saved_because_it_failed_is_saved_the_next_time(
    cast: Cast, signed_in: type[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(cast.chillip)
    browser.raise_request_exception = False
    token = form_id(browser.get(address(cast)))
    with monkeypatch.context() as broken:
        broken.setattr("newel.record.access.audit._append", _fail)
        assert send(browser, cast, form_id=token).status_code == 500
    assert send(browser, cast, form_id=token).status_code == 302
    assert written(cast) == [ENTRY["text"]]


def _fail(*_: object) -> None:
    raise RuntimeError("The audit cannot be written")


def test_two_presses_at_once_save_one(
    fresh_database: str, cast: Cast, signed_in: type[Client]
) -> None:
    browsers = [signed_in(cast.chillip), signed_in(cast.chillip)]
    token = form_id(browsers[0].get(address(cast)))
    start, answers = Barrier(2), []

    def press(browser: Client) -> Callable[[], None]:
        def run() -> None:
            start.wait(timeout=10)
            try:
                answers.append(send(browser, cast, form_id=token).status_code)
            finally:
                connection.close()

        return run

    threads = [Thread(target=press(browser)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers == [302, 302]
    assert written(cast) == [ENTRY["text"]]
