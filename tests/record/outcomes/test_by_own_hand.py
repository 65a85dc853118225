"""A tablet that was handed over: what the child reaches, what ends it, and what nobody reaches."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import actions, queries
from newel.record.outcomes.actions.sitting import TABLET_LASTS
from newel.record.outcomes.models import Answer, Form, Sitting
from tests.cast import Cast
from tests.record.outcomes.asking import form

pytestmark = pytest.mark.django_db
COOKIE = "newel_sitting"
START = "/answer/"
Question = Callable[[int], str]


def question(number: int) -> str:
    return reverse("answering:question", args=[number])


@pytest.fixture
def begun(cast: Cast) -> Form:
    return begin(cast, cast.david)


def begin(cast: Cast, child: Child, measure: str = "yp_core") -> Form:
    with acting(cast.chillip.pk):
        return form(child, cast, at=datetime.now(UTC), measure=measure)


def address(form: Form) -> str:
    with acting(form.opened_by_id):
        return reverse("outcomes:hand_over", args=[form.child.public_id, form.public_id])


def handed_over(form: Form, by: StaffMember, signed_in: type[Client]) -> Client:
    """The browser of the worker, after they pressed “Hand over”."""
    tablet = signed_in(by)
    answer = tablet.post(address(form), {"do": "tablet"})
    assert (answer.status_code, answer.headers["Location"]) == (302, START)
    return tablet


@pytest.fixture
def tablet(begun: Form, cast: Cast, signed_in: type[Client]) -> Client:
    return handed_over(begun, cast.peggotty, signed_in)


@pytest.fixture
def answering(tablet: Client) -> Client:
    """… and the child has read what is said before the first question."""
    assert tablet.post("/answer/begin/").headers["Location"] == question(1)
    return tablet


def words(client: Client, url: str = START) -> str:
    return client.get(url, follow=True).content.decode()


def answers(form: Form) -> dict[str, object]:
    with acting(form.opened_by_id):
        return {
            one.item: None if one.declined else one.value
            for one in Answer.objects.filter(form=form, is_current=True)
        }


def sitting(form: Form) -> Sitting:
    with acting(form.opened_by_id):
        return Sitting.objects.filter(form=form).latest("pk")


def let_time_run_out(form: Form, tablet: Client, cast: Cast) -> None:
    """The tablet holds a sitting that was handed over so long ago that it ended a minute ago."""
    at = datetime.now(UTC) - TABLET_LASTS - timedelta(minutes=1)
    with acting(cast.chillip.pk):
        tablet.cookies[COOKIE] = actions.hand_over(form=form, by=cast.chillip, at=at)


def test_handing_over_signs_the_worker_out_of_that_device(tablet: Client, cast: Cast) -> None:
    """H5"""
    assert "_auth_user_id" not in tablet.session
    answer = tablet.get("/shift/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_the_browser_holds_the_secret_where_no_script_and_no_other_page_reads_it(
    begun: Form, tablet: Client
) -> None:
    """H5: and the database holds its hash alone."""
    cookie = tablet.cookies[COOKIE]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (START, "Strict", True)
    secret = cookie.value
    assert bytes(sitting(begun).secret_hash) == hashlib.sha256(secret.encode()).digest()
    assert len(secret) >= 43


def test_nothing_of_the_worker_is_left_in_the_browser(
    begun: Form, cast: Cast, signed_in: type[Client]
) -> None:
    """H5"""
    browser = signed_in(cast.peggotty)
    answer = browser.post(address(begun), {"do": "tablet"})
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(browser.session.keys()) == {"newel_handed_over"}


@pytest.mark.parametrize(
    "typed", ["/", "/shift/", "/handover/", "/children/find/", "/your-account/"]
)
def test_a_typed_address_leads_to_the_sign_in_page_and_says_nobodys_name(
    typed: str, answering: Client
) -> None:
    """H5"""
    told = answering.get(typed, follow=True)
    assert told.redirect_chain[-1][0].startswith("/sign-in/")
    assert "Peggotty" not in told.content.decode()
    assert "David" not in told.content.decode()


def test_the_childs_own_pages_are_closed_to_the_tablet(answering: Client, cast: Cast) -> None:
    """H5: his one page, his record, and the page the worker came from."""
    with acting(cast.chillip.pk):
        child = Child.objects.get(preferred_name="David").public_id
    for page in ("", "scoping/", "scoping/timeline/"):
        assert answering.get(f"/children/{child}/{page}").status_code == 302


def test_no_page_of_the_sitting_leads_out_of_it(answering: Client) -> None:
    """H5"""
    answering.post(question(1), {"value": "1"})
    pages = ("/answer/", "/answer/before/who/", question(1), "/answer/last/", "/answer/said/")
    for page in pages:
        answer = answering.get(page, follow=True)
        links = [part.split('"')[0] for part in answer.content.decode().split('href="')[1:]]
        out = [one for one in links if not one.startswith(("/answer/", "/static/"))]
        assert not out, page
        assert answer.headers["Cache-Control"] == "no-store"
        assert "David" not in answer.content.decode()
        assert "Peggotty" not in answer.content.decode()


def test_any_other_address_under_it_leads_to_its_first_page(answering: Client) -> None:
    assert answering.get("/answer/children/all/").headers["Location"] == START
    for number in ("0", "11", "yp_core_04", "99999999999999"):
        assert answering.get(question(number)).headers["Location"] == START  # type: ignore[arg-type]


def test_h9_no_question_opens_before_they_were_told_that_adults_must_act(
    tablet: Client, cast: Cast
) -> None:
    assert tablet.get(question(4)).headers["Location"] == START
    assert tablet.post(question(4), {"value": "3"}).headers["Location"] == START
    told = words(tablet, "/answer/before/safe/")
    assert "an adult has to do something" in told
    assert f"That adult is {cast.omer.name}" in told
    assert cast.rosa.name in told


def test_h9_somebody_who_comes_back_is_told_again(
    begun: Form, answering: Client, cast: Cast, signed_in: type[Client]
) -> None:
    answering.post(question(1), {"value": "1", "do": "stop"})
    again = handed_over(begun, cast.peggotty, signed_in)
    assert again.get(question(2)).headers["Location"] == START
    told = words(again)
    assert "Welcome back" in told
    assert cast.omer.name in told


def test_nobody_is_named_where_no_answer_asks_for_a_talk(
    cast: Cast, signed_in: type[Client]
) -> None:
    tablet = handed_over(begin(cast, cast.david, "ors"), cast.peggotty, signed_in)
    assert tablet.get("/answer/before/safe/").headers["Location"] == START
    assert "Begin" in words(tablet, "/answer/before/choice/")


def test_an_answer_is_in_nobodys_name_and_goes_on_to_the_next(
    begun: Form, answering: Client
) -> None:
    assert answering.post(question(1), {"value": "3"}).headers["Location"] == question(2)
    with acting(begun.opened_by_id):
        (kept,) = Answer.objects.filter(form=begun)
        assert (kept.value, kept.written_by) == (3, None)


def test_h10_not_wanting_to_answer_goes_on_like_any_answer(begun: Form, answering: Client) -> None:
    gone_on = answering.post(question(4), {"do": "decline"})
    assert gone_on.headers["Location"] == question(5)
    assert answers(begun) == {"yp_core_04": None}


def test_nothing_picked_is_said_in_a_sentence_and_nothing_is_kept(
    begun: Form, answering: Client
) -> None:
    answer = answering.post(question(1), {"do": "next"})
    assert answer.status_code == 302
    assert "Pick one, or press" in words(answering, answer.headers["Location"])
    assert answers(begun) == {}


@pytest.mark.parametrize("value", ["9", "-1", "many", "1.5", "NaN", "1e400", "x" * 5000, "\x00"])
def test_what_is_no_option_is_not_kept(value: str, begun: Form, answering: Client) -> None:
    told = answering.post(question(1), {"value": value}, follow=True)
    assert "Pick one, or press" in told.content.decode()
    assert answers(begun) == {}


@pytest.mark.parametrize(
    ("typed", "kept"), [("7.5", "7.5"), ("7,5", "7.5"), (" 0 ", "0"), ("10", "10"), ("10.0", "10")]
)
def test_a_mark_on_a_line_is_kept_to_a_tenth(
    typed: str, kept: str, cast: Cast, signed_in: type[Client]
) -> None:
    begun = begin(cast, cast.david, "ors")
    tablet = handed_over(begun, cast.peggotty, signed_in)
    tablet.post("/answer/begin/")
    tablet.post(question(1), {"value": typed})
    assert f"{answers(begun)['ors_01'].normalize():f}" == kept  # type: ignore[attr-defined]
    assert f'value="{kept}"' in words(tablet, question(1))


@pytest.mark.parametrize("typed", ["10.1", "-0.1", "7.55", "seven", "١٢٣"])
def test_a_number_that_is_not_on_the_line_is_said_and_stands_there_still(
    typed: str, cast: Cast, signed_in: type[Client]
) -> None:
    begun = begin(cast, cast.david, "ors")
    tablet = handed_over(begun, cast.peggotty, signed_in)
    tablet.post("/answer/begin/")
    told = tablet.post(question(1), {"value": typed}).content.decode()
    assert "a number from 0 to 10, like 3.3" in told
    assert typed in told
    assert answers(begun) == {}


def test_going_back_and_stopping_keep_what_was_picked(begun: Form, answering: Client) -> None:
    """H25"""
    assert answering.post(question(2), {"value": "1", "do": "back"}).headers["Location"] == (
        question(1)
    )
    answering.post(question(3), {"value": "2", "do": "stop"})
    assert answers(begun) == {"yp_core_02": 1, "yp_core_03": 2}


def test_another_answer_replaces_the_one_before(begun: Form, answering: Client) -> None:
    answering.post(question(1), {"value": "1"})
    answering.post(question(1), {"value": "4"})
    assert answers(begun) == {"yp_core_01": 4}


def test_h10_whoever_stops_goes_on_where_they_were_in_the_next_sitting(
    begun: Form, answering: Client, cast: Cast, signed_in: type[Client]
) -> None:
    """H25"""
    answering.post(question(1), {"value": "1"})
    answering.post(question(2), {"do": "decline"})
    answering.post(question(3), {"do": "stop"})
    assert sitting(begun).ended_because == "stopped"
    again = handed_over(begun, cast.peggotty, signed_in)
    assert again.post("/answer/begin/").headers["Location"] == question(3)


def test_after_stopping_nothing_is_asked_and_no_page_opens_any_more(
    begun: Form, answering: Client
) -> None:
    answering.post(question(1), {"value": "1", "do": "stop"})
    for url in (START, question(1), "/answer/said/", "/answer/last/"):
        answer = answering.get(url)
        assert answer.status_code == 410
        told = answer.content.decode()
        assert "You have stopped" in told
        assert "<form" not in told
        assert 'href="/sign' not in told


def test_a_cookie_that_is_sent_again_after_the_end_opens_nothing(
    begun: Form, answering: Client
) -> None:
    """H5: not on another device either."""
    secret = answering.cookies[COOKIE].value
    answering.post("/answer/stop/")
    other = Client()
    other.cookies[COOKIE] = secret
    told = other.post(question(1), {"value": "1"})
    assert told.status_code == 410
    assert answers(begun) == {}


def test_two_devices_with_one_secret_write_to_one_form_and_end_together(
    begun: Form, answering: Client
) -> None:
    other = Client()
    other.cookies[COOKIE] = answering.cookies[COOKIE].value
    answering.post(question(1), {"value": "1"})
    other.post(question(2), {"value": "2"})
    other.post("/answer/stop/")
    assert answering.post(question(3), {"value": "3"}).status_code == 410
    assert answers(begun) == {"yp_core_01": 1, "yp_core_02": 2}


def test_a_secret_opens_no_other_form_of_this_child_and_none_of_another(
    begun: Form, answering: Client, cast: Cast
) -> None:
    """H5: no address names a form, so there is no id to try."""
    other = begin(cast, cast.tommy)
    answering.post(question(1), {"value": "1", "form": other.public_id, "form_id": other.pk})
    assert answers(other) == {}
    assert answers(begun) == {"yp_core_01": 1}


def test_a_guessed_secret_opens_nothing_and_is_forgotten(begun: Form) -> None:
    browser = Client()
    browser.cookies[COOKIE] = "a" * 43
    assert browser.get(question(1)).headers["Location"] == START
    assert "Put your whole link here" in words(browser)


def test_an_answer_sent_after_the_time_is_said_to_be_not_kept_and_nothing_else_is_lost(
    begun: Form, answering: Client, cast: Cast
) -> None:
    """H25"""
    answering.post(question(1), {"value": "1"})
    let_time_run_out(begun, answering, cast)
    answer = answering.post(question(2), {"value": "2"})
    told = answer.content.decode()
    assert answer.status_code == 410
    assert "What you sent just now was not kept" in told
    assert "The time is over" in told
    assert answers(begun) == {"yp_core_01": 1}


def test_a_page_that_is_only_looked_at_after_the_time_says_nothing_of_an_answer(
    begun: Form, answering: Client, cast: Cast
) -> None:
    let_time_run_out(begun, answering, cast)
    told = words(answering, question(2))
    assert "The time is over" in told
    assert "not kept" not in told


def test_a_form_that_an_adult_closed_meanwhile_takes_nothing_and_says_so(
    begun: Form, answering: Client, cast: Cast
) -> None:
    with acting(cast.chillip.pk):
        actions.set_aside(form=begun, because="He went to court.", at=datetime.now(UTC))
    answer = answering.post(question(1), {"value": "1"})
    assert answer.status_code == 410
    assert "Nobody needs an answer" in answer.content.decode()
    assert "court" not in answer.content.decode()


def test_finishing_ends_it_and_the_form_is_of_today(begun: Form, answering: Client) -> None:
    answering.post(question(1), {"value": "1"})
    assert answering.post("/answer/finish/", follow=True).status_code == 410
    with acting(begun.opened_by_id):
        form = Form.objects.get(pk=begun.pk)
        assert (form.state, form.way) == ("finished", "tablet")
    assert sitting(begun).ended_because == "finished"
    assert "That is all" in words(answering)


def test_an_empty_form_is_not_finished_by_a_press(begun: Form, answering: Client) -> None:
    answering.post("/answer/finish/")
    with acting(begun.opened_by_id):
        assert Form.objects.get(pk=begun.pk).state == "open"


def test_h9_an_answer_on_a_tablet_asks_for_a_talk(begun: Form, answering: Client) -> None:
    answering.post(question(4), {"value": "1"})
    with acting(begun.opened_by_id):
        (talk,) = queries.waiting_talks(child=begun.child)
        assert talk.answer.written_by is None


def test_h9_the_last_page_says_the_same_whatever_was_answered(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H5: whoever takes the tablet next learns nothing of what was said on it."""
    told = []
    for child, value in ((cast.david, "0"), (cast.tommy, "4")):
        tablet = handed_over(begin(cast, child), cast.chillip, signed_in)
        tablet.post("/answer/begin/")
        tablet.post(question(4), {"value": value})
        told.append(tablet.post("/answer/finish/", follow=True).content)
    assert told[0] == told[1]
    assert b"tell an adult near you" in told[0]


