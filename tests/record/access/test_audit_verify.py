"""What an attacker with the whole database, but without the key, cannot hide."""

import json
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from newel.record.access import audit, audit_chain
from newel.record.access.transactions import acting
from tests.cast import Cast
from tests.record.access.attacker import as_owner, attack, counted, write

ONE, OTHER = 501, 502
CHAINS = (ONE, OTHER, None)


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, settings: Settings) -> Path:
    settings.NEWEL_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return tmp_path / "heads.jsonl"


@pytest.fixture
def history(fresh_database: str, cast: Cast) -> str:
    """Three chains, sealed in three goes."""
    for _ in range(3):
        for chain in CHAINS:
            write(cast.chillip.pk, chain, times=2)
        audit_chain.seal()
    return fresh_database


def _said() -> list[str]:
    """Of chains and of the file. What is missing there is missing of its writer too: that is
    tested in `test_audit_writers`."""
    said = [f"{found.chain}: {found.sentence}" for found in audit_chain.verify()]
    return [one for one in said if "riter" not in one]


def _only(fragment: str, *, chain: int | None = ONE) -> None:
    said = _said()
    assert len(said) == 1, said
    assert said[0].startswith(f"{chain}: ") and fragment in said[0]


def _ids(name: str, chain: int = ONE) -> list[int]:
    with as_owner(name) as db:
        rows = db.execute("SELECT id FROM access_auditevent WHERE chain = %s ORDER BY id", [chain])
        return [row[0] for row in rows]


def test_a_truthful_history_says_nothing(history: str) -> None:
    assert audit_chain.verify() == []
    assert counted(history, "SELECT count(*) FROM access_auditqueue") == 0
    assert counted(history, "SELECT count(DISTINCT chain) FROM access_auditseal") >= 3


def test_looks_at_several_children_at_once_stand_each_in_the_childs_own_chain(
    fresh_database: str, cast: Cast
) -> None:
    """As a handover writes them: one statement, and each event as its MAC says it."""
    with acting(cast.peggotty.pk, page="overview:unit_handover"):
        audit._record_looks("print", [OTHER, ONE])
    audit_chain.seal()
    assert audit_chain.verify() == []
    with as_owner(fresh_database) as db:
        rows = db.execute(
            "SELECT chain, act, actor, page FROM access_auditevent WHERE chain >= 501"
            " ORDER BY number"
        ).fetchall()
    seen = ("print", cast.peggotty.pk, "overview:unit_handover")
    assert rows == [(OTHER, *seen), (ONE, *seen)]


CHANGES = (
    "actor = actor + 1",
    "actor = NULL",
    "at = at - interval '1 microsecond'",
    "act = 'print'",
    "thing = 'statement'",
    "thing_id = 1",
    "fields = '{}'",
    "page = 'other'",
    "request = NULL",
    "event = gen_random_uuid()",
    "once = repeat('a', 64)",
    "chain = 502",
    "writer = gen_random_uuid()",
    "number = number + 1000",
    "writer = NULL, number = NULL",
    "mac = sha256('')",
)


def test_an_altered_event_is_found_whatever_was_altered(history: str) -> None:
    columns = "event, chain, at, actor, act, thing, thing_id, fields, page, request, once"
    columns += ", writer, number, mac"
    third = _ids(history)[2]
    with attack(history) as db:
        query = f"SELECT {columns} FROM access_auditevent WHERE id = %s"
        truth = db.execute(query, [third]).fetchone()
        assert truth
        marks = ", ".join(["%s"] * len(truth))
        for change in CHANGES:
            db.execute(f"UPDATE access_auditevent SET {change} WHERE id = %s", [third])
            _only("The event at place 3 was altered.")
            put_back = f"UPDATE access_auditevent SET ({columns}) = ({marks}) WHERE id = %s"
            db.execute(put_back, [*truth, third])
            assert _said() == []


def test_an_event_altered_before_it_was_sealed_is_found(history: str, cast: Cast) -> None:
    write(cast.chillip.pk, ONE)
    with attack(history) as db:
        db.execute("UPDATE access_auditevent SET actor = 9 WHERE id = %s", [_ids(history)[-1]])
    _only("The event at place 7 was altered.")


def _copy_row(name: str, *, event: str) -> int:
    """A row with another's content, under a new id."""
    with attack(name) as db:
        db.execute("ALTER TABLE access_auditevent DROP CONSTRAINT access_auditevent_event_key")
        db.execute("DROP INDEX IF EXISTS access_auditevent_writer_number")
        row = db.execute(
            "INSERT INTO access_auditevent (event, chain, at, actor, act, thing, thing_id, fields,"
            " page, request, once, writer, number, mac)"
            f" SELECT {event}, chain, at, actor, act, thing, thing_id, fields, page, request, once,"
            " writer, number, mac FROM access_auditevent WHERE id = %s RETURNING id",
            [_ids(name)[0]],
        ).fetchone()
    assert row
    return int(row[0])


