"""Who acts is said for one transaction and forgotten with it. With real commits and rollbacks, one
connection and several requests on it, as a server's worker has them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jinja2
import pytest
from django.db import connection, transaction
from django.test import Client

from newel.record.access import audit_chain
from newel.record.access import transactions as names_of_actors
from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child, Home
from newel.record.config import keeper
from tests.architecture import furnished
from tests.architecture.routes import routes_about_a_child
from tests.architecture.test_addresses import EXPORTS, NO_PAGE_TO_LOOK_AT, who_opens
from tests.cast import LONG_AGO, Cast
from tests.record.access.attacker import as_owner, counted

HOME = {"kind": "place", "name": "Dover cliffs", "address_kept": "none"}


@pytest.fixture
def pages(fresh_database: str, cast: Cast) -> dict[str, str]:
    return furnished.furnish(cast)


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def who_acts() -> tuple[str, str]:
    """What this connection says now about the actor and about whom they reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('newel.actor', true), ''),"
            " coalesce(current_setting('newel.reach', true), '')"
        )
        return cursor.fetchone()


def forgiving(browser: Client) -> Client:
    """Faults become a page, as in service."""
    browser.raise_request_exception = False
    return browser


@contextmanager
def an_audit_that_refuses(database: str) -> Iterator[None]:
    """A real failure in the database, not a pretended one."""
    service = "FUNCTION access_append_audit"
    with as_owner(database) as owner:
        owner.execute(f"REVOKE EXECUTE ON {service} FROM newel_service")
        yield
        owner.execute(f"GRANT EXECUTE ON {service} TO newel_service")


def test_the_next_transaction_on_the_same_connection_sees_no_child(
    pages: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.peggotty)
    before = backend()
    assert browser.get(pages["activators:one_page"]).status_code == 200
    assert backend() == before, "It has to be the same connection, or this test says nothing."
    assert who_acts() == ("", "")
    assert not Child.objects.exists()
    with transaction.atomic():
        assert who_acts() == ("", "")
        assert not Child.objects.exists()


def test_a_transaction_in_somebodys_name_leaves_nothing_behind(pages: dict[str, str]) -> None:
    chillip = StaffMember.objects.get(username="chillip")
    with acting(chillip.pk):
        assert Child.objects.count() == 2
    assert not Child.objects.exists()
    with pytest.raises(RuntimeError), acting(chillip.pk):
        raise RuntimeError
    assert who_acts() == ("", "")
    assert not Child.objects.exists()


def test_the_next_person_on_the_same_connection_is_themselves(
    pages: dict[str, str], cast: Cast, signed_in: type[Client], client: Client
) -> None:
    peggotty, leah = signed_in(cast.peggotty), signed_in(cast.leah)
    before = backend()
    for _ in range(2):
        assert peggotty.get(pages["activators:one_page"]).status_code == 200
        assert leah.get(pages["activators:one_page"]).status_code == 404
        assert client.get(pages["activators:one_page"]).status_code == 302
    assert backend() == before


def test_the_database_is_asked_without_a_filter_and_shows_only_this_persons_children(
    pages: dict[str, str], cast: Cast
) -> None:
    with acting(cast.peggotty.pk):
        assert list(Child.objects.values_list("pk", flat=True)) == [cast.david.pk]
        with acting(cast.fairfax.pk):
            assert list(Child.objects.values_list("pk", flat=True)) == [cast.jane.pk]
        assert list(Child.objects.values_list("pk", flat=True)) == [cast.david.pk]


