"""J1. A residential worker, an hour before a child arrives: two clicks, one page, one sheet."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pypdf
from playwright.sync_api import Page, expect


def test_two_clicks_from_sign_in_to_how_to_be_with_a_child_who_arrives(
    page: Page,
    address: str,
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
) -> None:
    soon = re.compile("Expected (today|tomorrow) at")  # late in the evening an hour is tomorrow
    with counted("J1 From signing in to “How to be with me” of who arrives", clicks=2, keys=0):
        page.goto("/demo/")
        page.get_by_role("button", name="Deborah Bedwin").click()  # signing in: the first click
        expect(page.get_by_role("heading", name="My shift on Ferndean")).to_be_visible()
        expect(page.get_by_text(soon).first).to_be_visible()
        page.get_by_role("button", name="Read “How to be with me” for Jack").click()  # the second
        expect(page.get_by_role("heading", level=1)).to_contain_text("Jack")

    expect(page.get_by_text("First information, not yet a formulation").first).to_be_visible()
    safe = page.get_by_role("region", name="Keeping safe now")
    expect(safe.get_by_text("Nobody has entered this").first).to_be_visible()
    check_accessible()
    page.go_back()
    check_accessible()


def test_the_sheet_is_one_page_that_says_when_it_expires(
    page: Page, sign_in_as: Callable[[str], None]
) -> None:
    sign_in_as("Martin Omer")
    page.get_by_role("link", name="How to be with me for Jane").click()
    address = page.get_by_role("link", name="Open as PDF").get_attribute("href")
    sheet = pypdf.PdfReader(io.BytesIO(page.request.get(str(address)).body()))
    text = sheet.pages[0].extract_text()
    assert len(sheet.pages) == 1
    assert "Jane" in text
    assert "Good until" in text


def test_what_is_out_of_date_is_never_among_the_facts(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    """H2, on the page as a worker reads it."""
    sign_in_as("Martin Omer")
    picture("shift", height=1000)
    page.get_by_role("link", name="How to be with me for David").click()
    stale = page.get_by_text("Someone standing over me with a book")
    expect(stale).to_have_count(1)
    expect(page.get_by_role("region", name="Not confirmed, ask")).to_contain_text(
        "Someone standing over me with a book"
    )
    check_accessible()
    page.go_back()
    page.get_by_role("link", name="How to be with me for Jane").click()
    picture("one_page", height=1500)


def test_without_script_the_page_is_the_same(browser: object, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("/demo/")
    page.get_by_role("button", name="Martin Omer").click()
    page.get_by_role("link", name="How to be with me for Jane").click()
    expect(page.get_by_role("heading", name="What helps")).to_be_visible()
    expect(page.get_by_role("link", name="Open as PDF")).to_be_visible()
    context.close()


def test_the_shift_can_be_worked_by_keyboard_alone(
    page: Page, sign_in_as: Callable[[str], None]
) -> None:
    sign_in_as("Martin Omer")
    expect(page.get_by_role("heading", name="My shift on Rookery")).to_be_visible()
    page.wait_for_load_state()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText")
        if focused.startswith("How to be with me"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Keeping safe now")).to_be_visible()


def test_a_worker_changes_over_to_the_next_in_one_press(
    page: Page, sign_in_as: Callable[[str], None], check_accessible: Callable[[], None]
) -> None:
    sign_in_as("Martin Omer")
    page.get_by_role("button", name="Change person").click()
    expect(page.get_by_role("heading", name="Who would you like to be?")).to_be_visible()
    check_accessible()
    page.goto("/shift/")
    expect(page.get_by_role("heading", name="Who would you like to be?")).to_be_visible()