def test_an_inserted_event_is_found(history: str) -> None:
    _copy_row(history, event="gen_random_uuid()")
    said = _said()
    assert any("was altered" in one for one in said)
    assert any("It is in no chain" in one for one in said)


def test_an_inserted_event_that_waits_to_be_sealed_is_found(history: str) -> None:
    new = _copy_row(history, event="gen_random_uuid()")
    with attack(history) as db:
        db.execute("INSERT INTO access_auditqueue VALUES (%s)", [new])
    _only("The event at place 7 was altered.")


def test_a_truthful_event_copied_and_sealed_is_found(history: str) -> None:
    new = _copy_row(history, event="event")
    with attack(history) as db:
        db.execute("INSERT INTO access_auditqueue VALUES (%s)", [new])
    _only("The same event is there 2 times.")


def test_a_forged_seal_is_found(history: str) -> None:
    new = _copy_row(history, event="event")
    with attack(history) as db:
        db.execute("INSERT INTO access_auditseal VALUES (%s, %s, 7, sha256(''))", [new, ONE])
        db.execute(
            "UPDATE access_audithead SET count = 7, link = sha256('') WHERE chain = %s", [ONE]
        )
    assert any("or its seal was put there by somebody else" in one for one in _said())


def test_two_events_that_changed_places_are_found(history: str) -> None:
    first, second = _ids(history)[:2]
    with attack(history) as db:
        for old, new in ((first, -1), (second, first), (-1, second)):
            db.execute("UPDATE access_auditseal SET event_id = %s WHERE event_id = %s", [new, old])
    assert len(_said()) == 2


def test_a_missing_event_is_found(history: str) -> None:
    with attack(history) as db:
        db.execute("DELETE FROM access_auditevent WHERE id = %s", [_ids(history)[2]])
    _only("The event at place 3 is missing.")


def test_a_missing_event_is_found_when_its_seal_is_gone_too(history: str) -> None:
    _take_out(history, _ids(history)[2])
    _only("1 missing before place 4.")


def test_a_missing_event_is_found_when_the_others_move_up(history: str) -> None:
    _take_out(history, _ids(history)[2])
    with attack(history) as db:
        for seq in (4, 5, 6):
            db.execute(
                "UPDATE access_auditseal SET seq = %s WHERE chain = %s AND seq = %s",
                [seq - 1, ONE, seq],
            )
        db.execute("UPDATE access_audithead SET count = 5 WHERE chain = %s", [ONE])
    said = _said()
    assert any("or its seal was put there" in one for one in said)
    assert any("The last events are missing: 1" in one for one in said)


def test_the_first_event_missing_is_found(history: str) -> None:
    _take_out(history, _ids(history)[0])
    _only("1 missing before place 2.")


def test_the_last_event_missing_is_found(history: str) -> None:
    _take_out(history, _ids(history)[-1])
    said = _said()
    assert f"{ONE}: It ends at place 5, and its head says 6." in said
    assert f"{ONE}: The last events are missing: 1, as the file of heads tells." in said


def test_the_last_event_missing_is_found_with_the_head_put_back(history: str) -> None:
    _take_back(history, 1)
    _only("The last events are missing: 1")


def test_what_was_taken_back_is_found_after_the_chain_has_grown_again(
    history: str, cast: Cast
) -> None:
    _take_back(history, 1)
    write(cast.chillip.pk, ONE, times=3)
    _only("it ended at 5, and not at 6 as before")
    write(cast.chillip.pk, ONE)
    _only("it ended at 5, and not at 6 as before")


def test_an_event_missing_before_it_was_sealed_is_found(history: str, cast: Cast) -> None:
    write(cast.chillip.pk, ONE)
    with attack(history) as db:
        db.execute("DELETE FROM access_auditevent WHERE id = %s", [_ids(history)[-1]])
    _only("waits to be sealed and is missing.", chain=None)


def test_an_event_taken_out_of_the_queue_is_found(history: str, cast: Cast) -> None:
    write(cast.chillip.pk, ONE)
    with attack(history) as db:
        db.execute("TRUNCATE access_auditqueue")
    _only("It is in no chain and does not wait for one")


def test_an_event_put_in_the_queue_again_is_found(history: str) -> None:
    with attack(history) as db:
        db.execute("INSERT INTO access_auditqueue VALUES (%s)", [_ids(history)[0]])
    _only("waits to be sealed and has been in a chain already", chain=None)


