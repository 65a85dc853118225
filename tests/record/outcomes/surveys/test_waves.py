"""Planning a wave, its slips, who stays away from it, and closing it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from newel.evidence.measures import measure as definition
from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency
from newel.record.outcomes.surveys import actions, queries, rules
from newel.record.outcomes.surveys.models import SurveyResult
from tests.cast import LONG_AGO, Cast
from tests.record.outcomes.surveys.surveyed import (
    AFTER,
    BOTH,
    NOW,
    TODAY,
    answered,
    close,
    group,
    hand_in,
    open_now,
    said,
    slips,
    wave,
)


def works_on_rookery(cast: Cast) -> None:
    """Sam Chillip, who runs surveys of the house, gets a post on the unit too."""
    with acting(cast.spenlow.pk):
        places.start_post(
            staff=cast.chillip, setting=cast.rookery.setting, unit=cast.rookery,
            discipline="psychology", agency=Agency.objects.get(name="Suffolk Care"), at=LONG_AGO,
        )  # fmt: skip


def test_which_questionnaires_are_for_whom() -> None:
    may = {one.id: rules.who_may_be_asked(one.id) for one in rules.for_surveys()}
    assert may == {
        "essences": ("staff", "residents"),
        "cbi": ("staff",),
        "tci14": ("staff",),
        "job_satisfaction": ("staff",),
        "proqol": ("staff",),
        "evaluation_child": ("residents",),
        "evaluation_staff": ("staff",),
    }


def test_h9_what_may_ask_for_a_talk_is_never_asked_without_a_name() -> None:
    assert rules.who_may_be_asked("yp_core") == ()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"measure": "yp_core"}, "not for an anonymous survey"),
        ({"measure": "cbi", "asked": BOTH}, "for staff only"),
        ({"measure": "evaluation_child", "asked": ["staff"]}, "children and young people only"),
        ({"closes_on": TODAY - timedelta(days=1)}, "The last day is before the first"),
        ({"closes_on": TODAY + timedelta(days=63)}, "62 days at most"),
        ({"asked": []}, "for the children"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_in_a_sentence(
    db: None, cast: Cast, given: dict[str, object], why: str
) -> None:
    if given.get("asked") == []:
        why = "This questionnaire is for"
    with pytest.raises(NotNow, match=why):
        wave(cast, **given)


def test_children_are_asked_unit_by_unit_and_staff_of_a_whole_setting_too(
    db: None, cast: Cast
) -> None:
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=7)}
    house = cast.rookery.setting
    with acting(cast.trotwood.pk):
        plan = {"measure": "essences", "setting": house, "unit": None, "by": cast.trotwood}
        with pytest.raises(NotNow, match="unit by unit"):
            actions.plan_wave(asked=BOTH, at=NOW, **plan, **days)
        made = actions.plan_wave(asked=["staff"], at=NOW, **plan, **days)
    assert made.unit is None


def test_one_place_has_one_open_wave_of_a_questionnaire(db: None, cast: Cast) -> None:
    wave(cast)
    wave(cast, measure="cbi", asked=["staff"])
    with pytest.raises(NotNow, match="is open there"):
        wave(cast)


def test_slips_are_counted_and_their_codes_are_kept_nowhere(db: None, cast: Cast) -> None:
    made = wave(cast)
    codes = slips(cast, made, number=6)
    assert queries.counts(groups=[group(made)])[group(made).pk].made == 6
    for table in _tables():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~* %s",
                           ["|".join(codes)])  # fmt: skip
            assert cursor.fetchone() == (0,), table


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'SELECT')""")
        return [row[0] for row in cursor.fetchall()]


def test_h20_somebody_who_works_on_the_unit_makes_no_slips_and_does_not_close(
    db: None, cast: Cast
) -> None:
    made = wave(cast)
    works_on_rookery(cast)
    with acting(cast.chillip.pk):
        for act in (
            lambda: actions.make_slips(
                group=group(made), number=5, by=cast.chillip, at=NOW, today=TODAY
            ),
            lambda: actions.close_wave(wave=made, by=cast.chillip, at=AFTER, today=AFTER.date()),
        ):
            with pytest.raises(NotNow, match="from outside"):
                act()


