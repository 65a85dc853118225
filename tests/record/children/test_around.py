"""People around the child: who, how to reach them, and how long each keyworker stayed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children import actions
from newel.record.children.models import KeyworkerAssignment, Stay, TeamMember
from newel.record.children.presenters.kept import keyworker_in_words
from newel.record.children.rules import days_without
from newel.record.establishments.models import Agency
from tests.cast import LONG_AGO, Cast
from tests.record.children.test_stay_and_people import boxes
from tests.record.overview.handing_over import now

DAY = timedelta(days=1)


def url(cast: Cast, name: str = "around", *more: str) -> str:
    return reverse(f"children:{name}", args=[cast.david.public_id, *more])


def around(browser: Client, cast: Cast) -> str:
    return browser.get(url(cast)).content.decode()


FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)


def on(day: int) -> date:
    return date(2026, 1, day)


@pytest.mark.parametrize(
    ("spans", "gaps"),
    [
        ([], [(FIRST, LAST)]),
        ([(on(1), None)], []),
        ([(on(4), None)], [(on(1), on(3))]),
        ([(on(1), on(10)), (on(11), None)], []),
        ([(on(1), on(10)), (on(12), None)], [(on(11), on(11))]),
        ([(on(12), None), (on(1), on(10))], [(on(11), on(11))]),
        ([(on(1), on(20)), (on(5), on(8)), (on(25), on(31))], [(on(21), on(24))]),
        ([(on(1), on(20))], [(on(21), LAST)]),
        ([(on(1), on(20)), (date(2026, 3, 1), None)], [(on(21), LAST)]),
        ([(date(2025, 12, 1), on(31))], []),
    ],
)
def test_the_days_without_a_keyworker(
    spans: list[tuple[date, date | None]], gaps: list[tuple[date, date]]
) -> None:
    assert days_without(spans, first=FIRST, last=LAST) == gaps


@pytest.mark.django_db
def test_each_person_stands_there_with_agency_and_how_to_reach_them(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        actions.change_contact(member=TeamMember.objects.get(), contact="01632 960021, weekdays")
    page = around(signed_in(cast.peggotty), cast)
    assert "Agnes Wickfield" in page
    assert "Suffolk Council" in page
    assert "01632 960021, weekdays" in page
    assert page.index("Minnie Omer") < page.index("Agnes Wickfield")
    assert "Nobody has written how to reach them." in page  # the keyworker


@pytest.mark.django_db
def test_who_manages_the_team_writes_how_to_reach_somebody(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        member = TeamMember.objects.get()
    sent = {"contact": "Duty desk, 01632 960022"}
    address = url(cast, "contact", member.public_id)
    assert signed_in(cast.peggotty).post(address, sent).status_code == 403
    assert sent["contact"] in signed_in(cast.omer).post(address, sent, follow=True).content.decode()


@pytest.mark.django_db
def test_who_was_keyworker_in_a_stay_that_is_over_is_not_keyworker_since(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        stay = Stay.objects.get(child=cast.david)
        ever = KeyworkerAssignment.objects.select_related("stay").get(stay=stay)
    ever.stay.ended_at = LONG_AGO + 20 * DAY
    said = keyworker_in_words(ever, timezone.localdate(LONG_AGO + 300 * DAY))
    assert said == "5 January 2026 to 25 January 2026: 2 weeks"


@pytest.mark.django_db
def test_a_time_without_a_keyworker_is_said_in_words(cast: Cast, signed_in: type[Client]) -> None:
    """Catalogue 44: continuity, without a judgement on anybody."""
    with acting(cast.chillip.pk):
        omer = KeyworkerAssignment.objects.get()
        omer.ends_on = date(2026, 3, 2)
        omer.save()
        actions.assign_keyworker(
            stay=Stay.objects.get(child=cast.david), staff=cast.peggotty, on=date(2026, 4, 11)
        )
    page = around(signed_in(cast.peggotty), cast)
    page = page[page.index("Keyworkers, now and before") :]
    assert "5 January 2026 to 2 March 2026: 8 weeks" in page
    assert "Nobody was keyworker" in page
    assert "3 March 2026 to 10 April 2026: 5 weeks" in page
    assert page.index("5 January 2026 to") < page.index("3 March 2026") < page.index("Since 11 Apr")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("next_one", "said"),
    [
        (True, "After that: Clara Peggotty from"),
        (False, "Nobody is written down as keyworker after that."),
    ],
)
def test_a_goodbye_to_come_is_shown_with_who_is_next(
    next_one: bool, said: str, cast: Cast, signed_in: type[Client]
) -> None:
    """Catalogue 43: the transfer of safety is planned with the child."""
    last = timezone.localdate() + 20 * DAY
    with acting(cast.chillip.pk):
        omer = KeyworkerAssignment.objects.get()
        stay = Stay.objects.get(child=cast.david)
        if next_one:
            actions.assign_keyworker(stay=stay, staff=cast.peggotty, on=last - DAY, at=now())
    boxed = boxes("ends_on", last)
    browser = signed_in(cast.chillip)
    assert browser.post(url(cast, "end_keyworker", omer.public_id), boxed).status_code == 302
    page = around(browser, cast)
    assert "Minnie Omer’s last day as keyworker is" in page
    assert said in page
    assert "with the child" in page


@pytest.mark.django_db
def test_home_is_without_an_address_and_on_paper_only_if_checked_as_safe(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H6, H23"""
    with acting(cast.chillip.pk):
        for name, check in (("Aunt Betsey", "safe"), ("Edward Murdstone", "not_safe")):
            home = actions.add_home(
                child=cast.david, by=cast.chillip, at=now(), kind="person", name=name,
                address="17 Quince Passage", address_is_protected=True,
            )  # fmt: skip
            actions.check_home_is_safe(
                home=home, by=cast.chillip, at=now(), safety_check=check, safety_note="Seen"
            )
    page = around(signed_in(cast.peggotty), cast)
    assert "Quince" not in page
    printed = {name: not_printed(page, name) for name in ("Aunt Betsey", "Edward Murdstone")}
    assert printed == {"Aunt Betsey": False, "Edward Murdstone": True}


def not_printed(page: str, name: str) -> bool:
    before = page[: page.index(name)]
    return "newel-not-printed" in before[before.rindex("<li") :]


@pytest.mark.django_db
def test_that_it_was_printed_is_in_the_audit(cast: Cast, signed_in: type[Client]) -> None:
    """H30"""
    signed_in(cast.peggotty).get(url(cast), {"printed": ""})
    with acting(cast.chillip.pk):
        acts = AuditEvent.objects.filter(chain=cast.david.pk, page="children:around")
        assert [event.act for event in acts] == ["print"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 60])
def test_it_takes_the_same_queries_for_3_and_60_keyworkers_and_members(
    count: int, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        stay = Stay.objects.get(child=cast.david)
        for number in range(count):
            actions.add_team_member(
                stay=stay, name=f"Person {number}", part="Visits", discipline="health",
                agency=Agency.objects.get(name="Suffolk Care"), starts_on=LONG_AGO.date(),
            )  # fmt: skip
            KeyworkerAssignment.objects.create(
                child=cast.david, stay=stay, staff=cast.peggotty,
                starts_on=LONG_AGO.date() + 2 * number * DAY,
                ends_on=LONG_AGO.date() + 2 * number * DAY,
            )  # fmt: skip
    browser = signed_in(cast.omer)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url(cast))
    assert len(asked) == 17, [one["sql"][:70] for one in asked]
