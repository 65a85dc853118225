"""What a handover tells to somebody for whom the records are closed: an agency worker."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.establishments.one_shift import actions as one_shift
from newel.record.overview import actions
from newel.record.stairs.activators import actions as activators
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.rules import When
from tests.cast import LONG_AGO, Cast
from tests.record.overview.handing_over import (
    HELPS,
    address,
    agreed,
    note,
    now,
    read,
    shift_before,
    take_over_before,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def mick(cast: Cast) -> StaffMember:
    """Mick Walker, here for this shift, who has chosen his password."""
    with acting(cast.trotwood.pk):
        slip = one_shift.let_in(
            name="Mick Walker", agency="Joram Staffing", unit=cast.rookery,
            until=now() + 8 * HOUR, by=cast.trotwood, at=now() - 2 * HOUR,
        )  # fmt: skip
    StaffMember.objects.filter(pk=slip.staff.pk).update(must_choose_password=False)
    return StaffMember.objects.get(pk=slip.staff.pk)


def keep_safe(cast: Cast, text: str) -> None:
    with acting(cast.chillip.pk):
        activators.write_keeping_safe(
            child=cast.david, part="allergies", by=cast.chillip, at=now(), text=text,
            next_review_on=now().date() + timedelta(days=9), live_plan_at="SystmOne",
        )  # fmt: skip


def write_history(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        scoping.write_event(
            child=cast.david, by=cast.chillip, at=now(), title="A letter came", kind="family",
            when=When.year(2021),
        )  # fmt: skip
        children.record_legal_reason(
            stay=cast.david.stays.get(), by=cast.chillip, at=now(), kind="remand",
            statute_text="", starts_on=LONG_AGO.date(), ends_on=None, review_due_on=None,
        )  # fmt: skip
        children.add_home(
            child=cast.david, by=cast.chillip, at=now(), kind="person", name="Aunt Betsey"
        )


def test_what_keeps_everybody_safe_is_told_and_nothing_of_the_closed_record(
    cast: Cast, mick: StaffMember, signed_in: type[Client]
) -> None:
    """H5: the role reads the shift and one page a child; its handover says no more than they do."""
    keep_safe(cast, "Nuts.")
    note(cast, cast.peggotty, "He slept badly.")
    agreed(cast)
    write_history(cast)
    closed = (HELPS, "A letter came", "Legal reason", "Aunt Betsey")
    page, whole = (read(signed_in(one), cast.rookery) for one in (mick, cast.peggotty))
    assert all(words in whole for words in closed)
    assert "Nuts." in page
    assert "He slept badly." in page
    assert [words for words in closed if words in page] == []
    assert "closed to you: ask a colleague" in page
    assert "closed to you" not in whole


def test_no_link_of_their_handover_is_a_dead_end(
    cast: Cast, mick: StaffMember, signed_in: type[Client]
) -> None:
    keep_safe(cast, "Nuts.")
    with acting(cast.chillip.pk):
        children.record_communication_need(
            child=cast.david, by=cast.chillip, at=now(), need="Short sentences",
            how_to_meet="One thing at a time", review_on=now().date() + timedelta(days=9),
        )  # fmt: skip
    browser = signed_in(mick)
    main = read(browser, cast.rookery).partition("<main")[2]
    links = re.findall(r'href="(/[^"#]*)"', main)
    assert len(links) > 4
    assert {browser.get(link, follow=True).status_code for link in links} == {200}


def test_the_shift_after_one_that_only_an_agency_worker_took_over_is_told_all_of_it(
    cast: Cast, mick: StaffMember, signed_in: type[Client]
) -> None:
    """H16: what was closed to whoever took over has been read by nobody yet."""
    take_over_before(cast, cast.omer, ago=20 * HOUR, shifts=2)
    agreed(cast, at=now() - 6 * HOUR)
    at = now() - HOUR
    with acting(mick.pk):
        actions.take_over(unit=cast.rookery, shift=shift_before(), by=mick, at=at, read_until=at)
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert HELPS in page
    assert "What changed since Minnie Omer took over the" in page
    assert "The records are closed to Mick Walker, who took over in between" in page
    assert "Nobody took over the shift in between" not in page


def test_they_take_the_shift_over_like_everybody(
    cast: Cast, mick: StaffMember, signed_in: type[Client]
) -> None:
    """H16: what is closed to them and changes meanwhile does not stop them."""
    browser = signed_in(mick)
    seen = re.search(r'value="([^"]+)"[^>]*name="seen"|name="seen" value="([^"]+)"',
                     read(browser, cast.rookery))  # fmt: skip
    assert seen
    agreed(cast)
    answer = browser.post(address(cast.rookery), {"seen": seen[1] or seen[2]}, follow=True)
    assert "You have taken over the" in answer.content.decode()


def test_nobody_is_asked_to_write_who_may_not(
    cast: Cast, mick: StaffMember, signed_in: type[Client]
) -> None:
    place = reverse("overview:write_unit_note", args=[cast.rookery.public_id])
    assert place in read(signed_in(cast.peggotty), cast.rookery)
    assert place not in read(signed_in(mick), cast.rookery)
