"""Agreeing a formulation: what a version freezes, and what it refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, version_queries
from newel.record.stairs.activators.models import (
    FormulationVersion,
    Participant,
    StatementAsAgreed,
)
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import life_event
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed, draft

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=7)


def test_a_version_holds_what_is_agreed_and_no_draft(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        draft(cast.david, cast.chillip)
        agreed(cast.tommy, cast.chillip)
        version = formulation.version(cast.david, cast.chillip, at=LATER)
        held = StatementAsAgreed.objects.filter(version=version)
        assert [row.statement_id for row in held] == [one.pk]
        assert (version.number, version.holds) == (1, 1)


def test_it_freezes_until_when_each_counts_for_whom_and_what_backs_it(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        link = actions.add_evidence(
            statement=one, event=life_event(cast), shows="for", by=cast.chillip, at=MONDAY
        )
        version = formulation.version(cast.david, cast.chillip, at=LATER)
        actions.confirm_statement(
            statement=one, by=cast.chillip, at=LATER + timedelta(days=3), what_was_seen="Again."
        )
        actions.add_evidence(
            statement=one, event=life_event(cast), shows="against", by=cast.chillip, at=LATER
        )
        actions.open_to_child(statement=one, by=cast.chillip, at=LATER)
        row = StatementAsAgreed.objects.get(version=version)
        assert row.confirmed_on == MONDAY.date()
        assert (row.backed_by, row.spoken_against_by) == ([link.pk], [])
        assert row.sharing_level == "team"


@pytest.mark.parametrize("table", ["formulationversion", "statementasagreed", "participant"])
def test_nothing_in_a_version_is_ever_altered(table: str, cast: Cast) -> None:
    """H13"""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip, at=LATER)
    changes = {
        "formulationversion": "summary = 'Another.'",
        "statementasagreed": "confirm_by = confirm_by + 100",
        "participant": "name = 'Another'",
    }
    stays = pytest.raises(DatabaseError, match="stay as they were written")
    with stays, acting(cast.chillip.pk), connection.cursor() as cursor:
        cursor.execute(f"UPDATE activators_{table} SET {changes[table]}")


@pytest.mark.parametrize("table", ["formulationversion", "statementasagreed", "recommendation"])
def test_nothing_in_a_version_is_ever_deleted(table: str, cast: Cast) -> None:
    """H13"""
    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, acting(cast.chillip.pk), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM activators_{table}")


def test_versions_are_numbered_child_by_child(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        agreed(cast.tommy, cast.chillip)
        numbers = [
            formulation.version(child, cast.chillip, at=LATER + timedelta(days=days)).number
            for days, child in enumerate((cast.david, cast.david, cast.tommy, cast.david))
        ]
    assert numbers == [1, 2, 1, 3]


def test_without_an_agreed_statement_there_is_no_version(cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="No statement is agreed yet"):
        draft(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip, at=LATER)


def test_a_version_is_not_agreed_on_a_day_before_the_one_that_is_there(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip, at=LATER)
        with pytest.raises(NotNow, match="before the day of the version") as refused:
            formulation.version(cast.david, cast.chillip, at=LATER, on=MONDAY.date())
    assert refused.value.field == "agreed_on"


def test_who_took_part_stays_as_they_were_called_then(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        agnes = formulation.somebody(cast.david, "Agnes Wickfield", LATER)
        formulation.version(cast.david, cast.chillip, at=LATER, people=[agnes])
        told = list(Participant.objects.values_list("name", "part", "discipline", "agency"))
    assert told == [
        ("Agnes Wickfield", "Social worker", "social_work", "Suffolk Council"),
        ("Jo Field", "aunt", "", ""),
    ]


def test_a_statement_changed_meanwhile_stops_the_agreeing(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        seen = formulation.seen_now(cast.david, cast.chillip)
        actions.replace_statement(statement=one, by=cast.chillip, at=LATER, **DOOR)
        said = {**formulation.AGREEMENT, "on": LATER.date()}
        with pytest.raises(actions.ChangedMeanwhile):
            actions.agree_formulation(
                child=cast.david,
                agreement=actions.Agreement(**said),
                seen=seen,
                by=cast.chillip,
                at=LATER,
            )
        assert not FormulationVersion.objects.exists()


def test_a_view_that_came_in_meanwhile_stops_the_agreeing(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        seen = formulation.seen_now(cast.david, cast.chillip)
        formulation.view(cast.david, cast.chillip, at=LATER)
        said = {**formulation.AGREEMENT, "on": LATER.date()}
        with pytest.raises(actions.ChangedMeanwhile):
            actions.agree_formulation(
                child=cast.david,
                agreement=actions.Agreement(**said),
                seen=seen,
                by=cast.chillip,
                at=LATER,
            )


def test_what_is_not_agreed_stays_in_the_version_after_it_is_settled(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        view = formulation.view(cast.david, cast.chillip, statement=one, at=MONDAY)
        first = formulation.version(cast.david, cast.chillip, at=LATER)
        actions.settle_view(view=view, because="We talked.", by=cast.chillip, at=LATER)
        second = formulation.version(cast.david, cast.chillip, at=LATER + timedelta(days=1))
        assert (first.differing_views, second.differing_views) == ([view.pk], [])
        assert not version_queries.standing_views(child=cast.david, visible_to=cast.chillip)


def test_a_view_is_settled_once_and_its_words_stay(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        view = formulation.view(cast.david, cast.chillip, at=MONDAY)
        actions.settle_view(view=view, because="We talked.", by=cast.chillip, at=LATER)
        with pytest.raises(NotNow, match="already"):
            actions.settle_view(view=view, because="Again.", by=cast.chillip, at=LATER)


def test_the_childs_own_view_is_the_childs_own_words(cast: Cast) -> None:
    with acting(cast.omer.pk):
        view = formulation.view(cast.david, cast.omer, whose="child", text="That is not why.")
    assert view.whose_words == "child"


def test_agreeing_is_in_the_audit_without_a_word_of_it(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        version = formulation.version(cast.david, cast.chillip, at=LATER)
        told = AuditEvent.objects.get(act="agree_formulation")
    assert (told.thing, told.thing_id) == ("formulation_version", version.pk)
    assert formulation.SUMMARY not in str(told.__dict__)


def test_what_the_agreer_may_not_read_is_not_agreed_by_them(cast: Cast) -> None:
    """H8: a manager does not read what is held back, and does not agree it unread."""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        agreed(cast.david, cast.chillip, sharing_level="restricted_third_party")
    with acting(cast.trotwood.pk):
        version = formulation.version(cast.david, cast.trotwood, at=LATER)
    assert version.holds == 1
