"""Who runs PostgreSQL. It refuses to run as root, so root hands it to another user."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError

PREFERRED = ("newel", "nobody")


@dataclass(frozen=True)
class Account:
    """Another user than the one who called. None stands for the caller throughout."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return f"user {self.uid}"


def server_account(cluster: Path) -> Account | None:
    """The user PostgreSQL runs as: None for the caller, another where the caller is root."""
    if os.geteuid() != 0:
        return None
    if cluster.exists():
        owner = cluster.stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    for name in PREFERRED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root, and this machine has neither a user named newel nor"
        " one named nobody for it. Run Newel as an ordinary user, or create the user newel."
    )


def as_account(account: Account | None) -> dict[str, Any]:
    """Arguments for `subprocess` that run a program as this user, in no folder it cannot see."""
    if account is None:
        return {"cwd": "/"}
    return {"cwd": "/", "user": account.uid, "group": account.gid, "extra_groups": []}


def can_enter(account: Account | None, folder: Path) -> bool:
    """Asked of the system by trying, because modes alone do not tell."""
    if account is None:
        return os.access(folder, os.X_OK)
    tried = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        **as_account(account),
    )
    return tried.returncode == 0


def give(path: Path, account: Account | None) -> None:
    """Only ever called on what this package has just made."""
    if account is not None:
        os.chown(path, account.uid, account.gid)
