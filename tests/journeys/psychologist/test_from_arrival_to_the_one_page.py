"""The main job: a child is coming, what is known is written down, a worker reads how to be with
them. The psychologist writes; two minutes later the worker reads."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import agree, fill_day, pick, write_event, write_statement

EVENTS = (
    ("Born in a workhouse; his mother died that night", 0, "Loss"),
    ("Sent to be kept on a farm with other orphans", 1, "Moving"),
    ("Not given enough to eat there", 4, "Harm done to the child"),
    ("Brought back to the workhouse on his birthday", 9, "Moving"),
    ("Asked for more to eat, and was locked up alone", 9, "Harm done to the child"),
    ("Apprenticed to an undertaker", 9, "Work"),
    ("Slept among the coffins", 9, "Home"),
    ("Ran away and walked to London", 10, "Moving"),
    ("Taken in by people who used him", 10, "Harm done to the child"),
    ("Somebody believed him", 10, "Something good"),
)
STATEMENTS = (
    ("Being told that there is no more.", "What sets things off"),
    ("Being shut in a room alone.", "What sets things off"),
    ("Somebody saying a bad word about his mother.", "What sets things off"),
    ("He goes very polite and very quiet.", "Early sign"),
    ("He hides food in his sleeves.", "Early sign"),
    ("Let him have seconds before he asks.", "What helps"),
    ("Leave the door open and a light on.", "What helps"),
    ("Say what will happen next.", "What helps"),
    ("Sit with him at meals.", "What helps"),
    ("Laughing when he asks for something.", "What makes it harder"),
    ("Being moved without being told why.", "What makes it harder"),
    ("He is kind to smaller children.", "Strength, or what I like"),
    ("He likes books, and the smell of a library.", "Strength, or what I like"),
    ("Enough to eat, every day, without asking.", "Need"),
    ("When he asked, he was punished; so he stopped asking.", "How we understand it"),
)


def test_a_child_arrives_and_two_minutes_later_a_worker_can_read_how_to_be_with_him(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Miriam Losberne")
    record = a_child_is_coming(page, check_accessible)
    why_here(page, record, check_accessible)
    ten_events(page, record, check_accessible)
    fifteen_statements(page, record, check_accessible)
    keeping_safe(page, record, check_accessible)
    he_arrives(page, record)

    page.get_by_role("button", name="Change person").click()
    sign_in_as("Martin Omer")
    page.get_by_role("link", name="How to be with me for Smike").click()
    expect(page.get_by_text("Let him have seconds before he asks.")).to_be_visible()
    expect(page.get_by_text("No allergies known")).to_be_visible()
    check_accessible()


def a_child_is_coming(page: Page, check_accessible: Callable[[], None]) -> str:
    page.get_by_role("link", name="Find a child").click()
    page.get_by_role("link", name="A child is coming").click()
    check_accessible()
    page.get_by_label("Name the child likes to be called").fill("Smike")
    fill_day(page, "born_on", date(2013, 10, 5))
    pick(page, "Nobody has asked yet", "Rookery, Blunderstone House")
    page.get_by_role("button", name="Save: a child is coming").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Smike")
    check_accessible()
    return page.url


def why_here(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    page.goto(f"{record}scoping/")
    check_accessible()
    page.get_by_role("link", name="Add to Why here, why now").click()
    page.get_by_label("Why here, why now").fill("Found on the street, hungry and alone.")
    page.get_by_label("Where this comes from").fill("Referral, by telephone")
    pick(page, "An adult’s words", "The team around the child")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Found on the street, hungry and alone.")).to_be_visible()


def ten_events(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    page.goto(f"{record}scoping/timeline/add/")
    check_accessible()
    for number, (title, age, kind) in enumerate(EVENTS, start=1):
        write_event(page, title=title, age=age, kind=kind, again=number < len(EVENTS))
    expect(page.get_by_role("table").get_by_text("Somebody believed him").first).to_be_visible()
    check_accessible()


def fifteen_statements(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    yesterday = date.today() - timedelta(days=1)
    for text, kind in STATEMENTS:
        page.goto(f"{record}understanding/new/")
        write_statement(page, text=text, kind=kind, said_on=yesterday)
        agree(page)
    check_accessible()
    page.goto(f"{record}understanding/")
    expect(page.get_by_text(STATEMENTS[-1][0])).to_be_visible()
    check_accessible()


def keeping_safe(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    page.goto(f"{record}keeping-safe/allergies/")
    pick(page, "No allergies known")
    page.get_by_label("Where is the live plan kept?").fill("SystmOne, health room")
    fill_day(page, "next_review_on", date.today() + timedelta(days=28))
    check_accessible()
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{record}keeping-safe/")
    expect(page.get_by_text("No allergies known")).to_be_visible()


def he_arrives(page: Page, record: str) -> None:
    page.goto(f"{record}arrive/")
    page.locator("main").get_by_role("button").first.click()
    expect(page).to_have_url(record)
    expect(page.get_by_label("Whose record this is")).to_contain_text("Rookery, Blunderstone House")


def test_the_life_of_a_child_as_a_picture_and_its_table(
    page: Page,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    page.get_by_role("link", name="Scoping").first.click()
    page.get_by_role("link", name="Life timeline").click()
    expect(page.get_by_role("table").get_by_text("red room").first).to_be_visible()
    picture("timeline", height=2000, of=".newel-life")
    check_accessible()
