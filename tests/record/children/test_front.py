"""The front page: one next thing to do, and the same number of questions whatever the history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions, queries
from newel.record.children.banner import banner
from newel.record.children.models import Child, KeyworkerAssignment, Stay
from newel.record.establishments.models import Agency
from tests.cast import LONG_AGO, Cast
from tests.record.children import addresses

pytestmark = pytest.mark.django_db


def front(browser: Client, child: Child) -> str:
    return browser.get(reverse("children:child", args=[child.public_id])).content.decode()


def reading(cast: Cast, name: str = "David") -> Any:
    """The child as the pages load it."""
    staff = cast.chillip
    child = Child.objects.get(preferred_name=name)
    return queries.child(public_id=child.public_id, visible_to=staff, at=timezone.now())


def next_for(page: str) -> str:
    start = page.index('class="newel-next"')
    return page[start : start + 900]


def test_the_next_thing_follows_what_is_open(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    assert "Enter the legal reason" in next_for(front(browser, cast.david))
    with acting(cast.chillip.pk):
        stay = Stay.objects.get(child=cast.david)
        actions.record_legal_reason(
            stay=stay, by=cast.chillip, at=LONG_AGO, kind="remand", statute_text="",
            starts_on=LONG_AGO.date(), ends_on=None, review_due_on=None,
        )  # fmt: skip
    assert "Say who or where home is" in next_for(front(browser, cast.david))
    with acting(cast.chillip.pk):
        home = actions.add_home(
            child=cast.david, by=cast.chillip, at=LONG_AGO, kind="person", name="Peggotty"
        )
    assert "Home has not been checked yet: Peggotty." in next_for(front(browser, cast.david))
    with acting(cast.chillip.pk):
        actions.check_home_is_safe(
            home=home, by=cast.chillip, at=LONG_AGO, safety_check="safe", safety_note="Visited"
        )
    assert "How to be with me" in next_for(front(browser, cast.david))
    with acting(cast.chillip.pk):
        actions.end_keyworker(
            assignment=KeyworkerAssignment.objects.get(child=cast.david),
            on=timezone.localdate() - timedelta(days=1),
        )
    assert "David has no keyworker." in next_for(front(browser, cast.david))


def test_a_worker_is_told_only_what_they_may_do(cast: Cast, signed_in: type[Client]) -> None:
    page = front(signed_in(cast.peggotty), cast.david)
    assert "How to be with me" in next_for(page)
    assert "Change the facts" not in page
    assert "End the stay" not in page


def test_the_arrival_comes_first(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        emily = actions.refer(
            by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name="Emily"
        )
    page = front(signed_in(cast.chillip), emily)
    assert "Write down the arrival" in next_for(page)
    assert "Expected on Rookery" in page


def count(browser: Client, child: Child) -> int:
    with CaptureQueriesContext(connection) as asked:
        front(browser, child)
    return len(asked)


def fill(cast: Cast, numbers: range) -> None:
    """So much of everything about David."""
    with acting(cast.chillip.pk):
        david, agency = Child.objects.get(preferred_name="David"), Agency.objects.first()
        stay = Stay.objects.get(child=david)
        for number in numbers:
            actions.add_name(child=david, name=f"Name {number}", kind="also_known_as")
            actions.add_identifier(child=david, system="School", value=str(number))
            actions.add_home(
                child=david, by=cast.chillip, at=LONG_AGO, kind="place", name=f"House {number}",
                address="Here",
            )  # fmt: skip
            actions.record_legal_reason(
                stay=stay, by=cast.chillip, at=LONG_AGO, kind="remand", statute_text="",
                starts_on=LONG_AGO.date(), ends_on=None, review_due_on=None,
            )  # fmt: skip
            actions.add_team_member(
                stay=stay, name=f"Adult {number}", part="Teacher", agency=agency,
                discipline="education", starts_on=LONG_AGO.date(),
            )  # fmt: skip
            actions.record_communication_need(
                child=david, by=cast.chillip, at=LONG_AGO, need=f"Need {number}",
                how_to_meet="So", review_on=date(2030, 1, 1),
            )  # fmt: skip


def test_the_front_page_asks_as_many_questions_for_little_as_for_much(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    fill(cast, range(1))
    front(browser, cast.david)
    little = count(browser, cast.david)
    fill(cast, range(1, 60))
    assert count(browser, cast.david) == little


def test_the_banner_asks_one_question_and_a_second_only_to_warn(cast: Cast) -> None:
    staff = cast.chillip
    with acting(staff.pk):
        david = reading(cast)
        with CaptureQueriesContext(connection) as asked:
            shown = banner(child=david, visible_to=staff, at=timezone.now())
        assert len(asked) == 1
        assert shown.alike == ()
        actions.refer(by=cast.chillip, at=LONG_AGO, unit=cast.yarmouth, preferred_name="Davide")
        with CaptureQueriesContext(connection) as asked:
            shown = banner(child=david, visible_to=staff, at=timezone.now())
        assert len(asked) == 2
        assert shown.alike == ("Davide",)


def test_the_warning_names_nobody_out_of_reach(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        actions.refer(by=cast.chillip, at=LONG_AGO, unit=cast.yarmouth, preferred_name="Davide")
    with acting(cast.peggotty.pk):
        david = queries.child(
            public_id=cast.david.public_id, visible_to=cast.peggotty, at=timezone.now()
        )
        assert david is not None
        assert banner(child=david, visible_to=cast.peggotty, at=timezone.now()).alike == ()


def test_every_page_about_a_child_carries_the_banner(cast: Cast, signed_in: type[Client]) -> None:
    pages = addresses.furnish(cast)
    rest = [name for name in addresses.ABOUT_DAVID if name not in addresses.SEALING]
    for person, names in (
        ("chillip", addresses.SEALING), ("trotwood", rest), ("strong", addresses.GOVERNED),
    ):  # fmt: skip
        browser = signed_in(getattr(cast, person))
        for name in names:
            page = browser.get(pages[name]).content.decode()
            assert 'aria-label="Whose record this is"' in page, name
            banner_of = page[page.index('class="newel-child"') :][:700]
            assert "David" in banner_of, name
