"""Who has opened which version, who still has to, and when the child was shown it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.transactions import acting
from newel.record.children import queries as children
from newel.record.children.models import Child
from newel.record.establishments.models import Unit
from newel.record.stairs.activators import one_page_actions, one_page_queries
from newel.record.stairs.activators.models import OnePage, PageOpened
from newel.record.stairs.activators.one_page_queries import PageState
from tests.cast import Cast
from tests.record.stairs.activators.page_lines import NOON, days

pytestmark = pytest.mark.django_db


def opens(child: Child, by: StaffMember, at: datetime = NOON) -> PageState:
    with acting(by.pk):
        found = children.child(public_id=child.public_id, visible_to=by, at=at)
        assert found is not None
        return one_page_actions.open_page(child=found, by=by, at=at)


def changes(child: Child, by: StaffMember) -> None:
    with acting(by.pk):
        one_page_actions.change_page(child_id=child.pk, at=NOON)


def still_to_open(child: Child, unit: Unit, by: StaffMember) -> list[str]:
    with acting(by.pk):
        found = one_page_queries.still_to_open_by_child(children=[child], unit=unit, at=NOON)
    return [one.username for one in found[child.pk]]


def test_a_page_that_nobody_changed_is_the_first_version(cast: Cast) -> None:
    assert opens(cast.david, cast.peggotty) == PageState(version=1)


def test_each_change_counts_up(cast: Cast) -> None:
    changes(cast.david, cast.chillip)
    assert opens(cast.david, cast.peggotty).version == 2
    changes(cast.david, cast.chillip)
    assert opens(cast.david, cast.peggotty).version == 3


def test_who_opened_it_no_longer_has_to(cast: Cast) -> None:
    assert still_to_open(cast.david, cast.rookery, cast.peggotty) == ["peggotty", "omer"]
    opens(cast.david, cast.peggotty)
    assert still_to_open(cast.david, cast.rookery, cast.peggotty) == ["omer"]


def test_after_a_change_everybody_has_to_open_it_again(cast: Cast) -> None:
    opens(cast.david, cast.peggotty)
    changes(cast.david, cast.chillip)
    assert still_to_open(cast.david, cast.rookery, cast.omer) == ["peggotty", "omer"]


def test_one_row_a_person_is_kept_and_no_time(cast: Cast) -> None:
    opens(cast.david, cast.peggotty)
    changes(cast.david, cast.chillip)
    opens(cast.david, cast.peggotty)
    opens(cast.david, cast.peggotty)
    with acting(cast.chillip.pk):
        rows = list(PageOpened.objects.values("child", "staff", "version"))
    assert rows == [{"child": cast.david.pk, "staff": cast.peggotty.pk, "version": 2}]
    assert not [f for f in PageOpened._meta.fields if "Date" in f.get_internal_type()]


def test_opening_the_same_version_again_writes_nothing(cast: Cast) -> None:
    opens(cast.david, cast.peggotty)
    with acting(cast.chillip.pk), connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM activators_pageopened")
        before = cursor.fetchall()
    opens(cast.david, cast.peggotty)
    with acting(cast.chillip.pk), connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM activators_pageopened")
        assert cursor.fetchall() == before


def test_only_those_who_work_on_the_unit_are_noted(cast: Cast) -> None:
    opens(cast.david, cast.chillip)
    opens(cast.david, cast.wickfield)
    with acting(cast.chillip.pk):
        assert not PageOpened.objects.exists()


def test_a_post_that_has_ended_is_not_noted(cast: Cast) -> None:
    long_before_the_post = datetime(2025, 1, 1, tzinfo=UTC)
    with acting(cast.chillip.pk):
        child = children.child(public_id=cast.david.public_id, visible_to=cast.chillip, at=NOON)
        assert child is not None
        one_page_actions.open_page(child=child, by=cast.peggotty, at=long_before_the_post)
        assert not PageOpened.objects.exists()


def test_the_shift_asks_once_however_many_children_there_are(cast: Cast) -> None:
    both, rookery = [cast.david, cast.tommy], cast.rookery
    with acting(cast.chillip.pk), CaptureQueriesContext(connection) as asked:
        found = one_page_queries.still_to_open_by_child(children=both, unit=rookery, at=NOON)
    asks = [query["sql"] for query in asked if not query["sql"].startswith("SAVEPOINT")]
    assert len(asks) == 1
    assert set(found) == {cast.david.pk, cast.tommy.pk}


def test_it_is_written_down_which_version_the_child_was_shown(cast: Cast) -> None:
    for _ in range(3):
        changes(cast.david, cast.chillip)
    with acting(cast.omer.pk):
        one_page_actions.show_to_child(child=cast.david, version=3, by=cast.omer, at=NOON)
        page = OnePage.objects.get(child=cast.david)
    assert (page.version, page.shown_version) == (4, 3)
    assert (page.shown_on, page.shown_by) == (NOON.date(), cast.omer)


def test_a_version_that_is_not_there_yet_cannot_have_been_shown(cast: Cast) -> None:
    changes(cast.david, cast.chillip)
    with acting(cast.omer.pk):
        one_page_actions.show_to_child(child=cast.david, version=99, by=cast.omer, at=NOON)
        assert OnePage.objects.get(child=cast.david).shown_version == 2


def test_a_page_that_nobody_changed_can_be_shown(cast: Cast) -> None:
    with acting(cast.omer.pk):
        one_page_actions.show_to_child(child=cast.david, version=1, by=cast.omer, at=NOON)
    assert opens(cast.david, cast.omer, NOON + days(1)).shown_version == 1


def test_showing_is_in_the_audit(cast: Cast) -> None:
    with acting(cast.omer.pk):
        one_page_actions.show_to_child(child=cast.david, version=1, by=cast.omer, at=NOON)
        told = AuditEvent.objects.filter(chain=cast.david.pk, act="show_to_child").get()
    assert told.fields == ["shown_version", "shown_on", "shown_by"]
    assert told.actor == cast.omer.pk


def test_when_the_audit_fails_nothing_is_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(one_page_actions.audit, "record", fails)
    with acting(cast.omer.pk):
        with pytest.raises(RuntimeError):
            one_page_actions.show_to_child(child=cast.david, version=1, by=cast.omer, at=NOON)
        assert not OnePage.objects.filter(child=cast.david).exists()
