"""Making a cluster: under a passing name first, so that what bears its own name is complete."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from newel.record.config.embedded_postgres import accounts, binaries, places, provisioning
from newel.record.config.embedded_postgres.accounts import Account
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.places import Places
from newel.record.config.embedded_postgres.secrets_file import Secrets

SUPERUSER = "postgres"
DATABASE = "newel"
_BEING_MADE = "being-made-"


def make_cluster(
    where: Places, programs: Path, account: Account | None, secrets: Secrets, *, durable: bool
) -> None:
    final = _free_folder(where, account)
    _remove_unfinished(final)
    being_made = Path(tempfile.mkdtemp(prefix=_unfinished_prefix(final), dir=final.parent))
    accounts.give(being_made, account)
    _initdb(being_made, programs, account, secrets, durable=durable)
    _provision(being_made, programs, account, secrets)
    being_made.rename(final)
    _settle(final.parent)
    if final != where.cluster:
        where.cluster.symlink_to(final)
        _settle(where.data_home)


def _free_folder(where: Places, account: Account | None) -> Path:
    """Inside NEWEL_DATA, or where the user who runs PostgreSQL cannot reach that, elsewhere."""
    if accounts.can_enter(account, where.data_home):
        return where.cluster
    binaries.make_system_home()
    return where.moved_cluster(places.SYSTEM_HOME)


def _unfinished_prefix(final: Path) -> str:
    return f"{final.name}.{_BEING_MADE}"


def _remove_unfinished(final: Path) -> None:
    """What a killed process left. Only ever what has the passing name."""
    for left_over in final.parent.glob(_unfinished_prefix(final) + "*"):
        if left_over.is_dir():
            shutil.rmtree(left_over, ignore_errors=True)
        else:
            left_over.unlink()


def _initdb(
    folder: Path, programs: Path, account: Account | None, secrets: Secrets, *, durable: bool
) -> None:
    password_file = folder.parent / f"{folder.name}.password"
    command: list[str | Path] = [
        programs / "bin" / "initdb",
        *("--pgdata", folder, "--username", SUPERUSER, "--pwfile", password_file),
        *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
        *("--auth-host=scram-sha-256", "--auth-local=scram-sha-256", "--no-instructions"),
        *([] if durable else ["--no-sync"]),
    ]
    try:
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.superuser_password, encoding="utf-8")
        accounts.give(password_file, account)
        _run(command, account)
    finally:
        password_file.unlink(missing_ok=True)


def _provision(folder: Path, programs: Path, account: Account | None, secrets: Secrets) -> None:
    """In single-user mode: nobody can connect before the roles are as they should be."""
    command: list[str | Path] = [
        *(programs / "bin" / "postgres", "--single", "-j", "-D", folder),
        *("-c", "exit_on_error=true", "-c", "log_min_error_statement=panic", "template1"),
    ]
    _run(command, account, provisioning.embedded_sql(DATABASE, secrets))


def _run(command: list[str | Path], account: Account | None, fed: str | None = None) -> None:
    done = subprocess.run(
        command,
        input=fed or "",
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=binaries.environment(),
        **accounts.as_account(account),
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["nothing"]
        raise EmbeddedPostgresError(
            f"The database could not be made. PostgreSQL says: {' '.join(lines[-3:])}"
        )


def _settle(folder: Path) -> None:
    """So that the new name outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
