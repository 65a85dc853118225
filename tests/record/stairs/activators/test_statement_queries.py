"""What other rooms ask: how much needs confirming, and what changed since."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions, queries
from newel.record.stairs.activators.models import OnePage
from tests.cast import Cast
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed, draft

pytestmark = pytest.mark.django_db
DATE = (MONDAY + timedelta(days=90)).date()  # until when a statement agreed on Monday is current


def to_confirm(cast: Cast, days_after: int) -> dict[int, int]:
    both = [cast.david, cast.tommy]
    return queries.to_confirm_by_child(children=both, on=DATE + timedelta(days=days_after))


@pytest.mark.parametrize(("days_after", "counted"), [(-8, 0), (-7, 1), (0, 1), (1, 1), (400, 1)])
def test_a_statement_near_or_past_its_date_needs_confirming(
    days_after: int, counted: int, cast: Cast
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        assert to_confirm(cast, days_after).get(cast.david.pk, 0) == counted


def test_drafts_the_past_and_the_retired_need_no_confirming(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        draft(cast.david, cast.chillip)
        agreed(cast.david, cast.chillip, time="past")
        old = agreed(cast.david, cast.chillip)
        actions.retire_statement(statement=old, by=cast.chillip, at=MONDAY, because="Gone.")
        assert to_confirm(cast, 1) == {}


def test_many_children_are_counted_in_one_query(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        agreed(cast.tommy, cast.chillip)
        agreed(cast.tommy, cast.chillip)
        both = [cast.david, cast.tommy]
        with CaptureQueriesContext(connection) as asked:
            counted = queries.to_confirm_by_child(children=both, on=DATE)
    assert (counted, len(asked)) == ({cast.david.pk: 1, cast.tommy.pk: 2}, 1)


def test_what_changed_since_the_last_shift_is_told_in_one_query(cast: Cast) -> None:
    since = MONDAY + timedelta(days=1)
    later = {"by": cast.chillip, "at": MONDAY + timedelta(days=2)}
    with acting(cast.chillip.pk):
        old, gone, holds = (agreed(cast.david, cast.chillip) for _ in range(3))
        actions.replace_statement(statement=old, **later, **{**DOOR, "text": "New words."})
        actions.retire_statement(statement=gone, because="Gone.", **later)
        actions.confirm_statement(statement=holds, what_was_seen="Again.", **later)
        agreed(cast.tommy, cast.chillip, at=later["at"])
        keep_safe(cast, **later)
        with CaptureQueriesContext(connection) as asked:
            told = queries.changed_since(children=[cast.david, cast.tommy], since=since)
    assert len(asked) == 1
    assert sorted(change.what for change in told[cast.david.pk]) == [
        "confirmed", "keeping_safe", "replaced", "retired",
    ]  # fmt: skip
    assert [change.what for change in told[cast.tommy.pk]] == ["agreed"]


def keep_safe(cast: Cast, **by_and_at: object) -> None:
    actions.write_keeping_safe(
        child=cast.david,
        part="watch",
        none_known=True,
        next_review_on=DATE,
        live_plan_at="SystmOne",
        **by_and_at,  # type: ignore[arg-type]
    )


def test_what_changed_before_is_not_told_again(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        changed = queries.changed_since(children=[cast.david], since=MONDAY + timedelta(hours=1))
    assert changed == {}


def test_a_change_that_the_reader_may_not_see_is_not_told(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, sharing_level="restricted_third_party")
    with acting(cast.peggotty.pk):
        assert queries.changed_since(children=[cast.david], since=MONDAY) == {}


def test_every_part_of_keeping_safe_is_there_written_or_not(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        keep_safe(cast, by=cast.chillip, at=MONDAY)
        now = queries.keeping_safe_now(cast.david)
    assert list(now) == ["allergies", "restraint", "watch", "language"]
    assert [part for part, entry in now.items() if entry] == ["watch"]


def test_the_story_of_a_statement_is_told_from_its_first_words(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        first = agreed(cast.david, cast.chillip)
        by = {"by": cast.chillip, "at": MONDAY}
        second = actions.replace_statement(statement=first, **by, **DOOR)
        third = actions.replace_statement(statement=second, **by, **DOOR)
        agreed(cast.david, cast.chillip)
        told = [
            queries.wordings(statement=one, visible_to=cast.chillip)
            for one in (first, second, third)
        ]
    assert told == [[first, second, third]] * 3


def test_nothing_is_left_of_a_change_that_failed(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        with pytest.raises(ValueError, match="never a name"):
            draft(cast.david, cast.chillip, said_by_role="Mr Murdstone")
        assert not queries.statements(child=cast.david, visible_to=cast.chillip).exists()
        assert not OnePage.objects.filter(child=cast.david).exists()
