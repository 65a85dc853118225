"""What people do on Newel's forms, in their words."""

from datetime import date

from playwright.sync_api import Page, expect


def fill_day(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}-{part}]").fill(str(value))


def pick(page: Page, *choices: str) -> None:
    for choice in choices:
        page.get_by_label(choice, exact=True).check()


def write_event(page: Page, *, title: str, age: int, kind: str, again: bool) -> None:
    """One life event, dated as children's lives are told: “about six”."""
    page.get_by_label("What happened, in a few words").fill(title)
    pick(page, "About an age")
    page.get_by_label("Age", exact=True).fill(str(age))
    page.get_by_label("What kind of event").select_option(label=kind)
    page.get_by_label("Where this comes from").fill("Social work chronology")
    pick(page, "An adult’s words", "The team around the child")
    finish = "Save and add another" if again else "Save and see the timeline"
    page.get_by_role("button", name=finish).click()
    if again:
        expect(page.get_by_label("What happened, in a few words")).to_have_value("")


def write_statement(page: Page, *, text: str, kind: str, said_on: date) -> None:
    page.get_by_label("What do we understand?").fill(text)
    pick(page, kind, "Mind and feelings", "It is so now", "An adult’s words", "Fairly sure")
    page.get_by_label("Who said so?").select_option(label="The social worker")
    fill_day(page, "said_on", said_on)
    pick(page, "The child may read it")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("main a", has_text="Mark as agreed").first).to_be_visible()


def agree(page: Page) -> None:
    page.locator("main a", has_text="Mark as agreed").first.click()
    page.get_by_role("button", name="Mark as agreed").click()
    expect(page.get_by_text("It is agreed.").first).to_be_visible()
