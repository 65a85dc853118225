"""Results as they were frozen: words and a table first, a picture beside them. No grade, no colour,
no other unit to stand above or below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from newel.evidence.measures import measure
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.surveys import rules
from newel.record.outcomes.surveys.models import STAFF, SurveyResult, Wave, WaveGroup
from newel.record.outcomes.surveys.presenters import words

LEFT, WIDE, ROW = 130, 470, 34
HIDDEN = "fewer than {least}"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One group's line in a picture: the mean, and from where to where it may lie."""

    label: str
    y: int
    middle: float
    start: float
    end: float
    is_staff: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    described: str
    marks: list[Mark]
    ticks: list[tuple[float, str]]
    height: int


@dataclass(frozen=True, kw_only=True)
class Scale:
    id: str
    name: str
    means: str
    sentences: list[str]
    rows: list[list[str]]
    picture: Picture | None


@dataclass(kw_only=True)
class ResultsPage(Page):
    of: list[str]
    scales: list[Scale]
    shares: list[list[str]]
    missing: list[str]
    notes: list[str]
    files: list[Link]


def results_page(
    *,
    wave: Wave,
    groups: Sequence[WaveGroup],
    counted_in: Mapping[object, Sequence[WaveGroup]],
) -> ResultsPage:
    results = [one.result for one in groups if one.result is not None]
    return ResultsPage(
        title=f"Results: {words.called(wave)}",
        caption=f"{measure(wave.measure).name}, {wave.setting.name}",
        back=Link(text=words.called(wave), href=reverse("surveys:wave", args=[wave.public_id])),
        of=[_of(one, counted_in.get(one.pk, ())) for one in results],
        scales=_scales(results),
        shares=[row for one in results for row in _shares(one)],
        missing=[
            f"{words.group(one.asked)}: too few forms to show anything yet."
            for one in groups
            if one.result is None
        ],
        notes=[f"{fact.says} ({fact.source})" for fact in measure(wave.measure).notes],
        files=[
            Link(text=text, href=reverse("surveys:results_file", args=[wave.public_id, kind]))
            for kind, text in (("xlsx", "These figures as Excel"), ("csv", "as CSV"))
        ],
    )


def _of(result: SurveyResult, groups: Sequence[WaveGroup]) -> str:
    """What was counted, and what was put together, in words."""
    whom = words.group(result.asked)
    counted = (
        f"{whom}: {words.forms(result.forms)}, worked out on {day(result.worked_out_at.date())}."
    )
    if len(groups) < 2:
        return counted
    parts = "; ".join(f"{words.place(one.wave)}, {words.days(one.wave)}" for one in groups)
    return (
        f"{counted} Each of these alone had too few forms, so they were counted together, and "
        f"what is said here is about all of them: {parts}."
    )


def _scales(results: Sequence[SurveyResult]) -> list[Scale]:
    by_id: dict[str, list[tuple[SurveyResult, dict[str, Any]]]] = {}
    for result in results:
        for one in result.figures["subscales"]:
            by_id.setdefault(one["id"], []).append((result, one))
    difference = {
        one["id"]: one for result in results for one in result.difference.get("subscales", [])
    }
    return [_scale(found, difference.get(id)) for id, found in by_id.items()]


def _scale(
    found: Sequence[tuple[SurveyResult, dict[str, Any]]], difference: dict[str, Any] | None
) -> Scale:
    one = found[0][1]
    sentences = [_in_words(result.asked, figures) for result, figures in found]
    if difference is not None:
        sentences.append(_difference_in_words(difference))
    return Scale(
        id=one["id"],
        name=one["name"],
        means=_means(one),
        sentences=sentences,
        rows=[_row(result.asked, figures) for result, figures in found],
        picture=_picture(found),
    )


def _means(one: dict[str, Any]) -> str:
    ends = ""
    if one["lowest"] is not None and one["highest"] is not None:
        ends = f"From {_plain(one['lowest'])} to {_plain(one['highest'])}. "
    more = {"higher": "More is better.", "lower": "Less is better.", "neither": ""}
    return (ends + more[one["better"]]).strip()


