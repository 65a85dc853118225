"""`newel backup` and `newel restore`: one file with the database and the heads of the audit.

The keys are not in it. They live outside the database so that a stolen copy of the database can
neither be read where it is sealed nor be given a false audit; keep them apart from the backups.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from psycopg import sql

from newel.record.config import database, embedded_postgres, place

DUMP, HEADS, MANIFEST = "database.dump", "audit-heads.jsonl", "manifest.json"
FORMAT = 1


class Refused(Exception):
    """The message is a sentence for whoever ran the command."""


@dataclass(frozen=True)
class Target:
    """A database and a role that may read and write all of it."""

    url: str

    @property
    def name(self) -> str:
        return urlsplit(self.url).path.lstrip("/")

    def run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(embedded_postgres.binary(program)), f"--dbname={self.url}", *words],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Refused(f"{program} failed: {done.stderr.strip()[-1000:]}")


def _target() -> Target:
    if database.is_embedded():
        return Target(database.cluster().url("superuser", database.name()))
    if "DATABASE_BACKUP_URL" not in os.environ:
        raise Refused(
            "Set DATABASE_BACKUP_URL to a role that may read and write the whole database, the "
            "audit included. The service's own role may not, on purpose."
        )
    return Target(os.environ["DATABASE_BACKUP_URL"])


def _heads() -> Path:
    return place.audit_heads(database.name())


def _in_words(command: str, file: Path) -> int:
    try:
        said = _backup(file) if command == "backup" else _restore(file)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def backup(file: Path) -> int:
    return _in_words("backup", file)


def restore(file: Path) -> int:
    return _in_words("restore", file)


def _backup(file: Path) -> str:
    django.setup()
    from newel.record.access import audit_chain

    if file.exists():
        raise Refused(f"{file} is already there. A backup never overwrites another.")
    if not file.absolute().parent.is_dir():
        raise Refused(f"The folder {file.absolute().parent} does not exist.")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder:
        dump, unfinished = Path(folder) / DUMP, Path(folder) / "backup"
        target = _target()
        with audit_chain.standing_still():  # or the heads would be newer than the database
            target.run("pg_dump", "--format=custom", f"--file={dump}")
            _pack(unfinished, dump)
        unfinished.rename(file)
    return f"Everything is in {file}. The keys are not: keep a copy of them somewhere else."


def _pack(file: Path, dump: Path) -> None:
    heads = _heads().read_bytes() if _heads().exists() else b""
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "sha256": {DUMP: _digest(dump.read_bytes()), HEADS: _digest(heads)},
    }
    with tarfile.open(file, "x:") as tar:
        _add(tar, MANIFEST, json.dumps(manifest, indent=2).encode())
        _add(tar, HEADS, heads)
        tar.add(dump, arcname=DUMP)
    file.chmod(0o600)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _restore(file: Path) -> str:
    target = _target()
    with tempfile.TemporaryDirectory() as folder:
        dump, heads = _unpack(file, Path(folder))
        _refuse_to_overwrite(target)
        _make_empty(target)
        target.run("pg_restore", "--exit-on-error", "--single-transaction", str(dump))
    _heads().parent.mkdir(parents=True, exist_ok=True)
    _heads().write_bytes(heads)
    return "Everything is back. Run `newel audit verify` to see that the audit is whole."


def _unpack(file: Path, folder: Path) -> tuple[Path, bytes]:
    """Checked against the digests that were written with it, before anything is touched."""
    try:
        with tarfile.open(file, "r:") as tar:
            tar.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text())
        kept = {name: (folder / name).read_bytes() for name in (DUMP, HEADS)}
    except (tarfile.TarError, OSError, ValueError) as wrong:
        raise Refused(f"{file} is not a backup of Newel, or it is damaged ({wrong}).") from wrong
    if manifest.get("format") != FORMAT:
        raise Refused(f"{file} was made by another version of Newel, in a format not known here.")
    if {name: _digest(content) for name, content in kept.items()} != manifest["sha256"]:
        raise Refused(f"{file} is damaged: its content is not what was written.")
    return folder / DUMP, kept[HEADS]


def _refuse_to_overwrite(target: Target) -> None:
    with psycopg.connect(target.url, autocommit=True) as connection:
        there = connection.execute("SELECT to_regclass('access_staffmember')").fetchone()
        if there == (None,):
            return
        found = connection.execute("SELECT EXISTS (SELECT FROM access_staffmember)").fetchone()
    if found == (True,):
        raise Refused(
            "This database holds people already. A restore goes only into an empty one: start with "
            "another NEWEL_DATA, or a new database."
        )


def _make_empty(target: Target) -> None:
    """Nothing of the empty, migrated tables stays; ownership and rights come with the backup."""
    name = sql.Identifier("public")
    with psycopg.connect(target.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
