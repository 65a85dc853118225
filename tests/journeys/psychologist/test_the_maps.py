"""Before a meeting: statements find their place by keyboard alone, on one map and so on all; what
goes with what is said; and the child’s words are written down as they were said."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import TABLET
from tests.journeys.steps import pick

# Whether every line of words of a picture lies inside its card, as this browser draws it.
WORDS_OUTSIDE = """
() => [...document.querySelectorAll(".newel-map__card")].flatMap((card) => {
  const ground = card.querySelector(".newel-map__ground").getBBox();
  return [...card.querySelectorAll("text")].filter((words) => {
    const box = words.getBBox();
    return box.x < ground.x - 1 || box.x + box.width > ground.x + ground.width + 1
      || box.y < ground.y - 1 || box.y + box.height > ground.y + ground.height + 1;
  }).map((words) => words.textContent);
})
"""


def test_statements_find_their_place_by_keyboard_and_the_child_is_heard(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    expect(page.get_by_role("heading", name="Jane’s record")).to_be_visible()
    page.goto(f"{page.url}understanding/")
    page.get_by_role("link", name="The 5 Ps").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 Ps")
    nothing_runs_out(page)
    check_accessible()
    picture("map_five_ps", height=1400)

    page.get_by_role("link", name="Body, mind and people along a life").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("along a life")
    picture("map_life", height=1400)
    by_keyboard_to(page, "She is a loyal friend")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where does it stand?")
    check_accessible()
    tick_by_keyboard(page, "From about eleven")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It has its place, on every map.")).to_be_visible()
    moved = page.get_by_role("table", name="From about eleven: people and places")
    expect(moved.get_by_text("She is a loyal friend")).to_be_visible()
    nothing_runs_out(page)
    check_accessible()

    page.get_by_role("link", name="What sets things off, early signs, what helps").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What sets things off")
    by_keyboard_to(page, "A corner with a book")
    page.keyboard.press("Enter")
    page.get_by_label("What does it go with?").select_option(index=2)
    page.get_by_role("button", name="They go together").press("Enter")
    expect(page.get_by_text("They go together now, on the map.")).to_be_visible()
    check_accessible()
    page.get_by_role("link", name="What sets things off, early signs, what helps").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What sets things off")
    nothing_runs_out(page)
    picture("map_what_helps", height=1400)
    what_the_child_says(page, check_accessible)


def what_the_child_says(page: Page, check_accessible: Callable[[], None]) -> None:
    page.get_by_role("link", name="In their own words", exact=True).click()
    page.wait_for_url("**/own-words/")
    check_accessible()
    page.goto(f"{page.url}new/")
    said = "I am not violent. I was shut in."
    page.get_by_label("What did the child say?").fill(said)
    page.get_by_label("How did it come to you?").select_option(index=1)
    pick(page, "The team around the child")
    expect(page.get_by_role("button", name="Look at the words")).to_have_count(0)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_label("What did the child say?")).to_have_value(said)
    check_accessible()
    fill_today(page)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text(f"“{said}”")).to_be_visible()
    check_accessible()


def fill_today(page: Page) -> None:
    today: dict[str, Any] = page.evaluate(
        "() => { const d = new Date(Date.now() - 864e5);"
        " return { day: d.getDate(), month: d.getMonth() + 1, year: d.getFullYear() }; }"
    )
    for part, value in today.items():
        page.locator(f"[name=told_on-{part}]").fill(str(value))


def by_keyboard_to(page: Page, words: str) -> None:
    """Tab from the top of the map until the card with these words has the focus."""
    page.locator(".newel-map__card").first.focus()
    for _ in range(120):
        label = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
        if words in label:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No card about {words!r} can be reached with Tab.")


def tick_by_keyboard(page: Page, choice: str) -> None:
    wanted = page.get_by_label(choice, exact=True)
    wanted.focus()
    page.keyboard.press("Space")
    expect(wanted).to_be_checked()


def nothing_runs_out(page: Page) -> None:
    """On a desktop and on a tablet; what is drawn is as wide as the page and no wider."""
    page.wait_for_load_state()  # a page that has only begun to arrive has no measurements yet
    wide = page.viewport_size
    for size in (TABLET, wide):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(WORDS_OUTSIDE) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_the_helper_thinks_along_while_somebody_types(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    expect(page.get_by_role("heading", name="Jane’s record")).to_be_visible()
    page.goto(f"{page.url}understanding/new/")
    text = page.get_by_label("What do we understand?")
    text.press_sequentially("She is manipulative.")
    thought = page.get_by_text("A thought about the words.")
    expect(thought).to_be_visible()
    expect(text).to_have_value("She is manipulative.")
    text.fill("She asked twice and then shouted.")
    text.press_sequentially(" Then she left.")
    expect(thought).to_have_count(0)
    check_accessible()
