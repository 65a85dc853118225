"""Questionnaires that are planned, answered and begun, and a talk that one of them asks for."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Plan

Told = dict[str, Any]


class QuestionnaireStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded
        self.told = estate.read("questionnaires")
        self.plans: dict[tuple[str, str], Plan] = {}

    def tell(self) -> None:
        for one in self.told["planned"]:
            self._plan(one)
        for one in self.told["given"]:
            at = self.estate.calendar.day(one["day"])
            self._give(one, at, self.estate.calendar.on(one["day"]))
        for one in self.told["begun"]:
            at = self.estate.calendar.loaded_at - timedelta(minutes=one["minutes_ago"])
            self._give(one, at, None)

    def _plan(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            self.plans[told["child"], told["measure"]] = actions.plan_measure(
                child=self._child(told),
                measure=told["measure"],
                answered_by=told["answered_by"],
                rhythm=told["rhythm"],
                starts_on=self.estate.calendar.on(told["day"]),
                why=told["why"],
                by=by,
                at=self.estate.calendar.day(told["day"]),
            )

    def _give(self, told: Told, at: datetime, finished_on: date | None) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            form = self._open(told, by, at)
            actions.answer(form=form, answers=_answers(told), by=by, at=at)
            if finished_on:
                actions.finish(form=form, answered_on=finished_on, at=at)

    def _open(self, told: Told, by: StaffMember, at: datetime) -> Form:
        plan = self.plans[told["child"], told["measure"]]
        named = self.told["named"]
        return actions.open_form(
            child=self._child(told),
            measure=told["measure"],
            answered_by=plan.answered_by,
            way="together",
            plan=plan,
            by=by,
            at=at,
            talk_to=self.estate.staff[named["talk_to"]],
            cover=self.estate.staff[named["cover"]],
        )

    def _child(self, told: Told) -> Child:
        return self.estate.children[told["child"]]


def _answers(told: Told) -> dict[str, actions.Given]:
    return {
        f"{told['measure']}_{number:02}": actions.Given(Decimal(str(value)))
        for number, value in enumerate(told["values"], 1)
        if value is not None
    }
