"""Surveys of the demo: slips that were drawn, and forms that nobody in particular filled in."""

from typing import Any

from newel.evidence.measures import measure as definition
from newel.record.access.transactions import acting, request_in_nobodys_name
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.outcomes.surveys import actions
from newel.record.outcomes.surveys.models import Wave

Told = dict[str, Any]


class SurveysStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded

    def tell(self) -> None:
        for told in estate.read("surveys")["waves"]:
            wave = self._plan(told)
            for asked, number in told["slips"].items():
                self._answer(wave, told, asked, number)
            if "closed_day" in told:
                self._close(wave, told)

    def _plan(self, told: Told) -> Wave:
        by, calendar = self.estate.staff[told["planned_by"]], self.estate.calendar
        with acting(by.pk, page="demo"):
            return actions.plan_wave(
                measure=told["measure"],
                setting=self.estate.settings[told["setting"]],
                unit=self.estate.units[told["unit"]],
                asked=list(told["slips"]),
                opens_on=calendar.on(told["opens_day"]),
                closes_on=calendar.on(told["closes_day"]),
                by=by,
                at=calendar.day(told["planned_day"]),
            )

    def _answer(self, wave: Wave, told: Told, asked: str, number: int) -> None:
        by, calendar = self.estate.staff[told["planned_by"]], self.estate.calendar
        day = told["opens_day"]
        with acting(by.pk, page="demo"):
            codes = actions.make_slips(
                group=wave.groups.get(asked=asked), number=number, by=by,
                at=calendar.day(day), today=calendar.on(day),
            )  # fmt: skip
        for code, line in zip(codes, told[asked], strict=False):
            with request_in_nobodys_name():
                answers = _answers(wave.measure, line)
                actions.hand_in(code=code, answers=answers, today=calendar.on(day))

    def _close(self, wave: Wave, told: Told) -> None:
        by, calendar = self.estate.staff[told["planned_by"]], self.estate.calendar
        day = told["closed_day"]
        with acting(by.pk, page="demo"):
            actions.close_wave(wave=wave, by=by, at=calendar.day(day), today=calendar.on(day))


def _answers(measure: str, line: str) -> dict[str, float | None]:
    found = definition(measure)
    values = {one.id: found.responses_of(one.id).values for one in found.items}
    digits = zip(found.items, line, strict=True)
    return {one.id: None if digit == "-" else values[one.id][int(digit)] for one, digit in digits}
