"""Professional judgements that were made, one beside the time before, and one that is begun."""

from decimal import Decimal
from typing import Any

from newel.record.access.transactions import acting
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Plan

Told = dict[str, Any]


class JudgementStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate, self.calendar = loaded, loaded.calendar
        self.told = estate.read("judgements")
        self.plans: dict[tuple[str, str], Plan] = {}

    def tell(self) -> None:
        for one in self.told["planned"]:
            self._plan(one)
        for one in self.told["made"]:
            self._make(one)

    def _plan(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            self.plans[told["child"], told["measure"]] = actions.plan_measure(
                child=self.estate.children[told["child"]],
                measure=told["measure"],
                answered_by="assessor",
                rhythm="at_review",
                starts_on=self.calendar.on(told["day"]),
                why=told["why"],
                by=by,
                at=self.calendar.day(told["day"]),
            )

    def _make(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            form = self._open(told)
            at = self.calendar.day(told["begun"])
            ratings, words = _rated(told)
            actions.judge(form=form, ratings=ratings, words=words, by=by, at=at)
            actions.write_about_judgement(form=form, about=self._about(told), by=by, at=at)
            if "finished" in told:
                on = self.calendar.on(told["finished"])
                actions.finish(form=form, answered_on=on, at=self.calendar.day(told["finished"]))

    def _open(self, told: Told) -> Form:
        return actions.open_form(
            child=self.estate.children[told["child"]],
            measure=told["measure"],
            answered_by="assessor",
            way="judged",
            plan=self.plans[told["child"], told["measure"]],
            by=self.estate.staff[told["by"]],
            at=self.calendar.day(told["begun"]),
        )

    def _about(self, told: Told) -> actions.About:
        again = told.get("look_again")
        return actions.About(
            assessors="\n".join(told["assessors"]),
            are_trained="finished" in told,
            sources_used=tuple(told["sources_used"]),
            more_sources=told.get("more_sources", ""),
            heard=told.get("heard", ""),
            heard_words=told.get("heard_words", ""),
            conclusion=told.get("conclusion", ""),
            look_again_on=None if again is None else self.calendar.on(again),
        )


def _rated(told: Told) -> tuple[dict[str, actions.Given], dict[tuple[str, str], str]]:
    ratings, words = {}, {}
    for one in told["rated"]:
        item = f"{told['measure']}_{one['item']}"
        ratings[item] = actions.Given(Decimal(one["value"]))
        for part in ("reasons", "what_it_is"):
            if part in one:
                words[item, part] = one[part]
    return ratings, words
