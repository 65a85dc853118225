"""`newel backup` and `newel restore`: one file with the database and the heads of the audit.

The keys are not in it. They live outside the database so that a stolen copy of the database can
neither be read where it is sealed nor be given a false audit; keep them apart from the backups.
"""

import hashlib
import hmac
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import django
import psycopg

from newel.record.config import database, embedded_postgres, place
from newel.record.config.embedded_postgres import locks

DUMP, HEADS, MANIFEST = "database.dump", "audit-heads.jsonl", "manifest.json"
WRITERS = "audit-writers.json"
FORMAT = 2
_UNFINISHED = ".newel-backup-unfinished-"

# As in a new database; the rights that Newel gives on it come with the backup.
_EMPTY = """
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class Refused(Exception):
    """The message is a sentence for whoever ran the command."""


@dataclass(frozen=True)
class Target:
    """A database and a role that may read and write all of it."""

    url: str

    def run(self, program: str, *words: str | Path) -> None:
        """Without the password among the words, which every user of the machine can see."""
        parts = urlsplit(self.url)
        secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
        user, _, host = parts.netloc.rpartition("@")
        shown = parts._replace(netloc=f"{user.partition(':')[0]}@{host}").geturl()
        done = subprocess.run(
            [embedded_postgres.binary(program), f"--dbname={shown}", *words],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            errors="replace",
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


def _in_words(act: Callable[[], str], file: Path) -> int:
    signal.signal(signal.SIGTERM, _stop)
    try:
        said = act()
    except (Refused, psycopg.OperationalError) as refused:
        sys.stderr.write(f"{str(refused).strip()}\n")
        return 1
    except OSError as refused:
        sys.stderr.write(f"{refused.filename or file} cannot be used ({refused.strerror}).\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def _stop(*_: object) -> NoReturn:
    """As an exception, so that what is half made is cleared away."""
    raise Refused("Stopped before it was finished. Nothing is kept of it.")


def backup(file: Path) -> int:
    return _in_words(partial(_backup, file), file)


def restore(file: Path, *, key_is_lost: bool) -> int:
    return _in_words(partial(_restore, file, key_is_lost=key_is_lost), file)


def _backup(file: Path) -> str:
    django.setup()
    from newel.record.access import audit_chain

    if file.exists():
        raise Refused(f"{file} is already there. A backup never overwrites another.")
    folder = file.absolute().parent
    if not folder.is_dir():
        raise Refused(f"The folder {folder} does not exist.")
    with _passing_folder(folder) as passing:
        dump, unfinished = passing / DUMP, passing / "backup"
        target = _target()
        with audit_chain.standing_still():  # or the heads would be newer than the database
            writers = _writers_heads()  # before the dump, which then has all that they tell of
            target.run("pg_dump", "--format=custom", f"--file={dump}")
            heads = _heads().read_bytes() if _heads().exists() else b""
        _pack(unfinished, dump, heads, writers)
        unfinished.rename(file)
    return f"Everything is in {file}. The keys are not: keep a copy of them somewhere else."


@contextmanager
def _passing_folder(folder: Path) -> Iterator[Path]:
    """Locked while it is in use: what a killed backup left of children's records goes at once."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        if not locks.is_held_alone(left):
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as made:
        lock = os.open(made, os.O_RDONLY)
        try:
            locks.try_now(lock, locks.EXCLUSIVE)
            yield Path(made)
        finally:
            os.close(lock)


def _writers_heads() -> bytes:
    from newel.record.access import audit_writers

    folder = audit_writers.folder()
    files = sorted(folder.iterdir()) if folder.exists() else []
    return json.dumps({file.name: file.read_bytes().hex() for file in files}).encode()


def _put_writers_heads_back(content: bytes) -> None:
    """Whatever was there is of another database: its writers are not in this one."""
    from newel.record.access import audit_writers

    folder = audit_writers.folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    for name, text in json.loads(content).items():
        made = folder / Path(name).name
        made.touch(mode=0o600)
        made.write_bytes(bytes.fromhex(text))


def _pack(file: Path, dump: Path, heads: bytes, writers: bytes) -> None:
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "audit_key": _which_key(),
        "sha256": {
            DUMP: _digest_of(dump),
            HEADS: hashlib.sha256(heads).hexdigest(),
            WRITERS: hashlib.sha256(writers).hexdigest(),
        },
    }
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w:") as tar:
            _add(tar, MANIFEST, json.dumps(manifest, indent=2).encode())
            _add(tar, HEADS, heads)
            _add(tar, WRITERS, writers)
            tar.add(dump, arcname=DUMP)
        out.flush()
        os.fsync(out.fileno())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _digest_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _which_key() -> str:
    """Tells whether two keys are the same, and nothing else about them."""
    from django.conf import settings

    return hmac.digest(settings.NEWEL_AUDIT_KEY.encode(), b"which key", "sha256").hex()


def _restore(file: Path, *, key_is_lost: bool) -> str:
    django.setup()
    target = _target()
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing)
        manifest = _unpack(file, folder)
        if not key_is_lost:
            _refuse_another_key(manifest)
        _refuse_to_overwrite(target)
        _put_back(target, folder)
        _put_heads_back(folder / HEADS)
        _put_writers_heads_back((folder / WRITERS).read_bytes())
    if key_is_lost:
        return "Everything is back. Without its key the audit of before cannot be verified."
    return "Everything is back. Run `newel audit verify` to see that the audit is whole."


def _refuse_another_key(manifest: dict[str, Any]) -> None:
    """Before anything is touched: the first thing sealed with another key spoils the audit."""
    if manifest.get("audit_key") != _which_key():
        raise Refused(
            "This set-up has another audit key than the one that was backed up. Put the old "
            "secrets.json into NEWEL_DATA before Newel starts there for the first time, or set "
            "NEWEL_AUDIT_KEY and NEWEL_SECRET_KEY to the old ones. Where they are lost, "
            "`newel restore --key-is-lost` brings back everything but the proof that the audit "
            "is whole."
        )


def _put_back(target: Target, folder: Path) -> None:
    """In one transaction: either all of it, or the database is as it was."""
    begin, content = folder / "begin.sql", folder / "content.sql"
    begin.write_text(_EMPTY)
    made = subprocess.run(
        [embedded_postgres.binary("pg_restore"), f"--file={content}", folder / DUMP],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if made.returncode:
        raise Refused(f"pg_restore failed: {made.stderr.strip()[-1000:]}")
    quietly = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
    target.run("psql", *quietly, "--single-transaction", f"--file={begin}", f"--file={content}")


def _put_heads_back(heads: Path) -> None:
    place_of_heads = _heads()
    place_of_heads.parent.mkdir(parents=True, exist_ok=True)
    being_made = place_of_heads.with_name(place_of_heads.name + ".new")
    shutil.copyfile(heads, being_made)
    being_made.chmod(0o600)
    being_made.replace(place_of_heads)


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Checked against the digests that were written with it, before anything is touched."""
    try:
        with tarfile.open(file, "r:") as tar:
            for name in (MANIFEST, HEADS, WRITERS, DUMP):
                tar.extract(name, folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text())
        known, promised = manifest["format"] == FORMAT, manifest["sha256"]
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as wrong:
        raise Refused(f"{file} is not a backup of Newel, or it is damaged.") from wrong
    if not known:
        raise Refused(f"{file} was made by another version of Newel, in a format not known here.")
    if {name: _digest_of(folder / name) for name in (DUMP, HEADS, WRITERS)} != promised:
        raise Refused(f"{file} is damaged: its content is not what was written.")
    return dict(manifest)


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
