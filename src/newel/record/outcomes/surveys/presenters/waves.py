"""The list of surveys, and one wave: what is to be done with it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.evidence.measures import measure
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.outcomes.surveys import rules
from newel.record.outcomes.surveys.models import STAFF, Wave, WaveGroup
from newel.record.outcomes.surveys.policies import FROM_OUTSIDE
from newel.record.outcomes.surveys.presenters import words
from newel.record.outcomes.surveys.queries import Counts
from newel.record.outcomes.wording import refusals

LIST = "surveys:waves"


@dataclass(frozen=True, kw_only=True)
class Listed:
    link: Link
    line: str


@dataclass(kw_only=True)
class WavesPage(Page):
    parts: list[tuple[str, list[Listed]]]
    plan: str


@dataclass(frozen=True, kw_only=True)
class GroupShown:
    heading: str
    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(kw_only=True)
class WavePage(Page):
    facts: list[SummaryRow]
    groups: list[GroupShown]
    next: Link | None
    why_next: str
    inside: str
    wait: str


@dataclass(kw_only=True)
class SurveyFormPage(Page):
    paragraphs: tuple[str, ...] = ()


def waves_page(*, waves: Sequence[Wave], today: date) -> WavesPage:
    parts: dict[str, list[Listed]] = {"Open now": [], "To be closed": [], "Planned": []}
    parts["Closed"] = []
    for one in waves:
        parts[_stands(one, today)].append(_listed(one))
    shown = [(heading, listed) for heading, listed in parts.items() if listed]
    return WavesPage(title="Surveys", parts=shown, plan=reverse("surveys:plan"))


def _stands(wave: Wave, today: date) -> str:
    if wave.closed_at is not None:
        return "Closed"
    if today > wave.closes_on:
        return "To be closed"
    return "Planned" if today < wave.opens_on else "Open now"


def _listed(wave: Wave) -> Listed:
    asked = " and ".join(words.group(one.asked).lower() for one in wave.groups_now)  # type: ignore[attr-defined]
    link = Link(text=words.called(wave), href=_href("wave", wave))
    name = measure(wave.measure).name
    return Listed(link=link, line=f"{name}: {asked}. {words.days(wave)}.")


def _href(name: str, wave: Wave, *more: str) -> str:
    return reverse(f"surveys:{name}", args=[wave.public_id, *more])


def _back_to(wave: Wave) -> Link:
    return Link(text=words.called(wave), href=_href("wave", wave))


def plan_page() -> SurveyFormPage:
    """Also which files of the site's wording are not used, and why."""
    refused = [one for found in rules.for_surveys() for one in refusals(found.id)]
    return SurveyFormPage(
        title="Plan a survey",
        paragraphs=(
            "Everybody of one unit is asked at one time, without their names. Nobody can see who "
            "answered what, and nothing is shown of fewer than "
            f"{rules.number('fewest_forms')} forms.",
            "Somebody who works on the unit does not help with it: ask a colleague from outside.",
            *dict.fromkeys(refused),
        ),
        back=Link(text="Surveys", href=reverse(LIST)),
    )


def wave_page(
    *,
    wave: Wave,
    groups: Sequence[WaveGroup],
    counts: Mapping[int, Counts],
    waiting: Mapping[int, Sequence[WaveGroup]],
    works_there: bool,
    today: date,
) -> WavePage:
    """counts: none while the wave is open, for somebody who works on the unit (H20)."""
    shown = [
        _group(one, wave, counts, waiting.get(one.pk, ()), works_there, today) for one in groups
    ]
    link, why = _next(wave, groups, counts, works_there, today)
    return WavePage(
        title=words.called(wave),
        caption=f"{measure(wave.measure).name}, {wave.setting.name}",
        back=Link(text="Surveys", href=reverse(LIST)),
        facts=_facts(wave),
        groups=shown,
        next=link,
        why_next=why,
        inside=FROM_OUTSIDE if works_there and wave.closed_at is None else "",
        wait=_until(wave, link, works_there, can_be_counted=any(one.links for one in shown)),
    )


def _until(wave: Wave, next: Link | None, works_there: bool, *, can_be_counted: bool) -> str:
    """What comes next where there is nothing to press."""
    if wave.closed_at is not None and next is None and not can_be_counted:
        return "The survey is closed, and there is nothing to do here now."
    if wave.closed_at is not None or works_there or next is not None:
        return ""
    return (
        f"Slips work until {day(wave.closes_on)}. After that, or when every slip has come back, "
        "close the survey here, and its results are worked out."
    )


def _facts(wave: Wave) -> list[SummaryRow]:
    rows = [
        SummaryRow(key="Where", value=f"{words.place(wave)}, {wave.setting.name}" if wave.unit
                   else f"The staff of the whole of {wave.setting.name}"),
        SummaryRow(key="Open", value=words.days(wave)),
        SummaryRow(key="Planned by", value=f"{wave.planned_by.name}, {day_time(wave.planned_at)}"),
    ]  # fmt: skip
    if wave.closed_by is not None:
        closed = f"{wave.closed_by.name}, {day_time(wave.closed_at)}"
        rows.append(SummaryRow(key="Closed by", value=closed))
    return rows


