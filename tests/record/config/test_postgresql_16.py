"""A PostgreSQL of one's own, of the oldest version that will do: nothing needs a newer one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from newel.record.config import place
from newel.record.config.embedded_postgres import accounts, binaries
from tests.record.config.embedded_postgres_folders import new_open_folder
from tests.record.config.newel_command import PLAIN, SetUp, free_port
from tests.record.config.newel_processes import wait_until

PASSWORD = "only for this test"
KEYS = {"NEWEL_SECRET_KEY": "a" * 50, "NEWEL_AUDIT_KEY": "b" * 50}


def oldest() -> Path | None:
    """The wheel carries two versions."""
    for program in binaries.package_folder().glob("pginstall*/bin/postgres"):
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        if said.split()[-1].startswith("16"):
            return program.parent
    return None


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """Made and run as an administrator would, and prepared with `newel roles-sql`."""
    programs = oldest()
    if programs is None:
        pytest.skip("there is no PostgreSQL 16 here")
    folder, port = new_open_folder(), free_port()
    account = accounts.server_account(folder / "cluster")
    (folder / "password").write_text(PASSWORD)
    accounts.give(folder, account)
    accounts.give(folder / "password", account)
    how = {**accounts.as_account(account), "env": binaries.environment()}
    subprocess.run(
        [
            *(programs / "initdb", "-D", folder / "cluster", "-U", "postgres", "--no-sync"),
            *("--pwfile", folder / "password", "--auth=scram-sha-256", "--encoding=UTF8"),
        ],
        check=True,
        capture_output=True,
        **how,
    )
    options = ["-c", f"port={port}", "-c", "unix_socket_directories=", "-c", "fsync=off"]
    running = subprocess.Popen(
        [programs / "postgres", "-D", folder / "cluster", *options],
        stderr=subprocess.DEVNULL,
        **how,
    )
    try:
        yield urls(port)
    finally:
        running.terminate()
        running.wait(60)
        shutil.rmtree(folder)


def urls(port: int) -> dict[str, str]:
    def url(role: str, database: str, password: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{port}/{database}"

    admin = url("postgres", "postgres", PASSWORD.replace(" ", "%20"))
    wait_until(lambda: answers(admin), "it answers", 60)
    return {
        "admin": admin,
        "DATABASE_URL": url("newel_service", "newel", "service"),
        "DATABASE_OWNER_URL": url("newel_owner", "newel", "owner"),
        "DATABASE_BACKUP_URL": url("postgres", "newel", PASSWORD.replace(" ", "%20")),
    }


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_newel_is_set_up_and_served_on_it(server: dict[str, str], tmp_path: Path) -> None:
    newel = SetUp(tmp_path / "data")
    newel.data.mkdir()
    own = {**{name: url for name, url in server.items() if name.isupper()}, **KEYS, **PLAIN}
    prepare(newel, server["admin"], tmp_path)
    behind = newel.run("serve", **own)
    assert (behind.returncode, "Run `newel migrate` first" in behind.stderr) == (1, True)
    migrated = newel.run("migrate", **own)
    assert migrated.returncode == 0, migrated.stderr
    doctor = newel.run("doctor", **own)
    assert doctor.returncode == 0, doctor.stdout
    assert "The database is PostgreSQL 16" in doctor.stdout
    filled = fill(newel, own)
    assert filled.returncode == 0, filled.stderr
    with newel.serving("serve", **own) as served:
        assert served.get("/sign-in/").status == 200
    assert newel.run("audit", "verify", **own).returncode == 0
    backup = newel.run("backup", tmp_path / "newel.backup", **own)
    assert backup.returncode == 0, backup.stderr
    refused = newel.run("restore", tmp_path / "newel.backup", **own)
    assert (refused.returncode, "holds people already" in refused.stderr) == (1, True)
    with psycopg.connect(server["DATABASE_URL"]) as service:
        assert service.execute("SELECT count(*) FROM children_child").fetchone() == (0,)


def prepare(newel: SetUp, admin: str, folder: Path) -> None:
    roles = folder / "roles.sql"
    roles.write_text(newel.run("roles-sql", **KEYS).stdout)
    told = ["ON_ERROR_STOP=1", "owner_password=owner", "service_password=service"]
    variables = [f"--set={one}" for one in told]
    subprocess.run(
        [binaries.binary("psql"), "-X", "-q", *variables, "-f", roles, admin],
        check=True,
        capture_output=True,
    )


def fill(newel: SetUp, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """With the cast of the tests, through the rooms' actions, as the service."""
    settings = {"DJANGO_SETTINGS_MODULE": "newel.record.config.settings"}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from tests.cast import make; make()",
        ],
        cwd=place.CHECKOUT,
        env=newel.environment(**environment, **settings),
        capture_output=True,
        text=True,
    )
