"""A psychologist goes on with a judgement in a meeting, gives the reasons, and finishes it; then
reads another child’s beside the time before."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import fill_day


def open_judgement(page: Page, name: str, link: str) -> None:
    page.goto("/questionnaires-due/")
    expect(page.get_by_role("heading", level=1, name="Questionnaires due")).to_be_visible()
    child = page.get_by_role("link", name=name, exact=True)
    if not child.count():
        page.get_by_role("link", name="Yarmouth").click()
        expect(page.get_by_role("heading", level=1, name="Yarmouth")).to_be_visible()
    child.first.click()
    expect(page.get_by_role("heading", level=1, name=f"Questionnaires of {name}")).to_be_visible()
    page.get_by_role("link", name=re.compile(link)).first.click()
    expect(page.get_by_role("heading", level=1, name="Short-Term Assessment")).to_be_visible()


def test_a_judgement_is_gone_on_with_given_its_reasons_and_finished(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Miriam Losberne")
    open_judgement(page, "Jane", "Go on.*START:AV")
    expect(page.get_by_text("Coping")).to_be_visible()
    check_accessible()

    page.get_by_role("link", name="Finish it").click()
    expect(page.get_by_role("heading", name="Still needed")).to_be_visible()
    check_accessible()
    page.get_by_role("link", name="Give the reasons: Coping, vulnerability").click()
    expect(page.get_by_role("heading", level=1, name="The young person")).to_be_visible()
    picture("judgement")
    box = page.locator("[name=start_av_07_vulnerability-reasons]")
    expect(box).to_be_in_viewport()
    box.fill("Goes out of the room when a door is shut behind her.")
    feelings = page.locator("section", has=page.get_by_role("heading", name="Feelings"))
    feelings.get_by_label("Moderate").first.check()
    feelings.get_by_role("textbox").first.fill("Says when she is angry.")
    check_accessible()
    page.get_by_role("button", name="Save and stop").click()
    expect(page.get_by_text("You and others can go on any time.")).to_be_visible()

    page.get_by_role("link", name="Who judged, from what, until when").click()
    expect(page.get_by_role("heading", level=1, name="Who judged")).to_be_visible()
    page.get_by_label("Everybody named here is trained").check()
    page.get_by_label("Yes: they were heard").check()
    page.get_by_label("What did they say of it?").fill("I only want to know who has the key.")
    fill_day(page, "look_again_on", datetime.now(UTC).date() + timedelta(days=40))
    check_accessible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Finish it")).to_be_visible()

    page.get_by_role("link", name="Finish it").click()
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("This is a judgement of people on")).to_be_visible()
    expect(page.get_by_text("Says when she is angry.")).to_be_visible()
    check_accessible()


def test_then_and_now_are_read_with_both_reasons(
    page: Page, sign_in_as: Callable[[str], None], check_accessible: Callable[[], None]
) -> None:
    sign_in_as("Miriam Losberne")
    open_judgement(page, "Estella", "Read it.*START:AV")
    check_accessible()
    page.get_by_role("link", name="Beside the time before").click()
    expect(page.get_by_role("heading", level=1, name="then and now")).to_be_visible()
    expect(page.get_by_text("Says that she feels nothing.")).to_be_visible()
    expect(page.get_by_text("Said after a call")).to_be_visible()
    check_accessible()
