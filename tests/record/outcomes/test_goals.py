"""Goals in people's own words: written down, replaced, ended, and frozen to a form."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from newel.evidence.measures import measure
from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, queries, rules
from newel.record.outcomes.actions.answering import NotAnAnswer
from newel.record.outcomes.models import Answer, Goal, GoalOnForm
from newel.record.outcomes.policies import ReplacedMeanwhile
from tests.cast import Cast
from tests.record.outcomes.giving import now
from tests.record.outcomes.goaled import (
    SINCE,
    WORDS,
    begun,
    ended,
    goal,
    rated,
    ratings_of,
    replaced,
)

pytestmark = pytest.mark.django_db


def going_on(cast: Cast, whose: str = "self") -> list[str]:
    with acting(cast.chillip.pk):
        rows = queries.goals_going_on(child=cast.david, whose=whose)
        return [one.words for one in rows]


def asked(cast: Cast, form: object) -> list[tuple[str, str]]:
    with acting(cast.chillip.pk):
        return [(one.item, one.goal.words) for one in queries.goals_on(form)]  # type: ignore[arg-type]


def test_how_many_goals_there_may_be_is_in_the_definition() -> None:
    assert len(measure("gbo").items) == rules.MOST_GOALS


def test_a_goal_is_kept_word_for_word_with_who_wrote_it_down_and_since_when(cast: Cast) -> None:
    goal(cast, "Ich will nach Hause, صح?")
    with acting(cast.chillip.pk):
        kept = Goal.objects.get()
        assert kept.words == "Ich will nach Hause, صح?"
        assert (kept.written_by, kept.since, kept.how) == (cast.chillip, SINCE, "asked")


def test_a_fourth_goal_is_refused_and_somebody_elses_are_their_own(cast: Cast) -> None:
    for words in WORDS:
        goal(cast, words)
    with pytest.raises(NotNow, match="3 goals are going on"):
        goal(cast, "A fourth")
    goal(cast, "A fourth", whose="carer")
    assert going_on(cast) == list(WORDS)
    assert going_on(cast, "carer") == ["A fourth"]


def test_the_same_goal_twice_is_refused_whatever_its_capitals(cast: Cast) -> None:
    goal(cast, "See my brother")
    with pytest.raises(NotNow, match="already"):
        goal(cast, " see  my BROTHER. ")
    assert going_on(cast) == ["See my brother"]


def test_the_same_goal_may_be_the_childs_and_the_carers(cast: Cast) -> None:
    goal(cast, "See my brother")
    goal(cast, "See my brother", whose="carer")
    assert going_on(cast) == going_on(cast, "carer")


def test_a_goal_that_ended_leaves_its_place_and_may_come_again(cast: Cast) -> None:
    first, second = goal(cast, WORDS[0]), goal(cast, WORDS[1])
    ended(cast, first)
    again = goal(cast, WORDS[0])
    assert (first.place, second.place, again.place) == (1, 2, 1)
    with acting(cast.chillip.pk):
        assert Goal.objects.count() == 3


def test_other_words_are_another_goal_and_the_words_before_stay(cast: Cast) -> None:
    """H11"""
    old = goal(cast, "See my brother")
    new = replaced(cast, old, "Live with my brother")
    with acting(cast.chillip.pk):
        old.refresh_from_db()
        assert (old.words, old.is_current) == ("See my brother", False)
        assert (new.replaces, new.place) == (old, old.place)
    assert going_on(cast) == ["Live with my brother"]


def test_the_same_words_do_not_replace_themselves(cast: Cast) -> None:
    old = goal(cast, "See my brother")
    with pytest.raises(NotNow, match="already"):
        replaced(cast, old, "See my brother")


def test_two_people_at_once_the_second_is_told_what_stands_there_now(cast: Cast) -> None:
    old = goal(cast, "See my brother")
    new = replaced(cast, old, "Live with my brother")
    with pytest.raises(ReplacedMeanwhile) as refused:
        replaced(cast, old, "Ring my brother")
    assert refused.value.now == new
    with pytest.raises(ReplacedMeanwhile):
        ended(cast, old)
    assert going_on(cast) == ["Live with my brother"]


def test_a_goal_ends_with_a_reason_and_is_not_changed_after(cast: Cast) -> None:
    old = ended(cast, goal(cast), because="I sleep now")
    assert (old.ended_because, old.ended_by, old.ended_on) == ("I sleep now", cast.chillip, SINCE)
    with pytest.raises(NotNow, match="ended already"):
        ended(cast, old)
    with pytest.raises(NotNow, match="ended already"):
        replaced(cast, old, "Sleep longer")


def test_nothing_ends_or_changes_before_it_began(cast: Cast) -> None:
    before = SINCE - timedelta(days=1)
    with pytest.raises(NotNow, match="before the day"):
        ended(cast, goal(cast), on=before)
    with pytest.raises(NotNow, match="before the day"):
        replaced(cast, goal(cast, WORDS[1]), "Other", since=before)


def test_what_is_done_with_goals_is_in_the_audit_without_a_word_of_them(cast: Cast) -> None:
    replaced(cast, goal(cast, "See my brother"), "Live with my brother")
    ended(cast, goal(cast, WORDS[0]))
    with acting(cast.strong.pk):
        told = list(AuditEvent.objects.filter(thing="goal").order_by("pk"))
        acts = [one.act for one in told]
        assert acts == ["write_goal", "replace_goal", "write_goal", "end_goal"]
        assert not any("brother" in str(vars(one)) for one in told)


def test_a_form_asks_about_the_goals_of_whoever_answers_and_no_more(cast: Cast) -> None:
    goal(cast, WORDS[0])
    goal(cast, WORDS[1])
    goal(cast, "He should sleep", whose="worker")
    assert asked(cast, begun(cast)) == [("gbo_01", WORDS[0]), ("gbo_02", WORDS[1])]
    assert asked(cast, begun(cast, whose="worker")) == [("gbo_01", "He should sleep")]


def test_a_form_without_a_goal_is_refused_and_says_what_to_do(cast: Cast) -> None:
    goal(cast, whose="worker")
    with pytest.raises(NotNow, match="Write down the first goal"):
        begun(cast)


def test_a_form_keeps_its_questions_whatever_becomes_of_the_goals(cast: Cast) -> None:
    first, second = goal(cast, WORDS[0]), goal(cast, WORDS[1])
    form = begun(cast)
    replaced(cast, first, "Sleep at all")
    ended(cast, second)
    goal(cast, WORDS[2])
    assert asked(cast, form) == [("gbo_01", WORDS[0]), ("gbo_02", WORDS[1])]
    again = begun(cast)
    assert again == form
    assert len(asked(cast, again)) == 2


def test_a_question_that_the_form_does_not_ask_takes_no_answer(cast: Cast) -> None:
    goal(cast)
    form = begun(cast)
    with acting(cast.chillip.pk), pytest.raises(NotAnAnswer, match="no item"):
        actions.answer(form=form, answers=ratings_of(["gbo_02"], (4,)), by=cast.chillip, at=now())


def test_an_answer_is_refused_outside_the_line(cast: Cast) -> None:
    goal(cast)
    form = begun(cast)
    with acting(cast.chillip.pk), pytest.raises(NotAnAnswer, match="11"):
        actions.answer(form=form, answers=ratings_of(["gbo_01"], (11,)), by=cast.chillip, at=now())


def refused_by_the_database(cast: Cast, statement: str, *values: object) -> str:
    with (
        acting(cast.chillip.pk),
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return str(refused.value)


def test_h11_the_database_changes_no_words_of_a_goal(cast: Cast) -> None:
    one = goal(cast)
    told = refused_by_the_database(
        cast, "UPDATE outcomes_goal SET words = 'x' WHERE id = %s", one.pk
    )
    assert "stay as they were written" in told


def test_the_database_brings_no_goal_back(cast: Cast) -> None:
    one = ended(cast, goal(cast))
    told = refused_by_the_database(
        cast,
        "UPDATE outcomes_goal SET ended_on = NULL, ended_by_id = NULL, ended_at = NULL, "
        "ended_because = '' WHERE id = %s",
        one.pk,
    )
    assert "stay as they were written" in told


def test_the_database_lets_no_goal_replace_another_persons(cast: Cast) -> None:
    """Also not one in another place, nor one that still goes on."""
    old = goal(cast)
    fields = {
        "child": cast.david, "words": "Other", "since": SINCE, "written_by": cast.chillip,
        "written_at": now(), "replaces": old,
    }  # fmt: skip
    for whose, place, how in (("worker", 1, ""), ("self", 2, "asked"), ("self", 1, "asked")):
        with (
            acting(cast.chillip.pk),
            pytest.raises(IntegrityError, match="same person in the same place"),
            transaction.atomic(),
        ):
            Goal.objects.create(whose=whose, place=place, how=how, **fields)


def test_the_database_puts_no_other_persons_goal_on_a_form(cast: Cast) -> None:
    goal(cast)
    form, other = begun(cast), goal(cast, whose="worker")
    with acting(cast.chillip.pk), pytest.raises(IntegrityError, match="whoever answers"):
        GoalOnForm.objects.create(
            child=cast.david, form=form, item="gbo_02", goal=other, written_at=now()
        )


def test_the_database_adds_no_goal_to_a_form_that_is_being_answered(cast: Cast) -> None:
    goal(cast)
    form = begun(cast)
    late = goal(cast, WORDS[1])
    with acting(cast.chillip.pk):
        actions.answer(form=form, answers=ratings_of(["gbo_01"], (4,)), by=cast.chillip, at=now())
        with pytest.raises(IntegrityError, match="asks what it asked"), transaction.atomic():
            GoalOnForm.objects.create(
                child=cast.david, form=form, item="gbo_02", goal=late, written_at=now()
            )


def test_the_database_keeps_no_answer_to_a_goal_that_was_not_asked(cast: Cast) -> None:
    goal(cast)
    form = begun(cast)
    with acting(cast.chillip.pk), pytest.raises(IntegrityError, match="no goal in that place"):
        Answer.objects.create(
            child=cast.david, form=form, item="gbo_02", value=Decimal(4), written_at=now(),
            written_by=cast.chillip,
        )  # fmt: skip


def test_the_database_moves_no_question_to_another_goal(cast: Cast) -> None:
    goal(cast)
    other = goal(cast, WORDS[1])
    begun(cast)
    told = refused_by_the_database(
        cast, "UPDATE outcomes_goalonform SET goal_id = %s WHERE item = 'gbo_01'", other.pk
    )
    assert "stay as they were written" in told


def test_two_goals_have_never_the_same_place(cast: Cast) -> None:
    """What the lock in the action already sees to, the database sees to without it."""
    goal(cast)
    with acting(cast.chillip.pk), pytest.raises(IntegrityError, match="one_a_place"):
        Goal.objects.create(
            child=cast.david, whose="self", words="Other", place=1, since=SINCE, how="asked",
            written_by=cast.chillip, written_at=now(),
        )  # fmt: skip


def test_goals_of_a_child_out_of_reach_are_not_there(cast: Cast) -> None:
    """H5"""
    goal(cast)
    begun(cast)
    for stranger in (cast.barkis, cast.fairfax, cast.spenlow):
        with acting(stranger.pk):
            assert not Goal.objects.exists()
            assert not GoalOnForm.objects.exists()


def test_each_rating_belongs_to_the_goal_that_was_asked(cast: Cast) -> None:
    first = goal(cast)
    rated(cast, date(2026, 4, 1), 3)
    second = replaced(cast, first, "Sleep at all")
    rated(cast, date(2026, 5, 1), 6)
    with acting(cast.chillip.pk):
        found = [
            (there.goal_id, form.answers_now[0].value)  # type: ignore[attr-defined]
            for form in queries.finished_forms(child=cast.david)
            for there in queries.goals_on(form)
        ]
    assert found == [(first.pk, 3), (second.pk, 6)]
