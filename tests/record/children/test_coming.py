"""A child is coming and arrives, and does not get two records."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions
from newel.record.children.models import Child, Identifier, Stay
from newel.record.children.policies import NotNow
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
NUMBER = "9990000018"
OTHER_NUMBER = "9990000026"


def referral(cast: Cast, **answers: str) -> dict[str, str]:
    return {
        "preferred_name": "Emily",
        "interpreter": "unknown",
        "unit": cast.rookery.public_id,
    } | answers


def send(browser: Client, answers: dict[str, str]) -> Any:
    return browser.post(reverse("children:refer"), answers)


def known(cast: Cast) -> set[str]:
    with acting(cast.chillip.pk):
        return set(Child.objects.values_list("preferred_name", flat=True))


def give_number(cast: Cast, to: Child, by: str, value: str = NUMBER) -> None:
    with acting(getattr(cast, by).pk):
        actions.add_identifier(child=to, system=Identifier.NHS_NUMBER, value=value)


def test_a_referral_with_the_least_that_is_known(cast: Cast, signed_in: type[Client]) -> None:
    answer = send(signed_in(cast.chillip), referral(cast))
    with acting(cast.chillip.pk):
        emily = Child.objects.get(preferred_name="Emily")
        assert emily.interpreter_needed is None
        assert emily.stays.get().arrived_at is None
    assert answer.headers["Location"] == reverse("children:child", args=[emily.public_id])


def test_a_referral_with_everything(cast: Cast, signed_in: type[Client]) -> None:
    day = timezone.localdate() + timedelta(days=2)
    answers = referral(
        cast, pronouns="she and her", nhs_number="999 000 0018", first_language="Polish",
        interpreter="yes", expected_time="6:45pm",
        **{"born_on-day": "27", "born_on-month": "3", "born_on-year": "2011"},
        **{"expected_on-day": str(day.day), "expected_on-month": str(day.month)},
        **{"expected_on-year": str(day.year)},
    )  # fmt: skip
    assert send(signed_in(cast.chillip), answers).status_code == 302
    with acting(cast.chillip.pk):
        emily = Child.objects.get(preferred_name="Emily")
        assert (emily.born_on, emily.interpreter_needed) == (date(2011, 3, 27), True)
        assert emily.identifiers.get().value == NUMBER
        expected = timezone.localtime(emily.stays.get().expected_at)
        assert (expected.date(), expected.hour, expected.minute) == (day, 18, 45)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"nhs_number": "9990000019"}, "This is not a valid NHS number. Check each digit."),
        ({"nhs_number": "999999999"}, "An NHS number has 10 digits"),
        ({"nhs_number": "9999999999"}, "The same digit ten times is not an NHS number."),
        ({"preferred_name": "🦊"}, "Use at least one letter or number in a name"),
        ({"preferred_name": "ﷺ" * 100}, "This name is too long"),
        ({"preferred_name": "Em\x00ily"}, "hidden character"),
        ({"expected_time": "6pm"}, "Enter the day as well"),
        ({"unit": "nowhere"}, "Choose"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    typed: dict[str, str], said: str, cast: Cast, signed_in: type[Client]
) -> None:
    answer = send(signed_in(cast.chillip), referral(cast, **typed))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count(said) >= 2, "once in the summary and once beside the field"
    assert known(cast) == {"David", "Tommy"}


def test_a_unit_that_is_not_open_to_the_writer_is_refused(
    cast: Cast, signed_in: type[Client]
) -> None:
    answer = send(signed_in(cast.chillip), referral(cast, unit=cast.ferndean.public_id))
    assert answer.status_code == 200
    assert known(cast) == {"David", "Tommy"}


def test_a_name_alike_is_asked_about_before_anything_is_saved(
    cast: Cast, signed_in: type[Client]
) -> None:
    answer = send(signed_in(cast.chillip), referral(cast, preferred_name="Davide"))
    page = answer.content.decode()
    assert "Is it one of these children?" in page
    assert "Born 4 March 2011" in page
    assert 'value="Davide"' in page, "what was typed is still there"
    assert known(cast) == {"David", "Tommy"}


def test_another_child_gets_a_record_of_their_own(cast: Cast, signed_in: type[Client]) -> None:
    answers = referral(
        cast, preferred_name="Davide", same_child="another", shown_before=cast.david.public_id
    )
    assert send(signed_in(cast.chillip), answers).status_code == 302
    assert known(cast) == {"David", "Tommy", "Davide"}


def test_an_answer_given_before_the_children_were_shown_does_not_count(
    cast: Cast, signed_in: type[Client]
) -> None:
    answers = referral(cast, preferred_name="Davide", same_child="another", shown_before="")
    assert "Is it one of these" in send(signed_in(cast.chillip), answers).content.decode()
    assert known(cast) == {"David", "Tommy"}


def test_the_same_child_after_a_stay_goes_on_with_the_same_record(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.fairfax.pk):
        jane = Child.objects.get(preferred_name="Jane")
        actions.end_stay(stay=Stay.objects.get(child=jane), at=datetime.now(UTC))
        assert not Child.objects.exists()
    with acting(cast.eshton.pk):
        jane = Child.objects.get(preferred_name="Jane")
        actions.give_access(
            child=jane, staff=cast.fairfax, by=cast.eshton, at=LONG_AGO, purpose="Comes back",
            ends_at=datetime.now(UTC) + timedelta(days=1),
        )  # fmt: skip
    answers = referral(
        cast, preferred_name="Jayne", unit=cast.ferndean.public_id, same_child=jane.public_id,
        shown_before=jane.public_id,
    )  # fmt: skip
    assert send(signed_in(cast.fairfax), answers).status_code == 302
    with acting(cast.fairfax.pk):
        assert Child.objects.get().preferred_name == "Jane"
        assert Stay.objects.filter(child=jane, ended_at__isnull=True).count() == 1


def test_the_same_child_who_is_here_already_gets_no_second_stay(
    cast: Cast, signed_in: type[Client]
) -> None:
    david = cast.david.public_id
    answers = referral(cast, preferred_name="David", same_child=david, shown_before=david)
    page = send(signed_in(cast.chillip), answers).content.decode()
    assert "David already has a stay open at Blunderstone House." in page


def test_the_same_nhs_number_in_reach_is_asked_about_whatever_the_name(
    cast: Cast, signed_in: type[Client]
) -> None:
    give_number(cast, cast.tommy, "chillip")
    answers = referral(cast, preferred_name="Ham", nhs_number=NUMBER)
    page = send(signed_in(cast.chillip), answers).content.decode()
    assert "Tommy" in page
    assert "Has this NHS number" in page


def test_two_children_cannot_have_one_nhs_number(cast: Cast, signed_in: type[Client]) -> None:
    give_number(cast, cast.tommy, "chillip")
    answers = referral(
        cast, preferred_name="Ham", nhs_number=NUMBER, same_child="another",
        shown_before=cast.tommy.public_id,
    )  # fmt: skip
    page = send(signed_in(cast.chillip), answers).content.decode()
    assert "This number is already on another record in Newel." in page
    assert known(cast) == {"David", "Tommy"}


def test_an_nhs_number_on_a_record_out_of_reach_is_refused_without_saying_whose(
    cast: Cast, signed_in: type[Client]
) -> None:
    give_number(cast, cast.jane, "fairfax")
    page = send(signed_in(cast.chillip), referral(cast, nhs_number=NUMBER)).content.decode()
    assert "This number is already on another record in Newel." in page
    assert "Jane" not in page
    assert known(cast) == {"David", "Tommy"}


def test_arrival_is_written_down_once(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    send(browser, referral(cast))
    with acting(cast.chillip.pk):
        emily = Child.objects.get(preferred_name="Emily")
    now = timezone.localtime()
    sent = {
        "arrived_on-day": str(now.day), "arrived_on-month": str(now.month),
        "arrived_on-year": str(now.year), "arrived_time": f"{now:%H:%M}",
    }  # fmt: skip
    url = reverse("children:arrive", args=[emily.public_id])
    assert browser.post(url, sent).status_code == 302
    page = browser.post(url, sent).content.decode()
    assert "Somebody has already written down that this child arrived." in page


def test_nobody_arrives_tomorrow(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    send(browser, referral(cast))
    with acting(cast.chillip.pk):
        emily = Child.objects.get(preferred_name="Emily")
    day = timezone.localdate() + timedelta(days=1)
    sent = {
        "arrived_on-day": str(day.day), "arrived_on-month": str(day.month),
        "arrived_on-year": str(day.year), "arrived_time": "09:00",
    }  # fmt: skip
    page = browser.post(reverse("children:arrive", args=[emily.public_id]), sent)
    assert "must not be after" in page.content.decode()


def test_a_child_with_an_open_stay_is_not_referred_again(cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="already has a stay open"):
        actions.refer_again(child=cast.david, by=cast.chillip, at=LONG_AGO, unit=cast.yarmouth)