def test_h20_of_a_whole_setting_nobody_helps_who_works_on_any_unit_of_it(
    db: None, cast: Cast
) -> None:
    works_on_rookery(cast)
    house = cast.rookery.setting
    assert queries.works_there(staff=cast.chillip, setting=house, unit=None, at=NOW)
    assert not queries.works_there(staff=cast.chillip, setting=house, unit=cast.yarmouth, at=NOW)
    assert not queries.works_there(staff=cast.trotwood, setting=house, unit=None, at=NOW)


def test_a_wave_is_closed_after_its_last_day_or_when_every_slip_is_back(
    db: None, cast: Cast
) -> None:
    """H20: whoever could choose the moment could choose whose answers count."""
    made = wave(cast, asked=["staff"])
    codes = slips(cast, made, number=6)
    hand_in(codes[:5])
    with pytest.raises(NotNow, match="after its last day"):
        close(cast, made, at=NOW)
    hand_in(codes[5:])
    assert close(cast, made, at=NOW).closed_at == NOW
    assert SurveyResult.objects.get().forms == 6
    with pytest.raises(NotNow, match="closed already"):
        close(cast, made)


def test_a_wave_without_a_slip_is_not_over_before_its_day(db: None, cast: Cast) -> None:
    with pytest.raises(NotNow, match="after its last day"):
        close(cast, wave(cast), at=NOW)


def test_a_closed_wave_takes_no_slips(db: None, cast: Cast) -> None:
    made = wave(cast)
    close(cast, made)
    with pytest.raises(NotNow, match="no more slips"):
        slips(cast, made)


def test_the_audit_says_who_planned_made_slips_and_closed_and_no_more(db: None, cast: Cast) -> None:
    made = wave(cast, asked=["staff"])
    hand_in(slips(cast, made), said(every=3))
    close(cast, made)
    with acting(cast.strong.pk):
        events = AuditEvent.objects.filter(thing="wave").order_by("pk")
        told = [(one.act, one.actor, one.thing_id, tuple(one.fields)) for one in events]
    by = cast.trotwood.pk
    assert told == [(act, by, made.pk, ()) for act in ("plan_wave", "make_slips", "close_wave")]


def test_what_is_worked_out_is_frozen_in_the_database(db: None, cast: Cast) -> None:
    close(cast, answered(cast, forms=5))
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("UPDATE outcomes_surveyresult SET forms = 9")


def test_days_are_whole(db: None, cast: Cast) -> None:
    made = wave(cast, opens_on=date(2026, 11, 2), closes_on=date(2026, 11, 2), asked=["staff"])
    codes = slips(cast, made, number=1)
    assert hand_in(codes, today=date(2026, 11, 1)) == ["early"]
    assert hand_in(codes, today=date(2026, 11, 3)) == ["late"]
    assert hand_in(codes, today=date(2026, 11, 2)) == ["kept"]


def test_answers_to_one_version_are_never_counted_by_the_rules_of_another(
    db: None, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_now(cast, asked=["staff"])
    codes = slips(cast, made, number=6)
    hand_in(codes[:5], today=made.opens_on)
    newer = definition("essences").model_copy(update={"version": 99})
    for place in ("policies.definition", "views.answering.in_words"):
        monkeypatch.setattr(f"newel.record.outcomes.surveys.{place}", lambda _: newer)
    told = client.post("/survey/answer/", {"code": codes[5]}).content.decode()
    assert "The questions have been changed since this slip was printed" in told
    with pytest.raises(NotNow, match="earlier version"):
        hand_in(codes[5:], today=made.opens_on)
    with pytest.raises(NotNow, match="are not counted by other rules"):
        close(cast, made, at=datetime.now(UTC) + timedelta(days=30))
    assert not SurveyResult.objects.exists()