def test_every_page_is_drawn_while_the_database_still_knows_who_asks(
    pages: dict[str, str], cast: Cast, signed_in: type[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query that waits until the page is drawn is asked in this person's name as well."""
    drawn: list[tuple[bool, str]] = []
    draw = jinja2.Template.render

    def watched(self: jinja2.Template, *args: Any, **kwargs: Any) -> str:
        drawn.append((connection.in_atomic_block, who_acts()[0]))
        return draw(self, *args, **kwargs)

    monkeypatch.setattr(jinja2.Template, "render", watched)
    for route in routes_about_a_child():
        person = who_opens(cast, route)
        drawn.clear()
        answer = signed_in(person).get(pages[route.name])
        assert not answer.streaming, route.name
        assert set(drawn) <= {(True, str(person.pk))}, route.name
        assert drawn or route.name in {*NO_PAGE_TO_LOOK_AT, *EXPORTS}, route.name


def test_a_request_that_fails_after_it_saved_leaves_nothing_not_even_in_the_audit(
    pages: dict[str, str],
    fresh_database: str,
    cast: Cast,
    signed_in: type[Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fault(*_: Any, **__: Any) -> None:
        with acting(cast.chillip.pk):
            saved.append(Home.objects.filter(name=HOME["name"]).exists())
        raise RuntimeError("The power goes")

    saved: list[bool] = []
    browser = forgiving(signed_in(cast.chillip))
    events = "SELECT count(*) FROM access_auditevent"
    before = counted(fresh_database, events)
    monkeypatch.setattr("newel.record.children.views.answering.messages.success", fault)
    assert browser.post(pages["children:add_home"], HOME).status_code == 500
    assert saved == [True], "It has to fail after the home was saved, or this test says nothing."
    with acting(cast.chillip.pk):
        assert not Home.objects.filter(name=HOME["name"]).exists()
    assert counted(fresh_database, events) == before
    assert not Child.objects.exists()


def test_what_cannot_be_audited_is_not_saved(
    pages: dict[str, str], fresh_database: str, cast: Cast, signed_in: type[Client]
) -> None:
    browser = forgiving(signed_in(cast.chillip))
    with an_audit_that_refuses(fresh_database):
        assert browser.post(pages["children:add_home"], HOME).status_code == 500
        with acting(cast.chillip.pk):
            assert not Home.objects.filter(name=HOME["name"]).exists()
    assert browser.post(pages["children:add_home"], HOME).status_code == 302
    with acting(cast.chillip.pk):
        assert Home.objects.filter(name=HOME["name"]).exists()


def test_what_cannot_be_audited_is_not_shown(
    pages: dict[str, str], fresh_database: str, cast: Cast, signed_in: type[Client]
) -> None:
    """The look is written last of all, and the page goes out only with it."""
    browser = forgiving(signed_in(cast.peggotty))
    with an_audit_that_refuses(fresh_database):
        for name in ("activators:one_page", "activators:one_page_pdf", "children:child"):
            answer = browser.get(pages[name])
            assert answer.status_code == 500, name
            assert b"David" not in answer.content
    assert browser.get(pages["activators:one_page"]).status_code == 200


def test_a_refused_request_writes_only_its_refusal(
    pages: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    assert signed_in(cast.fairfax).post(pages["children:add_home"], HOME).status_code == 404
    with acting(cast.chillip.pk):
        last = AuditEvent.objects.filter(chain=cast.david.pk).latest("id")
        assert (last.act, last.actor) == ("refused", cast.fairfax.pk)
        assert not Home.objects.filter(name=HOME["name"]).exists()


def test_a_job_in_nobodys_name_reaches_nobody(pages: dict[str, str], cast: Cast) -> None:
    with acting(None, page="command"):
        assert not Child.objects.exists()
        assert not Home.objects.exists()
    with pytest.raises(Exception, match="nobody is acting"), acting(None, page="command"):
        children.refer(by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name="Steerforth")


def test_nothing_is_done_outside_a_transaction_that_names_somebody(
    pages: dict[str, str], cast: Cast
) -> None:
    with pytest.raises(names_of_actors.NobodyActing):
        names_of_actors.continue_as(cast.chillip.pk)
    assert not Child.objects.exists()


def test_the_keepers_jobs_act_for_nobody(pages: dict[str, str], fresh_database: str) -> None:
    """They seal and clear for everyone, and still cannot see one child."""
    with audit_chain.connected() as db:
        audit_chain.seal(db=db)
        seen = db.execute("SELECT count(*) FROM children_child").fetchone()
    keeper._clear()
    assert seen == (0,)
    assert not Child.objects.exists()
    assert counted(fresh_database, "SELECT count(*) FROM access_auditqueue") == 0


def test_somebody_whose_account_has_ended_reaches_nobody(pages: dict[str, str], cast: Cast) -> None:
    """H29: also where a job would still name them."""
    with acting(cast.spenlow.pk):
        chillip = cast.chillip
        chillip.is_active, chillip.ended_at = False, LONG_AGO
        chillip.save(update_fields=["is_active", "ended_at"])
    with acting(chillip.pk):
        assert not Child.objects.exists()
