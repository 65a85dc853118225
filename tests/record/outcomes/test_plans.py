"""Which questionnaires a child is asked: planned, due, begun, ended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.evidence.measures import measures
from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Plan
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.giving import A_DAY, begun, finished, lines, now, planned, to

pytestmark = pytest.mark.django_db


def asked(day: object = None, **more: object) -> dict[str, object]:
    day = day or now().date()
    return {
        "answered_by": "self", "rhythm": "monthly", "starts_on-day": day.day,  # type: ignore[attr-defined]
        "starts_on-month": day.month, "starts_on-year": day.year, "why": "", **more,  # type: ignore[attr-defined]
    }  # fmt: skip


def test_a_psychologist_plans_a_questionnaire(cast: Cast, signed_in: type[SignedIn]) -> None:
    client = signed_in(cast.chillip)
    page = client.post(
        to("plan", cast.david, "ors"), asked(why="To see how the weeks go."), follow=True
    )
    assert "ORS is planned." in page.text and "To see how the weeks go." in page.text
    assert "Is due today" in page.text


def test_the_rhythm_of_the_definition_is_proposed(cast: Cast, signed_in: type[SignedIn]) -> None:
    page = signed_in(cast.chillip).get(to("plan", cast.david, "ors")).text
    assert 'value="per_session" checked' in page
    assert "The definition proposes: at each session." in page


def test_the_wrong_age_is_a_sentence_and_does_not_block(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    client = signed_in(cast.chillip)
    assert "made for ages 6 to 12. This child is" in client.get(to("plan", cast.david, "cors")).text
    assert "made for ages" not in client.get(to("plan", cast.david, "ors")).text
    assert client.post(to("plan", cast.david, "cors"), asked()).status_code == 302


def test_what_is_wrong_on_a_plan_is_said_and_nothing_typed_is_lost(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    page = signed_in(cast.chillip).post(
        to("plan", cast.david, "ors"),
        asked(
            rhythm="each Tuesday",
            why="Because of Tuesdays",
            **{"starts_on-day": "31", "starts_on-month": "2"},
        ),
    )
    assert "must be a real date" in page.text and "Choose how often" in page.text
    assert "Because of Tuesdays" in page.text
    with acting(cast.chillip.pk):
        assert not Plan.objects.exists()


def test_planning_it_twice_is_said_on_the_form(cast: Cast, signed_in: type[SignedIn]) -> None:
    planned(cast)
    page = signed_in(cast.chillip).post(to("plan", cast.david, "ors"), asked())
    assert "This is planned already" in page.text


@pytest.mark.parametrize("measure", ["essences", "no_such"])
def test_what_newel_cannot_carry_whole_cannot_be_planned(
    cast: Cast, signed_in: type[SignedIn], measure: str
) -> None:
    client = signed_in(cast.chillip)
    assert client.get(to("plan", cast.david, measure)).status_code == 404
    assert client.post(to("plan", cast.david, measure), asked()).status_code == 404


def test_the_page_says_what_is_not_given_here_and_why(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    page = signed_in(cast.chillip).get(to("choose_measure", cast.david)).text
    assert "Up to 3 goals, in people’s own words" in page
    for one in measures():
        assert (to("plan", cast.david, one.id) in page) == (one.measures == "child")


def test_a_plan_ends_with_a_reason_and_leaves_the_answers(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan = planned(cast)
    finished(cast, now().date(), lines(1, 2, 3, 4), plan=plan)
    client = signed_in(cast.chillip)
    address = to("end_plan", cast.david, plan.public_id)
    assert "Enter why it ends" in client.post(address, {"because": " "}).text
    page = client.post(address, {"because": "He asked for a rest from it."}, follow=True).text
    assert "He asked for a rest from it." in page and "4 of 4 answered" in page
    assert "This plan has ended already." in client.post(address, {"because": "Again"}).text


def test_the_next_thing_is_what_is_begun_then_what_is_due_longest(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    today = now().date()
    planned(cast, "ors", starts_on=today - 3 * A_DAY)
    older = planned(cast, "swemwbs", starts_on=today - 9 * A_DAY)
    client = signed_in(cast.peggotty)
    page = client.get(to("questionnaires", cast.david)).text
    assert page.index(to("begin", cast.david, older.public_id)) < page.index("Planned")
    form = begun(cast)
    page = client.get(to("questionnaires", cast.david)).text
    assert page.index(to("form", cast.david, form.public_id)) < page.index("Planned")


def test_beginning_needs_two_adults_where_an_answer_may_ask_for_a_talk(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan, client = planned(cast, "yp_core"), signed_in(cast.peggotty)
    address = to("begin", cast.david, plan.public_id)
    assert "Choose who talks with the child" in client.post(address, {"way": "together"}).text
    same = {"way": "together", "talk_to": cast.omer.public_id, "cover": cast.omer.public_id}
    assert "Choose two different people" in client.post(address, same).text
    stranger = {**same, "cover": cast.leah.public_id}
    assert "Choose who steps in from the list" in client.post(address, stranger).text
    went = client.post(address, {**same, "cover": cast.rosa.public_id})
    with acting(cast.chillip.pk):
        form = Form.objects.get()
        assert (form.talk_to, form.cover) == (cast.omer, cast.rosa)
    assert went.headers["Location"] == to("answer", cast.david, form.public_id)


def test_by_their_own_hand_leads_to_the_page_that_hands_over(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan, client = planned(cast), signed_in(cast.peggotty)
    went = client.post(to("begin", cast.david, plan.public_id), {"way": "tablet"})
    with acting(cast.chillip.pk):
        form = Form.objects.get()
    assert went.headers["Location"] == to("hand_over", cast.david, form.public_id)
    on_its_page = client.get(to("form", cast.david, form.public_id)).text
    assert to("hand_over", cast.david, form.public_id) in on_its_page
    assert to("form", cast.david, form.public_id) in client.get(went.headers["Location"]).text


def test_what_a_worker_rates_is_put_before_no_child(cast: Cast, signed_in: type[SignedIn]) -> None:
    """H4"""
    plan, client = planned(cast, "moas", answered_by="worker"), signed_in(cast.peggotty)
    address = to("begin", cast.david, plan.public_id)
    assert "By their own hand" not in client.get(address).text
    named = {"talk_to": cast.omer.public_id, "cover": cast.rosa.public_id}
    assert client.post(address, {"way": "tablet", **named}).status_code == 200
    client.post(address, {"way": "together", **named})
    with acting(cast.chillip.pk):
        form = Form.objects.get()
    assert "By their own hand" not in client.get(to("form", cast.david, form.public_id)).text


def test_nobody_is_named_who_sees_no_shift(cast: Cast, signed_in: type[SignedIn]) -> None:
    plan = planned(cast, "yp_core")
    page = signed_in(cast.peggotty).get(to("begin", cast.david, plan.public_id)).text
    assert "Minnie Omer" in page
    assert "Agnes Wickfield" not in page and "Will Barkis" not in page


def test_two_people_who_begin_it_begin_one(cast: Cast, signed_in: type[SignedIn]) -> None:
    plan = planned(cast)
    address = to("begin", cast.david, plan.public_id)
    first = signed_in(cast.peggotty).post(address, {"way": "together"})
    second = signed_in(cast.omer).post(address, {"way": "together"})
    assert first.headers["Location"] == second.headers["Location"]
    page = signed_in(cast.omer).get(address, follow=True).text
    assert "It is begun already." in page


def test_a_plan_of_one_time_is_done_when_it_was_given(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan = planned(cast, rhythm="once")
    finished(cast, now().date(), lines(1, 2, 3, 4), plan=plan)
    page = signed_in(cast.peggotty).get(to("questionnaires", cast.david)).text
    assert "Has been given as often as planned" in page
    assert to("begin", cast.david, plan.public_id) not in page


def test_who_may_plan_give_and_read(cast: Cast, signed_in: type[SignedIn]) -> None:
    plan = planned(cast)
    may = {
        "peggotty": "g",
        "omer": "gr",
        "chillip": "gpr",
        "mell": "g",
        "wickfield": "",
        "strong": "",
    }
    for username, can in may.items():
        client = signed_in(getattr(cast, username))
        for letter, name, more in (
            ("g", "questionnaires", ()), ("g", "begin", (plan.public_id,)),
            ("p", "choose_measure", ()), ("p", "end_plan", (plan.public_id,)),
            ("r", "results", ()), ("r", "childs_view", ()),
        ):  # fmt: skip
            wanted = 200 if letter in can else 403
            assert client.get(to(name, cast.david, *more)).status_code == wanted, (username, name)


def test_a_stranger_gets_404(cast: Cast, signed_in: type[SignedIn]) -> None:
    plan = planned(cast)
    client = signed_in(cast.leah)
    for name, more in (("questionnaires", ()), ("begin", (plan.public_id,))):
        assert client.get(to(name, cast.david, *more)).status_code == 404


def test_the_plan_of_another_child_is_not_found_here(cast: Cast, signed_in: type[SignedIn]) -> None:
    plan = planned(cast, child=cast.tommy)
    client = signed_in(cast.chillip)
    assert client.get(to("end_plan", cast.david, plan.public_id)).status_code == 404
    assert client.get(to("begin", cast.david, plan.public_id)).status_code == 404


def test_the_page_takes_as_many_queries_for_60_forms_as_for_3(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan, client, today = planned(cast), signed_in(cast.chillip), now().date()
    counted = []
    for number in (3, 57):
        for one in range(number):
            finished(cast, today - one * A_DAY, lines(1, 2, 3, 4), plan=plan)
        client.get(to("questionnaires", cast.david))
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            client.get(to("questionnaires", cast.david))
        counted.append(len(asked_for))
    assert counted[0] == counted[1]


class TestDueOnAUnit:
    def test_it_names_who_has_something_due_and_nobody_of_another_unit(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        planned(cast)
        planned(cast, "swemwbs", child=cast.tommy)
        page = signed_in(cast.peggotty).get("/questionnaires-due/").text
        assert "David" in page and "Outcome Rating Scale" in page
        assert "Tommy" not in page

    def test_what_waits_for_its_day_stands_below(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        planned(cast, starts_on=now().date() + timedelta(days=20))
        page = signed_in(cast.peggotty).get("/questionnaires-due/").text
        assert "Nobody has anything due today." in page and "Later, or at a session" in page

    def test_a_unit_of_others_is_not_found(self, cast: Cast, signed_in: type[SignedIn]) -> None:
        client = signed_in(cast.peggotty)
        assert client.get(f"/questionnaires-due/{cast.yarmouth.public_id}/").status_code == 404
        assert client.get(f"/questionnaires-due/{cast.rookery.public_id}/").status_code == 200

    def test_an_evaluator_gets_none(self, cast: Cast, signed_in: type[SignedIn]) -> None:
        assert signed_in(cast.heep).get("/questionnaires-due/").status_code == 403

    def test_it_takes_as_many_queries_for_60_forms_as_for_3(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        plan, client = planned(cast), signed_in(cast.peggotty)
        counted = []
        for number in (3, 57):
            for one in range(number):
                finished(cast, now().date() - one * A_DAY, lines(1, 2, 3, 4), plan=plan)
            client.get("/questionnaires-due/")
            with CaptureQueriesContext(connection) as asked_for:
                client.get("/questionnaires-due/")
            counted.append(len(asked_for))
        assert counted[0] == counted[1]

    def test_whom_it_named_stands_in_the_audit(self, cast: Cast, signed_in: type[SignedIn]) -> None:
        planned(cast)
        signed_in(cast.peggotty).get("/questionnaires-due/")
        with acting(cast.strong.pk):
            (event,) = AuditEvent.objects.filter(act="list", chain=cast.david.pk)
            assert sorted(event.fields) == ["due_on", "measure", "preferred_name"]


def test_the_governance_lead_reads_in_words_who_looked_at_which_page(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    planned(cast)
    client = signed_in(cast.chillip)
    for address in (
        "/questionnaires-due/",
        to("questionnaires", cast.david),
        to("results", cast.david),
    ):
        assert client.get(address).status_code == 200
    looks = (
        signed_in(cast.strong).get(reverse("children:who_looked", args=[cast.david.public_id])).text
    )
    assert "Looked at the questionnaires" in looks
    assert "Looked at what the child answered over time" in looks
    assert "in a warning on the record" not in looks


def test_a_set_aside_form_says_why_and_another_can_be_begun(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan, form = planned(cast), begun(cast)
    client = signed_in(cast.peggotty)
    address = to("set_aside", cast.david, form.public_id)
    assert "Enter why nobody will finish it" in client.post(address, {}).text
    page = client.post(address, {"because": "He went to court that day."}, follow=True).text
    assert "He went to court that day." in page
    assert to("begin", cast.david, plan.public_id) in page


def test_other_adults_are_named_when_those_two_are_away(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast, "yp_core")
    named = {"talk_to": cast.peggotty.public_id, "cover": cast.trotwood.public_id}
    page = signed_in(cast.peggotty).post(
        to("name_adults", cast.david, form.public_id), named, follow=True
    )
    assert "Clara Peggotty; Betsey Trotwood when Clara Peggotty is away" in page.text


def test_a_form_half_answered_is_found_again_when_its_plan_was_ended(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan = planned(cast)
    with acting(cast.chillip.pk):
        form = actions.open_form(
            child=cast.david, measure="ors", answered_by="self", way="together", plan=plan,
            by=cast.chillip, at=now(),
        )  # fmt: skip
        actions.end_plan(plan=plan, because="Enough.", by=cast.chillip, at=now())
    page = signed_in(cast.peggotty).get(to("questionnaires", cast.david)).text
    assert page.count(to("form", cast.david, form.public_id)) == 2  # the next thing, and its line
    assert "Begun, without a plan" in page and "0 of 4 answered" in page
