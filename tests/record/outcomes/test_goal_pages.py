"""The pages of goals: written down, in other words, ended; and what is said when it cannot be."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import queries
from newel.record.outcomes.models import Form, Goal
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.giving import begun as begun_form
from tests.record.outcomes.giving import now, planned, to
from tests.record.outcomes.goaled import SINCE, WORDS, begun, ended, goal, rated, replaced

pytestmark = pytest.mark.django_db


def a_goal(words: str = WORDS[0], since: date = SINCE, **more: str) -> dict[str, object]:
    return {
        "words": words, "how": "asked", "since-day": since.day, "since-month": since.month,
        "since-year": since.year, **more,
    }  # fmt: skip


def an_end(because: str = "I can do it now", on: date = SINCE, **more: str) -> dict[str, object]:
    return {
        "because": because, "ended_on-day": on.day, "ended_on-month": on.month,
        "ended_on-year": on.year, **more,
    }  # fmt: skip


def goals(cast: Cast) -> list[Goal]:
    with acting(cast.chillip.pk):
        return list(queries.goals(child=cast.david))


@pytest.fixture
def client(cast: Cast, signed_in: type[SignedIn]) -> Client:
    return signed_in(cast.chillip)


def test_a_goal_is_written_down_as_the_child_says_it(cast: Cast, client: Client) -> None:
    address = to("write_goal", cast.david, "self")
    assert "Tell David so before you write it down." in client.get(address).text
    page = client.post(address, a_goal("Not be shouted at <b>, ok?"), follow=True).text
    assert "Not be shouted at &lt;b&gt;, ok?" in page
    assert "The child’s words, written down by Sam Chillip" in page
    assert "I asked, and the child said it to me" in page


def test_of_an_adults_goal_nobody_asks_how_the_child_told_it(cast: Cast, client: Client) -> None:
    for whose, said in (("carer", "A parent’s or carer’s words"), ("worker", "A worker’s words")):
        address = to("write_goal", cast.david, whose)
        assert "How did the child tell it?" not in client.get(address).text
        assert said in client.post(address, a_goal(f"He laughs more {whose}"), follow=True).text
    assert [one.how for one in goals(cast)] == ["", ""]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast: Cast, client: Client) -> None:
    address = to("write_goal", cast.david, "self")
    page = client.post(address, a_goal("  ") | {"how": "", "since-month": "13"}).text
    assert "Enter the goal" in page and "Choose how the child told it" in page
    assert 'value="13"' in page
    assert not goals(cast)


def test_over_long_words_are_kept_on_the_page_and_refused(cast: Cast, client: Client) -> None:
    page = client.post(to("write_goal", cast.david, "self"), a_goal("w" * 301)).text
    assert "Use 300 characters or fewer; you have 301" in page and "w" * 301 in page
    assert not goals(cast)


def test_a_goal_of_tomorrow_is_refused(cast: Cast, client: Client) -> None:
    tomorrow = now().date() + timedelta(days=2)
    page = client.post(to("write_goal", cast.david, "self"), a_goal(since=tomorrow)).text
    assert "There is a problem" in page and not goals(cast)


def test_a_fourth_goal_is_refused_with_what_to_do(cast: Cast, client: Client) -> None:
    for words in WORDS:
        goal(cast, words)
    page = client.post(to("write_goal", cast.david, "self"), a_goal("A fourth")).text
    assert "3 goals are going on, and the questionnaire has room for no more" in page
    assert "A fourth" in page and len(goals(cast)) == 3
    page = client.get(to("goals", cast.david)).text
    assert to("write_goal", cast.david, "self") not in page
    assert "To write down another, end one first" in page


def test_the_same_goal_twice_is_refused_beside_the_words(cast: Cast, client: Client) -> None:
    goal(cast, "See my brother")
    page = client.post(to("write_goal", cast.david, "self"), a_goal("see my brother")).text
    assert page.count("This goal is written down already, in these words.") == 2
    assert 'id="id_words-error"' in page
    assert len(goals(cast)) == 1


def test_nobody_answers_by_another_name(cast: Cast, client: Client) -> None:
    assert client.get(to("write_goal", cast.david, "everybody")).status_code == 404


def test_a_goal_of_one_child_is_not_found_with_another(cast: Cast, client: Client) -> None:
    of_tommy = goal(cast, child=cast.tommy)
    for name in ("replace_goal", "end_goal"):
        assert client.get(to(name, cast.david, of_tommy.public_id)).status_code == 404


def test_a_stranger_gets_404(cast: Cast, signed_in: type[SignedIn]) -> None:
    one = goal(cast)
    stranger = signed_in(cast.fairfax)
    for address in (
        to("goals", cast.david),
        to("write_goal", cast.david, "self"),
        to("replace_goal", cast.david, one.public_id),
        to("end_goal", cast.david, one.public_id),
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, a_goal("Mine")).status_code == 404


def test_whoever_gives_questionnaires_reads_goals_and_writes_none(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    one = goal(cast)
    worker = signed_in(cast.peggotty)
    page = worker.get(to("goals", cast.david)).text
    assert WORDS[0] in page
    for name, *more in (
        ("write_goal", "self"),
        ("replace_goal", one.public_id),
        ("end_goal", one.public_id),
    ):
        address = to(name, cast.david, *more)
        assert address not in page
        assert worker.post(address, a_goal("Mine")).status_code in (403, 404)
    assert [one.words for one in goals(cast)] == [WORDS[0]]


def test_in_other_words_both_wordings_stand_there(cast: Cast, client: Client) -> None:
    old = goal(cast, "See my brother")
    address = to("replace_goal", cast.david, old.public_id)
    assert "See my brother" in client.get(address).text
    page = client.post(address, a_goal("Live with my brother"), follow=True).text
    assert "Live with my brother" in page
    assert "Said in other words since 2 March 2026: Live with my brother" in page


def test_two_people_at_once_the_second_sees_both_texts(cast: Cast, client: Client) -> None:
    """What the second typed replaces nothing before they have read what stands there now."""
    old = goal(cast, "See my brother")
    address = to("replace_goal", cast.david, old.public_id)
    mine = a_goal("Ring my brother", seen=old.public_id)
    new = replaced(cast, old, "Live with my brother")
    page = client.post(address, mine).text
    assert "Somebody else was quicker" in page and "Nothing is saved yet" in page
    assert "Live with my brother" in page and "Ring my brother" in page
    assert f'name="seen" value="{new.public_id}"' in page
    assert len(goals(cast)) == 2
    client.post(address, mine | {"seen": new.public_id})
    with acting(cast.chillip.pk):
        last = Goal.objects.get(is_current=True)
        assert (last.words, last.replaces) == ("Ring my brother", new)


def test_an_end_meant_for_words_that_were_replaced_ends_nothing(cast: Cast, client: Client) -> None:
    old = goal(cast, "See my brother")
    replaced(cast, old, "Live with my brother")
    address = to("end_goal", cast.david, old.public_id)
    page = client.post(address, an_end("I saw him", seen=old.public_id)).text
    assert "Live with my brother" in page and "I saw him" in page
    assert not any(one.ended_at for one in goals(cast))


def test_the_wording_that_was_seen_is_of_this_goal_and_of_no_other(
    cast: Cast, client: Client
) -> None:
    one, other = goal(cast, WORDS[0]), goal(cast, WORDS[1])
    address = to("end_goal", cast.david, one.public_id)
    client.post(address, an_end(seen=other.public_id))
    assert [each.words for each in goals(cast) if each.ended_at] == [WORDS[0]]


def test_a_goal_ends_with_its_reason_and_is_kept(cast: Cast, client: Client) -> None:
    one = goal(cast)
    address = to("end_goal", cast.david, one.public_id)
    page = client.post(address, an_end(" ", seen=one.public_id)).text
    assert "There is a problem" in page and "in David’s own words" in page
    page = client.post(address, an_end("I sleep now", seen=one.public_id), follow=True).text
    assert "Ended on 2 March 2026, written down by Sam Chillip: I sleep now" in page
    assert "This goal has ended." in client.get(address, follow=True).text
    again = client.post(address, an_end("Again", seen=one.public_id)).text
    assert "This goal has ended already" in again and "Again" in again


def test_a_goal_that_ends_while_a_form_is_open_stays_on_the_form(
    cast: Cast, client: Client
) -> None:
    one = goal(cast)
    form = begun(cast)
    address = to("end_goal", cast.david, one.public_id)
    assert "It keeps the questions that it has" in client.get(address).text
    client.post(address, an_end(seen=one.public_id))
    assert WORDS[0] in client.get(to("answer", cast.david, form.public_id)).text


# What is next


def test_a_plan_without_a_goal_leads_to_writing_the_first(cast: Cast, client: Client) -> None:
    plan = planned(cast, "gbo", "per_session")
    write = to("write_goal", cast.david, "self")
    page = client.get(to("questionnaires", cast.david)).text
    assert page.index(write) < page.index("Planned")
    assert "Waits for the first goal" in page
    assert to("begin", cast.david, plan.public_id) not in page
    page = client.get(to("goals", cast.david)).text
    assert page.index(write) < page.index("David’s goals</bdi>")


def test_beginning_without_a_goal_is_led_to_the_goals(cast: Cast, client: Client) -> None:
    plan = planned(cast, "gbo", "per_session")
    address = to("begin", cast.david, plan.public_id)
    assert client.get(address).headers["Location"] == to("goals", cast.david)
    assert "Write down the first goal" in client.post(address, {"way": "together"}).text
    with acting(cast.chillip.pk):
        assert not Form.objects.exists()


def test_whoever_may_not_write_is_told_who_does(cast: Cast, signed_in: type[SignedIn]) -> None:
    planned(cast, "gbo", "per_session")
    worker = signed_in(cast.peggotty)
    for name in ("questionnaires", "goals"):
        page = worker.get(to(name, cast.david)).text
        assert (
            "The keyworker, a psychologist, the health lead or the manager writes goals down"
            in page
        )
        assert to("write_goal", cast.david, "self") not in page


def test_what_can_be_begun_is_not_kept_waiting_by_a_goal_that_is_missing(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    planned(cast, "gbo", "per_session", starts_on=now().date() - timedelta(days=9))
    ors = planned(cast, "ors")
    worker = signed_in(cast.peggotty)
    page = worker.get(to("questionnaires", cast.david)).text
    assert page.index(to("begin", cast.david, ors.public_id)) < page.index("Planned")


def test_the_next_thing_about_goals_is_what_is_begun_then_due_then_a_plan(
    cast: Cast, client: Client
) -> None:
    goal(cast)
    address = to("goals", cast.david)
    assert "Plan how often to ask about them" in client.get(address).text
    plan = planned(cast, "gbo", "monthly")
    page = client.get(address).text
    assert "Ask how far they have got" in page
    assert to("begin", cast.david, plan.public_id) in page
    form = begun(cast)
    assert to("form", cast.david, form.public_id) in client.get(address).text


def test_the_list_of_the_unit_leads_to_the_first_goal(cast: Cast, client: Client) -> None:
    planned(cast, "gbo", "per_session")
    page = client.get("/questionnaires-due/").text
    assert to("write_goal", cast.david, "self") in page
    goal(cast)
    assert to("write_goal", cast.david, "self") not in client.get("/questionnaires-due/").text


# Asked


def test_before_a_form_is_begun_its_goals_are_shown(cast: Cast, client: Client) -> None:
    goal(cast, WORDS[0])
    goal(cast, WORDS[2])
    plan = planned(cast, "gbo", "per_session")
    page = client.get(to("begin", cast.david, plan.public_id)).text
    assert "2 questions." in page and WORDS[0] in page and WORDS[2] in page
    assert "labels of our own" not in page.casefold()


@pytest.mark.parametrize("name", ["answer", "type_in", "type_in_again", "paper"])
def test_every_way_asks_as_many_questions_as_there_are_goals(
    name: str, cast: Cast, client: Client
) -> None:
    goal(cast, WORDS[0])
    ended(cast, goal(cast, WORDS[1]))
    goal(cast, WORDS[2])
    goal(cast, "He should eat", whose="worker")
    form = begun(cast)
    page = client.get(to(name, cast.david, form.public_id)).text
    assert WORDS[0] in page and WORDS[2] in page
    assert WORDS[1] not in page and "He should eat" not in page
    assert "First goal" not in page and "labels of our own" not in page


def test_on_paper_one_number_of_eleven_is_ringed(cast: Cast, client: Client) -> None:
    goal(cast)
    page = client.get(to("paper", cast.david, begun(cast, way="paper").public_id)).text
    assert "Put a ring around one number in each row." in page
    assert page.count("<li>10</li>") == 1 and "<li>11</li>" not in page
    assert "The goals are printed in their own words" in page
    ors = client.get(to("paper", cast.david, begun_form(cast, "ors", "paper").public_id)).text
    assert "Put a ring around" not in ors and "newel-paper__stroke" in ors


def test_together_a_rating_outside_the_line_is_refused_with_the_words_kept(
    cast: Cast, client: Client
) -> None:
    goal(cast)
    form = begun(cast)
    address = to("answer", cast.david, form.public_id)
    page = client.post(address, {"gbo_01": "11", "then": "stop"}).text
    assert "Question 1: enter a number from 0 to 10" in page and 'value="11"' in page
    page = client.post(address, {"gbo_01": "4,5", "then": "stop"}).text
    assert "Question 1: enter a number from 0 to 10" in page


def test_typed_twice_the_two_are_compared_in_the_words_of_the_goals(
    cast: Cast, client: Client
) -> None:
    goal(cast)
    form = begun(cast, way="paper")
    client.post(to("type_in", cast.david, form.public_id), {"gbo_01": "4", "then": "again"})
    client.post(to("type_in_again", cast.david, form.public_id), {"gbo_01": "7", "then": "compare"})
    page = client.get(to("compare_entries", cast.david, form.public_id)).text
    assert WORDS[0] in page and "4 out of 10" in page and "7 out of 10" in page


def test_an_address_of_a_question_that_this_form_does_not_have_is_not_found(
    cast: Cast, client: Client
) -> None:
    goal(cast)
    form = begun(cast)
    assert client.get(to("answer_one", cast.david, form.public_id, 1)).status_code == 200
    assert client.get(to("answer_one", cast.david, form.public_id, 2)).status_code == 404


def test_a_finished_form_shows_the_goals_as_they_were_asked(cast: Cast, client: Client) -> None:
    one = goal(cast, "See my brother")
    form = rated(cast, SINCE, 3)
    replaced(cast, one, "Live with my brother")
    page = client.get(to("form", cast.david, form.public_id)).text
    assert "1. See my brother" in page and "3 out of 10" in page
    assert "Live with my brother" not in page
    assert "1 of 1 answered" in client.get(to("questionnaires", cast.david)).text


# By one's own hand


def handed_over(cast: Cast, form: Form, signed_in: type[SignedIn]) -> Client:
    tablet = signed_in(cast.peggotty)
    tablet.post(to("hand_over", cast.david, form.public_id), {"do": "tablet"})
    return tablet


def test_by_own_hand_each_goal_is_a_page_in_its_words(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, WORDS[0])
    goal(cast, WORDS[1])
    form = begun(cast)
    late = goal(cast, WORDS[2])
    tablet = handed_over(cast, form, signed_in)
    assert "how far you have got with your goals" in tablet.get("/answer/", follow=True).text
    assert "There are 2 questions." in tablet.get("/answer/before/what/").text
    assert "Your goals, in your words, can also be read" in tablet.get("/answer/before/who/").text
    tablet.post("/answer/begin/")
    page = tablet.get("/answer/question/1/").text
    assert WORDS[0] in page and "1 of 2" in page and 'max="10"' in page
    tablet.post("/answer/question/1/", {"value": "6"})
    assert (
        tablet.post("/answer/question/2/", {"do": "decline"}).headers["Location"].endswith("/last/")
    )
    said = tablet.get("/answer/said/").text
    assert WORDS[0] in said and late.words not in said
    tablet.post("/answer/finish/")
    with acting(cast.chillip.pk):
        (kept,) = queries.finished_forms(child=cast.david)
        assert [(one.item, one.value, one.declined) for one in kept.answers_now] == [  # type: ignore[attr-defined]
            ("gbo_01", 6, False),
            ("gbo_02", None, True),
        ]


def test_whoever_holds_a_tablet_sees_the_goals_of_the_form_and_no_others(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    """H5: what the secret opens, in the database and not only on the page."""
    goal(cast, WORDS[0])
    goal(cast, "He should eat", whose="worker")
    form = begun(cast)
    goal(cast, WORDS[1])
    tablet = handed_over(cast, form, signed_in)
    secret = tablet.cookies["newel_sitting"].value
    with acting(None):
        assert not Goal.objects.exists()
        assert queries.begin_sitting(secret=secret) is not None
        assert [one.words for one in Goal.objects.all()] == [WORDS[0]]


def test_a_carers_link_asks_about_the_carers_goals(cast: Cast, signed_in: type[SignedIn]) -> None:
    goal(cast)
    goal(cast, "That he rings me", whose="carer")
    form = begun(cast, whose="carer")
    worker = signed_in(cast.peggotty)
    made = worker.post(to("hand_over", cast.david, form.public_id), {"do": "link"})
    link = made.context["page"].link if made.context else made.text.split("/answer/open/#")[1]
    secret = str(link).rpartition("#")[2].split('"')[0].split("<")[0].strip()
    phone = Client()
    assert phone.post("/answer/open/", {"link": secret}).status_code == 302
    phone.post("/answer/begin/")
    assert "That he rings me" in phone.get("/answer/question/1/").text
    assert phone.get("/answer/question/2/").status_code == 302


def test_nobody_hands_over_what_a_worker_rates(cast: Cast, client: Client) -> None:
    goal(cast, "He should eat", whose="worker")
    form = begun(cast, whose="worker")
    page = client.post(to("hand_over", cast.david, form.public_id), {"do": "tablet"}).text
    assert "filled in by staff" in page


# As fast with a long history as with a short one


def many(cast: Cast, child: Child, number: int) -> None:
    old = goal(cast, "0", child=child)
    for place in range(1, number):
        old = replaced(cast, old, str(place))
        if place < 20 or place == number - 1:
            rated(cast, SINCE + timedelta(days=place), 4)


@pytest.mark.parametrize("name", ["goals", "results", "childs_view", "questionnaires"])
def test_sixty_goals_take_as_many_queries_as_three(name: str, cast: Cast, client: Client) -> None:
    counts = []
    for number in (3, 60):
        if number == 60:
            with acting(cast.chillip.pk):
                first = Goal.objects.get(is_current=True)
            ended(cast, first)
        many(cast, cast.david, number)
        client.get(to(name, cast.david))
        with CaptureQueriesContext(connection) as asked:
            client.get(to(name, cast.david))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nobody_finds_the_same_link_twice_in_a_row(cast: Cast, signed_in: type[SignedIn]) -> None:
    planned(cast, "gbo", "per_session")
    page = signed_in(cast.peggotty).get(to("questionnaires", cast.david)).text
    row = page.split("Waits for the first goal")[1].split("</li>")[0]
    assert row.count(to("goals", cast.david)) == 1
