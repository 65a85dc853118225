"""Making a judgement: reasons kept beside ratings, nothing overwritten, nothing without reasons."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from newel.evidence.measures import NotScored, measure, score
from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, rules
from newel.record.outcomes.actions.answering import NotAnAnswer
from newel.record.outcomes.models import REASONS, Answer, Form, Judgement, Reason, Sitting
from newel.record.outcomes.queries import judged as queries
from tests.cast import Cast
from tests.record.outcomes.giving import now
from tests.record.outcomes.judging import ABOUT, begun, finished, judged

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
JUDGEMENTS = ("start_av", "savry", "hcr20")


def sentences(form: Form, cast: Cast) -> list[str]:
    with acting(cast.chillip.pk):
        return [one.sentence for one in queries.lacks(form=form)]


@pytest.mark.parametrize("id", JUDGEMENTS)
def test_a_judgement_can_be_planned_and_is_made_by_trained_professionals_only(
    cast: Cast, id: str
) -> None:
    assert rules.why_not_here(measure(id)) == ""
    assert rules.who_can_answer(measure(id)) == ("assessor",)
    with acting(cast.chillip.pk):
        for somebody in ("self", "carer", "worker"):
            with pytest.raises(NotNow, match="Choose who answers"):
                actions.plan_measure(
                    child=cast.david, measure=id, answered_by=somebody, rhythm="at_review",
                    starts_on=TODAY, by=cast.chillip, at=now(),
                )  # fmt: skip
            with pytest.raises(NotNow, match="Choose who answers"):
                actions.open_form(
                    child=cast.david, measure=id, answered_by=somebody, way="together",
                    by=cast.chillip, at=now(),
                )  # fmt: skip


@pytest.mark.parametrize("way", ["tablet", "link", "paper", "together"])
def test_the_database_holds_no_judgement_on_a_tablet_by_a_link_or_on_paper(
    cast: Cast, way: str
) -> None:
    with acting(cast.chillip.pk), pytest.raises(IntegrityError), transaction.atomic():
        actions.open_form(
            child=cast.david, measure="savry", answered_by="assessor", way=way, by=cast.chillip,
            at=now(),
        )  # fmt: skip


def test_a_judgement_is_handed_to_nobody(cast: Cast) -> None:
    form = begun(cast)
    with acting(cast.chillip.pk):
        for hand in (actions.hand_over, actions.make_link):
            with pytest.raises(NotNow, match="not by the person’s own hand"):
                hand(form=form, by=cast.chillip, at=now())
        with pytest.raises(NotNow, match="own hand"):
            actions.answer(form=form, answers={}, by=None, at=now())


def test_the_database_too_refuses_a_judgement_by_ones_own_hand(cast: Cast) -> None:
    form = begun(cast)
    with acting(cast.chillip.pk):
        with pytest.raises(DatabaseError, match="own hand"), transaction.atomic():
            Sitting.objects.create(
                child=cast.david, form=form, kind="tablet", secret_hash=b"1" * 32, made_at=now(),
                made_by=cast.chillip, ends_at=now() + timedelta(minutes=5),
            )  # fmt: skip
        with pytest.raises(DatabaseError, match="own hand"), transaction.atomic():
            Answer.objects.create(
                child=cast.david, form=form, item="savry_01", value=1, written_at=now()
            )


def test_words_that_are_changed_are_a_new_row_and_the_old_ones_stay(cast: Cast) -> None:
    form = begun(cast)
    judged(form, cast.chillip, {"savry_01": 2}, {"savry_01": "Two fights in May."})
    with acting(cast.chillip.pk):
        actions.judge(
            form=form, ratings={}, words={("savry_01", REASONS): "Two fights in May, none since."},
            seen_words={("savry_01", REASONS): "Two fights in May."}, by=cast.chillip, at=now(),
        )  # fmt: skip
        old, new = Reason.objects.order_by("pk")
        assert (old.text, old.is_current) == ("Two fights in May.", False)
        assert (new.text, new.is_current, new.replaces) == (
            "Two fights in May, none since.", True, old,
        )  # fmt: skip


def test_the_same_words_again_are_no_new_row_whatever_the_line_ends(cast: Cast) -> None:
    form = begun(cast)
    for text in ("One.\nTwo.", "One.\r\nTwo.", "One.\nTwo.  "):
        assert not judged(form, cast.chillip, {}, {"savry_01": text})
    with acting(cast.chillip.pk):
        assert Reason.objects.count() == 1


def test_two_people_at_once_and_neither_writes_over_the_other(cast: Cast) -> None:
    form = begun(cast)
    judged(form, cast.rosa, {"savry_01": 0}, {"savry_01": "Rosa’s words.", "savry_02": "Hers."})
    theirs = judged(
        form, cast.chillip, {"savry_01": 2, "savry_03": 1}, {"savry_01": "Sam’s words."}
    )
    assert {item: one.written_by for item, one in theirs.ratings.items()} == {"savry_01": cast.rosa}
    assert {spot: one.text for spot, one in theirs.words.items()} == {
        ("savry_01", REASONS): "Rosa’s words."
    }
    with acting(cast.chillip.pk):
        now_there = queries.judged(form)
        assert now_there.words_of("savry_01") == "Rosa’s words."
        assert now_there.words_of("savry_02") == "Hers."
        assert now_there.ratings["savry_03"].value == Decimal(1)


@pytest.mark.parametrize(
    "spot", [("savry_99", REASONS), ("start_av_01_strength", REASONS), ("savry_01", "what_it_is")]
)
def test_words_at_a_place_that_there_is_not_are_refused(cast: Cast, spot: tuple[str, str]) -> None:
    form = begun(cast)
    with acting(cast.chillip.pk), pytest.raises(NotAnAnswer):
        actions.judge(form=form, ratings={}, words={spot: "Words"}, by=cast.chillip, at=now())


def test_finishing_asks_for_the_reasons_of_every_rating_that_is_given(cast: Cast) -> None:
    form = begun(cast)
    judged(form, cast.chillip, {"savry_01": 2, "savry_02": 0}, {"savry_02": "None known."})
    assert "Give the reasons: Past violence" in sentences(form, cast)
    assert not any("without violence" in one for one in sentences(form, cast))
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="everything is kept"):
        actions.finish(form=form, answered_on=TODAY, at=now())


def test_what_is_left_out_needs_no_reasons_and_what_is_rated_does(cast: Cast) -> None:
    form = begun(cast, "hcr20")
    judged(form, cast.chillip, {"hcr20_01_presence": 9, "hcr20_01_relevance": 2}, {})
    assert [one for one in sentences(form, cast) if "reasons" in one] == [
        "Give the reasons: Past violence, relevance"
    ]


def test_what_is_particular_to_the_child_says_what_it_is(cast: Cast) -> None:
    form = begun(cast, "start_av")
    judged(form, cast.chillip, {"start_av_25_strength": 2}, {"start_av_25_strength": "He sings."})
    assert "Say in words what this is: Something particular to this child" in sentences(form, cast)
    judged(form, cast.chillip, {}, {}, {"start_av_25_strength": "Singing"})
    assert not [one for one in sentences(form, cast) if "what this is" in one]


def test_a_judgement_says_who_judged_from_what_whether_heard_and_until_when(cast: Cast) -> None:
    form = begun(cast)
    judged(form, cast.chillip, {"savry_01": 2}, {"savry_01": "Two fights in May."})
    assert sentences(form, cast) == [
        "Say who assessed.",
        "Say that everybody who assessed is trained for it.",
        "Say which information it was made from.",
        "Say whether the young person was heard.",
        "Say when it is looked at again.",
    ]
    with acting(cast.chillip.pk):
        about = actions.About(**{**vars(ABOUT), "heard": "not_heard", "heard_words": ""})
        actions.write_about_judgement(form=form, about=about, by=cast.chillip, at=now())
    assert sentences(form, cast) == ["Say in words why the young person was not heard."]


def test_nothing_rated_is_no_judgement(cast: Cast) -> None:
    assert sentences(begun(cast), cast)[0] == "Nothing is rated yet."


def test_it_is_looked_at_again_after_the_day_it_is_of(cast: Cast) -> None:
    with pytest.raises(NotNow, match="looked at again after the day") as refused:
        finished(cast, TODAY, {"savry_01": 2}, {"savry_01": "Two fights."}, look_again_on=TODAY)
    assert refused.value.field == "answered_on"


def test_a_finished_judgement_is_not_written_on(cast: Cast) -> None:
    form = finished(cast, TODAY, {"savry_01": 2}, {"savry_01": "Two fights."})
    with pytest.raises(NotNow, match="finished"):
        judged(form, cast.chillip, {}, {"savry_01": "Other words."})
    with acting(cast.chillip.pk):
        with pytest.raises(NotNow, match="finished"):
            actions.write_about_judgement(form=form, about=ABOUT, by=cast.chillip, at=now())
        row = Reason(child=cast.david, form=form, item="savry_02", text="Late.")
        row.written_by, row.written_at = cast.chillip, now()
        with pytest.raises(DatabaseError, match="that is open"), transaction.atomic():
            row.save()


def test_who_judged_and_from_what_is_never_overwritten(cast: Cast) -> None:
    form = begun(cast)
    with acting(cast.chillip.pk):
        assert not actions.write_about_judgement(form=form, about=ABOUT, by=cast.chillip, at=now())
        other = actions.About(assessors="Rosa Dartle, nurse")
        theirs = actions.write_about_judgement(form=form, about=other, by=cast.rosa, at=now())
        assert theirs is not None and theirs.assessors == ABOUT.assessors
        assert actions.about_of(Judgement.objects.get()) == ABOUT
        assert not actions.write_about_judgement(
            form=form, about=other, by=cast.rosa, at=now(), seen=theirs.public_id
        )
        assert [one.is_current for one in Judgement.objects.order_by("pk")] == [False, True]


def test_the_audit_says_where_reasons_were_given_and_not_a_word_of_them(cast: Cast) -> None:
    form = begun(cast)
    judged(form, cast.chillip, {}, {"savry_01": "Two fights in May."})
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        told = AuditEvent.objects.filter(act="give_reasons").values_list("thing_id", "fields")
        assert list(told) == [(form.pk, ["savry_01"])]


@pytest.mark.parametrize("id", JUDGEMENTS)
def test_h4_score_refuses_a_judgement(id: str) -> None:
    with pytest.raises(NotScored, match="never added up"):
        score(measure(id), {})
