"""Three times a day: what changed for each child, read on one page, taken over with one press."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from newel.record.establishments.models import Unit
from newel.record.overview import actions
from newel.record.stairs.activators import actions as activators

TAKE = "I have read this and take over"


def told_by_the_shift_before() -> None:
    """Ruth Mowcher's shift on Rookery: what she wrote, and what was agreed meanwhile."""
    ruth, miriam = _staff("Ruth Mowcher"), _staff("Miriam Losberne")
    rookery = Unit.objects.get(name="Rookery")
    at = datetime.now(UTC)
    with acting(ruth.pk):
        david = Child.objects.get(preferred_name="David")
        actions.write_note(
            child=david, unit=rookery, by=ruth, at=at - timedelta(minutes=9),
            text="After the phone call at 4pm he stayed in his room and did not eat tea.",
            what_helped="I sat outside the open door and read aloud. He came out at 6pm.",
        )  # fmt: skip
        actions.write_unit_note(
            unit=rookery, by=ruth, at=at, text="The kitchen light is broken. A fitter comes at 9am."
        )
    with acting(miriam.pk):
        draft = activators.write_statement(
            child=david, by=miriam, at=at - timedelta(minutes=5), kind="helps",
            text="Being told first who will be in the room.", area="psychological",
            time="present", said_by_role="keyworker", said_on=at.date(),
            confidence="fairly_sure", sharing_level="team",
        )  # fmt: skip
        activators.agree_statement(statement=draft, by=miriam, at=at - timedelta(minutes=4))


def write_meanwhile(text: str) -> None:
    ruth = _staff("Ruth Mowcher")
    with acting(ruth.pk):
        jane = Child.objects.get(preferred_name="Jane")
        unit = Unit.objects.get(name="Rookery")
        actions.write_note(child=jane, unit=unit, by=ruth, at=datetime.now(UTC), text=text)


def _staff(name: str) -> StaffMember:
    return StaffMember.objects.get(name=name)


def test_a_shift_is_taken_over_in_three_clicks_and_no_key(
    page: Page,
    address: str,
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    told_by_the_shift_before()
    with counted("B1 From signing in to having taken over the shift", clicks=3, keys=0):
        page.goto("/demo/")
        page.get_by_role("button", name="Martin Omer").click()  # signing in: the first click
        page.get_by_role("button", name="Take over the shift").click()  # the second
        expect(page.get_by_role("heading", name="Handover on Rookery")).to_be_visible()

        david = page.get_by_role("region", name="David")
        expect(david.get_by_text("I sat outside the open door and read aloud")).to_be_visible()
        expect(david.get_by_role("link", name="Agreed: What helps")).to_be_visible()
        expect(page.get_by_text("The kitchen light is broken")).to_be_visible()
        check_accessible()
        picture("handover", height=1800)

        page.get_by_role("button", name=TAKE).click()  # the third
        expect(page.get_by_text("You have taken over the")).to_be_visible()
    expect(page.get_by_text("taken over by Martin Omer")).to_be_visible()
    check_accessible()


def test_the_one_page_stays_two_clicks_away_while_a_shift_waits_to_be_taken_over(
    page: Page, address: str, counted: Callable[..., AbstractContextManager[None]]
) -> None:
    with counted("J1 The same while a shift waits to be taken over", clicks=2, keys=0):
        page.goto("/demo/")
        page.get_by_role("button", name="Martin Omer").click()
        expect(page.get_by_role("button", name="Take over the shift")).to_be_visible()
        page.get_by_role("link", name="How to be with me for Jane").click()
        expect(page.get_by_role("region", name="Keeping safe now")).to_be_visible()


def test_what_is_written_while_the_page_is_open_is_read_before_it_is_taken_over(
    page: Page, sign_in_as: Callable[[str], None], check_accessible: Callable[[], None]
) -> None:
    """H16"""
    sign_in_as("Martin Omer")
    page.get_by_role("button", name="Take over the shift").click()
    expect(page.get_by_role("button", name=TAKE)).to_be_visible()
    write_meanwhile("She has a headache since 8pm.")
    page.get_by_role("button", name=TAKE).click()
    jane = page.get_by_role("region", name="Jane")
    expect(jane.get_by_text("New since you opened this page")).to_be_visible()
    expect(jane.get_by_text("She has a headache since 8pm.")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("You have taken over the")).to_be_visible()


def test_one_writes_for_the_next_shift_and_finds_who_is_around_the_child(
    on_tablet: Page, sign_in_as: Callable[[str], None], check_accessible: Callable[[], None]
) -> None:
    page = on_tablet
    sign_in_as("Martin Omer")
    page.get_by_role("link", name="For the next shift about David").click()
    page.get_by_label("What should the next shift know?").fill("He asked for a light at 2am.")
    check_accessible()
    page.get_by_role("button", name="Save for the next shift").click()
    expect(
        page.get_by_role("region", name="David").get_by_text("He asked for a light")
    ).to_be_visible()
    page.get_by_role("link", name="My shift").first.click()
    page.get_by_role("link", name="Record of David").click()
    page.get_by_role("link", name="People around the child").click()
    expect(page.get_by_role("heading", name="Keyworkers, now and before")).to_be_visible()
    check_accessible()


def move_david_away() -> None:
    manager = StaffMember.objects.filter(role="manager", posts__setting__name="Blunderstone House")[
        0
    ]
    with acting(manager.pk):
        david = Child.objects.get(preferred_name="David")
        stay = david.stays.get(ended_at=None)
        elsewhere = Unit.objects.filter(setting=stay.setting_id).exclude(name="Rookery").first()
        children.move_unit(stay=stay, unit=elsewhere, at=datetime.now(UTC))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_whoever_is_taken_off_while_writing_loses_no_word(
    script: bool, browser: object, address: str
) -> None:
    """H25: the page stays, or the words come back; both say whom to ask."""
    words = "After the phone call he stayed in his room."
    context = browser.new_context(base_url=address, java_script_enabled=script)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("/demo/")
    page.get_by_role("button", name="Martin Omer").click()
    page.get_by_role("link", name="For the next shift about David").click()
    page.get_by_label("What should the next shift know?").fill(words)
    move_david_away()
    page.get_by_role("button", name="Save for the next shift").click()
    said = page.get_by_text("This was not saved: it is not open to you any more")
    expect(said.first).to_be_visible()
    expect(page.get_by_text("Ask the manager").first).to_be_visible()
    expect(page.locator("textarea").first).to_have_value(re.compile(re.escape(words)))
    context.close()
