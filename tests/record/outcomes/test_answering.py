"""Beginning a form, answering it, finishing it, and what an answer asks for (H9)."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from newel.record.access.transactions import acting, request_in_nobodys_name
from newel.record.children.models import Child
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, queries
from newel.record.outcomes.actions.answering import NotAnAnswer
from newel.record.outcomes.models import Answer, Form, Sitting, Talk
from tests.cast import Cast
from tests.record.outcomes.asking import form, said

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


def begin(cast: Cast, measure: str = "yp_core") -> Form:
    return form(cast.david, cast, at=NOW, measure=measure)


def test_a_form_that_is_begun_is_gone_on_with_and_not_begun_twice(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        assert begin(cast) == begin(cast)


def test_answers_are_kept_one_by_one_and_the_first_answer_stays(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        actions.answer(form=begun, answers=said(_01=2), by=cast.chillip, at=NOW)
        actions.answer(form=begun, answers=said(_01=2, _02=1), by=cast.chillip, at=NOW)
        actions.answer(form=begun, answers=said(_01=3), by=cast.chillip, at=NOW)
        kept = list(Answer.objects.filter(item="yp_core_01").order_by("pk"))
        assert [(one.value, one.is_current) for one in kept] == [(2, False), (3, True)]
        assert kept[1].replaces == kept[0]


def test_not_wanting_to_answer_is_an_answer(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        actions.answer(form=begun, answers=said(_01=None), by=None, at=NOW)
        assert Answer.objects.get().declined


def test_a_value_that_the_form_does_not_have_is_refused_and_nothing_is_kept(
    db: None, cast: Cast
) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        with pytest.raises(NotAnAnswer, match="yp_core_02: 9"):
            actions.answer(form=begun, answers=said(_01=1, _02=9), by=None, at=NOW)
        assert not Answer.objects.exists()


def test_a_finished_form_takes_no_more_answers(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        actions.finish(form=begun, answered_on=TODAY, at=NOW)
        with pytest.raises(NotNow, match="finished"):
            actions.answer(form=begun, answers=said(_01=1), by=None, at=NOW)


def test_a_form_set_aside_keeps_its_answers(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        actions.answer(form=begun, answers=said(_01=1), by=None, at=NOW)
        actions.set_aside(form=begun, because="He went to court that day.", at=NOW)
        assert begun.answers.count() == 1
        assert begin(cast) != begun


def test_h9_a_measure_that_may_bring_something_up_needs_two_adults_to_talk_to(
    db: None, cast: Cast
) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="Say who talks"):
        actions.open_form(
            child=cast.david, measure="yp_core", answered_by="self", way="paper",
            by=cast.chillip, at=NOW,
        )  # fmt: skip


def test_h9_an_answer_above_zero_to_the_self_harm_item_asks_for_a_talk(
    db: None, cast: Cast
) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        actions.answer(form=begun, answers=said(_04=0), by=None, at=NOW)
        assert not Talk.objects.exists()
        actions.answer(form=begun, answers=said(_04=1), by=None, at=NOW)
        (talk,) = queries.waiting_talks(child=cast.david)
        assert (talk.form.talk_to, talk.form.cover) == (cast.omer, cast.rosa)


def test_h9_taking_the_answer_back_does_not_take_the_talk_back(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        begun = begin(cast)
        actions.answer(form=begun, answers=said(_04=2), by=None, at=NOW)
        actions.answer(form=begun, answers=said(_04=0), by=None, at=NOW)
        assert queries.waiting_talks(child=cast.david).count() == 1


def test_h9_a_talk_waits_until_somebody_writes_what_was_done(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        actions.answer(form=begin(cast), answers=said(_04=2), by=None, at=NOW)
        talk = Talk.objects.get()
        with pytest.raises(IntegrityError), acting(cast.chillip.pk):
            actions.see_to_talk(talk=talk, what_was_done="", by=cast.omer, at=NOW)
        actions.see_to_talk(
            talk=talk, what_was_done="We sat in the garden and he told me.", by=cast.omer, at=NOW
        )
        assert not queries.waiting_talks(child=cast.david).exists()
        with pytest.raises(NotNow, match="already"):
            actions.see_to_talk(talk=talk, what_was_done="Again.", by=cast.rosa, at=NOW)


def test_a_stranger_sees_no_form_and_no_answer(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        actions.answer(form=begin(cast), answers=said(_01=1), by=None, at=NOW)
    with acting(cast.leah.pk):
        assert not Form.objects.exists()
        assert not Answer.objects.exists()


def test_a_secret_opens_its_own_form_and_nothing_else_of_the_child(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        begun, secret = begin(cast), hashlib.sha256(b"held on the tablet").digest()
        Sitting.objects.create(
            child=cast.david, form=begun, kind="tablet", secret_hash=secret, made_by=cast.chillip,
            made_at=NOW, ends_at=datetime.now(UTC) + timedelta(minutes=20),
        )  # fmt: skip
        other = actions.plan_measure(
            child=cast.david, measure="yp_core", answered_by="self", rhythm="once",
            starts_on=TODAY, by=cast.chillip, at=NOW,
        )  # fmt: skip
    assert other
    with request_in_nobodys_name(), connection.cursor() as cursor:
        cursor.execute("SELECT newel_begin(NULL), outcomes_begin_sitting(%s)", [secret])
        assert Form.objects.get() == begun
        actions.answer(form=begun, answers=said(_04=3), by=None, at=NOW)
        assert not Child.objects.exists()
        assert queries.plans(child=cast.david).count() == 0
    with request_in_nobodys_name(), connection.cursor() as cursor:
        cursor.execute("SELECT newel_begin(NULL), outcomes_begin_sitting(%s)", [b"something else"])
        assert not Form.objects.exists()
    with acting(cast.chillip.pk):
        assert queries.waiting_talks(child=cast.david).count() == 1


def test_a_plan_is_not_made_twice(db: None, cast: Cast) -> None:
    plan = {
        "child": cast.david, "measure": "yp_core", "answered_by": "self", "rhythm": "monthly",
        "starts_on": date(2026, 11, 1), "by": cast.chillip, "at": NOW,
    }  # fmt: skip
    with acting(cast.chillip.pk):
        actions.plan_measure(**plan)
        with pytest.raises(NotNow, match="planned already"):
            actions.plan_measure(**plan)


def test_a_measure_of_the_home_is_not_asked_about_one_child(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="not asked about one child"):
        begin(cast, "essences")
