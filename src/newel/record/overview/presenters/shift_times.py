"""When the shifts of each setting begin, for whoever sets places up."""

from dataclasses import dataclass

from django.urls import reverse

from newel.record.design_system.dates import day, time_of_day
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Setting
from newel.record.overview.presenters.notes import NotePage
from newel.record.overview.queries import shift_times
from newel.record.overview.rules import Times
from newel.record.overview.rules.shifts import NAMES


@dataclass(frozen=True, kw_only=True)
class SettingTimes:
    name: str
    lines: tuple[str, ...]
    said: str
    change: Link


@dataclass(kw_only=True)
class ShiftTimesPage(Page):
    settings: tuple[SettingTimes, ...]


def shift_times_page(*, settings: list[Setting]) -> ShiftTimesPage:
    return ShiftTimesPage(
        title="When shifts begin", settings=tuple(_of_setting(setting) for setting in settings)
    )


def _of_setting(setting: Setting) -> SettingTimes:
    times = shift_times(setting=setting)
    saved = getattr(setting, "shift_times", None)
    said = "A proposal of Newel’s, to be confirmed by the setting."
    if saved is not None:
        said = f"Confirmed by {saved.confirmed_by.name}, {day(saved.confirmed_at)}."
    return SettingTimes(
        name=setting.name,
        lines=tuple(f"{NAMES[code]}: {time_of_day(begins)}" for code, begins in times.begins()),
        said=said,
        change=Link(
            text="Change or confirm",
            href=reverse("overview:set_shift_times", args=[setting.public_id]),
            about=f"the shift times of {setting.name}",
        ),
    )


def set_shift_times_page(*, setting: Setting) -> NotePage:
    return NotePage(
        title=f"When shifts begin at {setting.name}",
        back=Link(text="When shifts begin", href=reverse("overview:shift_times")),
    )


def typed_times(times: Times) -> dict[str, object]:
    return {"early": times.early, "late": times.late, "night": times.night}
