"""Newel's own settings, on a test database of its own in `.newel-test/`."""

import os
from pathlib import Path

os.environ["NEWEL_TESTS"] = "1"
os.environ["NEWEL_DATA"] = str(Path(__file__).resolve().parents[1] / ".newel-test")
os.environ.pop("DATABASE_URL", None)

from newel.record.config.settings import *  # noqa: E402, F403
