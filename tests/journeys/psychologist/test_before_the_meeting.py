"""J2. Before a meeting: the history that the social worker has becomes the timeline, the views of
those who cannot come are collected, the child's through the keyworker, and the psychologist has it
all on the pages of the meeting. Nothing is typed twice, and nobody's words stand over another's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.conftest import TABLET
from tests.journeys.steps import fill_day, pick

CHRONOLOGY = """summer 2016 - slept at the boat house in Yarmouth
about age 5: learned his letters on his nurse's knee
2018-2019; stayed with his nurse's brother
"""
SOURCE = "Social work chronology"
CHILD = "I want somebody to tell me before they come in."
SOCIAL_WORKER = "He was never like that with his nurse."
FROM_HOME = "He sleeps when there is a light on the stairs."
STATEMENT = "Hearing about a move that nobody has explained to him."
LINKED = "summer 2016: slept at the boat house in Yarmouth"
WHY_LINKED = "Nobody came in at night there, and he slept."


def test_history_and_views_are_together_before_the_meeting(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    counted: Callable[..., AbstractContextManager[None]],
) -> None:
    sign_in_as("Beatrice Wharton")
    record = record_of(page, "David")
    with counted("J2, before a meeting: history, views and the child’s words", clicks=20, keys=450):
        the_history_of_the_agency(page, record, check_accessible)
        change_to(page, sign_in_as, "Owen Larkins")
        what_the_child_says(page, record, check_accessible)
        change_to(page, sign_in_as, "Miriam Losberne")
        statement = an_event_backs_a_statement(page, record, check_accessible)
        the_views_of_who_cannot_come(page, record, check_accessible)

    on_the_pages_of_the_meeting(page, record, statement, check_accessible)
    what_was_wrong_is_taken_back(page, record, statement, check_accessible)


def change_to(page: Page, sign_in_as: Callable[[str], None], name: str) -> None:
    page.get_by_role("button", name="Change person").click()
    sign_in_as(name)


def record_of(page: Page, child: str) -> str:
    """The address of the record, from whatever page of it the list of children leads to."""
    page.get_by_role("link", name=child).first.click()
    page.wait_for_url("**/children/*/**")
    return "/".join(page.url.split("/")[:5]) + "/"


def the_history_of_the_agency(
    page: Page, record: str, check_accessible: Callable[[], None]
) -> None:
    """Pasted as it is; the kinds of what was a place are chosen, and nothing else is typed."""
    page.goto(f"{record}scoping/timeline/")
    page.get_by_role("link", name="Bring in a list").click()
    page.get_by_label("Paste the list here").fill(CHRONOLOGY)
    page.get_by_role("button", name="See how it is read").click()
    expect(page.get_by_text("3 lines to save. Nothing is saved yet.")).to_be_visible()
    page.get_by_label("Kind, line 3").select_option(label="Lived with family or friends")
    page.get_by_label("Where this comes from", exact=True).fill(SOURCE)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Look how line 3 was read")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The list is saved")).to_be_visible()
    check_accessible()


def what_the_child_says(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    """Through the keyworker, who cannot say it otherwise than the child did."""
    page.goto(f"{record}own-words/new/")
    page.get_by_label("What did the child say?").fill(CHILD)
    fill_day(page, "told_on", date.today())
    page.get_by_label("How did it come to you?").select_option(
        label="I asked, and the child said it to me"
    )
    pick(page, "The team around the child")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".newel-says__words", has_text=CHILD)).to_be_visible()
    check_accessible()


def an_event_backs_a_statement(
    page: Page, record: str, check_accessible: Callable[[], None]
) -> str:
    """The event is chosen, in the words of the chronology: it is not written down again."""
    page.goto(f"{record}understanding/")
    page.get_by_role("link", name=STATEMENT).click()
    expect(page.get_by_text("What is not agreed, and by whom")).to_be_visible()
    statement = page.url
    page.get_by_role("link", name="Link an event").click()
    page.get_by_label("Which event in the child’s life?").select_option(label=LINKED)
    page.locator("[name=shows][value=against]").check()
    page.get_by_label("In what way?").fill(WHY_LINKED)
    page.get_by_role("button", name="Link this event").click()
    expect(page.get_by_text(LINKED)).to_be_visible()
    check_accessible()
    return statement


def the_views_of_who_cannot_come(
    page: Page, record: str, check_accessible: Callable[[], None]
) -> None:
    for whose, view in (
        ("The social worker", SOCIAL_WORKER), ("Somebody from home", FROM_HOME),
    ):  # fmt: skip
        page.goto(f"{record}understanding/versions/not-agreed/")
        page.get_by_label("What is it about?").select_option(index=2)
        page.get_by_label("Whose view is it?").select_option(label=whose)
        page.get_by_label("What do they say, in their words?").fill(view)
        pick(page, "The team around the child")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("The view is written down.")).to_be_visible()
    check_accessible()


def on_the_pages_of_the_meeting(
    page: Page, record: str, statement: str, check_accessible: Callable[[], None]
) -> None:
    """On a tablet in the room: each view with whose it is, the child's words as the child's."""
    page.set_viewport_size(TABLET)
    page.goto(f"{record}understanding/versions/agree/")
    for whose, view in (
        ("The social worker:", SOCIAL_WORKER), ("Somebody from home:", FROM_HOME),
    ):  # fmt: skip
        stands = page.locator(".newel-change", has_text=view)
        expect(stands).to_be_visible()
        expect(stands).to_contain_text(whose)
    check_accessible()
    page.goto(f"{record}understanding/")
    expect(page.locator("q.newel-statement__own", has_text=CHILD)).to_be_visible()
    check_accessible()
    page.goto(statement)
    expect(page.get_by_text(WHY_LINKED)).to_be_visible()
    page.goto(f"{record}scoping/timeline/")
    expect(page.get_by_role("table").get_by_text("slept at the boat house").first).to_be_visible()
    check_accessible()


def what_was_wrong_is_taken_back(
    page: Page, record: str, statement: str, check_accessible: Callable[[], None]
) -> None:
    """H27: the social worker telephones, it was his cousin; the statement says so at once."""
    row = page.locator(".newel-events__row", has_text="slept at the boat house")
    row.get_by_role("link", name="Change").click()
    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Why is it taken back?").fill("It was his cousin.")
    check_accessible()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("link", name="What was taken back").click()
    expect(page.get_by_text("Taken back by Miriam Losberne")).to_be_visible()
    check_accessible()
    page.goto(statement)
    expect(page.get_by_text("It was his cousin.")).to_be_visible()
    check_accessible()
