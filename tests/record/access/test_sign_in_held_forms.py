"""A form that is sent after its writer's session has ended loses nothing."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access import transactions
from newel.record.access.models import HeldForm
from newel.record.access.sign_in import held, sealing
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FORM = "/staff/add/"
TYPED = {"name": "Zoë Littimer – “butler”", "username": "littimer", "role": "residential_worker"}


def hidden_field(client: Client, path: str = FORM) -> str:
    drawn = client.get(path).content.decode()
    found = re.search(r'name="held_by" value="([^"]+)"', drawn)
    assert found
    return found[1]


def sent_too_late(client: Client, **more: str) -> str:
    """The page was open, the session ended, the form was sent. Where that led."""
    token = hidden_field(client)
    client.session.flush()
    client.cookies.clear()
    answer = client.post(FORM, {**TYPED, "held_by": token, **more})
    assert answer.headers.get("Newel-Form-Held") == "1"
    return parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]


def test_typed_words_come_back_after_signing_in(cast: Cast, signed_in: type[Client]):
    back = sent_too_late(signed_in(cast.spenlow))

    shown = signed_in(cast.spenlow).get(back).content.decode()

    assert "Zoë Littimer – “butler”" in shown
    assert 'value="residential_worker" checked' in shown
    assert held.SAY_RESTORED in shown


def test_held_words_can_then_be_saved_and_are_forgotten(cast: Cast, signed_in: type[Client]):
    back = sent_too_late(signed_in(cast.spenlow))
    client = signed_in(cast.spenlow)
    client.get(back)
    with transactions.acting(cast.spenlow.pk):
        assert HeldForm.objects.count() == 1

    client.post(back, TYPED)

    assert cast.littimer.name == TYPED["name"]
    with transactions.acting(cast.spenlow.pk):
        assert not HeldForm.objects.exists()


def test_what_was_saved_with_a_redirect_is_held_no_longer(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.spenlow)
    path = reverse("access:change_role", args=[cast.heep.public_id])
    token = hidden_field(client, path)
    client.cookies.clear()
    answer = client.post(path, {"role": "training_lead", "held_by": token})
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]

    signed_in(cast.spenlow).post(back, {"role": "training_lead"})

    assert cast.heep.role == "training_lead"
    with transactions.acting(cast.spenlow.pk):
        assert not HeldForm.objects.exists()


def test_showing_held_words_does_not_use_them_up(cast: Cast, signed_in: type[Client]):
    back = sent_too_late(signed_in(cast.spenlow))
    client = signed_in(cast.spenlow)

    client.get(back)

    assert "Zoë Littimer" in client.get(back).content.decode()


def test_the_sign_in_page_says_that_the_words_are_kept(cast: Cast, signed_in: type[Client]):
    back = sent_too_late(signed_in(cast.spenlow))

    shown = Client().get("/sign-in/", {"next": back}).content.decode()

    assert "What you had typed is kept" in shown


def test_somebody_else_who_signs_in_gets_nothing(cast: Cast, signed_in: type[Client]):
    back = sent_too_late(signed_in(cast.spenlow))
    cast_trotwood = cast.trotwood
    cast_trotwood.role = "administrator"
    cast_trotwood.save()

    shown = signed_in(cast.trotwood).get(back).content.decode()

    assert "Littimer" not in shown
    assert held.SAY_RESTORED not in shown


def test_a_strangers_held_form_is_hidden_by_the_database(cast: Cast, signed_in: type[Client]):
    sent_too_late(signed_in(cast.spenlow))

    with transactions.acting(cast.trotwood.pk):
        assert not HeldForm.objects.exists()
    with transactions.acting(None):
        assert not HeldForm.objects.exists()
    with transactions.acting(cast.spenlow.pk):
        assert HeldForm.objects.count() == 1


def test_nobody_can_hold_a_form_in_anothers_name(cast: Cast):
    forged = signing.dumps([cast.spenlow.pk, FORM], salt="another salt")

    answer = Client().post(FORM, {**TYPED, "held_by": forged})

    assert answer.headers.get("Newel-Form-Held") is None
    with transactions.acting(cast.spenlow.pk):
        assert not HeldForm.objects.exists()


def test_the_words_rest_encrypted_and_without_secrets(cast: Cast, signed_in: type[Client]):
    sent_too_late(signed_in(cast.spenlow), new_password="do not keep", csrfmiddlewaretoken="no")

    with transactions.acting(cast.spenlow.pk):
        sealed = bytes(HeldForm.objects.get().sealed_words)
    opened = sealing.open_sealed(sealed, purpose="held forms").decode()

    assert b"Littimer" not in sealed
    assert "Littimer" in opened
    assert "do not keep" not in opened
    assert "csrfmiddlewaretoken" not in opened


def test_keys_can_be_changed_and_old_words_still_open(settings: object):
    sealed = sealing.seal(b"words", purpose="held forms")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "a new key that replaces the old one"  # type: ignore[attr-defined]

    assert sealing.open_sealed(sealed, purpose="held forms") == b"words"
    with pytest.raises(sealing.InvalidToken):
        sealing.open_sealed(sealed, purpose="recovery codes")


def test_words_beyond_the_limit_are_not_kept_and_the_person_is_told(
    cast: Cast, signed_in: type[Client]
):
    client = signed_in(cast.spenlow)
    token = hidden_field(client)
    client.cookies.clear()

    answer = client.post(FORM, {"name": "x" * 1_100_000, "held_by": token})
    shown = client.get(answer.headers["Location"]).content.decode()

    assert "too long to be kept" in shown
    assert answer.headers.get("Newel-Form-Held") is None


def test_200_kb_of_any_script_come_back(cast: Cast, signed_in: type[Client]):
    words = "מה שעוזר לי 😀\x00 " * 8000
    back = sent_too_late(signed_in(cast.spenlow), name=words)

    shown = signed_in(cast.spenlow).get(back)

    assert shown.status_code == 200
    assert "מה שעוזר לי 😀" in shown.content.decode()


def test_an_idle_session_loses_no_words_either(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.spenlow)
    token = hidden_field(client)
    session = client.session
    session["newel_seen_at"] = 0
    session.save()

    answer = client.post(FORM, {**TYPED, "held_by": token})

    assert answer.headers["Newel-Form-Held"] == "1"
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "nobody used this page" in shown
    assert "What you had typed is kept" in shown


def test_a_form_opened_by_one_person_is_never_saved_as_another(cast: Cast, signed_in: type[Client]):
    token = hidden_field(signed_in(cast.spenlow))
    trotwood = cast.trotwood
    trotwood.role = "administrator"
    trotwood.save()

    answer = signed_in(cast.trotwood).post(FORM, {**TYPED, "held_by": token})

    assert answer.status_code == 409
    assert "This form was opened by someone else" in answer.content.decode()
    with transactions.acting(cast.spenlow.pk):
        assert HeldForm.objects.count() == 1


def test_a_form_with_an_old_token_says_so_and_keeps_the_words(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.spenlow)
    token = hidden_field(client)
    client.handler.enforce_csrf_checks = True

    answer = client.post(FORM, {**TYPED, "held_by": token})
    words = answer.content.decode()
    link = re.search(r'href="(/staff/add/\?held=[^"]+)"', words)

    assert answer.status_code == 403
    assert "This page had been open for too long" in words
    assert link
    assert "Zoë Littimer" in client.get(link[1]).content.decode()


def test_old_held_forms_are_deleted_though_nobody_sees_them(cast: Cast, signed_in: type[Client]):
    sent_too_late(signed_in(cast.spenlow))
    with transactions.acting(cast.spenlow.pk):
        HeldForm.objects.update(held_at=timezone.now() - timedelta(hours=25))

    held.clear_expired()

    with transactions.acting(cast.spenlow.pk):
        assert not HeldForm.objects.exists()


def test_only_the_newest_twenty_are_held_for_one_person(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.spenlow)
    token = hidden_field(client)
    client.cookies.clear()
    for _ in range(22):
        client.post(FORM, {**TYPED, "held_by": token})

    with transactions.acting(cast.spenlow.pk):
        assert HeldForm.objects.count() == 20


def test_the_service_cannot_shorten_the_day_to_nothing(cast: Cast, signed_in: type[Client]):
    sent_too_late(signed_in(cast.spenlow))

    with connection.cursor() as cursor:
        cursor.execute("SELECT access_forget_held_forms(interval '0')")

    with transactions.acting(cast.spenlow.pk):
        assert HeldForm.objects.count() == 1
