"""PostgreSQL lives as long as a process that uses it, and comes back after any death."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newel.record.config.embedded_postgres.places import Places
from tests.record.config.newel_processes import (
    Processes,
    ask,
    ask_one,
    is_minded,
    is_running,
    kill_for_good,
    parent_of,
    postmaster_pid,
    wait_until,
)

LONGER_THAN_A_LOOK = 0.7


def test_it_stops_after_its_last_user_ends(data_home: Path, newel_process: Processes) -> None:
    user = newel_process(data_home)
    user.start()
    assert is_running(data_home)
    user.end()
    wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")
    assert not (Places(data_home).cluster / "postmaster.pid").exists()


def test_it_stops_after_its_last_user_is_killed(data_home: Path, newel_process: Processes) -> None:
    user = newel_process(data_home)
    user.start()
    user.kill()
    wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")


def test_it_stays_while_another_user_lives(data_home: Path, newel_process: Processes) -> None:
    first, second = newel_process(data_home), newel_process(data_home)
    first.start()
    made = second.start()
    first.kill()
    time.sleep(LONGER_THAN_A_LOOK)
    assert ask_one(made["service"], "SELECT 1") == 1
    second.kill()
    wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")


def test_a_forked_worker_that_outlives_its_parent_is_a_user(
    data_home: Path, newel_process: Processes
) -> None:
    parent = newel_process(data_home)
    made = parent.start()
    worker = parent.order("fork")["pid"]
    parent.kill()
    try:
        time.sleep(LONGER_THAN_A_LOOK)
        assert ask_one(made["service"], "SELECT 1") == 1
    finally:
        os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")


def test_another_program_started_by_a_user_is_no_user(
    data_home: Path, newel_process: Processes
) -> None:
    user = newel_process(data_home)
    user.start()
    program = user.order("run sleep")["pid"]
    user.kill()
    try:
        wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")
    finally:
        os.kill(program, signal.SIGKILL)


def test_who_comes_while_it_stops_gets_a_running_one(
    data_home: Path, newel_process: Processes
) -> None:
    newel_process(data_home).start()
    for _ in range(4):
        newel_process.started[-1].kill()
        time.sleep(0.29)
        made = newel_process(data_home).start()
        assert ask_one(made["service"], "SELECT 1") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends it by itself")
def test_it_ends_with_its_minder(data_home: Path, newel_process: Processes) -> None:
    made = newel_process(data_home).start()
    os.kill(parent_of(postmaster_pid(made["home"])), signal.SIGKILL)
    wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")


@pytest.mark.parametrize("killed", ["minder", "PostgreSQL", "both"])
def test_a_living_user_gets_it_back(killed: str, data_home: Path, newel_process: Processes) -> None:
    user = newel_process(data_home)
    before = user.start(durable=True)
    ask(before["owner"], "CREATE TABLE note AS SELECT 'kept' AS text")
    postmaster = postmaster_pid(before["home"])
    minder = parent_of(postmaster)
    for pid in {"minder": [minder], "PostgreSQL": [postmaster]}.get(killed, [minder, postmaster]):
        kill_for_good(pid)
    after = user.start(durable=True)
    assert is_minded(data_home)
    assert ask_one(after["owner"], "SELECT text FROM note") == "kept"
    assert postmaster_pid(after["home"]) != postmaster


def test_a_minder_asked_to_stop_stops_it_in_order(
    data_home: Path, newel_process: Processes
) -> None:
    made = newel_process(data_home).start()
    os.kill(parent_of(postmaster_pid(made["home"])), signal.SIGTERM)
    wait_until(lambda: not is_running(data_home), "PostgreSQL is stopped")
    assert "database system is shut down" in Places(data_home).log.read_text()


@pytest.mark.parametrize("content", ["a dead process", "another program", "nothing"])
def test_a_stale_process_id_does_not_keep_it_from_starting(
    content: str, data_home: Path, newel_process: Processes
) -> None:
    user = newel_process(data_home)
    made = user.start()
    file = Path(made["home"]) / "postmaster.pid"
    lines = file.read_text().splitlines()
    os.kill(postmaster_pid(made["home"]), signal.SIGKILL)
    user.kill()
    wait_until(lambda: not is_running(data_home) and not is_minded(data_home), "all is dead")
    owner = Path(made["home"]).stat().st_uid
    other = subprocess.Popen(["sleep", "600"], user=owner if os.geteuid() == 0 else None)
    try:
        if content == "another program":
            lines[0] = str(other.pid)
        file.write_text("" if content == "nothing" else "\n".join(lines) + "\n")
        again = newel_process(data_home).start()
        assert ask_one(again["service"], "SELECT 1") == 1
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_cluster_killed_while_it_is_made_is_made_again(
    data_home: Path, newel_process: Processes
) -> None:
    def unfinished() -> list[Path]:
        return list(data_home.glob("postgresql.being-made-*/global"))

    killed = newel_process(data_home)
    killed.start_without_waiting()
    wait_until(lambda: bool(unfinished()), "initdb is at work")
    os.killpg(killed.running.pid, signal.SIGKILL)
    killed.running.wait()
    assert not Places(data_home).cluster.exists()
    made = newel_process(data_home).start()
    assert ask_one(made["service"], "SELECT current_user") == "newel_service"
    assert [each.name for each in data_home.glob("postgresql*")] == ["postgresql"]


def test_a_complete_cluster_is_never_made_anew(data_home: Path, newel_process: Processes) -> None:
    made = newel_process(data_home).start()
    ask(made["owner"], "CREATE TABLE note ()")
    newel_process.end_all()
    for damaged in ("postmaster.opts", "global/pg_control"):
        (Path(made["home"]) / damaged).unlink()
    assert "does not start" in newel_process(data_home).start()["fault"]
    assert (Path(made["home"]) / "base").is_dir()


def test_what_was_committed_survives_the_death_of_everything(
    data_home: Path, newel_process: Processes
) -> None:
    user = newel_process(data_home)
    made = user.start(durable=True)
    ask(made["owner"], "CREATE TABLE note AS SELECT 'kept' AS text")
    postmaster = postmaster_pid(made["home"])
    for pid in (parent_of(postmaster), postmaster, user.running.pid):
        kill_for_good(pid)
    again = newel_process(data_home).start(durable=True)
    assert ask_one(again["owner"], "SELECT text FROM note") == "kept"


def test_a_folder_deleted_under_a_living_user_is_begun_anew(
    open_folder: Path, newel_process: Processes
) -> None:
    user = newel_process(open_folder / "data")
    user.start()
    (open_folder / "data").rename(open_folder / "gone")
    again = user.start()
    assert ask_one(again["service"], "SELECT 1") == 1
    wait_until(lambda: not is_running(open_folder / "gone"), "the older PostgreSQL is stopped")
    assert is_running(open_folder / "data")
