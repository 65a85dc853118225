"""The demo's people and histories as data. Facts from novels in the public domain, in our words."""

from functools import cache
from importlib import resources
from typing import Any

from newel.definitions import mapping_in

CHILDREN = ("jack", "jane", "david", "mary", "heathcliff", "huck", "estella", "oliver")
LEAD = "losberne"


@cache
def read(name: str) -> dict[str, Any]:
    file = resources.files(__name__).joinpath(f"{name}.yaml")
    return mapping_in(file.read_text(encoding="utf-8"))


@cache
def child(name: str) -> dict[str, Any]:
    """A child's file with all that goes without saying in it said."""
    told = dict(read(name))
    lead = told.setdefault("lead", LEAD)
    told["stays"] = told.get("stays") or [_only_stay(told)]
    unsaid = {
        "by": lead,
        "source": told.get("source", ""),
        "whose_words": "adult",
        "sharing_level": "team",
    }
    told["life_events"] = [{**unsaid, "text": "", **one} for one in told["life_events"]]
    told["scoping"] = {
        part: [{**unsaid, **one} for one in entries] for part, entries in told["scoping"].items()
    }
    told["statements"] = [_statement(one, told) for one in told.get("statements", [])]
    told.setdefault("keeping_safe", {})
    return told


def _only_stay(told: dict[str, Any]) -> dict[str, Any]:
    keyworkers = [{"staff": told["keyworker"]}] if told.get("keyworker") else []
    return {**told["stay"], "team": told["team"], "keyworkers": keyworkers}


def _statement(one: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    unsaid = {
        "by": told["lead"],
        "whose_words": "adult",
        "sharing_level": "child_open",
        "time": "present",
        **told.get("formulated", {}),
    }
    said = {**unsaid, **one}
    if said.get("state") == "draft":
        said.pop("agreed_day", None)
    said.setdefault("source_day", said["written_day"])
    said.setdefault("state", "agreed" if "agreed_day" in said else "draft")
    return said
