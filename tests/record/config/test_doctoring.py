"""`newel doctor` says in words what is wrong, and exits with 1 when something is."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newel.record.config.embedded_postgres.places import Places
from tests.record.config.newel_command import Server, SetUp

KEYS = {"NEWEL_SECRET_KEY": "a" * 50, "NEWEL_AUDIT_KEY": "b" * 50}


@pytest.fixture(scope="module")
def serving(demo_set_up: SetUp) -> Iterator[Server]:
    with demo_set_up.serving("demo") as server:
        yield server


def wrong(done: "subprocess.CompletedProcess[str]") -> list[str]:
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith("WRONG")]


def test_a_healthy_set_up(serving: Server, demo_set_up: SetUp) -> None:
    done = demo_set_up.run("doctor")
    assert done.returncode == 0, done.stdout
    assert "owns nothing and bypasses nothing" in done.stdout
    assert done.stdout.endswith("Nothing is wrong.\n")


def test_a_set_up_that_was_not_built(serving: Server, demo_set_up: SetUp, tmp_path: Path) -> None:
    (said,) = wrong(demo_set_up.run("doctor", NEWEL_BUILT=str(tmp_path)))
    assert "Run `make install`" in said


def test_a_database_that_is_away(tmp_path: Path) -> None:
    away = "postgresql://newel_service:x@127.0.0.1:1/newel"
    (said,) = wrong(SetUp(tmp_path).run("doctor", DATABASE_URL=away, **KEYS))
    assert "does not let Newel in" in said


@pytest.mark.parametrize("url", ["nonsense", "postgresql://", "mysql://root@127.0.0.1/newel"])
def test_an_address_of_no_database(url: str, tmp_path: Path) -> None:
    assert wrong(SetUp(tmp_path).run("doctor", DATABASE_URL=url, **KEYS))


def test_a_role_that_may_too_much(serving: Server, demo_set_up: SetUp) -> None:
    for role in ("superuser", "owner"):
        url = demo_set_up.url(role)
        (said,) = wrong(demo_set_up.run("doctor", DATABASE_URL=url, **KEYS))
        assert "superuser, bypasses policies or owns tables" in said
        assert "roles-sql" in said


def test_keys_that_are_missing(serving: Server, demo_set_up: SetUp) -> None:
    said = wrong(demo_set_up.run("doctor", DATABASE_URL=demo_set_up.url("service")))
    assert [line.split()[1] for line in said] == ["NEWEL_SECRET_KEY", "NEWEL_AUDIT_KEY"]


def test_a_database_that_is_steps_behind(serving: Server, demo_set_up: SetUp) -> None:
    behind = demo_set_up.url("service", "newel")
    said = wrong(demo_set_up.run("doctor", DATABASE_URL=behind, **KEYS))
    assert any("newel migrate" in line for line in said)


def of_an_older_postgresql(data: Path) -> None:
    (data / "postgresql" / "PG_VERSION").write_text("14\n")


def without_secrets(data: Path) -> None:
    Places(data).secrets.unlink()


def secrets_for_all(data: Path) -> None:
    Places(data).secrets.chmod(0o644)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (of_an_older_postgresql, "is of PostgreSQL 14"),
        (without_secrets, "secrets.json is missing"),
        (secrets_for_all, "Run chmod 600"),
    ],
)
def test_data_that_is_spoilt(spoil: Callable[[Path], None], says: str, own_demo: SetUp) -> None:
    spoil(own_demo.data)
    said = wrong(own_demo.run("doctor"))
    assert any(says in line for line in said), said


@pytest.mark.parametrize("words", [["serve"], ["audit", "verify"], ["backup", "x.backup"]])
def test_the_other_commands_say_it_in_a_sentence_too(words: list[str], own_demo: SetUp) -> None:
    of_an_older_postgresql(own_demo.data)
    done = own_demo.run(*words)
    assert done.returncode == 1
    assert "is of PostgreSQL 14" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    taken = tmp_path / "data"
    taken.write_text("")
    assert any("is a file" in line for line in wrong(SetUp(taken).run("doctor")))


def test_it_makes_nothing_it_is_not_asked_for(tmp_path: Path) -> None:
    SetUp(tmp_path / "new").run("doctor", DATABASE_URL="postgresql://x@127.0.0.1:1/x", **KEYS)
    assert list(tmp_path.iterdir()) == []
