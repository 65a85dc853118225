"""Making a cluster: its language, its doors, its port, its secrets."""

import socket
import stat
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from newel.record.config.embedded_postgres import (
    Cluster,
    EmbeddedPostgresError,
    Secrets,
    binary,
    start,
)
from newel.record.config.embedded_postgres.places import Places
from tests.record.config.newel_processes import Processes, ask, ask_one, wait_until


def test_a_new_cluster_is_utf8_and_sorts_the_same_everywhere(running: dict[str, Any]) -> None:
    about = "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database"
    assert set(ask(running["service"], about)) == {("b", "C.UTF-8", "UTF8")}
    assert ask_one(running["service"], "SELECT lower('ÉÄØ')") == "éäø"


def test_nobody_gets_in_without_the_password(running: dict[str, Any]) -> None:
    rules = "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
    assert ask(running["superuser"], rules) == [("scram-sha-256",)]
    stored = "SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256$%') FROM pg_authid WHERE rolcanlogin"
    assert ask_one(running["superuser"], stored) is True
    for user in ("postgres", "newel_owner", "newel_service", "newel_audit"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"postgresql://{user}:guess@127.0.0.1:{running['port']}/newel")


def test_it_listens_on_127_0_0_1_and_nowhere_else(running: dict[str, Any]) -> None:
    socket.create_connection(("127.0.0.1", running["port"])).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", running["port"]))
    assert ask_one(running["superuser"], "SHOW unix_socket_directories") == ""


def test_its_settings_suit_a_small_machine(data_home: Path, newel_process: Processes) -> None:
    made = newel_process(data_home).start(durable=True)
    shown = {
        name: ask_one(made["service"], f"SHOW {name}")
        for name in ("shared_buffers", "max_connections", "timezone", "fsync", "full_page_writes")
    }
    assert shown == {
        "shared_buffers": "128MB",
        "max_connections": "100",
        "timezone": "UTC",
        "fsync": "on",
        "full_page_writes": "on",
    }


def test_test_runs_may_give_up_durability(running: dict[str, Any]) -> None:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        assert ask_one(running["service"], f"SHOW {name}") == "off"


def test_the_log_holds_none_of_the_words_that_were_refused(running: dict[str, Any]) -> None:
    ask(running["owner"], "CREATE TABLE note (text text CHECK (text <> 'lost her placard'))")
    with pytest.raises(psycopg.errors.CheckViolation):
        ask(running["owner"], "INSERT INTO note VALUES ('lost her placard')")
    log = Places(running["data_home"]).log
    assert "violates check constraint" in log.read_text()
    assert "placard" not in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_log_is_shortened_while_it_is_written(running: dict[str, Any]) -> None:
    log = Places(running["data_home"]).log
    with log.open("a") as written:
        written.write("a long line\n" * 500_000)
    wait_until(lambda: log.stat().st_size < 1_000_000, "the log is shortened")
    older = log.with_name("postgres.log.1")
    assert older.stat().st_size > 5_000_000
    assert stat.S_IMODE(older.stat().st_mode) == 0o600
    with pytest.raises(psycopg.errors.UndefinedTable):
        ask(running["service"], "TABLE written_after")
    assert "written_after" in log.read_text()


def test_another_port_is_taken_when_the_last_one_is_in_use(
    data_home: Path, newel_process: Processes
) -> None:
    port = newel_process(data_home).start()["port"]
    newel_process.end_all()
    with socket.create_server(("127.0.0.1", port)):
        made = newel_process(data_home).start()
        assert made["port"] != port
        assert ask_one(made["service"], "SELECT 1") == 1


def test_two_checkouts_have_two_clusters(open_folder: Path, newel_process: Processes) -> None:
    one = newel_process(open_folder / "one").start()
    two = newel_process(open_folder / "two").start()
    assert one["port"] != two["port"]
    assert one["home"] != two["home"]
    ask(one["owner"], "CREATE TABLE only_in_one ()")
    assert ask_one(two["owner"], "SELECT to_regclass('only_in_one')") is None
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(one["owner"].replace(str(one["port"]), str(two["port"])))


def test_two_names_of_one_folder_are_one_cluster(
    running: dict[str, Any], open_folder: Path, newel_process: Processes
) -> None:
    (open_folder / "link").symlink_to(running["data_home"])
    process = newel_process(open_folder / "link")
    assert process.start()["service"] == running["service"]
    process.kill()


def test_several_processes_may_start_it_at_once(data_home: Path, newel_process: Processes) -> None:
    several = [newel_process(data_home) for _ in range(5)]
    for process in several:
        process.start_without_waiting()
    answers = [process.answer() for process in several]
    assert "fault" not in answers[0]
    assert answers == [answers[0]] * 5


def test_starting_again_in_the_same_process_changes_nothing(
    running: dict[str, Any], newel_process: Processes
) -> None:
    process = newel_process(running["data_home"])
    assert process.start() == process.start()
    process.kill()


def test_data_secrets_and_port_survive_a_restart(data_home: Path, newel_process: Processes) -> None:
    before = newel_process(data_home).start()
    ask(before["owner"], "CREATE TABLE note AS SELECT 'kept' AS text")
    newel_process.end_all()
    after = newel_process(data_home).start()
    assert after == before
    assert ask_one(after["owner"], "SELECT text FROM note") == "kept"


def test_the_secrets_are_private_and_never_shown(running: dict[str, Any]) -> None:
    assert stat.S_IMODE(Places(running["data_home"]).secrets.stat().st_mode) == 0o600
    assert "hush" not in repr(Secrets("hush", "hush", "hush", "hush", "hush"))


def test_lost_secrets_are_named_and_nothing_is_made_anew(made_before: Places) -> None:
    made_before.secrets.unlink()
    with pytest.raises(
        EmbeddedPostgresError, match=r"secrets\.json is missing\. Put that file back"
    ):
        start(made_before.data_home)
    assert not made_before.secrets.exists()
    assert (made_before.cluster / "base").exists()


@pytest.mark.parametrize("content", ['{"owner_password": "half', "{}", "[]", ""])
def test_damaged_secrets_are_named(content: str, made_before: Places) -> None:
    made_before.secrets.write_text(content)
    with pytest.raises(EmbeddedPostgresError, match=r"is damaged\. Put it back from a backup\."):
        start(made_before.data_home)


def test_data_of_another_major_version_is_refused_in_words(made_before: Places) -> None:
    (made_before.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="is of PostgreSQL 15, and the PostgreSQL inst"):
        start(made_before.data_home)


def test_an_address_quotes_what_it_holds() -> None:
    secrets = Secrets("a/b@c:d é", "owner", "service", "key", "key")
    made = Cluster(Path("/d"), Path("/d/postgresql"), "127.0.0.1", 20001, secrets)
    parts = urlsplit(made.url("superuser", "né wel"))
    assert unquote(parts.password or "") == "a/b@c:d é"
    assert (parts.hostname, parts.port, unquote(parts.path)) == ("127.0.0.1", 20001, "/né wel")


def test_backup_and_restore_find_their_programs() -> None:
    for name in ("pg_dump", "pg_restore", "psql", "createdb"):
        said = subprocess.run([binary(name), "--version"], capture_output=True, check=True)
        assert b"(PostgreSQL) 18" in said.stdout


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(EmbeddedPostgresError, match="no program named pg_fix_it"):
        binary("pg_fix_it")
