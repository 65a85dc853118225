"""B14. An evaluator asks a unit, and nobody learns who said what."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from newel.evidence.measures import measure as definition
from newel.record.outcomes.surveys import guesses
from tests.journeys.steps import fill_day

TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def tablet(browser: Browser, address: str) -> Iterator[Page]:
    """A tablet that nobody has signed in on, with a finger."""
    guesses.forget()
    opened = browser.new_context(
        base_url=address,
        viewport=TABLET,
        locale="en-GB",
        has_touch=True,  # type: ignore[arg-type]
    )
    opened.set_default_timeout(10_000)
    yield opened.new_page()
    opened.close()


def plan(page: Page, name: str, unit: str, *asked: str) -> None:
    page.goto("/surveys/plan/")
    page.get_by_label(name).check()
    page.get_by_label(f"{unit}, Blunderstone House").check()
    for group in asked:
        page.get_by_label(group, exact=True).check()
    today = timezone.localdate()
    fill_day(page, "opens_on", today)
    fill_day(page, "closes_on", today + timedelta(days=14))
    page.get_by_role("button", name="Plan this survey").click()
    expect(page.get_by_text("The survey is planned.")).to_be_visible()


def make_slips(page: Page, group: str, number: int) -> list[str]:
    page.get_by_role("button", name=f"Make slips for {group}").or_(
        page.get_by_role("link", name=f"Make slips for {group}")
    ).first.click()
    page.get_by_label("How many slips?").fill(str(number))
    page.get_by_role("button", name="Make the slips and show them once").click()
    expect(page.get_by_role("heading", name=f"{number} slips for {group}")).to_be_visible()
    shown = page.locator(".newel-survey-slip__code")
    expect(shown).to_have_count(number)
    texts = shown.all_inner_texts()
    return ["".join(text.split()) for text in texts]


def answers_by_chance(measure: str, seed: int) -> dict[str, Any]:
    """Forms differ, as people do; now and then somebody does not want to answer."""
    chance = random.Random(seed)
    found = definition(measure)
    return {
        one.id: None if chance.random() < 0.02 else chance.choice(found.responses_of(one.id).values)
        for one in found.items
    }


# Picks what is given for each question of a screen and presses its button: two steps a screen, and
# not ten, for there are hundreds of screens.
PICK_AND_GO = """given => {
  for (const one of document.querySelectorAll("main input[type=radio]")) {
    one.checked = given[one.name] === one.value;
  }
  const next = document.querySelector("button[value=next]");
  (next ?? document.querySelector("button[value=send]")).click();
}"""
MOST_SCREENS = 40


def the_others_answer(tablet: Page, codes: list[str], measure: str) -> None:
    """Each in their turn on the one tablet, every screen of it."""
    for seed, code in enumerate(codes):
        given = {
            id: "declined" if value is None else f"{value:g}"
            for id, value in answers_by_chance(measure, seed).items()
        }
        start(tablet, code)
        for _ in range(MOST_SCREENS):
            tablet.locator("button[value=next], button[value=send]").first.wait_for()
            with tablet.expect_navigation(wait_until="domcontentloaded"):
                tablet.evaluate(PICK_AND_GO, given)
            if tablet.url.endswith("/survey/thank-you/"):
                break
        expect(tablet.get_by_role("heading", name="Your answers have arrived")).to_be_visible()


def start(page: Page, code: str) -> None:
    page.goto(f"/survey/#{code}")
    page.get_by_role("button", name="Start").click()


def answer_pages(page: Page, choice: str, other: str = "Somewhat") -> None:
    """Staff: a few pages of questions each, to the last button."""
    send, on = (page.get_by_role("button", name=name) for name in ("Send my answers", "Next"))
    expect(send.or_(on)).to_be_visible()  # the last thing on a page: all of it is there
    while send.count() == 0:
        for group in page.get_by_role("group").all():
            wanted = group.get_by_label(choice, exact=True)
            (wanted if wanted.count() else group.get_by_label(other, exact=True)).check()
        with page.expect_navigation():
            on.click()
        expect(send.or_(on)).to_be_visible()


def close(page: Page, name: str) -> None:
    page.goto("/surveys/")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("button", name="Close it and work out the results").click()
    page.get_by_role("button", name="Close it and work out the results").click()
    page.get_by_role("button", name="Read the results").click()


def test_twelve_staff_answer_the_burnout_inventory_anonymously(
    page: Page,
    context: BrowserContext,
    tablet: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
) -> None:
    sign_in_as("Yusuf Jorkins")
    plan(page, "Copenhagen Burnout Inventory", "Rookery", "Staff")
    check_accessible()
    codes = make_slips(page, "staff", 12)
    check_accessible()

    start(tablet, codes[0])
    answer_pages(tablet, "Often")
    expect(tablet.get_by_text("You answered 19 of 19 questions.")).to_be_visible()
    tablet.get_by_role("button", name="Send my answers").click()
    expect(tablet.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    tablet.goto(f"/survey/#{codes[0]}")
    expect(tablet.get_by_role("alert").get_by_text("This slip has been used")).to_be_visible()

    # The second types the code, on a PC where a colleague is signed in, and by keyboard alone.
    page.goto("/survey/")
    page.get_by_label("Code").fill(
        " ".join(codes[1][at : at + 4] for at in range(0, 28, 4)).lower()
    )
    page.keyboard.press("Enter")
    expect(page.get_by_text("Yusuf Jorkins")).to_have_count(0)
    check_accessible()
    page.get_by_role("button", name="Start").press("Enter")
    check_accessible()
    answer_pages(page, "I don’t want to answer")
    page.get_by_role("button", name="Send my answers").press("Enter")
    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    assert [one["name"] for one in context.cookies() if "survey" in one.get("path", "")] == []

    the_others_answer(tablet, codes[2:], "cbi")
    close(page, "CBI, Rookery")
    expect(page.get_by_text("Staff: 12 forms")).to_be_visible()
    expect(page.get_by_role("heading", name="Personal burnout")).to_be_visible()
    expect(page.locator(".newel-results__picture")).to_have_count(3)
    check_accessible()


def test_twenty_residents_and_fifteen_staff_answer_essences_on_tablets(
    page: Page,
    tablet: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Yusuf Jorkins")
    plan(
        page, "Essen Climate Evaluation Schema", "Yarmouth",
        "Staff", "Children and young people who live there",
    )  # fmt: skip
    for_staff = make_slips(page, "staff", 15)
    page.get_by_role("button", name="They are printed").click()
    for_residents = make_slips(page, "residents", 20)
    picture("survey_slips")

    start(tablet, for_residents[0])
    expect(tablet.get_by_text("Question 1 of 17")).to_be_visible()
    tablet.get_by_role("button", name="Next").tap()
    expect(tablet.get_by_role("alert").get_by_text("Choose an answer")).to_be_visible()
    for number in range(1, 18):
        expect(tablet.get_by_text(f"Question {number} of 17")).to_be_visible()
        choice = "I don’t want to answer" if number == 5 else "Quite a lot"
        tablet.get_by_label(choice, exact=True).tap()
        tablet.get_by_role("button", name="Next").tap()
    expect(tablet.get_by_text("You answered 16 of 17 questions.")).to_be_visible()
    tablet.get_by_role("button", name="Send my answers").tap()
    expect(tablet.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    tablet.get_by_role("button", name="Next person").tap()
    expect(tablet.get_by_label("Code")).to_have_value("")

    start(tablet, for_staff[0])
    answer_pages(tablet, "Very much")
    tablet.get_by_role("button", name="Send my answers").tap()
    expect(tablet.get_by_role("heading", name="Your answers have arrived")).to_be_visible()

    # One question, as a resident sees it, without any script.
    page.goto(f"/survey/#{for_residents[1]}")
    page.get_by_role("button", name="Start").click()
    picture("survey_question")
    check_accessible()
    page.get_by_role("button", name="Stop, and keep nothing").click()
    expect(page.get_by_role("heading", name="You have stopped. Nothing was kept.")).to_be_visible()
    check_accessible()

    the_others_answer(tablet, for_residents[1:], "essences")
    the_others_answer(tablet, for_staff[1:], "essences")
    close(page, "EssenCES, Yarmouth")
    expect(page.get_by_text("Staff: 15 forms")).to_be_visible()
    expect(page.get_by_text("Residents: 20 forms")).to_be_visible()
    expect(page.get_by_text("Staff minus residents").first).to_be_visible()
    picture("survey_results", whole=True)
    check_accessible()


def test_a_resident_answers_where_no_script_runs(
    page: Page, browser: Browser, address: str, sign_in_as: Callable[[str], None]
) -> None:
    guesses.forget()
    sign_in_as("Yusuf Jorkins")
    plan(page, "Survey of children and young people, as in the evaluation", "Rookery",
         "Children and young people who live there")  # fmt: skip
    code = make_slips(page, "residents", 2)[0]
    opened = browser.new_context(base_url=address, java_script_enabled=False, locale="en-GB")
    plain = opened.new_page()
    plain.goto("/survey/")
    plain.get_by_label("Code").fill(code)
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_role("button", name="Start").click()
    for _ in range(9):
        plain.get_by_label("Somewhat", exact=True).check()
        plain.get_by_role("button", name="Next").click()
    plain.get_by_role("button", name="Send my answers").click()
    expect(plain.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    opened.close()


def test_a_flat_of_six_sees_its_climate_when_two_periods_are_counted_together(
    page: Page,
    tablet: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
) -> None:
    """Four of six young people answer, and nothing is shown of so few. The next time three do, and
    the seven are one result, that says of which two periods it is."""
    sign_in_as("Yusuf Jorkins")
    asked = "Children and young people who live there"
    plan(page, "Survey of children and young people, as in the evaluation", "Yarmouth", asked)
    the_others_answer(tablet, make_slips(page, "residents", 4), "evaluation_child")
    close_all_back(page)
    expect(page.get_by_text("Fewer than 5 forms came, so nothing of them is shown")).to_be_visible()
    expect(page.get_by_text("average")).to_have_count(0)
    check_accessible()

    plan(page, "Survey of children and young people, as in the evaluation", "Yarmouth", asked)
    the_others_answer(tablet, make_slips(page, "residents", 3), "evaluation_child")
    close_all_back(page)
    page.get_by_role("button", name="Read the results").click()
    expect(page.get_by_text("Residents: 7 forms")).to_be_visible()
    check_accessible()


def close_all_back(page: Page) -> None:
    """The newest survey, every slip of which has come back."""
    page.goto("/surveys/")
    page.get_by_role("link", name="Yarmouth").first.click()
    page.get_by_role("button", name="Close it and work out the results").click()
    page.get_by_role("button", name="Close it and work out the results").click()
    expect(page.get_by_text("The survey is closed.").first).to_be_visible()
