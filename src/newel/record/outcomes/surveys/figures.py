"""From forms to the table that is published. Loads Polars and SciPy, so it is imported only in the
moment in which a wave is closed.

Whatever fewer than the fewest forms stand behind is left out here, before anybody keeps it (H18).
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from newel.evidence.measures.definition import Measure, Subscale, Threshold
from newel.evidence.measures.groups import (
    Alpha,
    Discrepancy,
    GroupStatistics,
    Interval,
    discrepancies,
    group_statistics,
)
from newel.record.outcomes.surveys import rules

Answers = dict[str, float | None]
Figures = dict[str, Any]


def of_group(found: Measure, forms: Sequence[Answers]) -> Figures:
    """What is published of one group: each subscale, and each share that the measure names."""
    table = _table(found, forms)
    statistics = group_statistics(found, table)
    return {
        "subscales": [
            _subscale(one, statistics[one.id]) for one in found.subscales if one.id in statistics
        ],
        "shares": [_share(found, one, table[one.item]) for one in found.thresholds],
    }


def of_difference(
    found: Measure, staff: Sequence[Answers], residents: Sequence[Answers]
) -> Figures:
    """How staff and residents of the same waves differ, by subscale. Nothing where either has too
    few scores."""
    differences = discrepancies(found, _table(found, staff), _table(found, residents))
    return {"subscales": [{"id": id, **_difference(each)} for id, each in differences.items()]}


def _table(found: Measure, forms: Sequence[Answers]) -> pl.DataFrame:
    return pl.DataFrame(
        {one.id: [form.get(one.id) for form in forms] for one in found.items},
        schema={one.id: pl.Float64 for one in found.items},
    )


def _subscale(one: Subscale, found: GroupStatistics) -> Figures:
    scores, shown = found.scores, rules.enough(found.scores.n)
    return {
        "id": one.id,
        "name": one.name,
        "lowest": one.lowest,
        "highest": one.highest,
        "better": one.better,
        "n": scores.n if shown else None,
        "mean": scores.mean if shown else None,
        "sd": scores.sd if shown else None,
        "interval": _interval(scores.interval) if shown else None,
        "alpha": _alpha(found.listwise) if len(one.items) > 1 else None,
    }


def _interval(found: Interval | None) -> list[float] | None:
    return None if found is None else [found.lower, found.upper]


def _alpha(found: Alpha) -> Figures:
    """Listwise: of the forms without a gap in this scale."""
    if found.n < rules.number("alpha_from"):
        why = f"Fewer than {rules.number('alpha_from')} forms without a gap."
        return {"value": None, "n": None, "why_not": why}
    return {"value": found.value, "n": found.n, "why_not": found.why_not}


def _share(found: Measure, one: Threshold, answers: pl.Series) -> Figures:
    """“At least somewhat”: how many, of those who answered with something that counts."""
    counted = answers.drop_nulls()
    counting = [float(value) for value in found.responses_of(one.item).scored_values]
    counted = counted.filter(counted.is_in(counting))
    shown = rules.enough(len(counted))
    return {
        "item": one.item,
        "label": found.item(one.item).label,
        "says": one.says,
        "n": len(counted) if shown else None,
        "so_many": int((counted >= one.at_least).sum()) if shown else None,
    }


def _difference(found: Discrepancy) -> Figures:
    if not (rules.enough(found.staff.n) and rules.enough(found.residents.n)):
        return {"difference": None, "interval": None}
    return {"difference": found.difference, "interval": _interval(found.interval)}
