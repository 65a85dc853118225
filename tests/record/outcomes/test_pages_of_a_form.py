"""Answering with an adult: every answer kept, bad input said, two people at one form."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.outcomes import queries
from newel.record.outcomes.models import Answer, Form, Talk
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.giving import A_DAY, begun, finished, lines, now, said, to

pytestmark = pytest.mark.django_db


def now_there(form: Form, cast: Cast, entry: int = 1) -> dict[str, str]:
    with acting(cast.chillip.pk):
        rows = queries.answers_of_entry(form=form, entry=entry)
        return {
            item: "declined" if one.value is None else f"{one.value.normalize():f}"
            for item, one in rows.items()
        }


def test_what_is_answered_is_kept_and_one_goes_on_later(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.peggotty)
    address = to("answer", cast.david, form.public_id)
    page = client.post(address, {"ors_01": "7,5", "ors_02": "3", "then": "stop"}, follow=True).text
    assert "You can go on any time." in page and "2 of 4 questions answered" in page
    assert now_there(form, cast) == {"ors_01": "7.5", "ors_02": "3"}
    assert 'value="7.5"' in client.get(address).text


def test_one_idea_a_page_keeps_each_answer_and_goes_on(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.peggotty)
    first = to("answer_one", cast.david, form.public_id, 1)
    went = client.post(first, {"ors_01": "2.1", "then": "next"})
    assert went.headers["Location"] == to("answer_one", cast.david, form.public_id, 2)
    last = to("answer_one", cast.david, form.public_id, 4)
    page = client.get(last).text
    assert "Question 4 of 4" in page and "How I am inside" not in page
    went = client.post(last, {"ors_04-not-wanted": "on", "then": "finish"})
    assert went.headers["Location"] == to("finish", cast.david, form.public_id)
    assert now_there(form, cast) == {"ors_01": "2.1", "ors_04": "declined"}
    assert client.get(to("answer_one", cast.david, form.public_id, 5)).status_code == 404


@pytest.mark.parametrize("typed", ["11", "-1", "7.25", "n/a", "1e1", "７", "0x3", "9" * 400])
def test_what_is_no_answer_is_said_and_the_others_are_kept(
    cast: Cast, signed_in: type[SignedIn], typed: str
) -> None:
    form, client = begun(cast), signed_in(cast.peggotty)
    page = client.post(
        to("answer", cast.david, form.public_id), {"ors_01": typed, "ors_02": "4", "then": "stop"}
    )
    assert page.text.count("Question 1: enter a number from 0 to 10") == 2
    assert f'value="{typed}"' in page.text
    assert now_there(form, cast) == {"ors_02": "4"}


def test_an_option_that_there_is_not_is_refused(cast: Cast, signed_in: type[SignedIn]) -> None:
    form = begun(cast, "yp_core")
    page = signed_in(cast.peggotty).post(
        to("answer", cast.david, form.public_id), {"yp_core_01": "9", "yp_core_02": "1"}
    )
    assert "Question 1: choose one of the answers" in page.text
    assert now_there(form, cast) == {"yp_core_02": "1"}


def test_a_number_and_no_wish_to_answer_at_once_is_asked_about(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast)
    page = signed_in(cast.peggotty).post(
        to("answer", cast.david, form.public_id), {"ors_01": "3", "ors_01-not-wanted": "on"}
    )
    assert "not both" in page.text and now_there(form, cast) == {}


def test_not_wanting_to_answer_is_kept_as_an_answer(cast: Cast, signed_in: type[SignedIn]) -> None:
    form, client = begun(cast, "yp_core"), signed_in(cast.peggotty)
    page = client.get(to("answer", cast.david, form.public_id)).text
    assert "David doesn’t want to answer" in page
    client.post(to("answer", cast.david, form.public_id), {"yp_core_01": "declined"})
    assert now_there(form, cast) == {"yp_core_01": "declined"}


def test_an_answer_put_down_wrongly_is_taken_back_and_stays_in_the_history(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.peggotty)
    address = to("answer", cast.david, form.public_id)
    client.post(address, {"ors_01": "3", "ors_02": "4"})
    client.post(address, {"ors_01": "", "seen_ors_01": "3", "ors_02": "4", "seen_ors_02": "4"})
    assert now_there(form, cast) == {"ors_02": "4"}
    with acting(cast.chillip.pk):
        assert Answer.objects.filter(item="ors_01").count() == 2
    page = client.get(to("form", cast.david, form.public_id)).text
    assert "1 of 4 questions answered" in page


def test_two_people_at_one_form_do_not_write_over_each_other(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast)
    address = to("answer", cast.david, form.public_id)
    nothing_there = {f"seen_ors_{number:02}": "" for number in range(1, 5)}
    signed_in(cast.omer).post(address, {"ors_01": "2", "ors_02": "6", **nothing_there})
    second = signed_in(cast.peggotty)
    page = second.post(address, {"ors_01": "9", "ors_03": "5", **nothing_there})
    assert "meanwhile Minnie Omer put down another answer" in page.text
    assert "Now there: 2 out of 10" in page.text and 'value="9"' in page.text
    assert 'name="seen_ors_01" value="2"' in page.text
    assert now_there(form, cast) == {"ors_01": "2", "ors_02": "6", "ors_03": "5"}
    second.post(address, {"ors_01": "9", "seen_ors_01": "2"})
    assert now_there(form, cast)["ors_01"] == "9"


def test_an_untouched_answer_of_somebody_else_stays(cast: Cast, signed_in: type[SignedIn]) -> None:
    form = begun(cast)
    address = to("answer", cast.david, form.public_id)
    signed_in(cast.omer).post(address, {"ors_02": "6"})
    page = signed_in(cast.peggotty).post(
        address, {"ors_01": "1", "ors_02": "", "seen_ors_01": "", "seen_ors_02": ""}
    )
    assert page.status_code == 302
    assert now_there(form, cast) == {"ors_01": "1", "ors_02": "6"}


def test_a_form_that_was_finished_meanwhile_says_so_and_keeps_what_was_typed(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = finished(cast, now().date(), lines(1, 2))
    client = signed_in(cast.peggotty)
    page = client.post(to("answer", cast.david, form.public_id), {"ors_03": "8"})
    assert "This form is finished." in page.text and 'value="8"' in page.text
    page = client.get(to("answer", cast.david, form.public_id), follow=True)
    assert page.redirect_chain[-1][0] == to("form", cast.david, form.public_id)


class TestTheDay:
    """The day the answers are of: never to come, never before birth."""

    @pytest.fixture
    def form(self, cast: Cast) -> Form:
        return begun(cast, way="paper")

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("31 2 2026", "must be a real date"),
            ("1 1 2190", "must not be after"),
            ("3 3 2011", "must not be before 4 March 2011"),
            ("  ", "Answer “On which day was it answered?”"),
        ],
    )
    def test_a_day_that_cannot_be_is_said(
        self, cast: Cast, signed_in: type[SignedIn], form: Form, day: str, said: str
    ) -> None:
        parts = dict(
            zip(
                ("answered_on-day", "answered_on-month", "answered_on-year"),
                day.split(),
                strict=False,
            )
        )
        page = signed_in(cast.peggotty).post(to("finish", cast.david, form.public_id), parts)
        assert said in page.text or "Enter the day" in page.text
        with acting(cast.chillip.pk):
            assert Form.objects.get(pk=form.pk).state == "open"

    def test_the_day_of_a_paper_form_is_asked_and_not_proposed(
        self, cast: Cast, signed_in: type[SignedIn], form: Form
    ) -> None:
        page = signed_in(cast.peggotty).get(to("finish", cast.david, form.public_id)).text
        assert f'value="{now().date().year}"' not in page

    def test_what_is_left_open_is_listed_before_the_end(
        self, cast: Cast, signed_in: type[SignedIn], form: Form
    ) -> None:
        client = signed_in(cast.peggotty)
        client.post(to("type_in", cast.david, form.public_id), {"ors_01": "1"})
        page = client.get(to("finish", cast.david, form.public_id)).text
        assert "1 of 4 questions answered." in page and "Left open (3)" in page


@pytest.fixture
def on_paper(cast: Cast) -> Form:
    return begun(cast, "yp_core", way="paper")


def test_the_sheet_has_no_name_of_the_child_and_says_the_licence(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    page = signed_in(cast.peggotty).get(to("paper", cast.david, on_paper.public_id)).text
    sheet = page[page.index('class="newel-paper"') : page.index("</main>")]
    assert "David" not in sheet and on_paper.public_id[:6].upper() in sheet
    assert "CC BY-ND" in sheet and "I don’t want to answer" in sheet


def test_h9_the_sheet_says_who_comes_before_the_first_question(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    page = signed_in(cast.peggotty).get(to("paper", cast.david, on_paper.public_id)).text
    told = page.index("Then Minnie Omer will come and talk with you")
    assert told < page.index("Being on edge")


def test_h9_an_answer_typed_in_from_paper_asks_for_a_talk(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    signed_in(cast.peggotty).post(
        to("type_in", cast.david, on_paper.public_id), {"yp_core_04": "1", "then": "stop"}
    )
    with acting(cast.chillip.pk):
        assert queries.waiting_talks(child=cast.david).count() == 1


def test_h9_typing_it_twice_asks_for_one_talk(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    client = signed_in(cast.peggotty)
    for name in ("type_in", "type_in_again"):
        client.post(to(name, cast.david, on_paper.public_id), {"yp_core_04": "2"})
    with acting(cast.chillip.pk):
        assert Talk.objects.count() == 1


def test_h9_only_the_second_entry_has_it_and_the_talk_is_asked_for(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    client = signed_in(cast.peggotty)
    client.post(to("type_in", cast.david, on_paper.public_id), {"yp_core_04": "0"})
    client.post(to("type_in_again", cast.david, on_paper.public_id), {"yp_core_04": "3"})
    with acting(cast.chillip.pk):
        assert Talk.objects.count() == 1


def test_the_second_entry_does_not_show_the_first(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    client = signed_in(cast.peggotty)
    client.post(to("type_in", cast.david, on_paper.public_id), {"yp_core_01": "3"})
    assert " checked" not in client.get(to("type_in_again", cast.david, on_paper.public_id)).text


def test_where_two_entries_differ_a_person_decides_before_the_end(
    cast: Cast, signed_in: type[SignedIn], on_paper: Form
) -> None:
    client, ids = signed_in(cast.peggotty), (cast.david, on_paper.public_id)
    client.post(to("type_in", *ids), {"yp_core_01": "3", "yp_core_02": "1", "yp_core_03": "2"})
    client.post(to("type_in_again", *ids), {"yp_core_01": "2", "yp_core_02": "1"})
    today = {
        "answered_on-day": now().day, "answered_on-month": now().month,
        "answered_on-year": now().year,
    }  # fmt: skip
    assert "The two entries differ at 2 questions" in client.post(to("finish", *ids), today).text
    compare = to("compare_entries", *ids)
    page = client.get(compare).text
    assert "First entry, by Clara Peggotty: frequently" in page
    assert "Second entry, by Clara Peggotty: at times" in page
    assert "1 answer is the same in both" in page
    assert "Question 3: choose which entry" in client.post(compare, {"yp_core_01": "2"}).text
    client.post(compare, {"yp_core_01": "2", "yp_core_03": "2"})
    assert now_there(on_paper, cast) == {"yp_core_01": "2", "yp_core_02": "1"}
    assert client.post(to("finish", *ids), today).status_code == 302


def test_a_measure_of_scores_alone_is_never_printed_or_asked(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast, "sdq", way="paper")
    client = signed_in(cast.peggotty)
    page = client.get(to("paper", cast.david, form.public_id), follow=True).text
    assert "Its paper form comes from its publisher." in page
    assert "One question at a time" not in page


def test_the_page_of_a_form_asks_as_often_for_60_answers_as_for_3(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.peggotty)
    address, counted = to("answer", cast.david, form.public_id), []
    for number in (3, 57):
        for one in range(number):
            client.post(address, {"ors_01": str(Decimal(one % 10))})
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_who_gives_and_does_not_read_sees_no_answers_of_a_finished_form(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = finished(cast, now().date() - A_DAY, said(_01=4, _02=None), "yp_core")
    address = to("form", cast.david, form.public_id)
    assert "nearly always" not in signed_in(cast.peggotty).get(address).text
    page = signed_in(cast.omer).get(address).text
    assert "nearly always" in page and "Did not want to answer" in page


def test_a_stranger_gets_404(cast: Cast, signed_in: type[SignedIn]) -> None:
    form = begun(cast)
    for name in ("form", "answer", "type_in", "paper", "finish", "set_aside"):
        assert signed_in(cast.leah).get(to(name, cast.david, form.public_id)).status_code == 404


def test_a_form_of_another_child_is_not_found_here(cast: Cast, signed_in: type[SignedIn]) -> None:
    form = begun(cast)
    client = signed_in(cast.chillip)
    for name in ("form", "answer", "compare_entries"):
        assert client.get(to(name, cast.tommy, form.public_id)).status_code == 404
