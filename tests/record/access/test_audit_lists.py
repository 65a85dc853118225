"""A name on a list is in that child's chain: once an hour, apart from looks, in one statement."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from newel.record.access import audit_chain, audit_lists, audit_writers
from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from tests.cast import Cast
from tests.record.children.test_coming import referral

SHIFT = "overview:shift"


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, settings: Settings) -> None:
    settings.NEWEL_AUDIT_HEADS = tmp_path / "heads.jsonl"


def _listed(cast: Cast, child_id: int | None = None) -> list[AuditEvent]:
    with acting(cast.chillip.pk):
        events = AuditEvent.objects.filter(act="list", chain=child_id or cast.david.pk)
        return list(events.order_by("id"))


def _name(*child_ids: int, status: int = 200) -> None:
    """What a view says, and what the middleware does with it."""
    audit_lists.names(child_ids)
    response = type("Response", (), {"status_code": status})()
    audit_lists.record_named(RequestFactory().get("/"), response)


@pytest.mark.django_db
def test_a_name_on_the_shift_page_is_in_the_childs_chain_with_ids_and_field_names_only(
    cast: Cast, signed_in: type[Client]
) -> None:
    signed_in(cast.peggotty).get(reverse(SHIFT))
    (event,) = _listed(cast)
    assert (event.actor, event.page, event.thing) == (cast.peggotty.pk, SHIFT, "page")
    assert event.fields == [
        "changes", "expected_at", "preferred_name", "still_to_open", "to_confirm",
    ]  # fmt: skip
    assert not _listed(cast, cast.tommy.pk)


@pytest.mark.django_db
def test_it_is_written_once_an_hour_a_person_and_page_whether_it_polls_or_not(
    cast: Cast, signed_in: type[Client]
) -> None:
    shift = reverse("overview:unit_shift", args=[cast.rookery.public_id])
    for person in (cast.peggotty, cast.omer):
        browser = signed_in(person)
        for _ in range(3):
            browser.get(shift)
            browser.get(f"{shift}?poll")
    assert [event.actor for event in _listed(cast)] == [cast.peggotty.pk, cast.omer.pk]


@pytest.mark.django_db
def test_the_next_hour_it_is_written_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 22, 6, 59, tzinfo=UTC)
    for minutes in (0, 0, 2, 3):

        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return now + timedelta(minutes=minutes)  # noqa: B023 - used at once

        monkeypatch.setattr(audit_lists, "datetime", Clock)
        with acting(cast.peggotty.pk, page=SHIFT):
            _name(cast.david.pk)
    assert [event.at.hour for event in _listed(cast)] == [6, 7]


@pytest.mark.django_db
def test_all_children_of_a_page_take_two_statements_and_afterwards_one(cast: Cast) -> None:
    with acting(cast.peggotty.pk, page=SHIFT):
        with CaptureQueriesContext(connection) as first:
            _name(*range(900, 940))
        with CaptureQueriesContext(connection) as again:
            _name(*range(900, 940))
    assert (len(first), len(again)) == (2, 1)


@pytest.mark.django_db
def test_only_who_was_not_there_is_added(cast: Cast) -> None:
    with acting(cast.chillip.pk, page=SHIFT):
        _name(cast.david.pk)
        _name(cast.david.pk, cast.tommy.pk)
    assert len(_listed(cast)) == len(_listed(cast, cast.tommy.pk)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [302, 403, 404, 500])
def test_what_is_not_shown_is_not_written(cast: Cast, status: int) -> None:
    with acting(cast.chillip.pk, page=SHIFT):
        _name(cast.david.pk, status=status)
    assert not _listed(cast)


@pytest.mark.django_db
def test_a_referral_that_asks_whether_it_is_the_same_child_names_that_child(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = referral(cast, preferred_name="Davide")
    page = signed_in(cast.chillip).post(reverse("children:refer"), sent).content.decode()
    assert "Is it one of these children?" in page
    (event,) = _listed(cast)
    assert event.page == "children:refer"
    assert event.fields == ["born_on", "preferred_name", "unit"]


@pytest.mark.django_db
def test_a_warning_of_names_that_are_alike_names_the_other_child(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        other = children.refer(
            by=cast.chillip, at=datetime.now(UTC), unit=cast.rookery, preferred_name="Davide"
        )
    record = reverse("children:child", args=[cast.david.public_id])
    assert "Davide" in signed_in(cast.peggotty).get(record).content.decode()
    assert not _listed(cast), "his own record is a look and no list"
    (event,) = _listed(cast, other.pk)
    assert event.page == "children:child"


def test_a_page_that_cannot_be_audited_is_not_shown(
    fresh_database: str,
    cast: Cast,
    signed_in: type[Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = signed_in(cast.peggotty)
    monkeypatch.setattr(audit_lists._Rows, "are_written", lambda _: False)
    with pytest.raises(audit_lists.NotWritten):
        browser.get(reverse(SHIFT))


def test_the_same_person_twice_at_once_writes_each_child_once_and_no_number_is_lost(
    fresh_database: str, cast: Cast
) -> None:
    def look(_: int) -> None:
        try:
            with acting(cast.peggotty.pk, page=SHIFT):
                _name(cast.david.pk, 901, 902, 903)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as several:
        list(several.map(look, range(12)))
    assert len(_listed(cast)) == 1
    assert audit_chain.verify() == []


def test_when_another_request_was_faster_nothing_is_written_twice(
    fresh_database: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or none go in, so that the numbers of this writer stay without a gap."""
    with acting(cast.peggotty.pk, page=SHIFT):
        _name(cast.david.pk)
    asked = []
    true_answer = audit_lists._Rows.not_yet

    def none_yet_the_first_time(rows: audit_lists._Rows) -> audit_lists._Rows:
        asked.append(rows)
        return rows if len(asked) == 1 else true_answer(rows)

    monkeypatch.setattr(audit_lists._Rows, "not_yet", none_yet_the_first_time)
    with acting(cast.peggotty.pk, page=SHIFT):
        given = audit_writers.writer_now().given
        _name(cast.david.pk, cast.tommy.pk)
        assert audit_writers.writer_now().given == given + 1
    assert len(asked) == 2
    assert len(_listed(cast)) == len(_listed(cast, cast.tommy.pk)) == 1
    assert audit_chain.verify() == []


@pytest.mark.django_db
def test_nobody_writes_a_list_in_another_persons_name(cast: Cast) -> None:
    call = (
        "SELECT access_append_audit_list('{}','{}',now(),%s,'list','page','{}','x',NULL,'{}',NULL,"
        "'{}','{}')"
    )
    with (
        acting(cast.peggotty.pk, page=SHIFT),
        pytest.raises(ProgrammingError, match="in the name of whoever is acting"),
        transaction.atomic(),
    ):
        connection.cursor().execute(call, [cast.chillip.pk])
