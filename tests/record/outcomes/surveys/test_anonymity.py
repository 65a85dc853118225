"""H20, H19: the attack. Somebody has the service, or the whole database, and wants to know who
answered what. docs/decisions/0024 says what they could still learn, and what that takes."""

import logging
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from newel.record.access.transactions import acting, request_in_nobodys_name
from newel.record.config import database
from newel.record.config.migrating import as_owner
from newel.record.outcomes.surveys import actions, codes, guesses
from newel.record.outcomes.surveys.models import Wave
from tests.cast import Cast
from tests.record.outcomes.surveys.surveyed import (
    TODAY,
    answered,
    close,
    group,
    hand_in,
    open_now,
    said,
    slips,
    through_the_pages,
    wave,
)

SLIPS, FORMS = "outcomes_surveyslip", "outcomes_surveyform"


@pytest.fixture(autouse=True)
def nobody_guessed_before() -> Iterator[None]:
    guesses.forget()
    yield
    guesses.forget()


def rows(name: str, query: str) -> list[tuple[Any, ...]]:
    with as_owner(name) as owner:
        return owner.execute(query.encode()).fetchall()


def recognisable(number: int) -> dict[str, Any]:
    """A form that its writer's enemy would know again."""
    return said(every=0) | {f"essences_{place:02}": (number >> place) & 1 for place in range(1, 5)}


def number_in(answers: dict[str, Any]) -> int:
    return sum(int(answers[f"essences_{place:02}"]) << place for place in range(1, 5))


def test_h20_place_id_and_transaction_of_a_row_say_nothing_about_who_came_when(
    fresh_database: str, cast: Cast
) -> None:
    """The attacker knows the order in which twelve people answered, and looks after each."""
    codes_drawn = slips(cast, wave(cast, asked=["staff"]), number=12)
    newest_is_last, seen_ids = [], set()
    for number in range(12):
        hand_in([codes_drawn[number]], recognisable(number))
        found = rows(fresh_database, f"SELECT id, xmin::text, answers FROM {FORMS} ORDER BY ctid")
        assert len({xmin for _, xmin, _ in found}) == 1
        ids = {id for id, _, _ in found}
        assert not ids & seen_ids  # no id lives on from one look to the next
        seen_ids |= ids
        newest_is_last.append(number_in(found[-1][2]) == number_in(recognisable(number)))
    assert not all(newest_is_last[1:])
    assert [number_in(one) for _, _, one in found] != [
        number_in(recognisable(n)) for n in range(12)
    ]
    by_id = sorted(found, key=lambda row: row[0])
    assert [number_in(one) for _, _, one in by_id] != [
        number_in(recognisable(n)) for n in range(12)
    ]


def test_h20_slips_say_nothing_about_who_came_when_nor_in_which_order_they_were_made(
    fresh_database: str, cast: Cast
) -> None:
    made = slips(cast, wave(cast, asked=["staff"]), number=12)
    hashes = [codes.hash_of(one) for one in made]
    query = f"SELECT code_hash, xmin::text, spent FROM {SLIPS} ORDER BY ctid"
    assert [bytes(one) for one, _, _ in rows(fresh_database, query)] != hashes
    places = []
    for number in range(12):
        hand_in([made[number]])
        found = rows(fresh_database, query)
        assert len({xmin for _, xmin, _ in found}) == 1
        assert {bytes(one) for one, _, spent in found if spent} == set(hashes[: number + 1])
        places.append(next(at for at, row in enumerate(found) if bytes(row[0]) == hashes[number]))
    assert len(set(places)) > 1
    assert sorted(hashes) == [
        bytes(one) for (one,) in rows(fresh_database, f"SELECT code_hash FROM {SLIPS} ORDER BY 1")
    ]


def test_h20_a_row_holds_nothing_but_this(fresh_database: str) -> None:
    columns = rows(fresh_database, f"""
        SELECT relname, array_agg(attname::text || ' ' || atttypid::regtype ORDER BY attname)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE relname IN ('{SLIPS}', '{FORMS}') AND attnum > 0 AND NOT attisdropped
        GROUP BY relname""")  # fmt: skip
    assert dict(columns) == {
        SLIPS: ["code_hash bytea", "group_id bigint", "spent boolean"],
        FORMS: ["answers jsonb", "day date", "group_id bigint", "id uuid"],
    }
    assert not rows(fresh_database, f"""
        SELECT FROM pg_depend WHERE refobjid IN ('{SLIPS}'::regclass, '{FORMS}'::regclass)
        AND classid = 'pg_class'::regclass
        AND objid IN (SELECT oid FROM pg_class WHERE relkind = 'S')""")  # fmt: skip
    triggers = rows(fresh_database, f"""
        SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        AND tgrelid IN ('{SLIPS}'::regclass, '{FORMS}'::regclass)""")  # fmt: skip
    assert triggers == []  # no history is written beside them