def test_what_they_said_is_shown_in_words_and_never_as_a_score(
    begun: Form, answering: Client
) -> None:
    """H4"""
    for number in range(1, 11):
        answering.post(question(number), {"value": "4"})
    said = words(answering, "/answer/said/")
    assert said.count("nearly always") == 10
    shown = re.sub(r"<[^>]+>", " ", said)
    for number in ("40", "28", "4", "score", "Distress", "total"):
        assert number not in shown


def test_a_mark_is_said_in_words_and_its_number_is_not_shown(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H4"""
    begun = begin(cast, cast.david, "ors")
    tablet = handed_over(begun, cast.peggotty, signed_in)
    tablet.post("/answer/begin/")
    for number, value in enumerate(("8.7", "0", "5", "3.1"), 1):
        tablet.post(question(number), {"value": value})
    said = words(tablet, "/answer/said/")
    for word in ("Close to “high”", "All the way at “low”", "In the middle", "A bit nearer"):
        assert word in said
    assert ">8.7<" not in said


def test_whoever_signs_in_on_the_tablet_takes_it_back(
    begun: Form, answering: Client, cast: Cast
) -> None:
    """Also somebody who does not reach this child."""
    answering.post(question(1), {"value": "1"})
    answering.force_login(cast.leah)
    answering.get("/sign-in/")
    assert sitting(begun).ended_because == "taken_back"
    assert "newel_handed_over" not in answering.session
    answering.post("/sign-out/")
    assert "An adult has taken it back" in words(answering)


def test_signing_in_on_another_device_takes_nothing_back(
    begun: Form, answering: Client, cast: Cast, signed_in: type[Client]
) -> None:
    signed_in(cast.peggotty).get("/shift/")
    assert answering.post(question(1), {"value": "1"}).headers["Location"] == question(2)


def test_a_worker_takes_it_back_from_the_childs_page(
    begun: Form, answering: Client, cast: Cast, signed_in: type[Client]
) -> None:
    worker = signed_in(cast.chillip)
    assert "Take it back" in worker.get(address(begun)).content.decode()
    worker.post(address(begun), {"do": "take_back"})
    assert answering.get(question(1)).status_code == 410
    assert "Take it back" not in worker.get(address(begun)).content.decode()


def test_handing_over_again_ends_the_first_tablet(
    begun: Form, answering: Client, cast: Cast, signed_in: type[Client]
) -> None:
    second = handed_over(begun, cast.peggotty, signed_in)
    assert answering.post(question(1), {"value": "1"}).status_code == 410
    assert second.get("/answer/before/what/").status_code == 200


def test_what_a_worker_sends_while_signed_in_is_not_the_childs_answer(
    begun: Form, tablet: Client, cast: Cast, signed_in: type[Client]
) -> None:
    """H11: the cookie in a browser where somebody signed in later is of no use."""
    worker = signed_in(cast.peggotty)
    worker.cookies[COOKIE] = tablet.cookies[COOKIE].value
    assert worker.post("/answer/begin/").status_code == 403
    assert worker.post(question(1), {"value": "1"}).status_code == 403
    assert answers(begun) == {}


@pytest.mark.parametrize("who", ["leah", "mell", "spenlow", "strong", "wickfield"])
def test_who_may_hand_over_is_who_gives_questionnaires_to_this_child(
    who: str, begun: Form, cast: Cast, signed_in: type[Client]
) -> None:
    """H5"""
    expected = {"leah": 404, "mell": 200}.get(who, 403)
    assert signed_in(getattr(cast, who)).get(address(begun)).status_code == expected


def test_another_childs_form_is_not_handed_over_from_this_childs_page(
    begun: Form, cast: Cast, signed_in: type[Client]
) -> None:
    """H1"""
    with acting(cast.chillip.pk):
        tommy = Child.objects.get(preferred_name="Tommy").public_id
    url = reverse("outcomes:hand_over", args=[tommy, begun.public_id])
    assert signed_in(cast.chillip).post(url, {"do": "tablet"}).status_code == 404


def test_a_finished_form_is_not_handed_over_and_the_worker_stays_signed_in(
    begun: Form, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        actions.finish(form=begun, answered_on=datetime.now(UTC).date(), at=datetime.now(UTC))
    worker = signed_in(cast.peggotty)
    answer = worker.post(address(begun), {"do": "tablet"})
    assert "This form is finished" in answer.content.decode()
    assert "Hand over</button>" not in answer.content.decode()
    assert COOKIE not in worker.cookies
    assert worker.get("/shift/").status_code == 200


def test_what_staff_rate_is_put_before_no_child(cast: Cast, signed_in: type[Client]) -> None:
    """H4"""
    rated = begin(cast, cast.david, "cgas")
    answer = signed_in(cast.chillip).post(address(rated), {"do": "tablet"})
    assert "filled in by staff" in answer.content.decode()


def test_the_audit_has_each_step_and_no_answer_in_it(begun: Form, answering: Client) -> None:
    """In nobody's name, in the child's chain, and which item, never what was said to it."""
    answering.post(question(4), {"value": "1"})
    answering.post("/answer/finish/")
    with acting(begun.opened_by_id):
        events = AuditEvent.objects.filter(chain=begun.child_id).order_by("pk")
        told = [(one.act, one.actor) for one in events if one.thing in {"form", "talk"}]
    assert told[1:] == [
        ("hand_over", told[1][1]), ("begin_sitting", None), ("ask_for_talk", None),
        ("answer", None), ("end_sitting", None), ("finish_form", None),
    ]  # fmt: skip
    assert told[1][1] is not None


def test_a_post_from_another_site_is_refused(begun: Form, tablet: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[COOKIE] = tablet.cookies[COOKIE].value
    assert strict.post("/answer/begin/").status_code == 403
    page = strict.get("/answer/before/safe/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    begun_now = strict.post("/answer/begin/", {"csrfmiddlewaretoken": token})
    assert begun_now.headers["Location"] == question(1)
