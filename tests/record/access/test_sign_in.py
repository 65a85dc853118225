"""Signing in by password and code, and what stands in the way of guessing."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access import transactions
from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.sign_in import lock, second_factor
from newel.record.access.sign_in.actions import sign_in_without_second_factor
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "yellow pebble under the boat"


def with_password(staff: StaffMember) -> StaffMember:
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def with_key(staff: StaffMember) -> list[str]:
    """A key that no test touches, and the codes that open in its place."""
    Authenticator.objects.create(
        user=staff, type="webauthn", data={"name": "Blue key", "credential": {"id": "abc"}}
    )
    return list(RecoveryCodes.activate(staff).get_unused_codes())


@pytest.fixture(autouse=True)
def _keys_need_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The options for the browser are read from real keys; the browser journeys have those."""
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])


def enter(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(reverse("account_login"), {"login": username, "password": password, **more})


def acts() -> list[str]:
    """What the audit says, as the one who watches over sign-ins sees it."""
    watcher = StaffMember.objects.get(username="strong")
    with transactions.acting(watcher.pk):
        return list(AuditEvent.objects.filter(chain=0).order_by("pk").values_list("act", flat=True))


def test_a_password_alone_leads_to_the_page_where_a_key_is_added(cast: Cast, client: Client):
    with_password(cast.peggotty)

    answer = enter(client, "peggotty")

    assert answer.status_code == 302
    assert client.get("/your-account/").headers["Location"] == reverse("mfa_add_webauthn")


def test_a_password_and_a_printed_code_sign_in_without_any_script(cast: Cast, client: Client):
    codes = with_key(with_password(cast.peggotty))

    second = client.get(enter(client, "peggotty").headers["Location"])
    answer = client.post(reverse("mfa_authenticate"), {"code": f"{codes[0][:4]} {codes[0][4:]}"})

    assert "Recovery code" in second.content.decode()
    assert answer.status_code == 302
    assert client.get("/your-account/").status_code == 200
    assert "sign_in" in acts()


def test_a_code_works_once(cast: Cast):
    codes = with_key(with_password(cast.peggotty))
    first, second = Client(), Client()
    for client in (first, second):
        enter(client, "peggotty")
        answer = client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert first.get("/your-account/").status_code == 200
    assert answer.status_code == 200
    assert "This code was not accepted" in answer.content.decode()
    assert second.get("/your-account/").status_code == 302


def test_between_password_and_key_nobody_is_signed_in(cast: Cast, client: Client):
    with_key(with_password(cast.peggotty))

    enter(client, "peggotty")

    assert client.get("/your-account/").headers["Location"].startswith("/sign-in/")


def test_a_wrong_password_is_said_in_a_sentence_and_audited_without_the_name(
    cast: Cast, client: Client
):
    with_password(cast.peggotty)

    answer = enter(client, "peggotty", "not this one at all")

    assert "The username and password do not match" in answer.content.decode()
    assert acts()[-1] == "sign_in_failed"


def test_an_unknown_username_is_told_the_same_as_a_wrong_password(cast: Cast, client: Client):
    with_password(cast.peggotty)

    known = enter(client, "peggotty", "not this one at all").content.decode()
    unknown = enter(client, "nobody", "not this one at all").content.decode()

    assert "The username and password do not match" in unknown
    assert ("There is a problem" in known) == ("There is a problem" in unknown)


def test_a_username_is_found_whatever_its_case_and_spaces(cast: Cast, client: Client):
    with_password(cast.peggotty)

    assert enter(client, "  PEGGOTTY ").status_code == 302


@pytest.mark.parametrize("username", ["peg\x00gotty", "\x00", "x" * 5000, "\u202eyttoggep", "😀"])
def test_odd_usernames_get_a_sentence_and_not_a_fault(cast: Cast, client: Client, username: str):
    answer = enter(client, username)

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_nul_in_a_password_gets_a_sentence(cast: Cast, client: Client):
    assert "There is a problem" in enter(client, "peggotty", "a\x00b").content.decode()


def test_after_five_wrong_tries_the_right_password_does_not_open_either(cast: Cast, client: Client):
    with_password(cast.peggotty)
    for _ in range(5):
        enter(client, "peggotty", "not this one at all")

    words = enter(client, "peggotty").content.decode()

    assert "You can try again at" in words
    assert "A manager or a system administrator can help you" in words
    assert acts().count("sign_in_failed") == 5
    assert acts().count("sign_in_locked") == 1


def test_the_lock_is_for_one_username_and_ends_by_itself(cast: Cast):
    now = timezone.now()
    for _ in range(5):
        lock.failed("peggotty", at=now)

    assert lock.shut_until("PEGGOTTY", at=now) == now + timedelta(minutes=5)
    assert lock.shut_until("barkis", at=now) is None
    assert lock.shut_until("peggotty", at=now + timedelta(minutes=5)) is None


def test_the_cache_holds_no_username(cast: Cast, client: Client):
    enter(client, "peggotty", "not this one at all")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_cache")
        assert cursor.fetchone()[0] > 0
        cursor.execute("SELECT count(*) FROM access_cache WHERE cache_key LIKE '%peggotty%'")
        assert cursor.fetchone()[0] == 0


def test_wrong_codes_are_limited_too(cast: Cast, client: Client):
    codes = with_key(with_password(cast.peggotty))
    enter(client, "peggotty")
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "00000000"})

    answer = client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert "There were too many wrong tries" in answer.content.decode()
    assert acts().count("second_factor_failed") == 6


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "http://localhost:9/",
        "javascript:1",
    ],
)
def test_signing_in_never_leads_off_the_site(cast: Cast, client: Client, elsewhere: str):
    with_password(cast.peggotty)

    answer = enter(client, "peggotty", next=elsewhere)

    assert "example" not in answer.headers["Location"]
    assert answer.headers["Location"].startswith("/")
    assert elsewhere not in Client().get("/sign-in/", {"next": elsewhere}).content.decode()