def test_h20_the_day_of_a_form_is_the_same_for_the_whole_wave(
    fresh_database: str, cast: Cast
) -> None:
    """The day on which somebody answered would say, beside the rota, who it was."""
    made = slips(cast, wave(cast, asked=["staff"]), number=4)
    for after, code in enumerate(made):
        hand_in([code], today=TODAY.replace(day=TODAY.day + after))
    assert rows(fresh_database, f"SELECT DISTINCT day FROM {FORMS}") == [(TODAY,)]


def everything(name: str) -> dict[str, str]:
    """A digest of the whole content of each table, and of where each sequence stands."""
    found = {}
    with as_owner(name) as owner:
        tables = owner.execute("""
            SELECT relname::text, pg_get_userbyid(relowner)::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')""").fetchall()
        for table, its_owner in tables:
            owner.execute(f"SET ROLE {its_owner}".encode())
            digest = "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
            row = owner.execute(f"SELECT {digest} FROM (SELECT * FROM {table}) t".encode())
            found[str(table)] = str(row.fetchone())
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {table for table in after if before.get(table) != after[table]}


@pytest.mark.parametrize(("asked", "every"), [("staff", 3), ("residents", 1)])
def test_h20_answering_writes_to_these_two_tables_and_to_nothing_else(
    fresh_database: str, cast: Cast, signed_in: type[Client], asked: str, every: int
) -> None:
    """On a browser in which a colleague is signed in: no session, held or saved form, cache, audit,
    queue or sequence moves. So there is no time, no address and no person to find."""
    code = slips(cast, open_now(cast), asked, number=3)[0]
    browser = signed_in(cast.peggotty)
    browser.get(reverse("overview:shift"))
    before = everything(fresh_database)
    done = through_the_pages(browser, code, said(every=every), asked=asked)
    assert done.status_code == 302, done.content.decode()
    assert done.headers["Location"] == reverse("survey:thank_you")
    assert changed(before, everything(fresh_database)) == {SLIPS, FORMS}
    kept = rows(fresh_database, f"SELECT answers FROM {FORMS}")
    assert kept == [(said(every=every),)]


def test_h20_what_is_half_answered_and_left_keeps_nothing(
    fresh_database: str, cast: Cast, client: Client
) -> None:
    code = slips(cast, open_now(cast), "residents", number=3)[0]
    before, address = everything(fresh_database), reverse("survey:answer")
    client.post(address, {"code": code})
    client.post(address, {"code": code, "go": "begin", "screen": "0"})
    client.post(address, {"code": code, "go": "next", "screen": "0", "essences_01": "4"})
    client.post(address, {"code": code, "go": "stop", "screen": "1", "essences_01": "4"})
    client.post(address, {"code": "0" * 28})
    assert changed(before, everything(fresh_database)) == set()


def test_h20_no_cookie_is_read_and_none_is_set(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.peggotty)
    code = slips(cast, open_now(cast), number=2)[0]
    for response in (
        browser.get(reverse("survey:code")),
        browser.post(reverse("survey:answer"), {"code": code}),
        browser.post(reverse("survey:answer"), {"code": "nonsense"}),
        browser.get(reverse("survey:thank_you")),
        browser.get("/survey/no-such-page/"),
    ):
        assert not response.cookies
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "Peggotty" not in response.content.decode()
        assert not response.wsgi_request.user.is_authenticated


