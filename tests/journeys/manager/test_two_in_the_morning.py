"""B8. A duty manager at two in the morning, with a name and a unit, on a PC that others use."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.establishments import actions as places
from newel.record.establishments.models import Post, Unit
from tests import databases
from tests.journeys.conftest import _serving
from tests.journeys.floor import Key, add_key, give_passwords, sign_in

REASON = "She rang that he has a nut in his throat"


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
        _manages_the_other_unit()
        with _serving() as port:
            yield f"http://localhost:{port}"


def _manages_the_other_unit() -> None:
    """Betsey Trotwood has a post on Yarmouth alone: Rookery is not open to her."""
    post = Post.objects.select_related("agency", "setting").get(staff__username="trotwood")
    administrator = StaffMember.objects.get(username="spenlow")
    now = timezone.now()
    with acting(administrator.pk):
        places.end_post(post=post, at=now)
        places.start_post(
            staff=post.staff, setting=post.setting, unit=Unit.objects.get(name="Yarmouth"),
            discipline="management", agency=post.agency, at=now,
        )  # fmt: skip


def test_a_name_a_unit_and_a_reason_open_the_record(
    page: Page,
    context: BrowserContext,
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
) -> None:
    """H9"""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    betsey = Key(devtools)
    add_key(page, betsey, "trotwood")
    sign_in(page, betsey)
    with counted("B8 A record opened at 2 a.m. with a name and a unit", clicks=5, keys=60):
        page.get_by_role("link", name="Find a child").click()
        page.get_by_label("Any name the child goes by now").fill("Davy")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Nobody open to you goes by “Davy” now")).to_be_visible()
        page.get_by_role("button", name="Open a record in an emergency").click()
        expect(page.get_by_label("Name of the child")).to_have_value("Davy")
        page.wait_for_load_state()
        assert page.locator("main .nhsuk-form-group [name]").count() <= 5
        page.get_by_label("Rookery, Blunderstone House").check()
        page.get_by_label("Why do you need the record now?").fill(REASON)
        page.get_by_role("button", name="Open the record now").click()
        expect(page.get_by_role("heading", name="David’s record")).to_be_visible()
    expect(page.get_by_text("Opened in an emergency until")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="How to be with me").click()
    expect(page.get_by_role("region", name="Keeping safe now")).to_be_visible()
    page.goto("/children/break-glass/?name=Emily")
    check_accessible()
