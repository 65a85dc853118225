"""A worker with two minutes answers a questionnaire with a child; what the child said in it reaches
the adult who was named (H9)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import counting


def begin(page: Page, measure: str) -> None:
    page.get_by_role("link", name="Questionnaires due").click()
    page.get_by_role("link", name=f"Begin {measure}", exact=True).first.click()


def test_an_answer_reaches_the_named_adult_and_stays_until_they_say_what_was_done(
    on_tablet: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    page = on_tablet
    sign_in_as("Martin Omer")
    begin(page, "YP-CORE")
    page.get_by_label("Who talks with the child").select_option(
        label="Owen Larkins, keyworker or custody support plan officer"
    )
    page.get_by_label("Who steps in").select_option(
        label="Amina Fairfax, keyworker or custody support plan officer"
    )
    check_accessible()
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_text("Then Owen Larkins will come and talk with you.")).to_be_visible()
    answers = {"Being on edge": "at times", "Thoughts of self-harm": "rarely"}
    for question, answer in answers.items():
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    page.get_by_role("group", name="Bad nights").get_by_label("David doesn’t want").check()
    check_accessible()
    page.evaluate("scrollTo(0, 0)")
    picture("questionnaire")
    page.get_by_role("button", name="Save and stop").click()
    expect(page.get_by_text("3 of 10 questions answered").first).to_be_visible()
    check_accessible()

    counting.count_in(page)
    page.goto("/demo/")
    page.evaluate("window.name = ''")
    page.get_by_role("button", name="Owen Larkins").click()
    expect(page.get_by_role("heading", name="A talk is wanted")).to_be_visible()
    check_accessible()
    before = counting.so_far(page)[0]
    page.get_by_role("button", name="Talk with David, and say what was done").click()
    expect(page.get_by_text("Thoughts of self-harm")).to_be_visible()
    check_accessible()
    picture("talk")
    page.get_by_role("button", name="I have talked with the child.").click()
    expect(page.get_by_text("the notice is gone for everybody")).to_be_visible()
    assert counting.so_far(page)[0] - before == 2
    page.goto("/shift/")
    expect(page.get_by_role("heading", name="A talk is wanted")).to_have_count(0)


@pytest.mark.parametrize("how", ["keys", "touch"])
def test_lines_are_answered_by_keyboard_and_by_touch(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    how: str,
) -> None:
    sign_in_as("Martin Omer")
    begin(page, "CORS")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="One question at a time").click()
    page.locator("input[type=text]").fill("11")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("enter a number from 0 to 10")
    expect(page.get_by_role("slider")).to_be_visible()
    check_accessible()
    page.locator("input[type=text]").fill("")
    for number in range(1, 5):
        expect(page.get_by_text(f"Question {number} of 4")).to_be_visible()
        line, box = page.get_by_role("slider"), page.locator("input[type=text]")
        if how == "keys":
            line.focus()
            page.keyboard.press("ArrowRight")
            expect(box).to_have_value("5.1")
        else:
            line.click(position={"x": 20, "y": 20})
            expect(box).not_to_have_value("")
        check_accessible()
        last = "Save and finish" if number == 4 else "Save and go on"
        page.get_by_role("button", name=last).click()
    expect(page.get_by_text("4 of 4 questions answered.")).to_be_visible()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("It is finished.")).to_be_visible()
    check_accessible()


def test_without_script_a_line_is_a_number(page: Page, sign_in_as: Callable[[str], None]) -> None:
    page.route("**/*.js", lambda route: route.abort())
    sign_in_as("Martin Omer")
    begin(page, "CORS")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("slider")).to_have_count(0)
    page.locator("input[type=text]").first.fill("7,5")
    page.get_by_role("button", name="Save and stop").click()
    expect(page.get_by_text("1 of 4 questions answered").first).to_be_visible()
