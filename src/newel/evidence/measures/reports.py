"""Changes and group statistics as the command prints them: JSON for scripts, lines for people."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import polars as pl

from newel.evidence.measures.definition import Measure

if TYPE_CHECKING:  # they load SciPy, which a list of measures can do without
    from newel.evidence.measures.change import Changes
    from newel.evidence.measures.groups import Alpha, Described, Discrepancy, GroupStatistics

Report = dict[str, Any]
_STATES = ("reliably_better", "reliably_worse", "no_reliable_change")


def of_change(
    measure: Measure, forms: int, faults: pl.DataFrame, found: "Mapping[str, Changes]"
) -> Report:
    """What `newel measures change --format json` prints; docs/measures/commands.md says it."""
    return {
        "measure": measure.id,
        "version": measure.version,
        "forms": forms,
        "faults": faults.to_dicts(),
        "subscales": [_noise(one) for one in found.values()],
        "changes": [change for one in found.values() for change in _people(one)],
        "left_out": _left_out(measure),
    }


def of_reliability(
    measure: Measure, forms: int, faults: pl.DataFrame, found: "Mapping[str, GroupStatistics]"
) -> Report:
    """What `newel measures reliability --format json` prints."""
    return {
        "measure": measure.id,
        "version": measure.version,
        "forms": forms,
        "faults": faults.to_dicts(),
        "subscales": [_statistics(id, one) for id, one in found.items()],
        "left_out": _left_out(measure),
    }


def of_discrepancy(
    measure: Measure, forms: int, faults: pl.DataFrame, found: "Mapping[str, Discrepancy]"
) -> Report:
    """What `newel measures discrepancy --format json` prints."""
    return {
        "measure": measure.id,
        "version": measure.version,
        "forms": forms,
        "faults": faults.to_dicts(),
        "subscales": [{"id": id, **asdict(one)} for id, one in found.items()],
        "left_out": _left_out(measure),
    }


def change_in_lines(report: Report) -> Iterator[str]:
    for one in report["subscales"]:
        yield f"{one['id']}: {_noise_in_words(one['reliable_change'])}"
        yield "  " + ", ".join(
            f"{one['people'][state]} {state.replace('_', ' ')}" for state in _STATES
        )
        for change in report["changes"]:
            if change["subscale"] == one["id"]:
                yield f"  {_change_in_words(change)}"
    yield from _rest_in_words(report)


def reliability_in_lines(report: Report) -> Iterator[str]:
    for one in report["subscales"]:
        yield f"{one['id']}: n {one['n']}, mean {_shown(one['mean'])}, SD {_shown(one['sd'])}"
        if one["interval"]:
            ends = f"{_shown(one['interval']['lower'])} to {_shown(one['interval']['upper'])}"
            yield f"  95% interval of the mean {ends} ({one['interval']['kind']})"
        for missing, alpha in one["alpha"].items():
            value = alpha["why_not"] or _shown(alpha["value"], 3)
            yield f"  Cronbach’s alpha, {missing}: {value} (n {alpha['n']})"
        value = one["omega"]["why_not"] or _shown(one["omega"]["value"], 3)
        yield f"  Omega, {one['omega']['kind']}: {value} (n {one['omega']['n']})"
    yield from _rest_in_words(report)


def discrepancy_in_lines(report: Report) -> Iterator[str]:
    for one in report["subscales"]:
        yield f"{one['id']}: {_difference_in_words(one)}"
        for group in ("staff", "residents"):
            told = one[group]
            yield f"  {group}: n {told['n']}, mean {_shown(told['mean'])}, SD {_shown(told['sd'])}"
    yield from _rest_in_words(report)


def _difference_in_words(one: Report) -> str:
    if one["difference"] is None:
        return str(one["why_not"])
    ends = f"{_shown(one['interval']['lower'])} to {_shown(one['interval']['upper'])}"
    return (
        f"staff minus residents {_shown(one['difference'])}, 95% interval {ends} "
        f"({one['interval']['kind']}, {_shown(one['degrees_of_freedom'])} degrees of freedom)"
    )


def _noise(one: "Changes") -> Report:
    counted = one.table["state"].drop_nulls().to_list()
    return {
        "id": one.subscale.id,
        "better": one.subscale.better,
        "reliable_change": asdict(one.noise),
        "people": {state: counted.count(state) for state in _STATES},
    }


def _people(one: "Changes") -> Iterator[Report]:
    for row in one.table.iter_rows(named=True):
        yield {
            "person": row["person"],
            "age": row["age"],
            "subscale": one.subscale.id,
            "forms": row["forms"],
            "first_on": _day(row["first_on"]),
            "last_on": _day(row["last_on"]),
            "first": row["first"],
            "last": row["last"],
            "change": row["change"],
            "goals": row["items"],
            "state": row["state"],
            "why_not": row["why_not"],
            "cut_offs": [
                {
                    "value": cut_off.value,
                    "concern": cut_off.concern,
                    "for_whom": cut_off.for_whom,
                    "answered_by": list(cut_off.audience.answered_by),
                    "from_age": cut_off.audience.from_age,
                    "to_age": cut_off.audience.to_age,
                    "crossed": row[f"cut_off_{number}"],
                }
                for number, cut_off in enumerate(one.cut_offs, 1)
            ],
        }


def _day(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _statistics(id: str, one: "GroupStatistics") -> Report:
    return {
        "id": id,
        **_described(one.scores),
        "alpha": {"pairwise": _alpha(one.pairwise), "listwise": _alpha(one.listwise)},
        "omega": asdict(one.omega),
    }


def _described(one: "Described") -> Report:
    return {**asdict(one), "interval": asdict(one.interval) if one.interval else None}


def _alpha(one: "Alpha") -> Report:
    told = asdict(one)
    del told["missing"]
    return told


def _left_out(measure: Measure) -> list[Report]:
    return [
        {"id": one.id, "why_not": "A profile is not a number: it has no mean and no difference."}
        for one in measure.subscales
        if one.method == "profile"
    ]


def _noise_in_words(noise: Report) -> str:
    if noise["points"] is None:
        return str(noise["why_not"])
    if noise["origin"] == "published":
        return f"a change of {_shown(noise['points'])} points is reliable ({noise['source']})."
    return (
        f"a change of {_shown(noise['points'])} points is reliable: {noise['formula']}, with SD "
        f"{_shown(noise['sd'])} (n {noise['sd_n']}) and r {_shown(noise['reliability'], 3)} "
        f"({noise['reliability_kind']}, n {noise['reliability_n']})."
    )


def _change_in_words(change: Report) -> str:
    if change["change"] is None:
        return f"{change['person']}: {change['why_not']}"
    told = (change["state"] or change["why_not"]).replace("_", " ")
    crossed = "".join(
        f"; {one['crossed'].replace('_', ' ')} ({one['concern'].replace('_', ' ')} {one['value']}, "
        f"{one['for_whom']})"
        for one in change["cut_offs"]
        if one["crossed"] in ("into_concern", "out_of_concern")
    )
    return (
        f"{change['person']}: {_shown(change['first'])} on {change['first_on']}, "
        f"{_shown(change['last'])} on {change['last_on']}: {told}{crossed}"
    )


def _rest_in_words(report: Report) -> Iterator[str]:
    for one in report["left_out"]:
        yield f"{one['id']}: {one['why_not']}"
    if report["faults"]:
        number = len(report["faults"])
        cells = "1 faulty cell" if number == 1 else f"{number} faulty cells"
        yield f"{cells} counted as unanswered:"
    for fault in report["faults"]:
        yield f"  row {fault['row']}, {fault['column']}: “{fault['value']}”; {fault['permitted']}"


def _shown(value: float | None, digits: int = 2) -> str:
    return "none" if value is None else f"{value:.{digits}f}"
