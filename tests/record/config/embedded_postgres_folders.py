"""Folders for clusters. pytest's own are closed to everyone but their owner."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newel.record.config.embedded_postgres import accounts, binaries, places, secrets_file
from newel.record.config.embedded_postgres.places import Places


def new_open_folder() -> Path:
    """In memory where there is room: a new cluster is 46 MB of small files."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000
    made = Path(tempfile.mkdtemp(prefix="newel-test-", dir=memory if roomy else None))
    made.chmod(0o755)
    return made


@pytest.fixture
def open_folder() -> Iterator[Path]:
    made = new_open_folder()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def data_home(open_folder: Path) -> Path:
    return open_folder / "data"


@pytest.fixture
def made_before(data_home: Path) -> Places:
    """What is left of a stopped cluster, as far as is looked at before PostgreSQL is started."""
    where = Places(data_home)
    where.cluster.mkdir(parents=True)
    (where.cluster / "PG_VERSION").write_text(f"{binaries.major_version()}\n")
    (where.cluster / "base").mkdir()
    secrets_file.make(where.secrets)
    account = accounts.server_account(Path("/nowhere"))
    accounts.give(where.cluster, account)
    return where


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """As /root is: only its owner gets in. What was kept elsewhere for it is cleared away."""
    made = Path(tempfile.mkdtemp(prefix="newel-test-"))
    yield made
    for link in made.glob("**/postgresql"):
        if link.is_symlink() and link.readlink().is_relative_to(places.SYSTEM_HOME):
            shutil.rmtree(link.readlink())
    shutil.rmtree(made)
