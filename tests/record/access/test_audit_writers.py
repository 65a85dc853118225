"""An event taken out with its place in the queue, before it was sealed: what tells of it."""

import os
import shutil
import signal
import uuid
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from newel.record.access import audit, audit_chain, audit_writers
from newel.record.access.transactions import acting
from tests.cast import Cast
from tests.record.access.attacker import as_owner, attack, counted, write

ONE, OTHER = 501, 502


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.NEWEL_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return tmp_path / "heads.jsonl.writers"


@pytest.fixture
def writing(fresh_database: str, cast: Cast) -> str:
    """Three events that nobody has sealed yet, the first of this writer."""
    connection.close()
    audit_chain.seal()
    write(cast.chillip.pk, ONE, times=3)
    return fresh_database


def _said() -> list[str]:
    return [found.sentence for found in audit_chain.verify()]


def _take_out_of_the_queue_too(name: str, *numbers: int, writer: uuid.UUID | None = None) -> None:
    """As if it had never been: no row, nothing that waits, no seal."""
    gone = [str(writer or audit_writers.writer_now().id), list(numbers)]
    with attack(name) as db:
        db.execute(
            "DELETE FROM access_auditqueue WHERE event_id IN"
            " (SELECT id FROM access_auditevent WHERE writer = %s AND number = ANY(%s))",
            gone,
        )
        db.execute("DELETE FROM access_auditevent WHERE writer = %s AND number = ANY(%s)", gone)


def _fold() -> int:
    with audit_chain.connected() as db:
        return audit_chain.fold(db=db)


def _heads(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name != "folder")


def _in_a_thread_of_its_own(work: object, *arguments: object) -> uuid.UUID:
    """What it wrote was written by a writer who has ended."""
    ids = []

    def run() -> None:
        try:
            work(*arguments)  # type: ignore[operator]
            ids.append(audit_writers.writer_now().id)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return ids[0]


def test_what_nobody_touched_says_nothing(writing: str, folder: Path) -> None:
    assert _said() == []
    assert _heads(folder) == [audit_writers.writer_now().id.hex]
    assert _said() == []


def test_one_taken_out_before_it_was_sealed_is_found(writing: str) -> None:
    _take_out_of_the_queue_too(writing, 2)
    (sentence,) = _said()
    assert ": 1 before its number 3" in sentence


def test_the_last_one_taken_out_before_it_was_sealed_is_found(writing: str) -> None:
    _take_out_of_the_queue_too(writing, 3)
    (sentence,) = _said()
    assert "its last 1. It ends at number 2, and its head tells of 3." in sentence


def test_all_that_a_writer_wrote_taken_out_is_found(writing: str) -> None:
    _take_out_of_the_queue_too(writing, 1, 2, 3)
    (sentence,) = _said()
    assert "its last 3. It ends at number 0" in sentence


def test_it_stays_found_when_the_writer_goes_on(writing: str, cast: Cast) -> None:
    _take_out_of_the_queue_too(writing, 3)
    write(cast.chillip.pk, OTHER)
    audit_chain.seal()
    (sentence,) = _said()
    assert ": 1 before its number 4" in sentence
    (again,) = _said()
    assert again == sentence


def test_the_last_one_of_a_writer_who_has_ended_is_found_and_stays_found(
    fresh_database: str, cast: Cast, folder: Path
) -> None:
    ended = _in_a_thread_of_its_own(write, cast.chillip.pk, ONE, 2)
    _take_out_of_the_queue_too(fresh_database, 2, writer=ended)
    for _ in range(2):
        (sentence,) = _said()
        assert f"Missing of writer {ended}: its last 1." in sentence
        assert _fold() == 0
    assert ended.hex in _heads(folder)


def test_what_is_put_in_under_the_missing_number_is_found(writing: str) -> None:
    _take_out_of_the_queue_too(writing, 2)
    with attack(writing) as db:
        db.execute(
            "INSERT INTO access_auditevent (event, chain, at, actor, act, thing, fields, page,"
            " writer, number, mac) SELECT gen_random_uuid(), chain, at, actor, act, thing, fields,"
            " page, writer, 2, mac FROM access_auditevent WHERE writer = %s AND number = 1",
            [audit_writers.writer_now().id],
        )
        db.execute("INSERT INTO access_auditqueue SELECT max(id) FROM access_auditevent")
    assert any("was altered" in one for one in _said())


def test_closing_the_gap_with_the_next_number_is_found(writing: str) -> None:
    _take_out_of_the_queue_too(writing, 2)
    with attack(writing) as db:
        db.execute(
            "UPDATE access_auditevent SET number = 2 WHERE writer = %s AND number = 3",
            [audit_writers.writer_now().id],
        )
    assert any("was altered" in one for one in _said())


def test_a_transaction_that_was_taken_back_raises_no_false_alarm(writing: str, cast: Cast) -> None:
    first = audit_writers.writer_now().id
    with acting(cast.chillip.pk):
        audit.record("view", thing="page", child_id=ONE)
        audit.record("view", thing="page", child_id=OTHER)
        transaction.set_rollback(True)
    assert audit_writers.writer_now().id != first, "a number was used twice"
    write(cast.chillip.pk, ONE, times=2)
    assert _said() == []


def test_a_savepoint_that_was_taken_back_raises_no_false_alarm(writing: str, cast: Cast) -> None:
    def record_and_fail() -> None:
        with transaction.atomic():
            audit.record("view", thing="page", child_id=ONE)
            raise IntegrityError

    with acting(cast.chillip.pk):
        audit.record("view", thing="page", child_id=ONE)
        with pytest.raises(IntegrityError):
            record_and_fail()
        audit.record("view", thing="page", child_id=OTHER)
        audit.record("view", thing="page", child_id=OTHER)
    write(cast.chillip.pk, ONE)
    with acting(cast.chillip.pk):
        audit.record("view", thing="page", child_id=ONE)
        with pytest.raises(IntegrityError):
            record_and_fail()
    assert _said() == []