def _group(
    group: WaveGroup,
    wave: Wave,
    counts: Mapping[int, Counts],
    waiting: Sequence[WaveGroup],
    works_there: bool,
    today: date,
) -> GroupShown:
    lines: list[str] = []
    links: list[Link] = []
    if group.pk in counts:
        lines.append(_counted(counts[group.pk]))
    if wave.closed_at is None:
        lines.append("Nothing of the answers is shown before the survey is closed.")
        if not works_there and today <= wave.closes_on:
            text = f"Make slips for {words.group(group.asked).lower()}"
            links.append(Link(text=text, href=_href("make_slips", wave, group.asked)))
    else:
        lines += _what_became(group, counts, waiting)
        if group.result_id is None and not works_there and _could_be_counted(waiting, counts):
            text = "Count them together with what waits on other units"
            links.append(Link(text=text, href=_href("together", wave, group.asked)))
    heading = words.group(group.asked)
    return GroupShown(heading=heading, lines=tuple(lines), links=tuple(links))


def _counted(found: Counts) -> str:
    made = "1 slip made" if found.made == 1 else f"{found.made} slips made"
    return f"{made}, {found.returned} answered."


def _what_became(
    group: WaveGroup, counts: Mapping[int, Counts], waiting: Sequence[WaveGroup]
) -> list[str]:
    if group.result_id is not None:
        return ["The results were worked out when the survey was closed. They do not change."]
    if not counts.get(group.pk, Counts()).returned:
        return ["No answer came, so there is nothing to show."]
    least = rules.number("fewest_forms")
    lines = [
        f"Fewer than {least} forms came, so nothing of them is shown: it could be seen who wrote "
        "what. They are kept, and are counted with the next survey of this unit that is short of "
        "forms too, or together with other units of this setting."
    ]
    if len(waiting) > 1:
        lines.append(
            "Waiting now: " + "; ".join(
                f"{words.place(one.wave)}, {day(one.wave.opens_on)}" for one in waiting
            ) + "."
        )  # fmt: skip
    return lines


def _could_be_counted(waiting: Sequence[WaveGroup], counts: Mapping[int, Counts]) -> bool:
    return len(waiting) > 1 and rules.enough(
        sum(counts.get(one.pk, Counts()).returned for one in waiting)
    )


def _next(
    wave: Wave,
    groups: Sequence[WaveGroup],
    counts: Mapping[int, Counts],
    works_there: bool,
    today: date,
) -> tuple[Link | None, str]:
    if wave.closed_at is not None:
        if any(one.result_id for one in groups):
            why = "The survey is closed, and its results are worked out."
            return Link(text="Read the results", href=_href("results", wave)), why
        return None, ""
    if works_there:
        return None, ""
    made = sum(counts[one.pk].made for one in groups)
    returned = sum(counts[one.pk].returned for one in groups)
    if rules.is_over(closes_on=wave.closes_on, today=today, made=made, returned=returned):
        why = "The last day is over." if today > wave.closes_on else "Every slip has come back."
        return Link(text="Close it and work out the results", href=_href("close", wave)), why
    without = next((one for one in groups if not counts[one.pk].made), None)
    if without is not None:
        text = f"Make slips for {words.group(without.asked).lower()}"
        why = "Nobody can answer before there are slips to draw."
        return Link(text=text, href=_href("make_slips", wave, without.asked)), why
    return None, ""


def make_slips_page(*, wave: Wave, group: WaveGroup) -> SurveyFormPage:
    whom = "staff" if group.asked == STAFF else "residents"
    return SurveyFormPage(
        title=f"Slips for {whom}",
        caption=words.called(wave),
        back=_back_to(wave),
        paragraphs=(
            "The slips are shown once, for you to print. Newel keeps no code and does not know "
            "who gets which.",
            "Fold them, put them into a box and let everybody draw one themselves. Write no name "
            "on a slip and make no list.",
        ),
    )


def close_page(*, wave: Wave) -> SurveyFormPage:
    return SurveyFormPage(
        title="Close this survey",
        caption=words.called(wave),
        back=_back_to(wave),
        paragraphs=(
            "No slip works any more after this. The results are worked out now, once, and never "
            "change afterwards.",
            f"Where fewer than {rules.number('fewest_forms')} forms came, they wait and are "
            "counted with others later.",
        ),
    )


def together_page(*, wave: Wave, waiting: Sequence[WaveGroup]) -> SurveyFormPage:
    return SurveyFormPage(
        title="Count these together",
        caption=words.called(wave),
        back=_back_to(wave),
        paragraphs=(
            "Each of these had too few forms to be shown. Together they are enough: "
            + "; ".join(f"{words.place(one.wave)}, {words.days(one.wave)}" for one in waiting)
            + ".",
            "They become one result of all of them, once. None of them is ever shown alone or "
            "counted again.",
        ),
    )
