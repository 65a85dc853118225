"""J17. A setting is made ready in one sitting, by two people; and access is looked at again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.steps import fill_day, pick

STAFF = """name\tlogin name\trole\tunit\tdiscipline\tagency\tstart
Philip Kidgerbury\tphilip.kidgerbury\tgovernance_lead\twhole setting\tManagement\tBarkis Care\t
Bessie Lee\t\tResidential worker or officer\tNursry\tResidential care\tBarkis Care\t
"""
TODAY = datetime.now(UTC).date()


def test_a_new_setting_is_ready_for_children_in_one_sitting(
    page: Page,
    sign_in_as: Callable[[str], None],
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
) -> None:
    with counted("J17 A setting set up and made ready, by two people", clicks=30, keys=700):
        sign_in_as("Anita Gryce")
        _set_up(page, check_accessible)
        page.get_by_role("button", name="Change person").click()
        sign_in_as("Philip Kidgerbury")
        page.get_by_role("link", name="Ready for children").click()
        expect(page.get_by_text("No child can be entered here yet").first).to_be_visible()
        check_accessible()
        _put_on_record(page)
        expect(page.get_by_text("No child can be entered here yet")).to_have_count(0)
    check_accessible()


def _set_up(page: Page, check_accessible: Callable[[], None]) -> None:
    page.goto("/places/settings/add/")
    page.get_by_label("Name of the setting").fill("Gateshead")
    pick(page, "Secure school", "Yes")
    page.get_by_role("button", name="Add the setting").click()
    page.get_by_role("button", name="Add the units").click()
    page.get_by_label("Names of the units").fill("Nursery\nRed Room")
    page.get_by_role("button", name="Add these units").click()
    page.get_by_role("button", name="Bring in the staff").click()
    page.get_by_label("Or paste the lines here").fill(STAFF)
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_text("Did you mean “Nursery”?")).to_be_visible()
    check_accessible()
    page.get_by_label("Or paste the lines here").fill(STAFF.replace("Nursry", "Nursery"))
    page.get_by_role("button", name="Check again").click()
    page.get_by_role("button", name="Save these people").click()
    page.get_by_label("Philip Kidgerbury").uncheck()  # he has a password already
    page.get_by_role("button", name="Make these slips").click()
    expect(page.get_by_text("Password for the first time").first).to_be_visible()
    check_accessible()


def _put_on_record(page: Page) -> None:
    later = TODAY + timedelta(days=200)
    _next(page, "Data protection impact assessment")
    page.get_by_label("Where is the assessment kept?").fill("Folder 4")
    page.get_by_label("Who signed it?").fill("Bessie Lee, manager")
    _days(page, signed_on=TODAY, review_on=later)
    _next(page, "Clinical Safety Officer")
    page.get_by_label("Name of the Clinical Safety Officer").fill("Robert Lloyd")
    page.get_by_label("How are they registered?").fill("Apothecary, 12")
    _days(page, appointed_on=TODAY)
    _next(page, "Sharing agreement")
    page.get_by_label("Where is the agreement kept?").fill("Agreement 1")
    pick(page, "Barkis Care")
    _days(page, agreed_on=TODAY, review_on=later)


def _next(page: Page, what: str) -> None:
    page.get_by_role("button", name=f"Put on record: {what}").click()


def _days(page: Page, **days: date) -> None:
    for name, day in days.items():
        fill_day(page, name, day)
    page.get_by_role("button", name="Put on record").click()
    expect(page.get_by_text("It is on record.").first).to_be_visible()


def test_access_is_looked_at_again_person_by_person(
    page: Page, sign_in_as: Callable[[str], None], check_accessible: Callable[[], None]
) -> None:
    sign_in_as("Philip Kidgerbury")
    page.get_by_role("link", name="Who still needs access").click()
    check_accessible()
    page.get_by_role("button", name="Begin the review of Blunderstone House").click()
    page.get_by_label("Which manager goes through it with you?").fill("Betsey Trotwood")
    page.get_by_role("button", name="Begin the review").click()
    first = page.get_by_role("group", name="Ruth Mowcher")
    first.get_by_label("Still needs it").check()
    check_accessible()
    page.get_by_role("button", name="Save what is decided so far").click()
    expect(page.get_by_text("Saved: 1 decided.")).to_be_visible()
    expect(page.get_by_role("table", name="Decided")).to_contain_text("Ruth Mowcher")
    page.goto("/children/governance/looks/")
    expect(page.get_by_text("Not shown:")).to_be_visible()
    check_accessible()
