"""Web workers score one form; they must not load what only tables need."""

import subprocess
import sys

import pytest

LOADED = """
import sys
{code}
print(" ".join(name for name in ("polars", "numpy", "scipy", "django") if name in sys.modules))
"""
SCORING = """
from newel.evidence.measures import measure, score
score(measure("essences"), {"essences_02": 3})
"""


def loaded(code: str) -> set[str]:
    script = LOADED.format(code=code)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_scoring_one_form_loads_no_library_of_tables() -> None:
    assert loaded(SCORING) == set()


def test_scoring_tables_loads_polars_and_neither_scipy_nor_django() -> None:
    assert "polars" in loaded("import newel.evidence.measures.commands")
    assert not loaded("import newel.evidence.measures.commands") & {"scipy", "django"}


@pytest.mark.parametrize("name", ["change", "groups", "occasions", "tables", "faults", "files"])
def test_nothing_of_measures_loads_django(name: str) -> None:
    assert "django" not in loaded(f"import newel.evidence.measures.{name}")
