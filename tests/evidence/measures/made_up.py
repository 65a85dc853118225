"""Definitions made up for the tests, each with a rule that others have not."""

from typing import Any

from newel.evidence.measures import Measure

FACT = {"says": "As the test says.", "source": "made up", "confirmed": "ours"}
FOUR = [f"odd_0{number}" for number in range(1, 5)]


def subscale(id: str = "whole", **rules: Any) -> dict[str, Any]:
    return {
        "id": id, "name": id, "items": FOUR, "minimum": 4, "method": "sum", "better": "higher",
        "scoring": FACT, "missing_rule": FACT, **rules,
    }  # fmt: skip


def told(*subscales: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """What a file would hold."""
    return {
        "id": "odd", "name": "An odd one", "short_name": "Odd", "version": 1,
        "kind": "questionnaire", "measures": "child", "who_answers": [FACT], "schedule": "once",
        "licence": {**FACT, "may_ship": "labels"},
        "responses": {
            "one_to_five": {"options": [{"value": n, "label": str(n)} for n in range(1, 6)]},
            "hundred": {"options": [{"value": n, "label": str(n)} for n in (0, 25, 50, 75, 100)]},
            "line": {"lowest": 0, "highest": 10, "step": 0.1},
            "true": {"options": [{"value": 0, "label": "not true"}, {"value": 1, "label": "partly"},
                                 {"value": 2, "label": "certainly"},
                                 {"value": 9, "label": "don’t know", "scored": False}]},
        },
        "items": [{"id": id, "label": id, "responses": "one_to_five"} for id in FOUR],
        "subscales": list(subscales), **changed,
    }  # fmt: skip


def measure(*subscales: dict[str, Any], **changed: Any) -> Measure:
    return Measure.model_validate(told(*subscales, **changed))


def answered_by(responses: str) -> dict[str, Any]:
    return {"items": [{"id": id, "label": id, "responses": responses} for id in FOUR]}


def all_kinds() -> list[dict[str, Any]]:
    """Every rule that a definition may have, and the awkward mixtures of them."""
    two_of_four = {"minimum": 2, "reversed": FOUR[1:2]}
    return [
        told(subscale(prorate=True, **two_of_four), subscale("mean", method="mean", **two_of_four)),
        told(subscale(prorate=True, rounding="half_up", **two_of_four)),
        told(subscale(method="mean", times=10, rounding="half_up", **two_of_four)),
        told(subscale(method="percent_of_maximum", **two_of_four)),
        told(subscale(weights={FOUR[0]: 2, FOUR[3]: 4})),
        told(subscale(conversion={n: n * 1.01 for n in range(4, 21)})),
        told(subscale(method="profile", better="neither")),
        told(subscale(method="mean", minimum=3, reversed=FOUR), **answered_by("hundred")),
        told(subscale(reversed=FOUR[:1]), **answered_by("line")),
        told(subscale(method="mean", minimum=3, rounding="tenths"), **answered_by("line")),
        told(subscale(rounding="tenths"), **answered_by("line")),
        told(subscale(method="mean", minimum=1), **answered_by("true")),
        told(subscale(prorate=True, minimum=1, reversed=FOUR), **answered_by("true")),
    ]