def test_h20_no_log_holds_a_code_an_answer_or_an_address(
    db: None, cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    code = slips(cast, open_now(cast), number=2)[0]
    wrong = codes.new_code()
    with caplog.at_level(logging.DEBUG):
        through_the_pages(client, code, said(every=3), asked="staff")
        client.post(reverse("survey:answer"), {"code": wrong})
        client.post(reverse("survey:answer"), {"code": code, "go": "send"})
    told = "\n".join(record.getMessage() for record in caplog.records)
    for secret in (code, wrong, codes.hash_of(code).hex(), "essences_0", "127.0.0.1"):
        assert secret not in told


def test_h20_the_list_of_running_statements_shows_no_answer_and_no_hash(
    fresh_database: str, cast: Cast
) -> None:
    code = slips(cast, wave(cast), number=2)[0]
    with request_in_nobodys_name():
        # Without its savepoint, whose end would be the last statement that the list shows.
        inner = actions.hand_in.__wrapped__  # type: ignore[attr-defined]
        assert inner(code=code, answers=said(every=3), today=TODAY) == "kept"
        with psycopg.connect(database.url(database.SERVICE), dbname=fresh_database) as other:
            running = other.execute("SELECT query FROM pg_stat_activity").fetchall()
    queries = [str(query) for (query,) in running]
    assert any("outcomes_hand_in" in query for query in queries)
    for query in queries:
        assert "essences_01" not in query
        assert codes.hash_of(code).hex() not in query


@pytest.mark.parametrize("table", [SLIPS, FORMS])
@pytest.mark.parametrize(
    "asked",
    ["SELECT * FROM {}", "SELECT count(*) FROM {}", "DELETE FROM {}", "TABLE {}",
     "COPY {} TO STDOUT", "SELECT xmin, ctid FROM {}", "UPDATE {} SET group_id = 1",
     "SELECT * FROM {} TABLESAMPLE SYSTEM (100)", "EXPLAIN ANALYZE SELECT * FROM {}",
     "LOCK TABLE {} IN SHARE MODE", "SELECT * FROM {} FOR UPDATE", "TRUNCATE {}",
     "CREATE TABLE copied AS SELECT * FROM {}", "INSERT INTO {} DEFAULT VALUES",
     "SELECT group_id FROM {} WHERE ctid = '(0,1)'", "SELECT t FROM {} t WHERE t::text <> ''"],
)  # fmt: skip
def test_h20_the_service_itself_can_read_and_change_neither(
    db: None, table: str, asked: str
) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(asked.format(table))


def test_h20_what_the_planner_knows_of_the_answers_is_not_told_to_the_service(
    fresh_database: str, cast: Cast
) -> None:
    """After ANALYZE the database keeps the most common answers, and their order on disk."""
    made = slips(cast, wave(cast, asked=["staff"]), number=6)
    hand_in(made)
    with as_owner(fresh_database) as owner:
        for table in (SLIPS, FORMS):
            owner.execute(f"ANALYZE {table}".encode())
        known = owner.execute(f"SELECT count(*) FROM pg_stats WHERE tablename = '{FORMS}'")
        assert known.fetchone() != (0,)  # it is there, for whoever owns the table
    with psycopg.connect(database.url(database.SERVICE), dbname=fresh_database) as service:
        for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
            found = service.execute(
                f"SELECT * FROM {view} WHERE tablename IN ('{SLIPS}', '{FORMS}')".encode()
            )
            assert found.fetchall() == [], view
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            service.execute("SELECT stavalues1 FROM pg_statistic LIMIT 1")


@pytest.mark.parametrize(
    "call",
    ["outcomes_shuffle_forms(1, '{}')", "outcomes_shuffle_slips(1, '{}', NULL)"],
)  # fmt: skip
def test_h20_the_service_cannot_call_what_the_doors_are_made_of(db: None, call: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(f"SELECT {call}")


def give_out(groups: list[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_count_forms(%s::bigint[], gen_random_uuid())", [groups])
        return cursor.fetchall()


def test_h20_answers_of_an_open_wave_are_given_out_to_nobody(db: None, cast: Cast) -> None:
    """No peeking: the difference between two looks would be one person's answers."""
    made = answered(cast, forms=8)
    with pytest.raises(DatabaseError, match="not given out"):
        give_out([group(made).pk])


def test_h18_fewer_than_five_forms_are_given_out_to_nobody(db: None, cast: Cast) -> None:
    made = close(cast, answered(cast, forms=4))
    with pytest.raises(DatabaseError, match="not given out"):
        give_out([group(made).pk])


def test_h18_no_form_is_given_out_twice(db: None, cast: Cast) -> None:
    """So no two results share a form, and no difference of two is a small group."""
    made = close(cast, answered(cast, forms=5))
    assert group(made).result_id is not None
    with pytest.raises(DatabaseError, match="not given out"):
        give_out([group(made).pk])


def test_h20_staff_and_residents_or_two_houses_are_never_mixed(db: None, cast: Cast) -> None:
    three = wave(cast)
    for asked in ("staff", "residents"):
        hand_in(slips(cast, three, asked, number=4)[:3])
    close(cast, three)
    with pytest.raises(DatabaseError, match="not given out"):
        give_out([group(three, "staff").pk, group(three, "residents").pk])


def test_h20_the_service_cannot_say_that_a_group_is_uncounted_again(db: None, cast: Cast) -> None:
    close(cast, answered(cast, forms=5))
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("UPDATE outcomes_wavegroup SET result_id = NULL")


def test_h20_nor_that_a_closed_wave_asks_something_else(db: None, cast: Cast) -> None:
    wave(cast)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("UPDATE outcomes_wave SET setting_id = 1")


def test_a_slip_that_two_use_at_once_counts_once_and_nothing_is_lost_of_others(
    fresh_database: str, cast: Cast
) -> None:
    made = slips(cast, wave(cast, asked=["staff"]), number=5)
    became: list[str] = []

    def use(code: str) -> None:
        became.extend(hand_in([code]))
        connections.close_all()

    at_once = [threading.Thread(target=use, args=(code,)) for code in [*made, *made]]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    assert sorted(became) == ["kept"] * 5 + ["spent"] * 5
    assert rows(fresh_database, f"SELECT count(*) FROM {FORMS}") == [(5,)]


def test_whoever_hands_in_while_somebody_closes_is_counted(fresh_database: str, cast: Cast) -> None:
    """The fifth form is on its way when the button is pressed: closing waits for it."""
    made = wave(cast, asked=["staff"])
    drawn = slips(cast, made, number=6)
    hand_in(drawn[:4])

    def close_it() -> None:
        close(cast, made)
        connections.close_all()

    closing = threading.Thread(target=close_it)
    with request_in_nobodys_name():
        assert actions.hand_in(code=drawn[4], answers=said(), today=TODAY) == "kept"
        closing.start()
        closing.join(timeout=1.5)
        assert closing.is_alive()
    closing.join()
    found = group(made).result
    assert found is not None
    assert found.forms == 5
    assert hand_in(drawn[5:]) == ["late"]


def test_what_the_questionnaire_does_not_have_is_never_kept(db: None, cast: Cast) -> None:
    code = slips(cast, wave(cast), number=2)[0]
    with pytest.raises(actions.NotAnAnswer, match="essences_02: 9"):
        hand_in([code], said(_02=9))
    with pytest.raises(actions.NotAnAnswer, match="no item"):
        hand_in([code], said() | {"name": 1})
    assert hand_in([code]) == ["kept"]


def test_h20_the_sheet_of_slips_is_kept_in_no_session_and_no_saved_form(
    fresh_database: str, cast: Cast, signed_in: type[Client]
) -> None:
    made = open_now(cast)
    browser = signed_in(cast.trotwood)
    address = reverse("surveys:make_slips", args=[made.public_id, "staff"])
    browser.get(address)
    before = everything(fresh_database)
    sheet = browser.post(address, {"number": "3", "form_id": "abc"})
    assert sheet.content.decode().count("newel-survey-slip__code") == 3
    # The queue of the audit and its numbers, and whoever is there; no other table knows of it.
    after = changed(before, everything(fresh_database))
    assert SLIPS in after
    assert {one for one in after if not one.startswith(("access_audit", "django_session"))} == {
        SLIPS
    }
    held = rows(fresh_database, "SELECT session_data FROM django_session")
    assert all("survey" not in str(one) for one in held)


def test_h19_no_page_shows_one_form_even_to_a_manager(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = answered(cast, forms=4)
    browser = signed_in(cast.trotwood)
    for name in ("wave", "results"):
        told = browser.get(reverse(f"surveys:{name}", args=[made.public_id]), follow=True)
        assert "average" not in told.content.decode()
    close(cast, made)
    told = browser.get(reverse("surveys:results", args=[made.public_id]), follow=True)
    assert "Fewer than 5 forms came" in told.content.decode()
    assert "average" not in told.content.decode()
    with acting(cast.trotwood.pk):
        assert Wave.objects.get(pk=made.pk).groups.get().result is None
