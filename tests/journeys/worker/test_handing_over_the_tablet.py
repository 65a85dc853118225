"""J5. A worker hands the tablet over. A sixteen-year-old answers, stops and comes back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from newel.record.establishments.models import Unit
from newel.record.outcomes import actions
from newel.record.outcomes.models import Answer, Form
from tests.journeys.conftest import PATIENCE, TABLET

WORKER = "Ruth Mowcher"
SIXTEEN_YEARS = timedelta(days=16 * 366)


@pytest.fixture
def asked(address: str) -> Form:
    """Pip came an hour ago. Four lines wait for him."""
    at = datetime.now(UTC) - timedelta(hours=1)
    lead = StaffMember.objects.get(name="Miriam Losberne")
    with acting(lead.pk):
        pip = children.refer(
            by=lead, at=at, unit=Unit.objects.get(name="Rookery"), preferred_name="Pip",
            born_on=date.today() - SIXTEEN_YEARS,
        )  # fmt: skip
        children.arrive(stay=pip.stays.get(), at=at)
    with acting(lead.pk):
        return actions.open_form(
            child=Child.objects.get(pk=pip.pk), measure="ors", answered_by="self", way="tablet",
            by=lead, at=at,
        )  # fmt: skip


def hand_over(page: Page, asked: Form, sign_in_as: Callable[[str], None]) -> None:
    sign_in_as(WORKER)
    page.goto(reverse("outcomes:hand_over", args=[asked.child.public_id, asked.public_id]))
    page.get_by_role("button", name="Hand over").click()
    page.wait_for_url("**/answer/**")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on").click()


def marks(asked: Form) -> dict[str, float | None]:
    with acting(asked.opened_by_id):
        now = Answer.objects.filter(form=asked, is_current=True).order_by("item")
        return {one.item: None if one.value is None else float(one.value) for one in now}


def tap_the_line(page: Page, along: float) -> None:
    line = page.locator("input[type=range]").bounding_box()
    assert line
    page.touchscreen.tap(line["x"] + line["width"] * along, line["y"] + line["height"] / 2)


@pytest.fixture
def page(browser: object, address: str) -> Page:  # type: ignore[misc]
    """A tablet: it is touched."""
    opened = browser.new_context(  # type: ignore[attr-defined]
        base_url=address, viewport=TABLET, has_touch=True, locale="en-GB"
    )
    opened.set_default_timeout(PATIENCE)
    yield opened.new_page()
    opened.close()


def test_a_sixteen_year_old_answers_by_touch_and_by_keyboard(
    page: Page,
    asked: Form,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    """H5, H10, H25, H31"""
    second_tab = page.context.new_page()
    hand_over(page, asked, sign_in_as)

    expect(page.get_by_role("heading", name="What this is for")).to_be_visible()
    expect(page.get_by_text("It is not a test")).to_be_visible()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("your keyworker")).to_be_visible()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("You can stop at any time")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_text("Question 1 of 4")).to_be_visible()
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Put your mark on the line")
    tap_the_line(page, 0.7)
    expect(page.get_by_role("alert")).to_have_count(0)
    check_accessible()
    go_on(page)
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    assert marks(asked)["ors_01"] == pytest.approx(7, abs=0.3)

    line = page.get_by_role("slider")
    line.focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#value")).to_be_hidden()
    picture("a_line_on_a_tablet")
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_text("Question 3 of 4")).to_be_visible()
    assert marks(asked)["ors_02"] == 8.8

    looks_around(page, second_tab)

    page.goto("/answer/question/3/")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="You have stopped")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="You have stopped")).to_be_visible()
    check_accessible()

    hand_over(page, asked, sign_in_as)
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    go_on(page)
    expect(page.get_by_text("Question 3 of 4")).to_be_visible()
    page.get_by_role("button", name="I don’t want to answer this").click()
    expect(page.get_by_text("Question 4 of 4")).to_be_visible()
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    go_on(page)

    page.get_by_role("link", name="Show me what I said").click()
    expect(page.get_by_text("All the way at “low”")).to_be_visible()
    expect(page.get_by_text("You did not want to answer this")).to_be_visible()
    picture("what_they_said")
    check_accessible()
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.locator("a, form, button:not([data-read-aloud])").count() == 0
    with acting(asked.opened_by_id):
        assert Form.objects.get(pk=asked.pk).state == "finished"
    assert marks(asked)["ors_04"] == 0
    check_accessible()


def looks_around(page: Page, second_tab: Page) -> None:
    """Typed addresses, Back to before the hand-over, and another tab: the sign-in page, no name."""
    for tab in (page, second_tab):
        for typed in ("/shift/", "/handover/", "/children/find/"):
            tab.goto(typed)
            shows_nobody(tab)
    page.goto("/answer/question/3/")
    for _ in range(14):
        page.go_back()
        shows_nobody(page)


def shows_nobody(page: Page) -> None:
    page.wait_for_load_state()
    expect(page.get_by_text("Pip")).to_have_count(0)
    expect(page.get_by_role("button", name="Change person")).to_have_count(0)


def test_a_page_of_the_worker_in_another_tab_goes_when_the_tablet_is_handed_over(
    page: Page, asked: Form, sign_in_as: Callable[[str], None]
) -> None:
    """H5"""
    other = page.context.new_page()
    sign_in_as(WORKER)
    other.goto(reverse("children:child", args=[asked.child.public_id]))
    expect(other.get_by_role("heading", name="Pip’s record")).to_be_visible()
    page.goto(reverse("outcomes:hand_over", args=[asked.child.public_id, asked.public_id]))
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("heading", name="What this is for")).to_be_visible()
    other.wait_for_url("**/demo/**")
    shows_nobody(other)


def test_a_tablet_that_lies_about_closes_by_itself_and_keeps_what_was_picked(
    page: Page, asked: Form, sign_in_as: Callable[[str], None]
) -> None:
    """H5, H25"""
    page.clock.install()
    hand_over(page, asked, sign_in_as)
    for _ in range(2):
        page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="Begin").click()
    tap_the_line(page, 0.5)
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", name="You have stopped")).to_be_visible()
    assert marks(asked)["ors_01"] == pytest.approx(5, abs=0.3)


def test_a_link_is_opened_by_its_code_and_leaves_no_secret_in_the_address(
    page: Page, asked: Form, sign_in_as: Callable[[str], None], browser: object, address: str
) -> None:
    """H5"""
    sign_in_as(WORKER)
    page.goto(reverse("outcomes:hand_over", args=[asked.child.public_id, asked.public_id]))
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".newel-sheet code").inner_text()
    opened = browser.new_context(  # type: ignore[attr-defined]
        base_url=address, viewport={"width": 390, "height": 844}
    )
    phone = opened.new_page()
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url + str(request.headers)))
    phone.goto("/answer/open/#of-another-day")
    expect(phone.get_by_text("Look whether all of it is there")).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_role("heading", name="What this is for")).to_be_visible()
    secret = link.partition("#")[2]
    assert sent and not [one for one in sent if secret in one]
    phone.go_back()
    assert secret not in phone.url
    opened.close()


def test_without_script_the_same_questions_are_answered_with_a_number(
    asked: Form, browser: object, address: str
) -> None:
    """H31"""
    with acting(asked.opened_by_id):
        secret = actions.make_link(
            form=asked, by=StaffMember.objects.get(name=WORKER), at=datetime.now(UTC)
        )
    context = browser.new_context(java_script_enabled=False, base_url=address)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("/answer/")
    page.get_by_label("Put your whole link here").fill(f"{address}/answer/#{secret}")
    page.get_by_role("button", name="Open").click()
    for _ in range(2):
        page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("A number from 0 (low) to 10 (high)").fill("6.4")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    assert marks(asked) == {"ors_01": 6.4}
    context.close()
