"""Somebody is taken off while their page is open: the next save is refused, and loses no word."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children import actions
from newel.record.stairs.activators.models import Statement
from tests.cast import Cast
from tests.record.overview.handing_over import now

pytestmark = pytest.mark.django_db
WORDS = "After the phone call at 4pm he stayed in his room and did not eat."
TITLE = "This was not saved: it is not open to you any more"


def address(cast: Cast) -> str:
    return reverse("overview:write_note", args=[cast.david.public_id])


def opened(browser: Client, url: str) -> dict[str, str]:
    """The form as it was drawn, filled in."""
    page = browser.get(url).content.decode()
    found = re.search(r'name="held_by" value="([^"]+)"', page)
    assert found
    return {"held_by": found[1], "text": WORDS, "what_helped": ""}


def moved_away(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        actions.move_unit(stay=cast.david.stays.get(), unit=cast.yarmouth, at=now())


def test_whoever_was_taken_off_gets_their_words_back_and_is_told_whom_to_ask(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H25"""
    worker = signed_in(cast.peggotty)
    sent = opened(worker, address(cast))
    moved_away(cast)
    answer = worker.post(address(cast), sent)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert TITLE in page
    assert WORDS in page
    assert "Ask the manager (Betsey Trotwood)" in page


def test_nothing_of_the_child_is_on_that_page(cast: Cast, signed_in: type[Client]) -> None:
    """H29: no banner, no name."""
    worker = signed_in(cast.peggotty)
    sent = opened(worker, address(cast))
    moved_away(cast)
    page = worker.post(address(cast), sent).content.decode()
    assert "David" not in page
    assert "Yarmouth" not in page


def test_the_refusal_is_in_the_childs_chain(cast: Cast, signed_in: type[Client]) -> None:
    """H30"""
    worker = signed_in(cast.peggotty)
    sent = opened(worker, address(cast))
    moved_away(cast)
    worker.post(address(cast), sent)
    with acting(cast.trotwood.pk):
        refused = AuditEvent.objects.filter(chain=cast.david.pk, act="refused")
        assert refused.filter(actor=cast.peggotty.pk).count() == 1


def test_a_stranger_is_told_nothing_whatever_they_send(cast: Cast, signed_in: type[Client]) -> None:
    """H30: not even that there is such a child. Only who had the page open gets the other page."""
    sent = opened(signed_in(cast.peggotty), address(cast))
    stranger = signed_in(cast.leah)
    for form in ({"text": WORDS}, {"text": WORDS, "held_by": "made up"}):
        page = stranger.post(address(cast), form).content.decode()
        assert "There is nothing here for you" in page
        assert TITLE not in page
    page = stranger.post(address(cast), sent).content.decode()
    assert "This form was opened by someone else" in page


def test_a_form_of_one_page_opens_nothing_about_another(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker = signed_in(cast.peggotty)
    sent = opened(worker, address(cast))
    other = reverse("overview:write_note", args=[cast.jane.public_id])
    assert TITLE not in worker.post(other, sent).content.decode()


def test_a_role_that_no_longer_may_gets_its_words_back_too(
    cast: Cast, signed_in: type[Client]
) -> None:
    from newel.record.access import actions as accounts

    writer = signed_in(cast.omer)
    url = reverse("activators:write_statement", args=[cast.david.public_id])
    sent = opened(writer, url)
    with acting(cast.spenlow.pk):
        accounts.change_role(staff=cast.omer, role="social_worker", by=cast.spenlow, at=now())
    answer = writer.post(url, sent)
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    with acting(cast.chillip.pk):
        assert not Statement.objects.exists()


def test_a_protected_address_is_not_shown_even_to_whoever_just_typed_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H6"""
    writer = signed_in(cast.omer)
    url = reverse("children:add_home", args=[cast.david.public_id])
    sent = opened(writer, url) | {"protected_address": "17 Quince Passage, Zennorford"}
    moved_away(cast)
    with acting(cast.trotwood.pk):
        assignment = cast.david.keyworkers.get()
        assignment.ends_on = assignment.starts_on
        assignment.save()
    page = writer.post(url, sent).content.decode()
    assert TITLE in page
    assert WORDS in page
    assert "Quince" not in page


def test_words_about_a_unit_come_back_to_whoever_no_longer_works_there(
    cast: Cast, signed_in: type[Client]
) -> None:
    from newel.record.establishments import actions as places
    from newel.record.establishments.models import Post

    worker = signed_in(cast.peggotty)
    url = reverse("overview:write_unit_note", args=[cast.rookery.public_id])
    sent = opened(worker, url)
    with acting(cast.spenlow.pk):
        places.end_post(post=Post.objects.get(staff=cast.peggotty), at=now())
    answer = worker.post(url, sent)
    assert answer.status_code == 404
    assert WORDS in answer.content.decode()


def test_a_keyworker_reaches_the_child_until_midnight_of_the_last_day(cast: Cast) -> None:
    """The goodbye belongs to the last day. The day after, the record is closed."""
    from datetime import datetime, timedelta

    from django.utils import timezone

    from newel.record.children import queries

    moved_away(cast)
    last = timezone.localdate() + timedelta(days=3)
    with acting(cast.trotwood.pk):
        actions.end_keyworker(assignment=cast.david.keyworkers.get(), on=last, at=now())
    midnight = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    child = {"public_id": cast.david.public_id, "visible_to": cast.omer}
    with acting(cast.omer.pk):
        assert queries.child(**child, at=midnight - timedelta(minutes=1)) is not None
        assert queries.child(**child, at=midnight) is None