def test_an_event_that_is_written_once_only_uses_no_second_number(writing: str, cast: Cast) -> None:
    for _ in range(3):
        with acting(cast.chillip.pk):
            audit.record("view", thing="page", child_id=ONE, once="the same")
            audit.record("view", thing="page", child_id=ONE)
    assert audit_writers.writer_now().given == 3 + 4
    assert _said() == []


def test_many_writers_at_once_raise_no_false_alarm_while_heads_are_folded_away(
    fresh_database: str, cast: Cast, folder: Path
) -> None:
    enough = Flag()

    def go_on_writing(staff_id: int) -> None:
        while not enough.is_set():
            write(staff_id, ONE, times=3)
            with acting(staff_id):
                audit.record("view", thing="page", child_id=OTHER)
                transaction.set_rollback(True)
            connection.close()  # and another writer begins

    def go_on_folding() -> None:
        while not enough.is_set():
            audit_chain.seal()
            _fold()

    people = [cast.chillip.pk, cast.peggotty.pk, cast.omer.pk]
    threads = [Thread(target=go_on_writing, args=[one]) for one in people]
    threads.append(Thread(target=go_on_folding))
    for thread in threads:
        thread.start()
    said = [_said() for _ in range(8)]
    enough.set()
    for thread in threads:
        thread.join()
    assert said == [[]] * 8
    assert counted(fresh_database, "SELECT count(DISTINCT writer) FROM access_auditevent") > 10
    assert _said() == []
    _fold()
    assert _heads(folder) == []


def test_a_process_killed_between_its_commit_and_its_head_raises_no_false_alarm(
    writing: str, cast: Cast
) -> None:
    before = counted(writing, "SELECT count(*) FROM access_auditevent")
    connection.close()
    child = os.fork()
    if not child:
        audit_writers.Writer.has_committed = (  # type: ignore[method-assign]
            lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        )
        try:
            write(cast.chillip.pk, ONE)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert counted(writing, "SELECT count(*) FROM access_auditevent") == before + 1
    assert _said() == []


def test_a_head_that_cannot_be_written_fails_no_request(
    writing: str, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_space(*_: object) -> None:
        raise OSError("No space left")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", no_space)
        write(cast.chillip.pk, ONE)
    assert "No space left" in caplog.text
    write(cast.chillip.pk, ONE)
    assert _said() == []


@pytest.mark.parametrize("left", ["nothing", "zeros", "older"])
def test_what_a_power_cut_leaves_of_a_head_raises_no_false_alarm(
    writing: str, cast: Cast, folder: Path, left: str
) -> None:
    head = folder / audit_writers.writer_now().id.hex
    older = head.read_bytes()
    write(cast.chillip.pk, ONE)
    head.write_bytes({"nothing": b"", "zeros": b"\x00" * len(older), "older": older}[left])
    assert _said() == []


def test_an_altered_head_is_found(writing: str, folder: Path) -> None:
    head = folder / audit_writers.writer_now().id.hex
    head.write_bytes(head.read_bytes().replace(b"0003 ", b"0002 "))
    assert _said() == [f"The head of the writer {head.name} was altered."]
    connection.close()
    assert _fold() == 0


def test_another_writers_head_put_in_its_place_is_found(
    writing: str, cast: Cast, folder: Path
) -> None:
    other = _in_a_thread_of_its_own(write, cast.chillip.pk, ONE)
    head = folder / audit_writers.writer_now().id.hex
    head.write_bytes((folder / other.hex).read_bytes())
    assert _said() == [f"The head of the writer {head.name} was altered."]


def test_a_folder_that_was_lost_is_said(writing: str, cast: Cast, folder: Path) -> None:
    audit_chain.seal()
    shutil.rmtree(folder)
    assert _said() == ["The folder with the heads of the writers is missing."]
    connection.close()
    write(cast.chillip.pk, ONE)
    replaced = ["The folder with the heads of the writers was taken away or replaced."]
    assert _said() == replaced
    assert _said() == replaced


def test_only_the_heads_of_ended_writers_whose_events_are_sealed_are_folded_away(
    writing: str, cast: Cast, folder: Path
) -> None:
    mine = audit_writers.writer_now().id
    ended = _in_a_thread_of_its_own(write, cast.chillip.pk, ONE)
    assert _fold() == 0
    assert _heads(folder) == sorted([mine.hex, ended.hex])
    audit_chain.seal()
    assert _fold() == 1
    assert _heads(folder) == [mine.hex]
    connection.close()
    assert _fold() == 1
    assert _said() == []


def test_an_event_from_before_there_were_writers_is_whole_and_guarded(
    writing: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_writers, "has_written", lambda *_: None)
    old = audit.Event(
        uuid.uuid4(), ONE, datetime.now(UTC), cast.chillip.pk, "view", "page", None, (), "", None,
        None, None, None,
    )  # fmt: skip
    with acting(cast.chillip.pk):
        audit._append(audit_writers.Writer(), old)
    assert _said() == []
    with as_owner(writing) as db:
        row = db.execute("SELECT mac FROM access_auditevent WHERE writer IS NULL").fetchone()
    assert row
    with attack(writing) as db:
        db.execute(
            "UPDATE access_auditevent SET writer = gen_random_uuid(), number = 1 WHERE event = %s",
            [old.event],
        )
    assert any("was altered" in one for one in _said())
