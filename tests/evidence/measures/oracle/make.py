"""Writes fictional answers and a key per measure for psych.R, from the definitions alone.

    python -m tests.evidence.measures.oracle.make && Rscript tests/evidence/measures/oracle/psych.R

What R writes is in the repository, so that the tests need no R. psych knows sums and means of
items of one range, with reversed ones; a measure with weights or a table has no key for it. An
answer that gives no points, such as “not known”, is a missing one to it.
"""

import csv
import random
from pathlib import Path
from typing import Any

from tests.evidence.measures import slow

HERE = Path(__file__).parent
FORMS = 120
METHODS = ("sum", "mean", "percent_of_maximum")


def rules_for_psych(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The subscales whose key psych can have."""
    return [
        one
        for one in told.get("subscales", [])
        if one["method"] in METHODS
        and not (one.get("weights") or one.get("conversion"))
        and one.get("rounding", "none") != "half_up"
        and len({_ends(told, item) for item in one["items"]}) == 1
    ]


def main() -> None:
    for id in slow.ids():
        told = slow.definition(id)
        rules = rules_for_psych(told)
        if rules and told["kind"] != "professional_judgement":
            _write(HERE / f"{id}.answers.csv", _answers(told))
            _write(HERE / f"{id}.key.csv", _key(told, rules))


def _ends(told: dict[str, Any], item: str) -> tuple[float, float]:
    values = [float(value) for value, scored in slow.values(told, item) if scored]
    return min(values), max(values)


def _without(told: dict[str, Any], item: str) -> str:
    """The answer that gives no points, a missing one to psych; "" where there is none."""
    return next(
        (f"{float(value):g}" for value, scored in slow.values(told, item) if not scored), ""
    )


def _answers(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Answers that hang together, so that alpha and omega have something to find; with holes."""
    chance = random.Random(told["id"])
    turned = {item for one in told["subscales"] for item in one.get("reversed", [])}
    rows = []
    for _ in range(FORMS):
        level, row = chance.random(), {"form": len(rows) + 1}
        for item in told["items"]:
            values = sorted(value for value, scored in slow.values(told, item["id"]) if scored)
            place = min(1, max(0, level + chance.gauss(0, 0.25)))
            place = 1 - place if item["id"] in turned else place
            value = values[round(place * (len(values) - 1))]
            row[item["id"]] = "" if chance.random() < 0.06 else f"{float(value):g}"
            without = _without(told, item["id"])
            if without and row[item["id"]] and chance.random() < 0.06:
                row[item["id"]] = without
        rows.append(row)
    return rows


def _key(told: dict[str, Any], rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for one in rules:
        for item in one["items"]:
            lowest, highest = _ends(told, item)
            rows.append(
                {"subscale": one["id"], "item": item,
                 "sign": "-" if item in one.get("reversed", []) else "+",
                 "lowest": lowest, "highest": highest, "without": _without(told, item)}
            )  # fmt: skip
    return rows


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
