"""J4. The psychologist after the meeting, the same day: see what changed, agree the formulation,
and give it out, all from the same statements; and J2's part, the view of who could not come."""

import io
import threading
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as access
from newel.record.children.models import Child
from tests.journeys.steps import fill_day, pick

SUMMARY = (
    "Jane was shut in a room where somebody had died, and nobody believed her. When a door is "
    "closed on her now, she is back there. She settles when somebody tells her the truth and stays."
)
LATER = (
    "Jane was shut in a room where somebody had died, and nobody believed her. When a door is "
    "closed on her without a word, she is back there. She settles when somebody stays."
)


def test_from_the_meeting_to_the_full_formulation_and_what_changed_since(
    page: Page,
    sign_in_as: Callable[[str], None],
    counted: Callable[..., AbstractContextManager[None]],
    check_accessible: Callable[[], None],
    picture: Callable[..., Path],
) -> None:
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    expect(page.get_by_role("heading", name="Jane’s record")).to_be_visible()
    record = page.url
    # The keys are letters for the most part: two summaries and a statement in other words.
    with counted("J4 The formulation agreed, gone through anew, agreed again", clicks=30, keys=800):
        the_view_of_who_could_not_come(page, record, check_accessible)
        agree(page, record, SUMMARY, check_accessible)
        recommend(page, check_accessible)
        go_through_it_anew(page, record, check_accessible)
        what_changed(page, record, check_accessible, picture)
        agree(page, record, LATER, check_accessible)
    expect(page.get_by_text("Version 2, agreed on").first).to_be_visible()

    the_one_that_is_past(page, record, check_accessible)
    a_copy_for_somebody(page, record)
    picture_of_the_formulation(page, record, check_accessible, picture)


def the_view_of_who_could_not_come(
    page: Page, record: str, check_accessible: Callable[[], None]
) -> None:
    """J2: the social worker telephones; the view stands beside the statement, in those words."""
    page.goto(f"{record}understanding/")
    page.get_by_role("link", name="Versions, and what has changed").click()
    page.get_by_role("link", name="Write down what is not agreed").click()
    check_accessible()
    page.get_by_label("What is it about?").select_option(index=2)
    page.get_by_label("Whose view is it?").select_option(label="The social worker")
    page.get_by_label("What do they say, in their words?").fill("I have not seen this at home.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The view is written down.")).to_be_visible()
    check_accessible()


def agree(page: Page, record: str, summary: str, check_accessible: Callable[[], None]) -> None:
    page.goto(f"{record}understanding/versions/agree/")
    expect(page.get_by_text("I have not seen this at home.")).to_be_visible()
    check_accessible()
    page.get_by_role("button", name="Agree this formulation").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    check_accessible()
    page.locator("[name=took_part]").first.check()
    page.locator("[name=took_part]").nth(1).check()
    pick(page, "Took part through somebody else")
    page.get_by_label("How, or why not?").fill("Her keyworker read each line to her.")
    page.get_by_label("The formulation in a few sentences").fill(summary)
    page.locator("[name=summary_level][value=child_open]").check()
    page.get_by_role("button", name="Agree this formulation").click()
    expect(page.get_by_role("heading", name="Full formulation", level=1)).to_be_visible()
    expect(page.get_by_text(summary)).to_be_visible()
    check_accessible()


def recommend(page: Page, check_accessible: Callable[[], None]) -> None:
    page.get_by_role("link", name="Write a recommendation").click()
    check_accessible()
    what = "Leave her door open in the evening."
    page.get_by_label("What should be done?").fill(what)
    page.get_by_label("Who does it?").select_option(index=1)
    fill_day(page, "by_when", date.today() + timedelta(days=14))
    page.locator("[name=sharing_level][value=team]").check()
    page.get_by_role("button", name="Save the recommendation").click()
    expect(page.get_by_text("The recommendation is written.")).to_be_visible()
    expect(page.get_by_text(what, exact=True)).to_be_visible()