def test_signing_in_leads_back_to_where_one_was_going(cast: Cast, client: Client):
    with_password(cast.peggotty)

    assert enter(client, "peggotty", next="/roles/").headers["Location"] == "/roles/"


def test_an_ended_account_does_not_open(cast: Cast, client: Client):
    staff = with_password(cast.peggotty)
    staff.is_active, staff.ended_at = False, timezone.now()
    staff.save()

    answer = client.get(enter(client, "peggotty").headers["Location"])

    assert "This account has ended" in answer.content.decode()
    assert client.get("/your-account/").status_code == 302


@pytest.mark.parametrize("path", ["signup/", "sign-in/signup/", "password/reset/", "email/"])
def test_nobody_signs_up_and_no_password_is_reset_by_e_mail(client: Client, db: None, path: str):
    assert client.get(f"/{path}").status_code in {302, 404}
    assert "account_signup" not in str(client.get("/sign-in/").content)


def test_the_one_click_of_the_demo_is_refused_elsewhere(cast: Cast, rf: object):
    with pytest.raises(Exception, match="Only a demo"):
        sign_in_without_second_factor(rf.get("/"), cast.peggotty)  # type: ignore[attr-defined]


def test_a_session_of_the_demo_is_worth_nothing_when_the_demo_is_over(
    cast: Cast, client: Client, settings: object
):
    client.force_login(cast.peggotty)
    session = client.session
    second_factor.mark(session, second_factor.IN_DEMO)
    session.save()

    settings.NEWEL_DEMO = True  # type: ignore[attr-defined]
    assert client.get("/your-account/").status_code == 200
    settings.NEWEL_DEMO = False  # type: ignore[attr-defined]
    assert client.get("/your-account/").status_code == 302


def test_signing_out_ends_the_session_and_clears_what_the_browser_kept(cast: Cast, client: Client):
    client.force_login(cast.peggotty)

    answer = client.post(reverse("account_logout"))

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Location"] == "/sign-in/?next-person"
    assert "_auth_user_id" not in client.session
    assert acts()[-1] == "sign_out"
    assert "autofocus" in client.get("/sign-in/").content.decode()


def test_signing_out_needs_a_press_and_works_from_an_old_page(cast: Cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.peggotty)

    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_no_browser_keeps_what_somebody_signed_in_saw(cast: Cast, signed_in: type[Client]):
    assert signed_in(cast.peggotty).get("/your-account/").headers["Cache-Control"] == "no-store"


def seen(client: Client, seconds_ago: float) -> None:
    session = client.session
    session["newel_seen_at"] = time.time() - seconds_ago
    session.save()


def test_a_session_ends_when_nobody_uses_it_and_the_sign_in_page_says_so(
    cast: Cast, signed_in: type[Client], settings: object
):
    settings.NEWEL_IDLE_MINUTES = 20  # type: ignore[attr-defined]
    client = signed_in(cast.peggotty)
    seen(client, 20 * 60 + 1)

    answer = client.get("/your-account/", follow=True)

    assert (
        "You were signed out because nobody used this page for a while" in answer.content.decode()
    )
    assert answer.redirect_chain[0][0].endswith("next=/your-account/")
    assert acts()[-1] == "session_ended"


def test_a_session_in_use_goes_on(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.peggotty)
    seen(client, 19 * 60)

    assert client.get("/your-account/").status_code == 200
    assert time.time() - client.session["newel_seen_at"] < 60


def test_a_page_that_asks_by_itself_does_not_keep_a_session_open(
    cast: Cast, signed_in: type[Client]
):
    client = signed_in(cast.peggotty)
    seen(client, 19 * 60)

    client.get("/your-account/?poll")
    client.get("/your-account/", headers={"HX-Trigger-Name": "poll"})

    assert time.time() - client.session["newel_seen_at"] > 18 * 60


def test_a_busy_session_is_not_written_at_every_click(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.peggotty)
    seen(client, 100)
    before = client.session["newel_seen_at"]

    client.get("/your-account/")

    assert client.session["newel_seen_at"] == before


def test_a_polling_page_leaves_the_screen_when_its_session_has_ended(
    cast: Cast, signed_in: type[Client]
):
    client = signed_in(cast.peggotty)
    seen(client, 3 * 60 * 60)

    answer = client.get(
        "/your-account/?poll",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/roles/"},
    )

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Froles%2F"
