"""The figures of a closed survey as a file: as they are shown, to the same places, and no more.

No form stands in it, and nothing that the page does not show (H18, H20).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newel.evidence.measures.exchange.columns import guarded
from newel.evidence.measures.exchange.written_tables import (
    CSV_TYPE,
    EXCEL_TYPE,
    Cell,
    csv_of,
    excel_of,
)
from newel.record.outcomes.surveys import rules
from newel.record.outcomes.surveys.models import SurveyResult, Wave, WaveGroup

ABOUT = ("questionnaire", "version", "setting", "unit", "first_day", "last_day")
GROUP = ("group", "forms", "counted_together_with")
FIGURES = (
    *("kind", "id", "name", "n", "mean", "sd", "lower_95", "upper_95", "alpha", "alpha_n"),
    *("so_many", "not_shown_because"),
)
CountedIn = Mapping[object, Sequence[WaveGroup]]


def as_csv(wave: Wave, results: Sequence[SurveyResult], counted_in: CountedIn) -> tuple[bytes, str]:
    return csv_of(rows(wave, results, counted_in)), CSV_TYPE


def as_excel(
    wave: Wave, results: Sequence[SurveyResult], counted_in: CountedIn
) -> tuple[bytes, str]:
    return excel_of({wave.measure: rows(wave, results, counted_in)}), EXCEL_TYPE


WRITERS = {"csv": as_csv, "xlsx": as_excel}


def rows(wave: Wave, results: Sequence[SurveyResult], counted_in: CountedIn) -> list[list[Cell]]:
    """The headings, and a row for each scale, each share and each difference of each group."""
    found: list[list[Cell]] = [[*ABOUT, *GROUP, *FIGURES]]
    for result in results:
        first = [*_about(wave), *_group(wave, result, counted_in.get(result.pk, ()))]
        found += [[*first, *one] for one in _figures(result)]
    return found


def _about(wave: Wave) -> list[Cell]:
    unit = wave.unit.name if wave.unit else ""
    days = (wave.opens_on.isoformat(), wave.closes_on.isoformat())
    return [wave.measure, wave.version, guarded(wave.setting.name), guarded(unit), *days]


def _group(wave: Wave, result: SurveyResult, groups: Sequence[WaveGroup]) -> list[Cell]:
    others = [one.wave for one in groups if one.wave_id != wave.pk]
    named = "; ".join(
        f"{one.unit.name if one.unit else one.setting.name} {one.opens_on.isoformat()}"
        for one in others
    )
    return [result.asked, result.forms, guarded(named)]


def _figures(result: SurveyResult) -> Iterator[list[Cell]]:
    for one in result.figures["subscales"]:
        yield ["scale", one["id"], one["name"], *_scale(one)]
    for one in result.figures["shares"]:
        yield ["share", one["item"], f"{one['label']}: {one['says']}", *_share(one)]
    for one in result.difference.get("subscales", []):
        yield ["staff_minus_residents", one["id"], "", *_difference(one)]


def _scale(one: Mapping[str, Any]) -> list[Cell]:
    if one["mean"] is None:
        return ["", "", "", "", "", "", "", "", _too_few()]
    alpha = one["alpha"] or {"value": None, "n": None}
    lower, upper = _ends(one)
    return [
        one["n"], _one_place(one["mean"]), _one_place(one["sd"]), lower, upper,
        "" if alpha["value"] is None else round(alpha["value"], 2),
        "" if alpha["value"] is None else alpha["n"], "", "",
    ]  # fmt: skip


def _ends(one: Mapping[str, Any]) -> tuple[Cell, Cell]:
    """The interval, within what the scale can be, as the page has it."""
    if one["interval"] is None:
        return "", ""
    lower, upper = one["interval"]
    lowest = lower if one["lowest"] is None else one["lowest"]
    highest = upper if one["highest"] is None else one["highest"]
    return _one_place(max(lower, lowest)), _one_place(min(upper, highest))


def _share(one: Mapping[str, Any]) -> list[Cell]:
    if one["n"] is None:
        return ["", "", "", "", "", "", "", "", _too_few()]
    return [one["n"], "", "", "", "", "", "", one["so_many"], ""]


def _difference(one: Mapping[str, Any]) -> list[Cell]:
    if one["difference"] is None or one["interval"] is None:
        return ["", "", "", "", "", "", "", "", _too_few()]
    lower, upper = one["interval"]
    gap = (_one_place(one["difference"]), "", _one_place(lower), _one_place(upper))
    return ["", *gap, "", "", "", ""]


def _too_few() -> str:
    return f"fewer than {rules.number('fewest_forms')}"


def _one_place(value: float | None) -> Cell:
    return "" if value is None else round(value, 1)