def go_through_it_anew(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    page.get_by_role("link", name="Start a reformulation").click()
    check_accessible()
    page.get_by_role("link", name="Put it in other words").first.click()
    box = page.get_by_label("What do we understand?")
    expect(box).not_to_have_value("")
    words = box.input_value().rstrip(".")
    box.fill(f"{words}, most of all at night.")
    page.get_by_label("Why do the words change?").fill("Seen three times.")
    page.get_by_role("button", name="Put these words in place").click()
    expect(page.get_by_text("The new words are in place.").first).to_be_visible()
    page.goto(f"{record}understanding/versions/reformulate/")
    page.get_by_role("link", name="Take it out").last.click()
    page.get_by_label("Why is it no longer used?").fill("Not for a month now.")
    page.get_by_role("button", name="Stop using this statement").click()
    expect(page.get_by_text("It is no longer used.").first).to_be_visible()


def what_changed(
    page: Page, record: str, check_accessible: Callable[[], None], picture: Callable[..., Path]
) -> None:
    page.goto(f"{record}understanding/versions/compare/")
    expect(page.get_by_text("1 put in other words, 1 no longer so")).to_be_visible()
    expect(page.locator("ins", has_text="at night").first).to_be_visible()
    check_accessible()
    picture("comparison", height=1400)


def the_one_that_is_past(page: Page, record: str, check_accessible: Callable[[], None]) -> None:
    page.goto(f"{record}understanding/versions/")
    check_accessible()
    page.get_by_role("link", name="Version 1, agreed on").click()
    expect(page.get_by_role("heading", name="This is past")).to_be_visible()
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    check_accessible()
    page.get_by_role("link", name="Open version 2, which counts now").click()
    expect(page.get_by_text(LATER)).to_be_visible()


def a_copy_for_somebody(page: Page, record: str) -> None:
    page.get_by_role("link", name="Make a copy for somebody").click()
    page.get_by_label("Who is it for?").fill("Bessie Lee, who looks after her next")
    pick(page, "Word")
    with page.expect_download() as asked:
        page.get_by_role("button", name="Make the copy").click()
    assert asked.value.suggested_filename == "formulation.docx"
    with zipfile.ZipFile(io.BytesIO(Path(asked.value.path()).read_bytes())) as file:
        assert LATER.split(".")[0] in file.read("word/document.xml").decode()
        assert "Bessie Lee" in file.read("word/footer1.xml").decode()


def picture_of_the_formulation(
    page: Page, record: str, check_accessible: Callable[[], None], picture: Callable[..., Path]
) -> None:
    page.goto(f"{record}understanding/formulation/")
    expect(page.get_by_text("Bessie Lee")).to_be_visible()
    check_accessible()
    picture("full_formulation", height=1800)


def she_is_shut_out(address: str) -> None:
    """By who watches over access. In a thread of its own: here a browser is driven."""
    miriam = StaffMember.objects.get(username="miriam.losberne")
    for lead in StaffMember.objects.filter(role="governance_lead"):
        with acting(lead.pk):
            child = Child.objects.filter(public_id=address.rstrip("/").split("/")[-1]).first()
            if child is not None:
                access.block(
                    child=child, staff=miriam, by=lead, at=timezone.now(), reason="A mistake."
                )
    connection.close()


def test_words_stay_on_the_page_of_somebody_whose_reach_has_ended(
    page: Page, sign_in_as: Callable[[str], None]
) -> None:
    """H25, H29: nothing is saved, and nothing that was typed is lost."""
    sign_in_as("Miriam Losberne")
    page.get_by_role("link", name="Record of Jane").click()
    expect(page.get_by_role("heading", name="Jane’s record")).to_be_visible()
    record = page.url
    page.goto(f"{record}understanding/versions/agree/")
    page.get_by_label("The formulation in a few sentences").fill(SUMMARY)
    leaving = threading.Thread(target=she_is_shut_out, args=(record,))
    leaving.start()
    leaving.join()
    page.get_by_role("button", name="Agree this formulation").click()
    expect(page.get_by_text("This was not saved")).to_be_visible()
    expect(page.get_by_text("Your words are still on this page.")).to_be_visible()
    expect(page.get_by_label("The formulation in a few sentences")).to_have_value(SUMMARY)
