"""The demo's people and histories as data. Facts from novels in the public domain, in our words."""

from functools import cache
from importlib import resources
from typing import Any

import yaml

CHILDREN = ("jack", "jane", "david")


@cache
def read(name: str) -> dict[str, Any]:
    text = resources.files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
