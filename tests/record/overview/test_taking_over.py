"""One acknowledgement for the whole shift: of what stood on the page, and of nothing else."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from newel.record.access import audit
from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.overview import actions
from newel.record.overview.models import Takeover
from newel.record.overview.views.seen import Seen
from tests.cast import Cast
from tests.record.overview.handing_over import (
    HELPS,
    address,
    agreed,
    note,
    now,
    read,
    shift_before,
    shift_now,
    taken,
)

pytestmark = pytest.mark.django_db
TAKE = "I have read this and take over"


def token(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page) or re.search(
        r'value="([^"]+)"[^>]*name="seen"', page
    )
    assert found, "The page has no button to take over"
    return found[1]


def press(browser: Client, cast: Cast, seen: str) -> str:
    answer = browser.post(address(cast.rookery), {"seen": seen}, follow=True)
    return answer.content.decode()


def test_one_press_takes_the_shift_over_and_the_others_see_by_whom(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker = signed_in(cast.peggotty)
    page = press(worker, cast, token(read(worker, cast.rookery)))
    assert "You have taken over the" in page
    assert taken(cast) == ["Clara Peggotty"]
    assert TAKE not in read(worker, cast.rookery)
    theirs = read(signed_in(cast.omer), cast.rookery)
    assert "Clara Peggotty took this shift over" in theirs
    assert TAKE in theirs


def test_several_people_may_take_the_same_shift_over(cast: Cast, signed_in: type[Client]) -> None:
    for person in (cast.peggotty, cast.omer):
        browser = signed_in(person)
        press(browser, cast, token(read(browser, cast.rookery)))
    assert taken(cast) == ["Clara Peggotty", "Minnie Omer"]


def test_pressing_twice_changes_nothing(cast: Cast, signed_in: type[Client]) -> None:
    worker = signed_in(cast.peggotty)
    seen = token(read(worker, cast.rookery))
    press(worker, cast, seen)
    press(worker, cast, seen)
    assert taken(cast) == ["Clara Peggotty"]


def test_what_changed_while_the_page_was_open_is_shown_before_it_is_taken(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H16: nobody takes over what they have not read."""
    worker = signed_in(cast.peggotty)
    seen = token(read(worker, cast.rookery))
    agreed(cast)
    page = press(worker, cast, seen)
    assert taken(cast) == []
    assert "Something has changed since you opened this page" in page
    assert page.index("New since you opened this page") < page.index(HELPS)
    press(worker, cast, token(page))
    assert taken(cast) == ["Clara Peggotty"]


def test_a_note_written_meanwhile_is_shown_first(cast: Cast, signed_in: type[Client]) -> None:
    worker = signed_in(cast.peggotty)
    seen = token(read(worker, cast.rookery))
    note(cast, cast.omer, "He has not eaten since noon.")
    page = press(worker, cast, seen)
    assert "He has not eaten since noon." in page
    assert taken(cast) == []


def test_what_ran_out_of_the_page_meanwhile_is_looked_at_again(
    cast: Cast, signed_in: type[Client]
) -> None:
    mine = note(cast, cast.omer, "He has not eaten since noon.")
    worker = signed_in(cast.peggotty)
    seen = token(read(worker, cast.rookery))
    with acting(cast.omer.pk):
        actions.change_note(note=mine, by=cast.omer, at=now(), text="He has eaten now.")
    page = press(worker, cast, seen)
    assert "He has eaten now." in page
    assert taken(cast) == []


def test_a_page_of_the_shift_before_takes_nothing_over(cast: Cast, signed_in: type[Client]) -> None:
    worker = signed_in(cast.peggotty)
    old = Seen(
        staff_id=cast.peggotty.pk,
        unit_id=cast.rookery.pk,
        shift_starts_at=shift_before().starts_at,
        at=now(),
        fingerprint="0" * 16,
    ).sign()
    assert "The next shift can be taken over now." in press(worker, cast, old)
    assert taken(cast) == []


