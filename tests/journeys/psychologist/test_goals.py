"""Jane names her first goal, says on a tablet how far she has got, and it stands in her words."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

GOAL = "Go to Lowood for a day and come back the same evening"


def test_the_first_goal_is_written_down_and_rated_by_her_own_hand(
    on_tablet: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
) -> None:
    """H11"""
    page = on_tablet
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    page.get_by_role("button", name="Questionnaires", exact=True).click()
    expect(page.get_by_text("Waits for the first goal")).to_be_visible()
    goals = page.get_by_role("link", name="Goals in their own words").first
    goals.click()
    expect(page.get_by_role("heading", name="Goals for Jane")).to_be_visible()
    page.get_by_role("button", name="Write down the first goal").click()

    expect(page.get_by_text("Tell Jane so before you write it down.")).to_be_visible()
    page.get_by_label("What does Jane want?").fill(GOAL)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_accessible()
    page.get_by_label("The child said it without being asked").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The goal is written down.")).to_be_visible()
    expect(page.get_by_text("written down by Miriam Losberne")).to_be_visible()
    check_accessible()

    page.get_by_role("button", name="Ask how far they have got").click()
    expect(page.get_by_text("1 question.")).to_be_visible()
    page.get_by_label("By their own hand").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("how far you have got with your goals")).to_be_visible()
    for heading in ("Who will see it", "You choose"):
        page.get_by_role("link", name="Go on").click()
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name=GOAL)).to_be_visible()
    check_accessible()
    page.get_by_role("slider").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    page.get_by_role("button", name="Questionnaires", exact=True).click()
    page.get_by_role("link", name="Answers over time").click()
    expect(page.get_by_role("heading", name=GOAL)).to_be_visible()
    expect(page.get_by_text("There is no change to speak of before a second time.")).to_be_visible()
    check_accessible()


def test_each_goals_line_is_read_and_shown_to_the_child(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Owen Larkins")
    page.get_by_role("link", name="Record of David").click()
    page.get_by_role("button", name="Questionnaires", exact=True).click()
    page.get_by_role("link", name="Answers over time").click()
    expect(page.get_by_role("img", name="Read a whole book to the end")).to_be_visible()
    expect(page.get_by_text("I did it. Robinson Crusoe, all of it")).to_be_visible()
    check_accessible()
    page.evaluate("document.getElementById('gbo-self').scrollIntoView()")
    picture("goals_over_time", height=960)

    page.get_by_role("button", name="For the child’s own eyes").click()
    expect(page.get_by_role("heading", name="My goals")).to_be_visible()
    check_accessible()
