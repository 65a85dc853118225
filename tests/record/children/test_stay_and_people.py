"""Legal reasons, the unit, the end of a stay, the team and the keyworker, through the pages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions
from newel.record.children.models import (
    Child,
    KeyworkerAssignment,
    LegalReason,
    Stay,
    TeamMember,
)
from newel.record.children.rules import how_long
from newel.record.establishments.models import Agency
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db


def url(name: str, cast: Cast, *more: str) -> str:
    return reverse(f"children:{name}", args=[cast.david.public_id, *more])


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month),
            f"{name}-year": str(day.year)}  # fmt: skip


TODAY = timezone.localdate()


def test_a_legal_reason_with_its_dates(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.wickfield)
    sent = {"kind": "welfare_s25", "statute_text": "Order of the Family Court"}
    sent |= boxes("starts_on", TODAY) | boxes("review_due_on", TODAY - timedelta(days=1))
    assert browser.post(url("legal", cast), sent).status_code == 302
    page = browser.get(url("child", cast)).content.decode()
    assert "Order of the Family Court" in page
    assert "Review: was due on" in page


def test_a_reason_does_not_end_before_it_begins(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    sent = {"kind": "remand"} | boxes("starts_on", TODAY)
    wrong = sent | boxes("ends_on", TODAY - timedelta(days=1))
    page = browser.post(url("legal", cast), wrong).content.decode()
    assert "The last day must not be before the first day" in page
    browser.post(url("legal", cast), sent)
    with acting(cast.chillip.pk):
        reason = LegalReason.objects.get()
    early = boxes("ends_on", TODAY - timedelta(days=2))
    page = browser.post(url("end_reason", cast, reason.public_id), early).content.decode()
    assert "A legal reason cannot end before it begins." in page
    browser.post(url("end_reason", cast, reason.public_id), boxes("ends_on", TODAY))
    with acting(cast.chillip.pk):
        assert LegalReason.objects.get().ends_on == TODAY


def test_a_move_moves_access_at_once(cast: Cast, signed_in: type[Client]) -> None:
    old, new = signed_in(cast.peggotty), signed_in(cast.barkis)
    manager = signed_in(cast.trotwood)
    assert manager.post(url("move", cast), {"unit": cast.yarmouth.public_id}).status_code == 302
    assert old.get(url("child", cast)).status_code == 404
    assert new.get(url("child", cast)).status_code == 200


def test_a_move_to_another_setting_is_not_offered(cast: Cast, signed_in: type[Client]) -> None:
    manager = signed_in(cast.trotwood)
    answer = manager.post(url("move", cast), {"unit": cast.ferndean.public_id})
    assert "Choose" in answer.content.decode()
    assert signed_in(cast.peggotty).get(url("child", cast)).status_code == 200


def test_the_page_that_ends_a_stay_says_what_closes_and_what_stays_open(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.strong.pk):
        actions.give_access(
            child=cast.david, staff=cast.micawber, by=cast.strong, at=LONG_AGO, purpose="Check-in",
            ends_at=datetime.now(UTC) + timedelta(days=30),
        )  # fmt: skip
    page = signed_in(cast.trotwood).get(url("end_stay", cast)).content.decode()
    for said in ("the keyworker: Minnie Omer", "Agnes Wickfield", "It stays open to Wilkins Mica"):
        assert said in page


def test_the_end_of_a_stay_closes_the_record_and_tells_so(
    cast: Cast, signed_in: type[Client]
) -> None:
    manager = signed_in(cast.trotwood)
    answer = manager.post(url("end_stay", cast), follow=True)
    assert "David’s stay has ended." in answer.content.decode()
    for person in ("trotwood", "peggotty", "omer", "wickfield", "chillip"):
        assert signed_in(getattr(cast, person)).get(url("child", cast)).status_code == 404


def team_form(**answers: str) -> dict[str, str]:
    agency = Agency.objects.get(name="Suffolk Council")
    return {
        "name": "Wilkins Micawber", "part": "Case manager", "discipline": "youth_justice",
        "agency": agency.public_id,
    } | boxes("starts_on", TODAY) | answers  # fmt: skip


def test_a_team_member_who_signs_in_gets_the_record_and_loses_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser, theirs = signed_in(cast.omer), signed_in(cast.micawber)
    assert theirs.get(url("child", cast)).status_code == 404
    browser.post(url("team", cast), team_form(staff="micawber"))
    assert theirs.get(url("child", cast)).status_code == 200
    with acting(cast.chillip.pk):
        member = TeamMember.objects.get(staff=cast.micawber)
    browser.post(url("end_team", cast, member.public_id))
    assert theirs.get(url("child", cast)).status_code == 404


def test_a_team_member_without_an_account(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.omer)
    browser.post(url("team", cast), team_form(name="Dr Strong", contact="01234 567890"))
    page = browser.get(url("child", cast)).content.decode()
    for said in ("Dr Strong", "Youth justice, Suffolk Council", "01234 567890"):
        assert said in page


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ("nobody", "Nobody who signs in to Newel has this name"),
        ("spenlow", "that role opens no child’s record"),
    ],
)
def test_a_team_member_whose_account_cannot_open_the_record_is_refused(
    staff: str, said: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = signed_in(cast.omer).post(url("team", cast), team_form(staff=staff)).content.decode()
    assert said in page


def test_keyworkers_are_shown_with_how_long_each_has_been(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.omer)
    page = browser.get(url("keyworkers", cast)).content.decode()
    assert f"Since 5 January 2026: {how_long(LONG_AGO.date(), TODAY)}" in page
    browser.post(url("keyworkers", cast), {"staff": "Clara Peggotty"} | boxes("starts_on", TODAY))
    with acting(cast.chillip.pk):
        assert KeyworkerAssignment.objects.get(staff=cast.peggotty).starts_on == TODAY
    again = browser.post(url("keyworkers", cast), {"staff": "peggotty"} | boxes("starts_on", TODAY))
    assert "Clara Peggotty is already keyworker on that day." in again.content.decode()


def test_a_keyworkers_last_day_stays_as_history(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        omer = KeyworkerAssignment.objects.get(staff=cast.omer)
    browser = signed_in(cast.chillip)
    yesterday = TODAY - timedelta(days=1)
    browser.post(url("end_keyworker", cast, omer.public_id), boxes("ends_on", yesterday))
    assert "Nobody is keyworker." in browser.get(url("child", cast)).content.decode()
    assert "Minnie Omer" in browser.get(url("keyworkers", cast)).content.decode()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), "0 days"),
        (date(2026, 1, 5), date(2026, 1, 6), "1 day"),
        (date(2026, 1, 5), date(2026, 2, 20), "6 weeks"),
        (date(2026, 1, 31), date(2026, 5, 30), "3 months"),
        (date(2024, 1, 5), date(2026, 1, 5), "2 years"),
        (date(2026, 1, 6), date(2026, 1, 5), "0 days"),
    ],
)
def test_how_long_in_words(first: date, last: date, words: str) -> None:
    assert how_long(first, last) == words


def test_nobody_ends_a_stay_that_has_ended(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        david = Child.objects.get(preferred_name="David")
        actions.give_access(
            child=david, staff=cast.trotwood, by=cast.chillip, at=LONG_AGO, purpose="Afterwards",
            ends_at=datetime.now(UTC) + timedelta(days=1),
        )  # fmt: skip
        actions.end_stay(stay=Stay.objects.get(child=david), at=datetime.now(UTC))
    manager = signed_in(cast.trotwood)
    assert manager.get(reverse("children:child", args=[david.public_id])).status_code == 200
    for page in ("end_stay", "move", "team", "keyworkers", "legal", "arrive"):
        address = reverse(f"children:{page}", args=[david.public_id])
        assert manager.get(address).status_code == 404
