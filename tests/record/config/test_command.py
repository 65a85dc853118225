"""The smaller commands, and what every command says when it cannot do what it was asked."""

import pytest

from newel.record.config import starting
from tests.record.config.newel_command import PLAIN, SetUp

ADD = ("add-administrator", "dora.spenlow", "--name", "Dora Spenlow", "--password")
GOOD = "correct horse battery staple"


@pytest.fixture(scope="module")
def made_up(demo_set_up: SetUp) -> SetUp:
    """The demo's data folder, whose real database is migrated and empty."""
    done = demo_set_up.run("migrate")
    assert done.returncode == 0, done.stderr
    return demo_set_up


def test_the_first_account_signs_in_and_is_asked_for_a_password_of_its_own(
    made_up: SetUp,
) -> None:
    added = made_up.run(*ADD, GOOD)
    assert added.returncode == 0, added.stderr
    assert "Dora Spenlow can sign in as dora.spenlow" in added.stdout
    with made_up.serving("serve", **PLAIN) as server:
        browser = server.browser()
        browser.get("/sign-in/")
        signed_in = browser.post("/sign-in/", {"login": "dora.spenlow", "password": GOOD})
        assert signed_in.status == 302
        first = browser.get("/")
        assert (first.status, first.headers["Location"] or "") != (302, "/sign-in/?next=/")
        assert made_up.ask(
            "SELECT username, role, must_choose_password FROM access_staffmember",
            database="newel",
        ) == [("dora.spenlow", "administrator", True)]
    assert made_up.run("audit", "verify").returncode == 0


@pytest.mark.parametrize(
    ("username", "password"), [("weak.one", "password"), ("dora.spenlow", GOOD)]
)
def test_a_weak_password_and_a_name_that_is_taken_are_refused(
    username: str, password: str, made_up: SetUp
) -> None:
    made_up.run(*ADD, GOOD)
    words = ("add-administrator", username, "--name", "Dora", "--password", password)
    refused = made_up.run(*words)
    assert refused.returncode == 1
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr


def test_no_migration_is_missing(made_up: SetUp) -> None:
    assert made_up.run("check-migrations").returncode == 0


def test_a_second_migration_changes_nothing(made_up: SetUp) -> None:
    assert "No migrations to apply" in made_up.run("migrate").stdout


def test_the_sql_for_a_database_of_ones_own_names_it(made_up: SetUp) -> None:
    said = made_up.run("roles-sql", 'new"el').stdout
    assert 'CREATE DATABASE "new""el" OWNER newel_owner' in said
    assert "NOBYPASSRLS" in said


@pytest.mark.parametrize(
    ("words", "environment", "says"),
    [
        (("serve",), {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "NEWEL_SECRET_KEY"),
        (("migrate",), {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "DATABASE_OWNER_URL"),
        (("serve", "--port", "0"), {}, "0 is not in the range"),
        (("demo", "--children", "-1"), {}, "-1 is not in the range"),
        (("restore",), {}, "Missing argument"),
    ],
)
def test_what_is_missing_is_said(
    words: tuple[str, ...], environment: dict[str, str], says: str, made_up: SetUp
) -> None:
    keys = {} if says == "NEWEL_SECRET_KEY" else {"NEWEL_SECRET_KEY": "x", "NEWEL_AUDIT_KEY": "x"}
    done = made_up.run(*words, **{**environment, **keys})
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("audit", "verify"), ("serve",), ("backup", "nowhere.backup")])
def test_a_database_that_does_not_answer_is_said(words: tuple[str, ...], made_up: SetUp) -> None:
    away = {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", "NEWEL_SECRET_KEY": "x" * 50}
    also = {"NEWEL_AUDIT_KEY": "x" * 50, "DATABASE_BACKUP_URL": "postgresql://x@127.0.0.1:1/x"}
    done = made_up.run(*words, **away, **also)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_real_database_keeps_the_demo_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://newel@127.0.0.1/newel")
    with pytest.raises(SystemExit, match="a demo beside real children is refused"):
        starting.in_demo_mode()