@pytest.mark.parametrize("head_too", [False, True])
def test_a_whole_chain_missing_is_found(history: str, head_too: bool) -> None:
    for event in _ids(history):
        _take_out(history, event)
    if head_too:
        with attack(history) as db:
            db.execute("DELETE FROM access_audithead WHERE chain = %s", [ONE])
    _only("The whole chain is missing: 6 events.")


def test_everything_missing_is_found(history: str) -> None:
    with attack(history) as db:
        db.execute("TRUNCATE access_auditevent, access_auditseal, access_auditqueue")
        db.execute("TRUNCATE access_audithead")
    assert len([one for one in _said() if "whole chain is missing" in one]) >= 3


@pytest.mark.parametrize("change", ["count = 5", "count = 9", "link = sha256('')"])
def test_an_altered_head_is_found(history: str, change: str) -> None:
    with attack(history) as db:
        db.execute(f"UPDATE access_audithead SET {change} WHERE chain = %s", [ONE])
    assert any(one.startswith(f"{ONE}: It") for one in _said())


def test_an_altered_line_of_the_file_is_found(history: str, heads: Path) -> None:
    lines = heads.read_text().splitlines()
    line = json.loads(lines[1])
    line["chains"][0][3] += 1
    lines[1] = json.dumps(line)
    heads.write_text("\n".join(lines) + "\n")
    assert "None: Line 2 of the file of heads was altered." in _said()


@pytest.mark.parametrize("which", [0, 1])
def test_a_line_taken_out_of_the_file_is_found(history: str, heads: Path, which: int) -> None:
    lines = heads.read_text().splitlines(keepends=True)
    del lines[which]
    heads.write_text("".join(lines))
    assert any("Something is missing in the file of heads" in one for one in _said())


def test_lines_taken_from_the_end_of_the_file_are_found_and_stay_found(
    history: str, heads: Path, cast: Cast
) -> None:
    lines = heads.read_text().splitlines(keepends=True)
    heads.write_text("".join(lines[:-2]))
    gone = "None: The end of the file of heads was taken away or replaced."
    assert gone in _said()
    for _ in range(3):
        write(cast.chillip.pk, ONE)
        assert gone in _said()


def test_a_file_that_was_taken_away_is_found_and_stays_found(
    history: str, heads: Path, cast: Cast
) -> None:
    heads.unlink()
    assert _said() == ["None: The file of heads is missing."]
    write(cast.chillip.pk, ONE)
    assert "None: The end of the file of heads was taken away or replaced." in _said()


def test_an_older_file_put_back_is_found(history: str, heads: Path, cast: Cast) -> None:
    older = heads.read_bytes()
    for _ in range(2):
        write(cast.chillip.pk, ONE)
        audit_chain.seal()
    heads.write_bytes(older)
    assert "None: The end of the file of heads was taken away or replaced." in _said()


def test_another_key_makes_everything_look_altered_and_the_list_ends(
    history: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_chain, "AT_MOST", 5)
    settings.NEWEL_AUDIT_KEY = "another"
    said = _said()
    assert len(said) == 6
    assert "If NEWEL_AUDIT_KEY was changed" in said[-1]


def test_a_finding_names_the_event(history: str) -> None:
    with attack(history) as db:
        row = db.execute(
            "UPDATE access_auditevent SET page = 'x' WHERE id = %s RETURNING event",
            [_ids(history)[0]],
        ).fetchone()
    assert row
    assert [found.event for found in audit_chain.verify()] == [row[0]]


def test_verify_sees_all_chains_whoever_asks(history: str, cast: Cast) -> None:
    with attack(history) as db:
        db.execute("UPDATE access_auditevent SET page = 'x' WHERE id = %s", [_ids(history)[0]])
    with acting(cast.heep.pk):
        assert len(audit_chain.verify()) == 1


def _take_out(name: str, event_id: int) -> None:
    with attack(name) as db:
        db.execute("DELETE FROM access_auditseal WHERE event_id = %s", [event_id])
        db.execute("DELETE FROM access_auditevent WHERE id = %s", [event_id])


def _take_back(name: str, times: int) -> None:
    """The last events, their seals, and the head as it was before them."""
    for event in _ids(name)[-times:]:
        _take_out(name, event)
    with attack(name) as db:
        db.execute(
            "UPDATE access_audithead h SET count = s.seq, link = s.link FROM access_auditseal s"
            " WHERE h.chain = %s AND s.chain = h.chain AND s.seq = h.count - %s",
            [ONE, times],
        )
