"""Reviewed data: what Newel knows about the world that a setting might have to correct.

Each file says where its rules come from and how far they are confirmed. No code but this reader.
"""

from functools import cache
from importlib import resources
from typing import Any

import yaml

# Both read the same and build nothing but plain data; that in C, where there is one, in a tenth of
# the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read(path: str) -> dict[str, Any]:
    """One definition, such as `read("law/legal_reasons.yaml")`."""
    return mapping_in(resources.files(__name__).joinpath(path).read_text(encoding="utf-8"))


def mapping_in(text: str) -> dict[str, Any]:
    loaded = yaml.load(text, Loader=_LOADER)  # noqa: S506
    if not isinstance(loaded, dict):
        raise TypeError("It does not hold a mapping.")
    return loaded


def choices(path: str, under: str) -> list[tuple[str, str]]:
    """(code, words) for each entry of a list of a definition, for fields and forms."""
    return [(entry["code"], entry["words"]) for entry in read(path)[under]]
