"""Before a meeting: a history from somebody else's papers becomes a timeline, nothing typed twice,
and ten events are typed by keyboard in two minutes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Page, expect

HISTORY = """Chronology:
7 March 2014 - born in Blunderstone
2013: his father died
summer 2016 - slept at the boat house in Yarmouth
about age 4: learned his letters on his mother’s knee
Reception; taught at home
12/03/2021 - locked in his room for five days
2015-2017: lived with his mother and his nurse
03/25/2021 - sent away on a cart
A few months after his brother was born - his mother died
Christmas 2022, nobody came for him
2093 - walked to Dover
Somebody gave him a book to keep
"""
TYPED = (
    ("summer 2017", "Went to sea in a small boat"),
    ("about age 5", "Was given a crocodile book"),
    ("Year 1", "Counted to a hundred"),
    ("Christmas 2019", "Sang for the neighbours"),
    ("early 2020", "Had the measles at home"),
    ("March 2020", "Nobody left the house"),
    ("14/06/2020", "Planted beans with his nurse"),
    ("2018", "Found a friend next door"),
    ("before school", "Was afraid of a goose"),
    ("age 7", "Asked where his father lies"),
)


def test_a_pasted_history_is_mended_by_keyboard_and_seen_as_a_timeline(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    timeline = open_timeline(page, sign_in_as)
    page.get_by_role("link", name="Bring in a list").click()
    check_accessible()
    page.get_by_label("Paste the list here").fill(HISTORY)
    page.get_by_role("button", name="See how it is read").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the list")
    expect(
        page.get_by_text("11 lines to save; 3 of them need an answer; 2 lines left out")
    ).to_be_visible()
    # What the record tells already is put beside the line and left out: nothing typed twice.
    expect(
        page.get_by_text("already on the timeline: 7 March 2023, His mother died")
    ).to_be_visible()
    show(page, ".newel-lines")
    picture("list")
    check_accessible()

    mend(page)
    expect(page.get_by_text("Look how line")).to_be_visible()
    check_accessible()
    press_save(page)
    expect(page).to_have_url(timeline)
    expect(page.get_by_text("The list is saved: 10 events.")).to_be_visible()
    table = page.get_by_role("table", name="Where the child lived and learned")
    expect(table.get_by_text("lived with his mother and his nurse").first).to_be_visible()
    expect(page.locator(".newel-life__surely").first).to_be_attached()
    picture("timeline_with_places", height=2000, of=".newel-life")
    check_accessible()

    page.get_by_role("link", name="Lists brought in").click()
    check_accessible()
    page.get_by_role("link", name="Social work chronology").click()
    expect(page.get_by_text("“2013: his father died”")).to_be_visible()
    check_accessible()
    page.get_by_role("link", name="Take the whole list back").click()
    check_accessible()


def mend(page: Page) -> None:
    """By keyboard alone: the summary leads to the line, Tab goes on from there."""
    page.get_by_role("link", name="Line 9: There is no month 25").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("25 March 2021")
    page.locator("#known-3").focus()
    page.keyboard.press("Space")
    page.locator("#out-12").focus()
    page.keyboard.press("Space")
    page.locator("#kind-8").focus()
    page.keyboard.type("Lived with family")
    page.get_by_label("Day first, as is usual in Britain").check()
    page.get_by_label("Where this comes from", exact=True).fill("Social work chronology")
    press_save(page)


def show(page: Page, part: str) -> None:
    page.locator(part).evaluate("part => part.scrollIntoView({ block: 'center' })")


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")


def test_ten_events_are_typed_in_two_minutes_without_a_mouse(
    page: Page,
    sign_in_as: Callable[[str], None],
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
) -> None:
    timeline = open_timeline(page, sign_in_as)
    page.goto(f"{timeline}list/check/")
    check_accessible()
    # At three keys a second, two minutes; all but twenty-odd of them are letters.
    with counted("J2 Ten events typed onto a timeline", clicks=0, keys=365):
        type_ten_events(page)
        check_accessible()
        page.locator("#when-1").focus()
        page.keyboard.press("Control+Enter")
        expect(page).to_have_url(timeline)
    expect(page.get_by_text("The list is saved: 10 events.")).to_be_visible()


def type_ten_events(page: Page) -> None:
    page.locator("#when-1").focus()
    for number, (when, what) in enumerate(TYPED, start=1):
        page.keyboard.type(when)
        page.keyboard.press("Tab")
        page.keyboard.type(what)
        if number < len(TYPED):
            page.keyboard.press("Enter")
    expect(page.locator("#when-11")).to_be_attached()  # rows add themselves
    page.get_by_label("Where this comes from", exact=True).focus()
    page.keyboard.type("His nurse")
    page.keyboard.press("Enter")  # looks, and saves nothing
    expect(page.get_by_text("10 lines to save. Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text("Read day first.")).to_have_count(0)


def open_timeline(page: Page, sign_in_as: Callable[[str], None]) -> str:
    """David's, whom the social worker knows: some of his history is there already."""
    sign_in_as("Beatrice Wharton")
    page.get_by_role("link", name="David").first.click()
    page.wait_for_url("**/children/*/**")
    page.goto(f"{'/'.join(page.url.split('/')[:5])}/scoping/timeline/")
    return page.url
