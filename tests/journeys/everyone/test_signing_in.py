"""Signing in with a key, changing over on a shared PC, and coming back to an unsent form.

The keys are Chromium's virtual authenticators: the browser and the server do all they do with a
key of metal; only the finger is simulated.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from newel.record.access import actions, transactions
from newel.record.access.models import StaffMember
from tests import databases
from tests.journeys.conftest import _serving

PASSWORD = "yellow pebble under the boat"
ACCOUNT = "/your-account/"
ANY_SIGN_IN = re.compile(r"/sign-in/")
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, settings: object
) -> Iterator[str]:
    """As in a real setting: no demo. On localhost by name, because a key belongs to a name."""
    settings.NEWEL_DEMO = False  # type: ignore[attr-defined]
    settings.LOGIN_URL = "account_login"  # type: ignore[attr-defined]
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        databases.clone(databases.cast_template()) as name,
        databases.connected_to(name),
    ):
        _give_passwords()
        with _serving() as port:
            yield f"http://localhost:{port}"


def _give_passwords() -> None:
    """Spenlow administers; Chillip has a password of his own; neither has a key yet."""
    for username in ("chillip", "spenlow", "peggotty"):
        staff = StaffMember.objects.get(username=username)
        with transactions.acting(staff.pk):
            actions.choose_password(staff=staff, password=PASSWORD, at=timezone.now())


@pytest.fixture
def key(context: BrowserContext, page: Page) -> "Key":
    return Key(context.new_cdp_session(page))


class Key:
    def __init__(self, devtools: CDPSession) -> None:
        self.devtools = devtools
        devtools.send("WebAuthn.enable")
        self.put_in()

    def put_in(self) -> None:
        added = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        self.id = added["authenticatorId"]

    def take_out(self) -> None:
        self.devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.id})


def type_password(page: Page, username: str, password: str = PASSWORD) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_first_key(page: Page, username: str) -> list[str]:
    """From the sign-in page to the page with the codes. Gives the codes."""
    page.goto(f"/sign-in/?next={ACCOUNT}")
    type_password(page, username)
    expect(page.get_by_role("heading", name="Add your key")).to_be_visible()
    page.get_by_role("button", name="Add this key").click()
    return recovery_codes(page)


def recovery_codes(page: Page) -> list[str]:
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    codes = page.locator(".newel-codes code")
    expect(codes).to_have_count(10)
    return codes.all_inner_texts()


def change_person(page: Page) -> None:
    page.get_by_role("button", name="Change person").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_new_worker_gets_from_a_handed_over_password_to_their_own_key(
    page: Page, key: Key, check_accessible: Callable[[], None]
):
    staff = StaffMember.objects.get(username="peggotty")
    with transactions.acting(None):
        handed_over = actions.give_one_time_password(staff=staff, by=None, at=timezone.now())

    page.goto(f"/sign-in/?next={ACCOUNT}")
    check_accessible()
    type_password(page, "peggotty", handed_over)
    page.get_by_role("textbox", name="New password").fill("four herrings and a lighthouse")
    check_accessible()
    page.get_by_role("button", name="Save password").click()

    expect(page.get_by_role("heading", name="Add your key")).to_be_visible()
    check_accessible()
    page.get_by_label("What do you want to call this key?").fill("Blue key")
    page.get_by_role("button", name="Add this key").click()

    assert len(set(recovery_codes(page))) == 10
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    check_accessible()

    page.goto(ACCOUNT)
    expect(page.get_by_text("Blue key")).to_be_visible()
    expect(page.get_by_text("10 recovery codes are left")).to_be_visible()
    check_accessible()


def test_password_then_key(page: Page, key: Key, check_accessible: Callable[[], None]):
    add_first_key(page, "chillip")
    page.goto(ACCOUNT)
    change_person(page)

    page.goto(f"/sign-in/?next={ACCOUNT}")
    type_password(page, "chillip")
    check_accessible()
    page.get_by_role("button", name="Use your key").click()

    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_one_touch_of_the_key_signs_in_without_a_password(page: Page, key: Key):
    add_first_key(page, "chillip")
    page.goto(ACCOUNT)
    change_person(page)

    page.goto(f"/sign-in/?next={ACCOUNT}")
    page.get_by_role("button", name="Use your key").click()

    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.get_by_role("banner").get_by_text("Sam Chillip")).to_be_visible()


def test_somebody_elses_key_does_not_open(page: Page, key: Key):
    add_first_key(page, "chillip")
    page.goto(ACCOUNT)
    change_person(page)
    key.take_out()
    key.put_in()

    type_password(page, "chillip")
    page.get_by_role("button", name="Use your key").click()

    expect(page.get_by_role("alert").get_by_text("The key was not used")).to_be_visible()
    page.goto(ACCOUNT)
    expect(page).to_have_url(ANY_SIGN_IN)


def test_without_script_a_password_and_a_printed_code_sign_in(
    page: Page, key: Key, browser: Browser, address: str
):
    codes = add_first_key(page, "chillip")
    context = browser.new_context(base_url=address, java_script_enabled=False)
    plain = context.new_page()

    plain.goto(f"/sign-in/?next={ACCOUNT}")
    expect(plain.get_by_role("button", name="Use your key")).to_be_hidden()
    type_password(plain, "chillip")
    plain.get_by_label("Recovery code").fill(codes[0])
    plain.get_by_role("button", name="Use this code").click()

    expect(plain.get_by_role("heading", name="Your account")).to_be_visible()
    expect(plain.get_by_text("9 recovery codes are left")).to_be_visible()
    context.close()


def test_change_of_person_is_one_press_and_back_shows_nothing(
    page: Page, key: Key, check_accessible: Callable[[], None]
):
    add_first_key(page, "chillip")
    page.goto(ACCOUNT)
    expect(page.get_by_text("Psychologist or formulation lead")).to_be_visible()

    change_person(page)
    expect(page.get_by_label("Username")).to_be_focused()
    page.go_back()

    expect(page).to_have_url(ANY_SIGN_IN)
    expect(page.get_by_text("Psychologist or formulation lead")).to_have_count(0)
    expect(page.get_by_text("Sam Chillip")).to_have_count(0)
    check_accessible()


def test_the_next_person_on_a_shared_pc_is_themselves(page: Page, key: Key):
    add_first_key(page, "chillip")
    page.goto(ACCOUNT)
    change_person(page)

    page.goto(f"/sign-in/?next={ACCOUNT}")
    type_password(page, "peggotty")

    expect(page.get_by_role("heading", name="Add your key")).to_be_visible()
    expect(page.get_by_text("Sam Chillip")).to_have_count(0)


def test_a_form_that_was_sent_too_late_comes_back_after_signing_in(
    page: Page, key: Key, context: BrowserContext, check_accessible: Callable[[], None]
):
    add_first_key(page, "spenlow")
    page.goto("/staff/add/")
    page.get_by_role("textbox", name="Name", exact=True).fill("Zoë Littimer – “butler”")
    page.get_by_label("Username").fill("littimer")
    page.get_by_label("Keyworker or custody").check()
    context.clear_cookies(name="newel_session")
    page.get_by_role("button", name="Add this person").click()

    expect(page.get_by_text("What you had typed is kept")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="Use your key").click()

    expect(page.get_by_text("You were signed out before this was saved")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(
        "Zoë Littimer – “butler”"
    )
    expect(page.get_by_label("Keyworker or custody")).to_be_checked()
    check_accessible()
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("heading", name="Hand this over")).to_be_visible()
    check_accessible()


@pytest.mark.parametrize("path", ["/staff/", "/staff/add/", "/roles/", ACCOUNT])
def test_pages_about_accounts_can_be_used_by_everyone(
    page: Page, key: Key, check_accessible: Callable[[], None], path: str
):
    add_first_key(page, "spenlow")
    for width, height in ((1280, 720), (820, 1180), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is {wide} px too wide at {width}"
    check_accessible()
