"""B1. A shared PC in mid-shift: one press, one touch, and nothing of the last person."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import databases
from tests.journeys.conftest import _serving
from tests.journeys.floor import Key, add_key, give_passwords, sign_in

TYPED = "Ask him one thing at a time"


@pytest.fixture
def address(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, settings: object
) -> Iterator[str]:
    settings.NEWEL_DEMO = False  # type: ignore[attr-defined]
    settings.LOGIN_URL = "account_login"  # type: ignore[attr-defined]
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        databases.clone(databases.cast_template()) as name,
        databases.connected_to(name),
    ):
        give_passwords("peggotty", "barkis")
        with _serving() as port:
            yield f"http://localhost:{port}"


def shows_nothing_of_david(page: Page) -> None:
    expect(page.get_by_text("David")).to_have_count(0)
    expect(page.get_by_text("Clara Peggotty")).to_have_count(0)
    assert TYPED not in page.content()


def test_one_press_and_one_touch_and_each_has_their_own(
    page: Page,
    context: BrowserContext,
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
) -> None:
    """H5, H25: the next person is on their shift, the last one's words wait for the last one."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    clara, will = Key(devtools), Key(devtools)
    add_key(page, clara, "peggotty")
    add_key(page, will, "barkis")

    sign_in(page, clara)
    expect(page.get_by_role("heading", name="My shift on Rookery")).to_be_visible()
    page.get_by_role("link", name="Record of David").click()
    page.get_by_role("link", name="Communication needs").click()
    page.locator("[name=need]").fill(TYPED)

    will.hold_to_the_reader()
    with counted("B1 The shared PC goes over to the next person", clicks=1, keys=0):
        page.get_by_role("button", name="Change person").click()
        expect(page.get_by_role("heading", name="My shift on Yarmouth")).to_be_visible()
    will.hold_to_the_reader(False)
    shows_nothing_of_david(page)
    expect(page.get_by_role("link", name="How to be with me for Tommy")).to_be_visible()

    for _ in range(3):
        page.go_back()
        shows_nothing_of_david(page)

    page.goto("/shift/")
    clara.hold_to_the_reader()
    page.get_by_role("button", name="Change person").click()
    expect(page.get_by_role("heading", name="You had not saved this")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="Go on writing").click()
    expect(page.locator("[name=need]")).to_have_value(TYPED)


def test_no_name_of_a_worker_waits_on_the_screen(
    page: Page, context: BrowserContext, check_accessible: Callable[[], None]
) -> None:
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    clara = Key(devtools)
    add_key(page, clara, "peggotty")
    sign_in(page, clara)
    page.get_by_role("button", name="Change person").click()
    expect(page.get_by_label("Username")).to_be_focused()
    expect(page.get_by_label("Username")).to_have_value("")
    check_accessible()
    words = page.content() + str(context.cookies())
    assert "Peggotty" not in words
    assert "peggotty" not in words
