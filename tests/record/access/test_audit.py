"""Writing to the audit, and who may read or change it."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from newel.record.access import audit, audit_writers
from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import NobodyActing, acting
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency
from tests.cast import Cast
from tests.record.access.attacker import as_owner, counted, write

AUDIT_TABLES = ("access_auditevent", "access_auditqueue", "access_auditseal", "access_audithead")


def _events(child_id: int) -> int:
    return AuditEvent.objects.filter(chain=child_id).count()


def _this_database() -> str:
    return str(connection.settings_dict["NAME"])


def test_a_failing_audit_undoes_the_write(fresh_database: str, cast: Cast) -> None:
    with as_owner(fresh_database) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION access_append_audit FROM newel_service")
    with pytest.raises(ProgrammingError), acting(cast.spenlow.pk):
        places.add_agency(name="Yarmouth Boats", kind="care_provider")
    with acting(cast.spenlow.pk):
        assert not Agency.objects.filter(name="Yarmouth Boats").exists()


def test_a_rolled_back_request_leaves_no_event_and_nothing_waiting(
    fresh_database: str, cast: Cast
) -> None:
    before = counted(fresh_database, "SELECT count(*) FROM access_auditqueue")
    with acting(cast.chillip.pk):
        audit.record("view", thing="page", child_id=cast.david.pk)
        transaction.set_rollback(True)
    assert counted(fresh_database, "SELECT count(*) FROM access_auditqueue") == before
    write(cast.chillip.pk, cast.david.pk)
    assert counted(fresh_database, "SELECT count(*) FROM access_auditqueue") == before + 1


@pytest.mark.parametrize("table", AUDIT_TABLES)
@pytest.mark.parametrize(
    "attempt",
    ["INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_the_service_cannot_touch_the_tables(db: None, table: str, attempt: str) -> None:
    column = "event_id = 1" if table == "access_auditqueue" else "chain = 1"
    with pytest.raises(ProgrammingError, match="permission denied"):
        connection.cursor().execute(attempt.format(table, column))


@pytest.mark.parametrize("table", AUDIT_TABLES[1:])
def test_the_service_cannot_read_what_guards_the_chains(db: None, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        connection.cursor().execute(f"SELECT * FROM {table}")


@pytest.mark.parametrize("table", ["access_auditevent", "access_auditseal"])
@pytest.mark.parametrize("attempt", ["UPDATE {} SET chain = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_trigger_stops_even_the_owner(db: None, table: str, attempt: str) -> None:
    with as_owner(_this_database()) as owner:
        with pytest.raises(Exception, match="the audit is only ever added to"):
            owner.execute(attempt.format(table))
        owner.execute("SET ROLE newel_owner")
        with pytest.raises(Exception, match="permission denied"):
            owner.execute(attempt.format(table))


def test_nobody_writes_in_another_persons_name(db: None, cast: Cast) -> None:
    other = audit.Event(
        event=uuid.uuid4(),
        chain=cast.david.pk,
        at=datetime.now(UTC),
        actor=cast.peggotty.pk,
        act="view",
        thing="page",
        thing_id=None,
        fields=(),
        page="",
        request=None,
        once=None,
        writer=uuid.uuid4(),
        number=1,
    )
    with (
        acting(cast.chillip.pk),
        pytest.raises(ProgrammingError, match="in the name of whoever is acting"),
        transaction.atomic(),
    ):
        audit._append(audit_writers.Writer(), other)


def test_nothing_is_written_outside_a_transaction_that_names_a_person(db: None) -> None:
    with pytest.raises(NobodyActing):
        audit.record("view", thing="page")


SENTENCE = "He was hit by his father"


@pytest.mark.parametrize(
    "words",
    [
        {"fields": (SENTENCE,)},
        {"fields": ("name_key", SENTENCE)},
        {"fields": ("Hit",)},
        {"fields": ("a,b",)},
        {"fields": ('a","b',)},
        {"fields": ("{}",)},
        {"fields": ("",)},
        {"fields": ("x" * 61,)},
        {"act": SENTENCE},
        {"act": ""},
        {"thing": SENTENCE},
        {"page": SENTENCE},
    ],
)
def test_words_cannot_get_in(db: None, cast: Cast, words: dict[str, object]) -> None:
    page = str(words.pop("page", "test"))
    said = {"act": "view", "thing": "page", "child_id": cast.david.pk, **words}
    with acting(cast.chillip.pk, page=page), pytest.raises(DatabaseError), transaction.atomic():
        audit.record(**said)  # type: ignore[arg-type]


def test_the_names_we_use_get_in(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk, page="children:how_to_be_with_me"):
        before = _events(cast.david.pk)
        audit.record(
            "agree", thing="statement", thing_id=3, child_id=cast.david.pk, fields=("text", "p_5")
        )
        assert _events(cast.david.pk) == before + 1


def _look(cast: Cast, address: str) -> None:
    request = RequestFactory().get(address)
    audit.looks_at(request, child_id=cast.david.pk)
    audit.record_look(request, HttpResponse())


def test_a_page_that_polls_is_one_view_an_hour(db: None, cast: Cast) -> None:
    with acting(cast.peggotty.pk, page="shift"):
        before = _events(cast.david.pk)
        for _ in range(3):
            _look(cast, "/shift?poll=1")
        assert _events(cast.david.pk) == before + 1
    with acting(cast.chillip.pk, page="shift"):
        _look(cast, "/shift?poll=1")
        assert _events(cast.david.pk) == before + 2


def test_a_page_that_is_opened_twice_is_two_views(db: None, cast: Cast) -> None:
    with acting(cast.peggotty.pk, page="shift"):
        before = _events(cast.david.pk)
        _look(cast, "/shift")
        _look(cast, "/shift")
        assert _events(cast.david.pk) == before + 2


def test_a_page_that_was_refused_is_no_view(db: None, cast: Cast) -> None:
    request = RequestFactory().get("/")
    audit.looks_at(request, child_id=cast.david.pk)
    with acting(cast.peggotty.pk):
        before = _events(cast.david.pk)
        audit.record_look(request, HttpResponse(status=404))
        assert _events(cast.david.pk) == before


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        ("peggotty", True),
        ("strong", True),
        ("barkis", False),
        ("eshton", False),
        ("spenlow", False),
    ],
)
def test_events_of_a_child_show_to_those_who_reach_or_watch_over_the_child(
    db: None, cast: Cast, username: str, sees: bool
) -> None:
    write(cast.chillip.pk, cast.david.pk)
    with acting(getattr(cast, username).pk):
        assert bool(_events(cast.david.pk)) is sees


def test_events_of_the_house_show_to_oneself_and_to_those_who_govern(db: None, cast: Cast) -> None:
    def house(username: str) -> int:
        with acting(getattr(cast, username).pk):
            return AuditEvent.objects.filter(chain=0, actor=cast.peggotty.pk).count()

    write(cast.peggotty.pk, None)
    assert (house("peggotty"), house("strong")) == (1, 1)
    assert (house("barkis"), house("spenlow")) == (0, 0)


def test_nobody_sees_nothing(db: None, cast: Cast) -> None:
    write(cast.chillip.pk, cast.david.pk)
    with acting(None):
        assert not AuditEvent.objects.exists()


def test_a_tampered_word_is_refused_in_the_database_too(db: None) -> None:
    """Even its owner cannot put a sentence in, so there is none to take out."""
    with as_owner(_this_database()) as owner, pytest.raises(Exception, match="fields_are_names"):
        owner.execute(
            "INSERT INTO access_auditevent (event, chain, at, act, thing, fields, page, mac)"
            " VALUES (gen_random_uuid(), 1, now(), 'view', 'page', %s, '', %s)",
            [[SENTENCE], bytes(32)],
        )


def test_deleting_a_childs_rows_by_law_leaves_the_audit_whole(db: None) -> None:
    """No foreign key leads from the audit to a child, nor back, and so none cascades."""
    tables = "', '".join(AUDIT_TABLES)
    assert not counted(
        _this_database(),
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND"
        f" (conrelid::regclass::text IN ('{tables}') OR confrelid::regclass::text IN ('{tables}'))",
    )


def test_one_event_is_the_same_only_once(db: None, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        before = _events(cast.david.pk)
        audit.record("view", thing="page", child_id=cast.david.pk, once="the same")
        audit.record("view", thing="page", child_id=cast.david.pk, once="the same")
        assert _events(cast.david.pk) == before + 1
        with pytest.raises(IntegrityError), transaction.atomic():
            audit.record("View it", thing="page", child_id=cast.david.pk)
