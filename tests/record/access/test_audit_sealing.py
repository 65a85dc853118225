"""Putting events into chains while others write, and after a crash."""

from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from newel.record.access import audit, audit_chain, audit_heads
from newel.record.access.transactions import acting
from tests.cast import Cast
from tests.record.access.attacker import attack, counted, write

ONE, OTHER = 501, 502


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, settings: Settings) -> Path:
    settings.NEWEL_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return tmp_path / "heads.jsonl"


def _in_a_thread(work: object, *arguments: object) -> Thread:
    def run() -> None:
        try:
            work(*arguments)  # type: ignore[operator]
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_two_writers_on_one_child_do_not_wait_for_each_other(
    fresh_database: str, cast: Cast
) -> None:
    audit_chain.seal()

    def another_writer() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '2s'")
        write(second, ONE)

    first, second = cast.chillip.pk, cast.peggotty.pk
    with acting(first):
        audit.record("view", thing="page", child_id=ONE)
        _in_a_thread(another_writer).join()
        assert counted(fresh_database, _OF_ONE) == 1
        assert audit_chain.seal() == 1
    assert audit_chain.seal() == 1
    assert counted(fresh_database, _OF_ONE) == 2
    assert audit_chain.verify() == []


_OF_ONE = f"SELECT count(*) FROM access_auditevent WHERE chain = {ONE}"


def test_verify_is_quiet_while_others_write_and_seal(fresh_database: str, cast: Cast) -> None:
    enough = Event()
    staff = [cast.chillip.pk, cast.peggotty.pk, cast.omer.pk]

    def go_on_writing(staff_id: int) -> None:
        while not enough.is_set():
            for chain in (ONE, OTHER, None):
                write(staff_id, chain)

    def go_on_sealing() -> None:
        with audit_chain.connected() as db:
            while not enough.is_set():
                audit_chain.seal(7, db=db)

    threads = [_in_a_thread(go_on_writing, one) for one in staff] + [_in_a_thread(go_on_sealing)]
    said = [audit_chain.verify() for _ in range(10)]
    enough.set()
    for thread in threads:
        thread.join()
    assert said == [[]] * 10
    assert audit_chain.verify() == []
    assert counted(fresh_database, _OF_ONE) > 10
    assert counted(fresh_database, "SELECT count(*) FROM access_auditqueue") == 0


def test_only_one_seals_at_a_time(fresh_database: str, cast: Cast) -> None:
    write(cast.chillip.pk, ONE)
    with audit_chain.standing_still():
        assert audit_chain.seal() == 0
    assert audit_chain.seal() >= 1


def test_sealing_takes_as_many_as_it_is_told(fresh_database: str, cast: Cast) -> None:
    audit_chain.seal()
    write(cast.chillip.pk, ONE, times=5)
    assert [audit_chain.seal(2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_crash_between_database_and_file_raises_no_false_alarm(
    fresh_database: str, cast: Cast, heads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.chillip.pk, ONE)
    audit_chain.seal()
    write(cast.chillip.pk, ONE)
    write(cast.chillip.pk, OTHER)
    before = heads.read_bytes()
    _crash_while_writing_the_file(monkeypatch)
    assert heads.read_bytes() == before
    assert audit_chain.verify() == []
    assert f"[{OTHER},0," in heads.read_text()


def test_a_crash_at_the_very_first_sealing_raises_no_false_alarm(
    fresh_database: str, cast: Cast, heads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.chillip.pk, ONE)
    _crash_while_writing_the_file(monkeypatch)
    assert not heads.exists()
    write(cast.chillip.pk, ONE)
    assert audit_chain.verify() == []


def test_what_is_taken_after_a_crash_is_found(
    fresh_database: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast.chillip.pk, ONE, times=3)
    _crash_while_writing_the_file(monkeypatch)
    audit_chain.seal()
    with attack(fresh_database) as db:
        db.execute("DELETE FROM access_auditseal WHERE chain = %s AND seq = 3", [ONE])
    assert audit_chain.verify()


@pytest.mark.parametrize("half", [b'{"line":99,"prev', b"\x00\x00"])
def test_half_a_line_left_by_a_crash_raises_no_false_alarm(
    fresh_database: str, cast: Cast, heads: Path, half: bytes
) -> None:
    write(cast.chillip.pk, ONE)
    audit_chain.seal()
    with heads.open("ab") as file:
        file.write(half)
    write(cast.chillip.pk, ONE)
    assert audit_chain.verify() == []
    assert half not in heads.read_bytes()


@pytest.fixture
def soon_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_heads, "GROWS_TO", 100)
    monkeypatch.setattr(audit_heads, "LINES_BETWEEN_LOOKS", 3)


def _seal_often(cast: Cast, times: int) -> None:
    for at in range(times):
        write(cast.chillip.pk, (ONE, OTHER, None)[at % 3])
        audit_chain.seal()


def test_a_long_file_is_written_anew_and_still_tells(
    fresh_database: str, cast: Cast, heads: Path, soon_too_long: None
) -> None:
    _seal_often(cast, 10)
    assert len(heads.read_text().splitlines()) <= 3
    assert audit_chain.verify() == []
    with attack(fresh_database) as db:
        db.execute("DELETE FROM access_auditseal WHERE chain = %s", [OTHER])
        db.execute("DELETE FROM access_auditevent WHERE chain = %s", [OTHER])
        db.execute("DELETE FROM access_audithead WHERE chain = %s", [OTHER])
    assert [found.chain for found in audit_chain.verify() if found.chain] == [OTHER]


def test_a_crash_after_the_file_was_written_anew_raises_no_false_alarm(
    fresh_database: str,
    cast: Cast,
    heads: Path,
    soon_too_long: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _seal_often(cast, 3)
    with monkeypatch.context() as patched:
        patched.setattr(audit_chain, "_put_in_chains", _crash)
        write(cast.chillip.pk, ONE)
        with pytest.raises(OSError):
            audit_chain.seal()
    assert len(heads.read_text().splitlines()) == 1
    assert audit_chain.verify() == []


def test_a_long_file_with_something_wrong_in_it_is_kept(
    fresh_database: str, cast: Cast, heads: Path, soon_too_long: None
) -> None:
    _seal_often(cast, 2)
    first, second = heads.read_text().splitlines()
    heads.write_text(first.replace('"at":"2', '"at":"1') + "\n" + second + "\n")
    _seal_often(cast, 6)
    assert len(heads.read_text().splitlines()) == 8
    assert audit_chain.verify()


def _crash_while_writing_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(audit_heads, "append", _crash)
        with pytest.raises(OSError):
            audit_chain.seal()


def _crash(*_: object) -> None:
    raise OSError("the power went")
