"""Newel's own settings, on a test database of its own in `.newel-test/`."""

import os
from pathlib import Path

os.environ["NEWEL_TESTS"] = "1"
os.environ["NEWEL_DATA"] = str(Path(__file__).resolve().parents[1] / ".newel-test")
os.environ.pop("DATABASE_URL", None)
# The browser of the journeys keeps an event loop in the test's thread; the tests are not async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from newel.record.config.settings import *  # noqa: F403
