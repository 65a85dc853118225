"""H9. A child has left with a talk still wanted. The governance lead lets somebody in."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from newel.record.establishments.models import Unit
from newel.record.outcomes import actions
from tests.journeys.steps import fill_day

SIXTEEN_YEARS = timedelta(days=16 * 366)


@pytest.fixture
def left(address: str) -> Child:
    """Pip answered, and his stay ended before anybody had the talk."""
    at = datetime.now(UTC) - timedelta(hours=1)
    lead = StaffMember.objects.get(name="Miriam Losberne")
    nurse = StaffMember.objects.get(name="Joseph Carter")
    with acting(lead.pk):
        pip = children.refer(
            by=lead, at=at, unit=Unit.objects.get(name="Rookery"), preferred_name="Pip",
            born_on=date.today() - SIXTEEN_YEARS,
        )  # fmt: skip
        children.arrive(stay=pip.stays.get(), at=at)
    with acting(lead.pk):
        form = actions.open_form(
            child=pip, measure="yp_core", answered_by="self", way="together", by=lead, at=at,
            talk_to=lead, cover=nurse,
        )  # fmt: skip
        given = {"yp_core_04": actions.Given(Decimal(3))}
        actions.answer(form=form, answers=given, by=lead, at=at)
        children.end_stay(stay=pip.stays.get(), at=datetime.now(UTC))
    return pip


def test_a_talk_that_nobody_reaches_is_the_first_thing_and_reaches_somebody(
    page: Page,
    left: Child,
    sign_in_as: Callable[[str], None],
    check_accessible: Callable[[], None],
) -> None:
    sign_in_as("Philip Kidgerbury")
    expect(page.get_by_text("An answer asked for a talk with Pip")).to_be_visible()
    expect(page.get_by_text("self-harm")).to_have_count(0)
    check_accessible()
    page.get_by_role("link", name="Give somebody access to Pip’s record").click()
    page.get_by_label("Who gets access?").fill("Joseph Carter")
    page.get_by_label("What for?").fill("A talk that is wanted.")
    page.get_by_label("On a day").check()
    fill_day(page, "ends_on", date.today() + timedelta(days=2))
    page.get_by_role("button", name="Give access").click()
    expect(page.get_by_text("The access is given.")).to_be_visible()
    page.get_by_role("link", name="Who sees what").first.click()
    expect(page.get_by_text("An answer asked for a talk with Pip")).to_have_count(0)

    page.get_by_role("button", name="Change person").click()
    sign_in_as("Joseph Carter")
    page.get_by_role("link", name="Talk with Pip, and say what was done").first.click()
    page.get_by_role("button", name="I have told health staff").click()
    expect(page.get_by_text("It is written down").first).to_be_visible()
    check_accessible()
