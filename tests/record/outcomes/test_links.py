"""A personal link: made once, opened once, and what is said when it opens nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.outcomes import actions, queries
from newel.record.outcomes.actions.sitting import LINK_OPENS_WITHIN
from newel.record.outcomes.models import Answer, Form, Sitting
from newel.record.outcomes.presenters.handing import QUIET_ZONE, qr_code
from newel.record.outcomes.sitting_secrets import hash_of
from tests.cast import Cast
from tests.record.outcomes.asking import form

pytestmark = pytest.mark.django_db
OPEN = "/answer/open/"
COOKIE = "newel_sitting"


@pytest.fixture
def begun(cast: Cast) -> Form:
    with acting(cast.chillip.pk):
        return form(cast.david, cast, at=datetime.now(UTC), measure="yp_core")


def address(form: Form) -> str:
    return reverse("outcomes:hand_over", args=[form.child.public_id, form.public_id])


@pytest.fixture
def sheet(begun: Form, cast: Cast, signed_in: type[Client]) -> str:
    """The page that a worker sees once."""
    answer = signed_in(cast.peggotty).post(address(begun), {"do": "link"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


@pytest.fixture
def link(sheet: str) -> str:
    found = re.search(r"<code>(http[^<]+)</code>", sheet)
    assert found
    return found[1]


def opened(link: str) -> Client:
    browser = Client()
    assert browser.post(OPEN, {"link": link}).headers["Location"] == "/answer/"
    return browser


def told(link: str) -> str:
    return Client().post(OPEN, {"link": link}).content.decode()


def test_the_secret_stands_where_a_browser_tells_it_to_no_server(link: str, begun: Form) -> None:
    """H5: behind the “#”: in no log, no Referer and no audit."""
    before, _, secret = link.partition("#")
    assert before == f"http://testserver{OPEN}"
    with acting(begun.opened_by_id):
        assert bytes(Sitting.objects.get().secret_hash) == hash_of(secret)
        for event in AuditEvent.objects.all():
            assert secret not in str(event.__dict__)


def test_the_server_keeps_no_log_of_addresses() -> None:
    """H5: only what goes wrong is logged, with its address, and no address has the secret."""
    assert settings.LOGGING["root"]["level"] == "WARNING"
    assert set(settings.LOGGING["handlers"]) == {"console"}


def test_the_sheet_says_nothing_about_the_child(sheet: str) -> None:
    """H5: what is printed is the sheet alone, and the page has no name in its title."""
    paper = sheet.split('<section class="newel-sheet"')[1].split("</section>")[0]
    for word in ("David", "Rookery", "Blunderstone", "CORE", "Young Person"):
        assert word not in paper
    title = re.search(r"<title>([^<]*)</title>", sheet)
    assert title and "David" not in title[1]


def test_the_code_to_scan_is_drawn_without_any_style_of_its_own(sheet: str, link: str) -> None:
    """Under the content security policy: a drawing in the page, one square a dark module."""
    drawn = qr_code(link)
    assert drawn.path in sheet
    assert f'viewBox="0 0 {drawn.side} {drawn.side}"' in sheet
    corner = f"M{QUIET_ZONE} {QUIET_ZONE}h1v1h-1z"
    assert drawn.path.startswith(corner)


def test_a_link_opens_the_questions_and_its_own_secret_opens_nothing_after_that(
    begun: Form, link: str
) -> None:
    browser = opened(link)
    secret = link.partition("#")[2]
    assert browser.cookies[COOKIE].value != secret
    assert "What this is for" in browser.get("/answer/", follow=True).content.decode()
    thief = Client()
    thief.cookies[COOKIE] = secret
    assert "This link was opened before" in thief.get("/answer/said/").content.decode()


