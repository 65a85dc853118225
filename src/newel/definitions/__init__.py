"""Reviewed data: what Newel knows about the world that a setting might have to correct.

Each file says where its rules come from and how far they are confirmed. No code but this reader.
"""

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def read(path: str) -> dict[str, Any]:
    """One definition, such as `read("law/legal_reasons.yaml")`."""
    text = resources.files(__name__).joinpath(path).read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    if not isinstance(loaded, dict):
        raise TypeError(f"{path} does not hold a mapping.")
    return loaded


def choices(path: str, under: str) -> list[tuple[str, str]]:
    """(code, words) for each entry of a list of a definition, for fields and forms."""
    return [(entry["code"], entry["words"]) for entry in read(path)[under]]
