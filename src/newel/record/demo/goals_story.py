"""Goals in people's own words, and how far those who named them said that they had got."""

from decimal import Decimal
from typing import Any

from newel.record.access.transactions import acting
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.outcomes import actions
from newel.record.outcomes.models import Goal, Plan

Told = dict[str, Any]


class GoalsStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded
        self.told = estate.read("goals")
        self.plans: dict[tuple[str, str], Plan] = {}
        self.goals: dict[str, Goal] = {}

    def tell(self) -> None:
        for one in self.told["planned"]:
            self._as(one, self._plan)
        for one in self.told["told"]:
            act = next(act for act in ("write", "rate", "replace", "end") if act in one)
            self._as(one, getattr(self, f"_{act}"))

    def _as(self, told: Told, act: Any) -> None:
        by, days = self.estate.staff[told["by"]], self.estate.calendar
        with acting(by.pk, page="demo"):
            act(told, days.on(told["day"]), {"by": by, "at": days.day(told["day"])})

    def _plan(self, told: Told, on: Any, who: Told) -> None:
        self.plans[told["child"], told["answered_by"]] = actions.plan_measure(
            child=self.estate.children[told["child"]],
            measure="gbo",
            answered_by=told["answered_by"],
            rhythm=told["rhythm"],
            starts_on=on,
            why=told["why"],
            **who,
        )

    def _write(self, told: Told, on: Any, who: Told) -> None:
        self.goals[told["write"]] = actions.write_goal(
            child=self.estate.children[told["child"]],
            whose=told["whose"],
            words=told["words"],
            how=told["how"],
            since=on,
            **who,
        )

    def _replace(self, told: Told, on: Any, who: Told) -> None:
        self.goals[told["as"]] = actions.replace_goal(
            goal=self.goals[told["replace"]],
            words=told["words"],
            how=told["how"],
            since=on,
            **who,
        )

    def _end(self, told: Told, on: Any, who: Told) -> None:
        actions.end_goal(goal=self.goals[told["end"]], because=told["because"], ended_on=on, **who)

    def _rate(self, told: Told, on: Any, who: Told) -> None:
        """`values`: of each goal on the form, in their order; null is left open."""
        form = actions.open_form(
            child=self.estate.children[told["rate"]],
            measure="gbo",
            answered_by=told["whose"],
            way="together",
            plan=self.plans[told["rate"], told["whose"]],
            **who,
        )
        items = form.goals.order_by("item").values_list("item", flat=True)
        given = zip(items, told["values"], strict=True)
        answers = {item: actions.Given(Decimal(one)) for item, one in given if one is not None}
        actions.answer(form=form, answers=answers, **who)
        actions.finish(form=form, answered_on=on, at=who["at"])
