"""A talk that waits in the handover, and the answers from which one comes (H9)."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Sitting, Talk
from newel.record.outcomes.rules import MORE_PEOPLE_AFTER
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.asking import form, said
from tests.record.outcomes.giving import now, to
from tests.record.outcomes.test_talks_reach_somebody import end_post, end_stay, leave_both

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WAITS = "A talk is wanted, and nobody has seen to it yet."
SEEN_TO = "The talk that was wanted has been seen to"


def asked_for(cast: Cast, *, ago: timedelta = timedelta(0)) -> Talk:
    at = now() - ago
    with acting(cast.chillip.pk):
        begun = form(cast.david, cast, at=at)
        actions.answer(form=begun, answers=said(_04=2), by=cast.chillip, at=at)
        return Talk.objects.select_related("form").latest("pk")


def handover(cast: Cast, browser: Client) -> str:
    return browser.get(reverse("overview:unit_handover", args=[cast.rookery.public_id])).text


def as_agency(cast: Cast) -> StaffMember:
    with acting(None):
        StaffMember.objects.filter(username="peggotty").update(
            role="agency_worker", open_until=now() + timedelta(hours=8)
        )
    return cast.peggotty


# The handover ---------------------------------------------------------------------------------


def test_h9_the_coming_shift_is_told_at_once_and_no_answer_is_given_away(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    page = handover(cast, signed_in(cast.peggotty))
    assert WAITS in page and "Minnie Omer, or Rosa Dartle" in page
    assert to("talk", cast.david, talk.public_id) in page
    for words in ("Thoughts of self-harm", "at times", "YP-CORE", "self-harm"):
        assert words not in page


def test_h9_it_stands_in_every_handover_until_somebody_has_seen_to_it(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast, ago=20 * DAY)
    assert WAITS in handover(cast, signed_in(cast.peggotty))
    with acting(cast.omer.pk):
        actions.see_to_talk(
            talk=talk, what_was_done="We walked round the yard.", by=cast.omer, at=now()
        )
    page = handover(cast, signed_in(cast.peggotty))
    assert WAITS not in page and SEEN_TO in page and "Minnie Omer" in page
    assert "round the yard" not in page  # what was done stands on its own page


def test_h9_whoever_may_not_have_the_talk_is_told_when_the_unit_is_and_whom_to_tell(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    agency = as_agency(cast)
    assert WAITS not in handover(cast, signed_in(agency))
    with acting(cast.chillip.pk):
        actions.set_aside(form=talk.form, because="Another day.", at=now())
    talk = asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    page = handover(cast, signed_in(agency))
    assert WAITS in page and "Tell the person in charge now" in page
    assert to("talk", cast.david, talk.public_id) not in page
    with acting(cast.omer.pk):
        actions.see_to_talk(talk=talk, what_was_done="Done.", by=cast.omer, at=now())
    assert SEEN_TO not in handover(cast, signed_in(agency))


def test_h9_a_talk_that_is_asked_for_while_the_page_is_open_is_read_before_taking_over(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(cast.peggotty)
    address = reverse("overview:unit_handover", args=[cast.rookery.public_id])
    page = browser.get(address).text
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', page)
    assert seen
    asked_for(cast)
    page = browser.post(address, {"seen": seen[1]}).text
    assert "Something has changed since you opened this page." in page and WAITS in page


def test_the_handover_takes_as_many_queries_for_60_talks_as_for_3(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser, counted = signed_in(cast.peggotty), []
    for number in (3, 57):
        for _ in range(number):
            talk = asked_for(cast)
            with acting(cast.chillip.pk):
                actions.set_aside(form=talk.form, because="Another day.", at=now())
        handover(cast, browser)
        with CaptureQueriesContext(connection) as asked:
            handover(cast, browser)
        counted.append(len(asked))
    assert counted[0] == counted[1]


# What is promised before the first question ---------------------------------------------------


@pytest.fixture
def begun(cast: Cast) -> Form:
    with acting(cast.chillip.pk):
        return form(cast.david, cast, at=now())


def link_of(begun: Form, cast: Cast) -> str:
    with acting(cast.chillip.pk):
        return actions.make_link(form=begun, by=cast.chillip, at=now())


def opened(link: str) -> Client:
    browser = Client()
    browser.post("/answer/open/", {"link": f"https://newel/answer/open/#{link}"})
    return browser


@pytest.mark.parametrize("go", [leave_both, end_stay])
def test_h9_no_link_opens_where_nobody_who_is_named_there_would_come(
    begun: Form, cast: Cast, go: Callable[[Cast], None]
) -> None:
    link = link_of(begun, cast)
    go(cast)
    page = Client().post("/answer/open/", {"link": f"#{link}"})
    assert page.status_code == 410
    assert "These questions are closed just now" in page.text
    assert "Minnie" not in page.text and "David" not in page.text


def test_h9_the_link_is_not_spent_and_opens_when_others_are_named(begun: Form, cast: Cast) -> None:
    link = link_of(begun, cast)
    leave_both(cast)
    Client().post("/answer/open/", {"link": f"#{link}"})
    with acting(cast.chillip.pk):
        actions.name_adults(form=begun, talk_to=cast.peggotty, cover=cast.trotwood)
    page = opened(link).get("/answer/before/safe/").text
    assert "That adult is Clara Peggotty." in page


def test_h9_whoever_has_begun_goes_on_and_what_they_say_is_told_to_others_at_once(
    begun: Form, cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = opened(link_of(begun, cast))
    browser.post("/answer/begin/")
    leave_both(cast)
    sent = browser.post(reverse("answering:question", args=[4]), {"value": "3", "do": "next"})
    assert sent.status_code == 302
    assert "asks for a talk with David" in signed_in(cast.peggotty).get("/shift/", follow=True).text


def test_h9_a_worker_names_two_others_before_anybody_is_asked(
    begun: Form, cast: Cast, signed_in: type[SignedIn]
) -> None:
    leave_both(cast)
    worker, naming = signed_in(cast.peggotty), to("name_adults", cast.david, begun.public_id)
    for name, more in (("answer", ()), ("answer_one", (1,)), ("paper", ()), ("hand_over", ())):
        answer = worker.get(to(name, cast.david, begun.public_id, *more))
        assert answer.headers.get("Location") == naming, name
    worker.post(to("hand_over", cast.david, begun.public_id), {"do": "tablet"})
    with acting(cast.chillip.pk):
        assert not Sitting.objects.exists()
    page = worker.get(to("form", cast.david, begun.public_id)).text
    assert "Minnie Omer and Rosa Dartle do not work with David now" in page and naming in page


def test_h9_where_one_of_the_two_has_left_the_page_says_so(
    begun: Form, cast: Cast, signed_in: type[SignedIn]
) -> None:
    end_post(cast, "rosa")
    worker = signed_in(cast.peggotty)
    page = worker.get(to("form", cast.david, begun.public_id)).text
    assert "Rosa Dartle does not work with David now" in page
    assert worker.get(to("answer", cast.david, begun.public_id)).status_code == 200


def test_h9_what_was_typed_from_paper_is_kept_whoever_has_left(
    begun: Form, cast: Cast, signed_in: type[SignedIn]
) -> None:
    leave_both(cast)
    typed = {"yp_core_04": "2", "do": "stop"}
    signed_in(cast.peggotty).post(to("type_in", cast.david, begun.public_id), typed)
    with acting(cast.chillip.pk):
        assert Talk.objects.count() == 1


# Several talks --------------------------------------------------------------------------------


def test_h9_the_same_answer_again_after_somebody_saw_to_it_asks_again(cast: Cast) -> None:
    talk = asked_for(cast)
    with acting(cast.omer.pk):
        actions.answer(form=talk.form, answers=said(_04=0), by=cast.omer, at=now())
        actions.answer(form=talk.form, answers=said(_04=2), by=cast.omer, at=now())
        assert Talk.objects.count() == 1  # it waits still
        actions.see_to_talk(talk=talk, what_was_done="Done.", by=cast.omer, at=now())
        actions.answer(form=talk.form, answers=said(_04=0), by=cast.omer, at=now())
        actions.answer(form=talk.form, answers=said(_04=2), by=cast.omer, at=now())
        assert Talk.objects.filter(seen_at=None).count() == 1


def test_h9_the_second_entry_of_a_paper_asks_for_no_talk_again_after_it_was_seen_to(
    cast: Cast,
) -> None:
    talk = asked_for(cast)
    with acting(cast.omer.pk):
        actions.see_to_talk(talk=talk, what_was_done="Done.", by=cast.omer, at=now())
        actions.type_in(
            form=talk.form, answers=said(_04=2), seen={}, by=cast.omer, at=now(), entry=2
        )
        assert Talk.objects.count() == 1


def test_h9_of_two_talks_each_is_seen_to_and_the_first_leads_to_the_other(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    first = asked_for(cast)
    with acting(cast.chillip.pk):
        actions.answer(form=first.form, answers=said(_04=4), by=cast.chillip, at=now())
        second = Talk.objects.exclude(pk=first.pk).get()
    worker = signed_in(cast.omer)
    other = to("talk", cast.david, second.public_id)
    page = worker.get(to("talk", cast.david, first.public_id)).text
    assert "Another answer asks for a talk as well" in page and other in page
    sent = worker.post(to("talk", cast.david, first.public_id), {"done": "talked"})
    assert sent.headers["Location"] == other
    sent = worker.post(other, {"done": "talked"})
    assert sent.headers["Location"] == to("questionnaires", cast.david)


# By link at night, and nothing that leaves Newel ----------------------------------------------


def test_h9_an_answer_by_link_at_night_is_before_whoever_is_awake(
    begun: Form, cast: Cast, signed_in: type[SignedIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither of the two named adults looks: half an hour later the night shift is told, and the
    manager, on the pages that they have open."""
    browser = opened(link_of(begun, cast))
    browser.post("/answer/begin/")
    browser.post(reverse("answering:question", args=[4]), {"value": "3", "do": "next"})
    night, manager = signed_in(cast.peggotty), signed_in(cast.trotwood)
    assert "asks for a talk" not in night.get("/shift/", follow=True).text
    later = now() + MORE_PEOPLE_AFTER + MINUTE
    monkeypatch.setattr("newel.record.overview.views.shift.timezone.now", lambda: later)
    for somebody in (night, manager):
        assert "asks for a talk with David" in somebody.get("/shift/?poll").text


def test_h9_a_talk_is_told_by_no_mail_and_in_no_log(
    begun: Form, cast: Cast, signed_in: type[SignedIn], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = opened(link_of(begun, cast))
    browser.post("/answer/begin/")
    browser.post(reverse("answering:question", args=[4]), {"value": "3", "do": "next"})
    handover(cast, signed_in(cast.peggotty))
    signed_in(cast.omer).get("/shift/", follow=True)
    assert not getattr(mail, "outbox", [])
    told = "\n".join(one.getMessage() for one in caplog.records if one.name != "django.db.backends")
    for name in ("David", "Minnie", "Omer", "Rosa", "Thoughts"):
        assert name not in told
    with acting(cast.chillip.pk):
        assert Talk.objects.count() == 1


def test_h9_a_stay_elsewhere_tells_the_people_there_and_none_of_the_unit_before(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    with acting(cast.trotwood.pk):
        children.move_unit(stay=cast.david.stays.get(), unit=cast.yarmouth, at=now())
    assert "asks for a talk" in signed_in(cast.barkis).get("/shift/", follow=True).text
    assert "asks for a talk" not in signed_in(cast.peggotty).get("/shift/", follow=True).text
