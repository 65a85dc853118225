"""Folders for clusters. pytest's own are closed to everyone but their owner."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newel.record.config.embedded_postgres import places


@pytest.fixture
def open_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="newel-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def data_home(open_folder: Path) -> Path:
    return open_folder / "data"


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """As /root is: only its owner gets in. What was kept elsewhere for it is cleared away."""
    made = Path(tempfile.mkdtemp(prefix="newel-test-"))
    yield made
    for link in made.glob("**/postgresql"):
        if link.is_symlink() and link.readlink().is_relative_to(places.SYSTEM_HOME):
            shutil.rmtree(link.readlink())
    shutil.rmtree(made)
