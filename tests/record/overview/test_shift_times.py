"""A setting says when its shifts begin; until it has, Newel says that nobody has."""

from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.transactions import acting
from newel.record.overview.models import ShiftTimes
from tests.cast import Cast
from tests.record.overview.handing_over import read

pytestmark = pytest.mark.django_db
PROPOSED = "Nobody at this setting has said yet when its shifts begin."


def url(cast: Cast) -> str:
    return reverse("overview:set_shift_times", args=[cast.rookery.setting.public_id])


def test_until_a_setting_has_said_so_the_hours_are_marked_as_a_proposal(
    cast: Cast, signed_in: type[Client]
) -> None:
    assert PROPOSED in read(signed_in(cast.peggotty), cast.rookery)


def test_a_setting_says_its_own_hours_also_two_shifts_a_day(
    cast: Cast, signed_in: type[Client]
) -> None:
    administrator = signed_in(cast.spenlow)
    sent = {"early": "8am", "late": "", "night": "20:00"}
    page = administrator.post(url(cast), sent, follow=True).content.decode()
    assert "Confirmed by Dora Spenlow" in page
    assert "Early shift: 8:00am" in page
    assert PROPOSED not in read(signed_in(cast.peggotty), cast.rookery)
    assert PROPOSED in read(signed_in(cast.leah), cast.ferndean)
    administrator.post(url(cast), sent | {"late": "14:00"})
    with acting(cast.spenlow.pk):
        assert ShiftTimes.objects.get().late == time(14)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"early": "7:00", "late": "8:00", "night": "21:00"}, "begin too close to each other"),
        ({"early": "", "late": "", "night": "21:00"}, "Enter"),
        ({"early": "soon", "late": "", "night": "21:00"}, "time"),
    ],
    ids=["close", "empty", "no time"],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    sent: dict[str, str], said: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = signed_in(cast.spenlow).post(url(cast), sent).content.decode()
    assert said in page
    assert 'value="21:00"' in page
    with acting(cast.spenlow.pk):
        assert not ShiftTimes.objects.exists()


@pytest.mark.parametrize("username", ["peggotty", "trotwood", "chillip"])
def test_only_who_sets_places_up_says_the_hours(
    username: str, cast: Cast, signed_in: type[Client]
) -> None:
    assert signed_in(getattr(cast, username)).get(url(cast)).status_code == 403
