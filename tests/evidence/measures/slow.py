"""A second scorer, for the tests alone: one form at a time, from the YAML, in exact fractions.

It shares nothing with `newel.evidence.measures` but the definition's file: it reads the file by
itself and says each rule in the plainest way there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

import newel

FOLDER = Path(newel.__file__).parent / "definitions" / "measures"
Answers = Mapping[str, int | float | None]


@dataclass(frozen=True)
class Slow:
    score: Fraction | str | None
    answered: int
    prorated: bool


def ids() -> list[str]:
    """Every measure that has a definition."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def definition(id: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{id}.yaml").read_text(encoding="utf-8"))


def values(told: dict[str, Any], item: str) -> list[tuple[Fraction, bool]]:
    """What may be answered to an item, and whether it gives points."""
    responses = told["responses"][_item(told, item)["responses"]]
    if responses.get("options"):
        return [(_exact(o["value"]), o.get("scored", True)) for o in responses["options"]]
    found, step = [_exact(responses["lowest"])], _exact(responses.get("step", 1))
    while found[-1] < _exact(responses["highest"]):
        found.append(found[-1] + step)
    return [(one, True) for one in found]


def score(told: dict[str, Any], answers: Answers) -> dict[str, Slow]:
    return {one["id"]: _subscale(told, one, answers) for one in told.get("subscales", [])}


def _subscale(told: dict[str, Any], rule: dict[str, Any], answers: Answers) -> Slow:
    points = []
    for item in rule["items"]:
        answer = answers.get(item)
        if answer is None:
            continue
        giving = [value for value, scored in values(told, item) if scored]
        if _exact(answer) in giving:
            points.append(_points(rule, item, _exact(answer), min(giving), max(giving)))
    if len(points) < rule["minimum"]:
        return Slow(None, len(points), False)
    return Slow(_together(rule, points), len(points), len(points) != len(rule["items"]))


def _points(
    rule: dict[str, Any], item: str, answer: Fraction, lowest: Fraction, highest: Fraction
) -> Fraction:
    if item in rule.get("reversed", []):
        answer = lowest + highest - answer
    if rule["method"] == "percent_of_maximum":
        answer = (answer - lowest) * 100 / (highest - lowest)
    return answer * _exact(rule.get("weights", {}).get(item, 1))


def _together(rule: dict[str, Any], points: list[Fraction]) -> Fraction | str:
    if rule["method"] == "profile":
        return "".join(str(point) for point in points)
    result = sum(points, Fraction(0))
    if rule["method"] in ("mean", "percent_of_maximum"):
        result = result / len(points)
    if rule.get("prorate"):
        result = result * len(rule["items"]) / len(points)
    if rule.get("conversion"):
        return _exact(rule["conversion"][int(result)])
    result = result * _exact(rule.get("times", 1))
    fineness = {"none": 0, "half_up": 1, "tenths": 10}[rule.get("rounding", "none")]
    return Fraction(_half_up(result * fineness), fineness) if fineness else result


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _item(told: dict[str, Any], id: str) -> dict[str, Any]:
    return next(one for one in told["items"] if one["id"] == id)


def _exact(value: int | float) -> Fraction:
    """0.1 is a tenth, not the nearest binary number to it."""
    return Fraction(str(value))