@pytest.mark.parametrize("seen", ["", "made up", "a:b:c"])
def test_a_token_that_is_not_ours_takes_nothing_over(
    seen: str, cast: Cast, signed_in: type[Client]
) -> None:
    assert "This page had been open for too long." in press(signed_in(cast.peggotty), cast, seen)
    assert taken(cast) == []


def test_nobody_takes_over_with_somebody_elses_page(cast: Cast, signed_in: type[Client]) -> None:
    theirs = token(read(signed_in(cast.omer), cast.rookery))
    assert "This page had been open for too long." in press(signed_in(cast.peggotty), cast, theirs)
    assert taken(cast) == []


def test_what_changes_after_taking_over_is_marked_as_new_since_then(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker = signed_in(cast.peggotty)
    press(worker, cast, token(read(worker, cast.rookery)))
    agreed(cast)
    assert "New since you took over" in read(worker, cast.rookery)


def test_the_shift_page_asks_those_of_the_unit_to_take_over_and_nobody_else(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker = signed_in(cast.peggotty)
    assert "Take over the shift" in worker.get("/shift/").content.decode()
    assert "Take over the shift" not in signed_in(cast.chillip).get("/shift/").content.decode()
    press(worker, cast, token(read(worker, cast.rookery)))
    page = worker.get("/shift/").content.decode()
    assert "Take over the shift" not in page
    assert "taken over by Clara Peggotty" in page


def take(cast: Cast, *, days_ago: int) -> None:
    at = now() - timedelta(days=days_ago)
    shift = shift_now()
    began = shift.starts_at - timedelta(days=days_ago)
    moved = type(shift)(code=shift.code, starts_at=began, ends_at=began + timedelta(hours=8))
    with acting(cast.peggotty.pk):
        actions.take_over(unit=cast.rookery, shift=moved, by=cast.peggotty, at=at, read_until=at)


def test_who_took_over_is_forgotten_after_a_month(cast: Cast) -> None:
    """H16, H38: a fact of the shift, and no history of a worker."""
    take(cast, days_ago=40)
    take(cast, days_ago=20)
    take(cast, days_ago=0)
    with acting(cast.peggotty.pk):
        assert Takeover.objects.count() == 2


def test_only_this_shift_and_the_one_before_are_shown(cast: Cast, signed_in: type[Client]) -> None:
    """H38"""
    take(cast, days_ago=9)
    with acting(cast.omer.pk):
        at = now()
        actions.take_over(
            unit=cast.rookery, shift=shift_before(), by=cast.omer, at=at, read_until=at
        )
    page = read(signed_in(cast.trotwood), cast.rookery)
    assert "Minnie Omer" in page
    assert "Clara Peggotty" not in page


def test_who_took_over_is_seen_only_by_those_whose_unit_it_is(cast: Cast) -> None:
    take(cast, days_ago=0)
    seen = {}
    for username in ("peggotty", "trotwood", "barkis", "leah", "wickfield", "strong"):
        with acting(getattr(cast, username).pk):
            seen[username] = Takeover.objects.exists()
    assert seen == {
        "peggotty": True, "trotwood": True, "barkis": False, "leah": False, "wickfield": False,
        "strong": True,
    }  # fmt: skip


def test_taking_over_is_in_the_audit_and_a_failing_audit_undoes_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(cast, days_ago=0)
    with acting(cast.peggotty.pk):
        assert AuditEvent.objects.filter(act="take_over", actor=cast.peggotty.pk).count() == 1
    monkeypatch.setattr(audit, "_append", _fail)
    with pytest.raises(OSError, match="no audit"), transaction.atomic():
        take(cast, days_ago=1)
    with acting(cast.peggotty.pk):
        assert Takeover.objects.count() == 1


def _fail(*_: object) -> None:
    raise OSError("no audit")


def test_nobody_has_read_what_comes_later(cast: Cast) -> None:
    at = now()
    with pytest.raises(IntegrityError), acting(cast.peggotty.pk):
        actions.take_over(
            unit=cast.rookery, shift=shift_now(), by=cast.peggotty, at=at,
            read_until=at + timedelta(hours=1),
        )  # fmt: skip
