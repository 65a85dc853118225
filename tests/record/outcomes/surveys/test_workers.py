"""A web worker serves surveys without the libraries that work out tables."""

import os
import subprocess
import sys

from newel.record.config.place import CHECKOUT

LOADS = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import newel.record.outcomes.surveys.views.waves
import newel.record.outcomes.surveys.views.answering
print([name for name in ("polars", "scipy", "numpy") if name in sys.modules])
"""


def test_pages_of_surveys_load_neither_polars_nor_scipy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADS],
        cwd=CHECKOUT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr[-2000:]
