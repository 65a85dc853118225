"""An answer asks for a talk (H9): who is told at once, who later, and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.transactions import acting
from newel.record.outcomes import actions
from newel.record.outcomes.models import Talk
from newel.record.outcomes.queries.talks import wanted_on_shift
from newel.record.outcomes.rules import MORE_PEOPLE_AFTER, TALKS
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.asking import form, said
from tests.record.outcomes.giving import now, to

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def asked_for(cast: Cast, *, ago: timedelta = timedelta(0)) -> Talk:
    at = now() - ago
    with acting(cast.chillip.pk):
        begun = form(cast.david, cast, at=at)
        actions.answer(form=begun, answers=said(_04=2), by=cast.chillip, at=at)
        return Talk.objects.select_related("form").get()


def told(staff: StaffMember, unit: object) -> bool:
    with acting(staff.pk):
        return wanted_on_shift(staff=staff, unit=unit, at=now()).exists()  # type: ignore[arg-type]


def test_the_named_adult_and_the_cover_are_told_at_once(cast: Cast) -> None:
    asked_for(cast)
    assert told(cast.omer, cast.rookery)
    assert told(cast.rosa, cast.yarmouth)  # whatever unit they look at
    assert not told(cast.peggotty, cast.rookery)


def test_everybody_on_the_unit_and_its_managers_are_told_when_nobody_has_answered(
    cast: Cast,
) -> None:
    asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    assert told(cast.peggotty, cast.rookery)
    assert told(cast.trotwood, cast.yarmouth)
    assert not told(cast.barkis, cast.yarmouth)
    assert not told(cast.leah, cast.ferndean)


def test_until_then_it_stays_with_those_two(cast: Cast) -> None:
    asked_for(cast, ago=MORE_PEOPLE_AFTER - MINUTE)
    assert not told(cast.peggotty, cast.rookery)
    assert told(cast.omer, cast.rookery)


def test_it_is_the_first_thing_on_the_shift_and_shows_no_answer(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    page = signed_in(cast.omer).get("/shift/", follow=True).text
    href = to("talk", cast.david, talk.public_id)
    assert page.index(href) < page.index("See the handover")
    assert "An answer asks for a talk with David." in page
    assert "Thoughts of self-harm" not in page and "at times" not in page
    assert href in signed_in(cast.omer).get("/shift/?poll").text


def test_it_is_the_next_thing_on_the_childs_front_page(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    front = f"/children/{cast.david.public_id}/"
    href = to("talk", cast.david, talk.public_id)
    assert href in signed_in(cast.omer).get(front).text
    assert href not in signed_in(cast.wickfield).get(front).text


def test_it_is_answered_with_two_clicks_and_gone_for_everybody(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    client, address = signed_in(cast.omer), to("talk", cast.david, talk.public_id)
    page = client.get(address).text
    assert "Thoughts of self-harm" in page and "at times" in page
    page = client.post(address, {"done": "talked", "more": ""}, follow=True).text
    assert "I have talked with the child." in page
    assert not told(cast.omer, cast.rookery) and not told(cast.rosa, cast.rookery)
    with acting(cast.strong.pk):
        (event,) = AuditEvent.objects.filter(act="see_to_talk")
        assert event.actor == cast.omer.pk and event.chain == cast.david.pk


def test_without_saying_what_was_done_it_stays(cast: Cast, signed_in: type[SignedIn]) -> None:
    talk = asked_for(cast)
    address = to("talk", cast.david, talk.public_id)
    for sent in ({}, {"done": "own_words", "more": "  "}, {"done": "no such", "more": ""}):
        assert "Say what was done" in signed_in(cast.omer).post(address, sent).text
    assert told(cast.omer, cast.rookery)


def test_own_words_are_enough_and_too_many_are_given_back(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk, client = asked_for(cast), signed_in(cast.omer)
    address = to("talk", cast.david, talk.public_id)
    page = client.post(address, {"done": "talked", "more": "a" * 2001}).text
    assert "Use 2,000 characters or fewer" in page and "a" * 2001 in page
    client.post(address, {"done": "own_words", "more": "We walked round the yard."})
    with acting(cast.chillip.pk):
        assert Talk.objects.get().what_was_done == "We walked round the yard."


def test_two_who_answer_one_talk_see_what_the_first_one_wrote(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    address = to("talk", cast.david, talk.public_id)
    signed_in(cast.omer).post(address, {"done": "talked", "more": "He is with me."})
    page = signed_in(cast.rosa).post(address, {"done": "health", "more": "Seen at ten."}).text
    assert "Somebody has answered this already." in page
    assert "He is with me." in page and "Seen at ten." in page


def test_an_agency_worker_is_told_whom_to_tell_and_gets_no_link(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    with acting(None):
        StaffMember.objects.filter(username="peggotty").update(
            role="agency_worker", open_until=now() + timedelta(hours=8)
        )
    page = signed_in(cast.peggotty).get("/shift/", follow=True).text
    assert "Tell one of those named, or the person in charge, now." in page
    assert to("talk", cast.david, talk.public_id) not in page


def test_a_stranger_and_a_social_worker_do_not_open_it(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    address = to("talk", cast.david, asked_for(cast).public_id)
    assert signed_in(cast.leah).get(address).status_code == 404
    assert signed_in(cast.wickfield).get(address).status_code == 403


def test_the_child_is_told_before_the_first_question(cast: Cast, signed_in: type[SignedIn]) -> None:
    with acting(cast.chillip.pk):
        begun = form(cast.david, cast, at=now())
    for name, more in (("answer", ()), ("answer_one", (1,))):
        page = signed_in(cast.peggotty).get(to(name, cast.david, begun.public_id, *more)).text
        told_at = page.index("Then Minnie Omer will come and talk with you.")
        assert told_at < page.index("Being on edge")
        assert "If Minnie Omer is away, Rosa Dartle will come." in page


def test_how_long_it_waits_says_where_it_comes_from() -> None:
    assert "ours" in TALKS["sources"]["more_people_after_minutes"]
    assert "to confirm" in TALKS["confirmed"]
    assert timedelta(minutes=TALKS["more_people_after_minutes"]) == MORE_PEOPLE_AFTER


def test_the_shift_takes_as_many_queries_for_60_talks_as_for_3(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    client, counted = signed_in(cast.omer), []
    for number in (3, 57):
        with acting(cast.chillip.pk):
            for _ in range(number):
                begun = form(cast.david, cast, at=now())
                actions.answer(form=begun, answers=said(_04=1), by=cast.chillip, at=now())
                actions.set_aside(form=begun, because="Another day.", at=now())
        client.get("/shift/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/shift/")
        counted.append(len(asked))
    assert counted[0] == counted[1]
