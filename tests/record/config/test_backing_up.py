"""`newel backup` and `newel restore`, tested by restoring."""

import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from newel.record.config import embedded_postgres
from newel.record.config.embedded_postgres import secrets_file
from newel.record.config.embedded_postgres.places import Places
from tests.record.config.embedded_postgres_folders import new_open_folder
from tests.record.config.newel_command import DEMO, Server, SetUp, a_name, refer
from tests.record.config.newel_processes import wait_until

Restored = tuple[SetUp, "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Backup:
    made_in: SetUp
    file: Path
    says: str
    written_meanwhile: int


@pytest.fixture(scope="module")
def backup(demo_set_up: SetUp) -> Iterator[Backup]:
    """Made while somebody writes."""
    with demo_set_up.serving("demo") as server:
        file = demo_set_up.data.parent / "newel.backup"
        writing = Writing(server)
        with writing:
            done = demo_set_up.run("backup", file, **DEMO)
            writing.goes_on()
        assert done.returncode == 0, done.stderr
    yield Backup(demo_set_up, file, done.stdout, writing.written)


class Writing:
    """A psychologist who refers one child after the other."""

    def __init__(self, server: Server) -> None:
        self.browser = server.browser().sign_in("miriam.losberne")
        self.written = 0
        self.enough = threading.Event()
        self.thread = threading.Thread(target=self.write)

    def __enter__(self) -> None:
        self.thread.start()
        self.goes_on()

    def __exit__(self, *_: object) -> None:
        self.enough.set()
        self.thread.join()

    def goes_on(self) -> None:
        so_far = self.written
        wait_until(lambda: self.written > so_far, "somebody writes", 60)

    def write(self) -> None:
        while not self.enough.is_set():
            if refer(self.browser, a_name()).status == 302:
                self.written += 1


@pytest.fixture(scope="module")
def restored(backup: Backup) -> Iterator[Restored]:
    """On a machine that has only the backup and the keys."""
    folder = new_open_folder()
    fresh = SetUp(folder / "data")
    fresh.data.mkdir(mode=0o711)
    shutil.copy2(Places(backup.made_in.data).secrets, Places(fresh.data).secrets)
    holding = Holding(fresh)
    done = holding.run("restore", backup.file)
    yield fresh, done
    holding.let_go()
    fresh.wait_until_stopped()
    shutil.rmtree(folder)


class Holding:
    """Keeps the database of a set-up running between commands."""

    def __init__(self, set_up: SetUp) -> None:
        self.set_up = set_up
        self.process = subprocess.Popen(
            [sys.executable, "-c", KEEP_RUNNING],
            env=set_up.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == b"runs\n"

    def run(self, *words: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        return self.set_up.run(*words, **more)

    def let_go(self) -> None:
        self.process.communicate(timeout=30)


KEEP_RUNNING = """
import sys
from newel.record.config import database
database.cluster()
print("runs", flush=True)
sys.stdin.read()
"""


def test_a_backup_made_while_somebody_writes_comes_back_with_a_whole_audit(
    backup: Backup, restored: Restored
) -> None:
    fresh, done = restored
    assert (done.returncode, done.stderr) == (0, "")
    assert "Everything is back. Run `newel audit verify`" in done.stdout
    verified = fresh.run("audit", "verify")
    assert (verified.returncode, verified.stdout) == (
        0,
        "The audit is whole: no row altered, inserted or missing.\n",
    )


def test_every_table_holds_what_was_in_the_backup(backup: Backup, restored: Restored) -> None:
    fresh, _ = restored
    came_back = counts(fresh, "newel")
    with tarfile.open(backup.file) as tar:
        content = tar.extractfile("database.dump")
        assert content
        listed = subprocess.run(
            [embedded_postgres.binary("pg_restore"), "--data-only", "--file=-"],
            input=content.read(),
            capture_output=True,
            check=True,
        ).stdout.decode()
    kept = rows_in(listed)
    assert came_back["access_auditqueue"] == 0, "what waited was sealed by `audit verify`"
    for sealed in ("access_auditqueue", "access_auditseal", "access_audithead"):
        del came_back[sealed], kept[sealed]
    assert came_back == kept
    assert came_back["children_child"] >= 3 + 1
    assert came_back["children_child"] <= 3 + 1 + backup.written_meanwhile
    assert came_back["access_auditevent"] > 300


def rows_in(copied: str) -> dict[str, int]:
    """Counted in the text that pg_restore writes: COPY … FROM stdin, rows, and a line of \\."""
    counted: dict[str, int] = {}
    table = ""
    for line in copied.split("\n"):
        if not table and line.startswith("COPY public."):
            table = line.split()[1].removeprefix("public.")
            counted[table] = 0
        elif line == "\\.":
            table = ""
        elif table:
            counted[table] += 1
    return counted


def counts(set_up: SetUp, database: str) -> dict[str, int]:
    tables = [
        name
        for (name,) in set_up.ask(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            database=database,
        )
    ]
    with psycopg.connect(set_up.url("superuser", database)) as connection:
        return {
            name: connection.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            ).fetchone()[0]  # type: ignore[index]
            for name in tables
        }


FACTS = {
    "owners and rights": "SELECT relname, relowner::regrole::text,"
    " coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\","
    " relowner))::text,"
    " relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v') ORDER BY 1",
    "policies": "SELECT tablename, policyname, permissive, roles::text, cmd,"
    " qual IS NULL, with_check IS NULL FROM pg_policies ORDER BY 1, 2",
    "functions": "SELECT proname, proowner::regrole::text, proacl::text, prosecdef, prosrc"
    " FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 5",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled, tgfoid::regproc::text"
    " FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "the schema": "SELECT nspname, nspowner::regrole::text,"
    " ARRAY(SELECT a::text FROM unnest(nspacl) a ORDER BY 1) FROM pg_namespace"
    " WHERE nspname = 'public'",
    "default rights": "SELECT defaclrole::regrole::text, defaclobjtype, defaclacl::text"
    " FROM pg_default_acl ORDER BY 1, 2",
}


@pytest.fixture(scope="module")
def facts_before(backup: Backup) -> dict[str, list]:
    holding = Holding(backup.made_in)
    try:
        return {what: backup.made_in.ask(question) for what, question in FACTS.items()}
    finally:
        holding.let_go()


@pytest.mark.parametrize("what", FACTS)
def test_the_locks_come_back_with_the_rows(
    what: str,
    facts_before: dict[str, list],
    restored: Restored,
) -> None:
    fresh, _ = restored
    assert len(facts_before[what]) >= 1
    assert fresh.ask(FACTS[what], database="newel") == facts_before[what]


def test_the_service_sees_no_child_in_the_restored_database_until_somebody_acts(
    restored: Restored,
) -> None:
    fresh, _ = restored

    def seen(username: str | None) -> int:
        with psycopg.connect(fresh.url("service", "newel")) as service:
            row = service.execute(
                "SELECT id FROM access_staffmember WHERE username = %s", [username]
            ).fetchone()
            service.execute("SELECT newel_begin(%s)", [row[0] if row else None])
            counted = service.execute("SELECT count(*) FROM children_child").fetchone()
            return int(counted[0]) if counted else 0

    assert seen(None) == 0
    assert seen("miriam.losberne") >= 3


def test_the_restored_locks_hold(
    restored: Restored,
) -> None:
    fresh, _ = restored
    protected = "SELECT line FROM children_protectedaddress"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        fresh.ask(protected.replace("line", "*"), role="service", database="newel")
    with pytest.raises(psycopg.Error, match=r"append|stays|never|change"):
        fresh.ask("DELETE FROM access_auditevent RETURNING 1", database="newel")


def test_a_restored_newel_serves(
    restored: Restored,
) -> None:
    fresh, _ = restored
    ready = fresh.run("doctor")
    assert ready.returncode == 0, ready.stdout
    assert fresh.run("check-migrations").returncode == 0
    assert "No migrations to apply" in fresh.run("migrate").stdout


def test_the_backup_says_that_the_keys_are_not_in_it_and_they_are_not(backup: Backup) -> None:
    assert "The keys are not" in backup.says
    kept = secrets_file.load(Places(backup.made_in.data).secrets)
    content = backup.file.read_bytes()
    for key in (kept.audit_key, kept.django_secret_key, kept.owner_password):
        assert key.encode() not in content
    assert backup.file.stat().st_mode & 0o777 == 0o600


def test_only_the_backup_is_left_in_its_folder(backup: Backup) -> None:
    names = {path.name for path in backup.file.parent.iterdir()}
    assert names <= {"newel.backup", "data", "data.log", "damaged", "list.backup"}


def test_another_audit_key_is_refused_before_it_can_spoil_anything(
    backup: Backup, new_set_up: SetUp
) -> None:
    refused = new_set_up.run("restore", backup.file)
    assert refused.returncode == 1
    assert "another audit key" in refused.stderr
    key = secrets_file.load(Places(backup.made_in.data).secrets).audit_key
    done = new_set_up.run("restore", backup.file, NEWEL_AUDIT_KEY=key)
    assert done.returncode == 0, done.stderr
    assert new_set_up.run("audit", "verify", NEWEL_AUDIT_KEY=key).returncode == 0


def test_the_record_comes_back_where_the_key_is_lost(backup: Backup, new_set_up: SetUp) -> None:
    done = new_set_up.run("restore", "--key-is-lost", backup.file)
    assert done.returncode == 0, done.stderr
    assert "cannot be verified" in done.stdout
    assert new_set_up.run("audit", "verify").returncode == 1


def test_people_are_never_overwritten(backup: Backup, restored: Restored) -> None:
    fresh, _ = restored
    before = counts(fresh, "newel")
    again = fresh.run("restore", backup.file)
    assert again.returncode == 1
    assert "holds people already" in again.stderr
    assert counts(fresh, "newel") == before


def damaged(backup: Backup) -> Path:
    copy = backup.file.with_name("damaged")
    content = bytearray(backup.file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)
    return copy


def cut_short(backup: Backup) -> Path:
    copy = backup.file.with_name("damaged")
    copy.write_bytes(backup.file.read_bytes()[:-100_000])
    return copy


def without_a_list_of_digests(backup: Backup) -> Path:
    copy = backup.file.with_name("list.backup")
    with tarfile.open(copy, "w:") as tar:
        for name in ("manifest.json", "audit-heads.jsonl", "database.dump"):
            member = tarfile.TarInfo(name)
            member.size = 2
            tar.addfile(member, io.BytesIO(b"[]"))
    return copy


def another_file(backup: Backup) -> Path:
    return Path(__file__)


def missing(backup: Backup) -> Path:
    return backup.file.with_name("no such file")


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (damaged, "is damaged"),
        (cut_short, "damaged"),
        (another_file, "is not a backup of Newel"),
        (without_a_list_of_digests, "is not a backup of Newel"),
        (missing, "is not a backup of Newel, or it is damaged"),
    ],
)
def test_what_is_no_whole_backup_is_refused_in_a_sentence(
    made: object,
    says: str,
    backup: Backup,
    restored: Restored,
) -> None:
    fresh, _ = restored
    refused = fresh.run("restore", made(backup))  # type: ignore[operator]
    assert refused.returncode == 1
    assert says in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_backup_never_overwrites_and_needs_its_folder(backup: Backup, restored: Restored) -> None:
    fresh, _ = restored
    before = backup.file.read_bytes()
    there = fresh.run("backup", backup.file)
    assert (there.returncode, "is already there" in there.stderr) == (1, True)
    assert backup.file.read_bytes() == before
    nowhere = fresh.run("backup", "/nowhere/at/all")
    assert (nowhere.returncode, "does not exist" in nowhere.stderr) == (1, True)


def test_a_stopped_backup_leaves_nothing(restored: Restored, tmp_path: Path) -> None:
    fresh, _ = restored
    running = subprocess.Popen(
        [sys.executable, "-m", "newel.cli", "backup", tmp_path / "newel.backup"],
        env=fresh.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: any(tmp_path.iterdir()), "it has begun", 30)
    os.kill(running.pid, signal.SIGTERM)
    said = running.communicate(timeout=30)[1]
    assert list(tmp_path.iterdir()) == [], said
    assert running.returncode == 1


def test_a_killed_backup_leaves_no_file_of_that_name(restored: Restored, tmp_path: Path) -> None:
    fresh, _ = restored
    running = subprocess.Popen(
        [sys.executable, "-m", "newel.cli", "backup", tmp_path / "newel.backup"],
        env=fresh.environment(),
    )
    wait_until(lambda: any(tmp_path.iterdir()), "it has begun", 30)
    running.kill()
    running.wait()
    assert not (tmp_path / "newel.backup").exists()
    assert fresh.run("backup", tmp_path / "newel.backup").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["newel.backup"]
