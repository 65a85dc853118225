"""One form: from its answers to a score of each subscale, or to why there is none."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from newel.evidence.measures.definition import Measure, Number, Subscale

Answers = Mapping[str, Number | None]


class NotScored(ValueError):
    """Structured professional judgement: ratings and their reasons, never a total."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(
            f"{measure.short_name} is structured professional judgement: its ratings are read one "
            "by one with the reasons for them, and are never added up."
        )


class RefusedAnswers(ValueError):
    """Answers that the form does not have. `faults` says which, in sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class SubscaleScore:
    subscale: str
    score: float | str | None  # a profile is text; None where there is no score
    answered: int
    of: int
    prorated: bool  # worked out although items are missing
    missing_because: str = ""


def score(measure: Measure, answers: Answers) -> dict[str, SubscaleScore]:
    """Scores one form.

    answers: item id to the value answered, None for unanswered; an item left out is unanswered.
    Returns subscale id to its score, in the definition's order and in the measure's own points.
    Raises NotScored for professional judgement and RefusedAnswers for a value or an item that the
    definition does not have.
    Source of each rule: `scoring` and `missing_rule` of the subscale in the definition.
    """
    if measure.is_judgement:
        raise NotScored(measure)
    faults = faults_of(measure, answers)
    if faults:
        raise RefusedAnswers(faults)
    return {one.id: _score_one(measure, one, answers) for one in measure.subscales}


def faults_of(measure: Measure, answers: Answers) -> list[str]:
    """What is wrong with these answers, a sentence each."""
    known = {one.id for one in measure.items}
    faults = [f"{measure.short_name} has no item “{id}”." for id in answers if id not in known]
    for id, value in answers.items():
        if id in known and value is not None and not _is_permitted(measure, id, value):
            faults.append(f"{id}: {value} is not permitted; {permitted(measure, id)}.")
    return faults


def _is_permitted(measure: Measure, id: str, value: Number) -> bool:
    """True is no answer, although Python holds it equal to 1."""
    return not isinstance(value, bool) and value in measure.responses_of(id).values


def permitted(measure: Measure, id: str) -> str:
    """Which values an item takes, in words."""
    responses = measure.responses_of(id)
    if not responses.options:
        step = "" if responses.step == 1 else f" in steps of {responses.step}"
        return f"a number from {responses.lowest} to {responses.highest}{step}"
    return "one of " + ", ".join(str(value) for value in responses.values)


def _score_one(measure: Measure, subscale: Subscale, answers: Answers) -> SubscaleScore:
    given = {id: answers.get(id) for id in subscale.items}
    points = {
        id: _points(measure, subscale, id, value)
        for id, value in given.items()
        if value is not None and value in measure.responses_of(id).scored_values
    }
    enough = len(points) >= subscale.minimum
    short = len(points) < len(subscale.items)
    return SubscaleScore(
        subscale=subscale.id,
        score=_combined(measure, subscale, points) if enough else None,
        answered=len(points),
        of=len(subscale.items),
        prorated=enough and short,
        missing_because="" if enough else _why_missing(subscale, len(points)),
    )


def _why_missing(subscale: Subscale, answered: int) -> str:
    return (
        f"{answered} of {len(subscale.items)} items answered; "
        f"{subscale.minimum} are needed for a score."
    )


def _points(measure: Measure, subscale: Subscale, id: str, value: Number) -> Number:
    scored = measure.responses_of(id).scored_values
    if subscale.method == "percent_of_maximum":
        value = (value - min(scored)) / (max(scored) - min(scored)) * 100
        return 100 - value if id in subscale.reversed else value
    turned = min(scored) + max(scored) - value if id in subscale.reversed else value
    return turned * subscale.weights.get(id, 1)


def _combined(measure: Measure, subscale: Subscale, points: Mapping[str, Number]) -> float | str:
    if subscale.method == "profile":
        return "".join(str(int(points[id])) for id in subscale.items)
    total = math.fsum(points[id] for id in subscale.items if id in points)
    if subscale.method != "sum":
        total = total / len(points)
    elif subscale.prorate:
        total = total * len(subscale.items) / len(points)
    if subscale.conversion:
        return subscale.conversion[round(total)]
    return _rounded(total * subscale.times, subscale)


def _rounded(value: float, subscale: Subscale) -> float:
    if subscale.rounding == "tenths":
        return math.floor(round(value * 10, 8) + 0.5) / 10
    if subscale.rounding == "none":
        return value
    return float(math.floor(round(value, 9) + 0.5))
