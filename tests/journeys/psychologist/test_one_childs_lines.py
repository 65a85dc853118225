"""A psychologist reads what one child answered over time, and looks at it with the child."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect


def test_one_childs_lines_are_read_and_shown_to_the_child(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of David").click()
    page.get_by_role("button", name="Questionnaires", exact=True).click()
    check_accessible()
    page.get_by_role("link", name="Answers over time").click()

    expect(page.get_by_role("img", name="CORS, Wellbeing")).to_be_visible()
    expect(page.locator("p", has_text="Higher is better. From 12.1")).to_be_visible()
    expect(
        page.locator("p", has_text="5 points or more are more than chance makes")
    ).to_be_visible()
    expect(page.get_by_text("Cut-off 32, children aged 6 to 12, about themselves")).to_be_visible()
    page.get_by_text("The table: Wellbeing").click()
    expect(page.get_by_text("3 of 4 items answered; 4 are needed for a score.")).to_be_visible()
    check_accessible()
    page.evaluate("scrollTo(0, 0)")
    picture("answers_over_time", whole=True)

    page.get_by_role("button", name="For the child’s own eyes").click()
    expect(page.get_by_role("heading", name="How I have been")).to_be_visible()
    expect(page.get_by_text("My line has gone up since the first time.")).to_be_visible()
    check_accessible()


def test_a_questionnaire_is_planned(
    page: Page, sign_in_as: Callable[[str], None], check_accessible: Callable[[], None]
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of David").click()
    page.get_by_role("button", name="Questionnaires", exact=True).click()
    page.get_by_role("link", name="Plan a questionnaire").click()
    expect(
        page.get_by_text("Professional judgement: ratings in words, each with").first
    ).to_be_visible()
    check_accessible()
    page.get_by_role("link", name="Session Rating Scale").click()
    expect(page.get_by_text("SRS is made for ages 13 and over.")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("SRS is planned.")).to_be_visible()