def _in_words(asked: str, one: dict[str, Any]) -> str:
    who = words.group(asked)
    if one["mean"] is None:
        least = rules.number("fewest_forms")
        return f"{who}: fewer than {least} could be counted here, so nothing is shown."
    said = f"{who}: {_number(one['mean'])} on average, of {words.forms(one['n'])}."
    if one["interval"] is None:
        return said
    lower, upper = _ends(one)
    return (
        f"{said} So few forms leave it open by some way: the average most likely lies between "
        f"{_number(lower)} and {_number(upper)}."
    )


def _difference_in_words(one: dict[str, Any]) -> str:
    if one["difference"] is None or one["interval"] is None:
        return "How staff and residents differ cannot be said: too few could be counted."
    gap, (lower, upper) = one["difference"], one["interval"]
    between = f"most likely between {_number(lower)} and {_number(upper)}"
    if lower <= 0 <= upper:
        return (
            f"Staff minus residents: {_number(gap)}, {between}. That goes to both sides of nought, "
            "so it cannot be said that they see it differently."
        )
    who, whom = ("Staff", "residents") if gap > 0 else ("Residents", "staff")
    return (
        f"{who} put it higher than {whom}. Staff minus residents: {_number(gap)}, {between}. Ask "
        "both why."
    )


def _row(asked: str, one: dict[str, Any]) -> list[str]:
    if one["mean"] is None:
        least = HIDDEN.format(least=rules.number("fewest_forms"))
        return [words.group(asked), least, "–", "–", "–", "–"]
    lower, upper = _ends(one)
    interval = "–" if one["interval"] is None else f"{_number(lower)} to {_number(upper)}"
    return [
        words.group(asked), str(one["n"]), _number(one["mean"]),
        "–" if one["sd"] is None else _number(one["sd"]), interval, _alpha(one["alpha"]),
    ]  # fmt: skip


def _alpha(alpha: dict[str, Any] | None) -> str:
    if alpha is None:
        return "one question"
    if alpha["value"] is None:
        return alpha["why_not"] or "–"
    return f"{alpha['value']:.2f} ({words.forms(alpha['n'])})"


def _ends(one: dict[str, Any]) -> tuple[float, float]:
    """The interval, within what the scale can be."""
    lower, upper = one["interval"] or (one["mean"], one["mean"])
    lowest = lower if one["lowest"] is None else one["lowest"]
    highest = upper if one["highest"] is None else one["highest"]
    return max(lower, lowest), min(upper, highest)


def _shares(result: SurveyResult) -> list[list[str]]:
    return [
        [one["label"], words.group(result.asked), one["says"].capitalize(), *_share(one)]
        for one in result.figures["shares"]
    ]


def _share(one: dict[str, Any]) -> list[str]:
    if one["n"] is None:
        return [HIDDEN.format(least=rules.number("fewest_forms")), "–"]
    so_many, n = one["so_many"], one["n"]
    return [f"{so_many} of {n}", f"{(200 * so_many + n) // (2 * n)}%"]  # half up


def _picture(found: Sequence[tuple[SurveyResult, dict[str, Any]]]) -> Picture | None:
    one = found[0][1]
    lowest, highest = one["lowest"], one["highest"]
    shown = [(result, figures) for result, figures in found if figures["mean"] is not None]
    if not shown or lowest is None or highest is None:
        return None

    def across(value: float) -> float:
        return round(LEFT + (value - lowest) / (highest - lowest) * WIDE, 1)

    marks = []
    for place, (result, figures) in enumerate(shown):
        start, end = _ends(figures)
        marks.append(
            Mark(
                label=words.group(result.asked), y=22 + place * ROW, is_staff=result.asked == STAFF,
                middle=across(figures["mean"]), start=across(start), end=across(end),
            )
        )  # fmt: skip
    ticks = [lowest, (lowest + highest) / 2, highest]
    return Picture(
        described=f"{one['name']}: the same as the table below, as a picture.",
        marks=marks,
        ticks=[(across(value), _plain(value)) for value in ticks],
        height=len(marks) * ROW + 34,
    )


def _number(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")


def _plain(value: float) -> str:
    return f"{value:g}"