def test_a_new_link_opens_in_a_browser_in_which_another_has_ended(
    begun: Form, link: str, cast: Cast, signed_in: type[Client]
) -> None:
    browser = opened(link)
    browser.post("/answer/stop/")
    again = signed_in(cast.peggotty).post(address(begun), {"do": "link"}).content.decode()
    assert "Put your whole link here" in browser.get(OPEN).content.decode()
    found = re.search(r"<code>(http[^<]+)</code>", again)
    assert found
    assert browser.post(OPEN, {"link": found[1]}).headers["Location"] == "/answer/"
    assert browser.post("/answer/begin/").status_code == 302


def test_a_links_secret_is_no_cookie_before_it_was_opened_either(begun: Form, link: str) -> None:
    thief = Client()
    thief.cookies[COOKIE] = link.partition("#")[2]
    assert thief.post("/answer/begin/").headers["Location"] == "/answer/"
    with acting(begun.opened_by_id):
        assert Sitting.objects.get().begun_at is None


def test_a_link_that_is_used_twice_says_so_and_the_first_goes_on(begun: Form, link: str) -> None:
    first = opened(link)
    assert "This link was opened before" in told(link)
    assert first.post("/answer/begin/").status_code == 302


def test_a_link_that_comes_late_says_so(begun: Form, cast: Cast) -> None:
    at = datetime.now(UTC) - LINK_OPENS_WITHIN - timedelta(minutes=1)
    with acting(cast.chillip.pk):
        secret = actions.make_link(form=begun, by=cast.chillip, at=at)
    assert "This link is too old" in told(secret)


def test_a_link_after_the_form_was_finished_says_so(begun: Form, link: str, cast: Cast) -> None:
    now = datetime.now(UTC)
    with acting(cast.chillip.pk):
        actions.finish(form=begun, answered_on=now.date(), at=now)
    said = told(link)
    assert "That is all" in said
    assert "<form" not in said


def test_a_newer_link_ends_the_older(
    begun: Form, link: str, cast: Cast, signed_in: type[Client]
) -> None:
    signed_in(cast.peggotty).post(address(begun), {"do": "link"})
    assert "An adult has taken it back" in told(link)


@pytest.mark.parametrize("pasted", ["", "#", "http://testserver/answer/", "a" * 43, "x" * 9000])
def test_what_is_no_link_is_told_so_and_kept_in_no_cookie(pasted: str, begun: Form) -> None:
    browser = Client()
    answer = browser.post(OPEN, {"link": pasted})
    assert answer.status_code == 400
    assert "Look whether all of it is there" in answer.content.decode()
    assert COOKIE not in browser.cookies


def test_wrong_links_are_counted_and_soon_none_is_looked_at(link: str) -> None:
    """As wrong passwords are: by the computer that they come from."""
    guesser = Client()
    codes = [guesser.post(OPEN, {"link": f"guess {n}"}).status_code for n in range(102)]
    assert (codes[0], codes[99], codes[100], codes[101]) == (400, 400, 429, 429)
    assert guesser.post(OPEN, {"link": link}).status_code == 429


def test_a_link_opens_nothing_where_a_worker_is_signed_in(
    link: str, cast: Cast, signed_in: type[Client]
) -> None:
    """H11: and it is not used up by that."""
    answer = signed_in(cast.peggotty).post(OPEN, {"link": link})
    assert answer.status_code == 403
    opened(link)


def test_h9_an_answer_by_link_asks_for_a_talk(begun: Form, link: str) -> None:
    browser = opened(link)
    browser.post("/answer/begin/")
    browser.post(reverse("answering:question", args=[4]), {"value": "2"})
    with acting(begun.opened_by_id):
        (talk,) = queries.waiting_talks(child=begun.child)
        assert (talk.form.way, talk.answer.written_by) == ("link", None)
        assert Answer.objects.filter(form=begun).count() == 1


def test_opening_takes_one_step_in_the_childs_chain(begun: Form, link: str) -> None:
    opened(link)
    with acting(begun.opened_by_id):
        events = AuditEvent.objects.filter(chain=begun.child_id, thing="form").order_by("pk")
        told = [(one.act, one.actor is None) for one in events]
    assert told[1:] == [("make_link", False), ("end_sitting", True), ("open_link", True)]
