"""Choices that must be made before the settings are read."""

import os
import subprocess
import sys

DEMO_DATABASE = "newel_demo"


def in_demo_mode() -> None:
    """The demo has a database of its own, beside the real one and never instead of it (H40)."""
    if os.environ.get("DATABASE_URL"):
        sys.exit(
            "The demo runs only on the database that Newel brings: DATABASE_URL is set, and a demo "
            "beside real children is refused. Unset DATABASE_URL to see the demo."
        )
    os.environ["NEWEL_DEMO"] = "1"
    os.environ["NEWEL_DATABASE_NAME"] = DEMO_DATABASE


def as_the_owner() -> None:
    os.environ["NEWEL_DATABASE_ROLE"] = "owner"


def newel(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run another `newel` beside this one, such as the migration, which is the owner's."""
    return subprocess.run(
        [sys.executable, "-m", "newel.cli", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
