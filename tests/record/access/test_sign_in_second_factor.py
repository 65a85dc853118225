"""Without a key nobody reaches anything: every address is walked."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from newel.record.access.pages import EVERYONE
from newel.record.access.sign_in import keys, second_factor
from tests.cast import Cast

pytestmark = pytest.mark.django_db
OPEN = {"mfa_add_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
EXAMPLES = {
    "staff_id": "a2345678923456",
    "child_id": "a2345678923456",
    "key_mark": "0123456789abcdef",
    "username": "peggotty",
    "slug": "x",
    "number": "1",
}


def every_view(patterns: list[object], before: str = "", given: tuple[str, ...] = ()) -> Iterator:
    for one in patterns:
        name = f"{before}{getattr(one, 'name', '')}"
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            params = (*given, *one.pattern.converters, *_groups(one))
            yield from every_view(one.url_patterns, before + space, params)
        elif isinstance(one, URLPattern):
            yield name, one.callback, (*given, *one.pattern.converters, *_groups(one))


def _groups(one: URLPattern | URLResolver) -> list[str]:
    return list(getattr(one.pattern.regex, "groupindex", {}))


def address(name: str, params: tuple[str, ...]) -> str:
    known = {one: EXAMPLES.get(one, "a2345678923456") for one in dict.fromkeys(params)}
    return reverse(name, kwargs=known)


def closed_addresses() -> list[str]:
    return [
        address(name, params)
        for name, view, params in every_view(get_resolver().url_patterns)
        if name not in OPEN and getattr(view, "who_may", None) != EVERYONE
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_with_a_password_alone_is_led_to_add_a_key_from_every_address(
    cast: Cast, client: Client, method: str
):
    client.force_login(cast.chillip)
    walked = [one for one in closed_addresses() if "your-account/password" not in one]

    for path in walked:
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer.headers.get("Location")) == (
            302,
            reverse("mfa_add_webauthn"),
        ), path
    assert len(walked) > 8


def test_somebody_not_signed_in_is_led_to_sign_in_from_every_address(db: None, client: Client):
    for path in closed_addresses():
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/sign-in/?next="), path


def test_the_first_key_can_be_added_without_another_proof(cast: Cast, client: Client):
    client.force_login(cast.chillip)

    shown = client.get(reverse("mfa_add_webauthn"))

    assert shown.status_code == 200
    assert "Add your key" in shown.content.decode()
    assert "A password alone does not open a child’s record" in shown.content.decode()


def test_a_password_alone_cannot_add_a_key_to_an_account_that_has_one(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    a_key(cast, "chillip")
    client.force_login(cast.chillip)

    answer = client.get(reverse("mfa_add_webauthn"))

    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Show that it is you" in shown


def test_a_password_alone_cannot_be_changed_for_another(cast: Cast, client: Client):
    client.force_login(cast.chillip)

    answer = client.get(reverse("access:choose_password"))

    assert answer.headers["Location"] == reverse("mfa_add_webauthn")


def test_a_password_from_somebody_else_is_replaced_before_anything_else(
    cast: Cast, signed_in: type[Client]
):
    staff = cast.chillip
    staff.must_choose_password = True
    staff.save()

    answer = signed_in(staff).get(reverse("access:your_account"))

    assert answer.headers["Location"] == reverse("access:choose_password")


def a_key(cast: Cast, username: str, name: str = "Blue key") -> Authenticator:
    return Authenticator.objects.create(
        user=getattr(cast, username),
        type="webauthn",
        data={"name": name, "credential": {"id": name}},
    )


def test_the_only_key_cannot_be_removed(cast: Cast, signed_in: type[Client]):
    a_key(cast, "chillip")
    mark = keys.of(cast.chillip)[0].mark

    signed_in(cast.chillip).post(reverse("remove_key", args=[mark]))

    assert len(keys.of(cast.chillip)) == 1


def test_one_of_two_keys_can_be_removed(cast: Cast, signed_in: type[Client]):
    a_key(cast, "chillip")
    a_key(cast, "chillip", "Green key")
    mark = keys.of(cast.chillip)[0].mark

    signed_in(cast.chillip).post(reverse("remove_key", args=[mark]))

    assert [one.name for one in keys.of(cast.chillip)] == ["Green key"]


def test_nobody_removes_anothers_key(cast: Cast, signed_in: type[Client]):
    a_key(cast, "chillip")
    a_key(cast, "chillip", "Green key")
    mark = keys.of(cast.chillip)[0].mark

    answer = signed_in(cast.peggotty).post(reverse("remove_key", args=[mark]))

    assert answer.status_code == 404
    assert len(keys.of(cast.chillip)) == 2


def test_a_stale_proof_is_asked_for_again_before_keys_change(cast: Cast, signed_in: type[Client]):
    a_key(cast, "chillip")
    client = signed_in(cast.chillip)
    session = client.session
    session[second_factor.SESSION_PROVED_AT] = 0
    session.save()

    RecoveryCodes.activate(cast.chillip)
    for name in ("mfa_add_webauthn", "mfa_view_recovery_codes", "access:choose_password"):
        answer = client.get(reverse(name))
        assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate_webauthn")), name
