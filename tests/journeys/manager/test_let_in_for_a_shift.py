"""B1, B8. Half past two in the afternoon, and somebody from the agency stands in the office."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests import databases
from tests.journeys.conftest import _serving
from tests.journeys.floor import Key, add_key, give_passwords, sign_in, type_password

# In two minutes, by somebody who types with two fingers: 0.4 seconds a key and two a click.
CLICKS, KEYS = 12, 150
assert CLICKS * 2 + KEYS * 0.4 <= 120


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
        give_passwords("trotwood")
        with _serving() as port:
            yield f"http://localhost:{port}"


def test_from_the_managers_form_to_the_workers_shift_in_two_minutes(
    page: Page,
    context: BrowserContext,
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
) -> None:
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    betsey = Key(devtools)
    add_key(page, betsey, "trotwood")
    sign_in(page, betsey)
    with counted("B8 From the manager’s form to the worker’s shift", clicks=CLICKS, keys=KEYS):
        page.get_by_role("link", name="Agency staff").click()
        page.get_by_role("button", name="Let somebody in for a shift").click()
        page.get_by_label("Name").press_sequentially("Mick Walker")
        page.get_by_label("Agency that sends them").press_sequentially("Joram Staffing")
        page.get_by_label("Rookery, Blunderstone House").check()
        end = timezone.localtime(timezone.now() + timedelta(hours=8))
        page.get_by_label("When does their shift end?").press_sequentially(f"{end:%H:%M}")
        page.get_by_role("button", name="Let them in and print the slip").click()
        expect(page.get_by_role("heading", name="Slip for Mick Walker")).to_be_visible()
        expect(page.get_by_role("button", name="Print the slip")).to_be_visible()
        password, code = page.locator("main code").all_inner_texts()[:2]

        page.get_by_role("button", name="Change person").click()
        type_password(page, "mick.walker", password)
        page.get_by_label("Code from your slip").press_sequentially(code)
        page.get_by_role("button", name="Use this code").click()
        own = page.get_by_role("textbox", name="New password")
        own.press_sequentially("three herrings and a kite")
        page.get_by_role("button", name="Save password").click()
        expect(page.get_by_role("heading", name="My shift on Rookery")).to_be_visible()
    check_accessible()

    page.get_by_role("link", name="How to be with me for David").click()
    expect(page.get_by_role("region", name="Keeping safe now")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Tommy"))).to_have_count(0)


def test_the_managers_pages_can_be_used_by_everyone(
    page: Page, context: BrowserContext, check_accessible: Callable[[], None]
) -> None:
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    betsey = Key(devtools)
    add_key(page, betsey, "trotwood")
    sign_in(page, betsey)
    page.goto("/agency-staff/let-in/")
    page.get_by_role("button", name="Let them in and print the slip").click()
    expect(page.get_by_role("link", name="Enter their name")).to_be_visible()
    check_accessible()
    page.get_by_label("Name").fill("Mick Walker")
    page.get_by_label("Agency that sends them").fill("Joram Staffing")
    page.get_by_label("Rookery, Blunderstone House").check()
    end = timezone.localtime(timezone.now() + timedelta(hours=8))
    page.get_by_label("When does their shift end?").fill(f"{end:%H:%M}")
    page.get_by_role("button", name="Let them in and print the slip").click()
    expect(page.get_by_role("heading", name="Slip for Mick Walker")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="It is handed over").click()
    expect(page.get_by_text("Has not signed in yet.")).to_be_visible()
    check_accessible()
