"""Questionnaires that wait to be answered by the child's own hand, and one that was begun so."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import TOGETHER, Happening
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form

Told = dict[str, Any]
ONE_ANSWER = timedelta(seconds=20)


class ByOwnHandStory:
    def __init__(self, file: ChildFile, told: list[Told]) -> None:
        self.file = file
        self.told = told

    def happenings(self) -> Iterator[Happening]:
        for one in self.told:
            yield Happening(one["day"], TOGETHER, partial(self._ask, one))

    def _ask(self, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            form = actions.open_form(
                child=self.file.child,
                measure=told["measure"],
                answered_by="self",
                way="tablet",
                by=by,
                at=self.file.calendar.day(told["day"]),
                talk_to=self._staff(told, "talk_to"),
                cover=self._staff(told, "cover"),
            )
            if "answers" in told:
                self._answered_some(form, told)

    def _staff(self, told: Told, key: str) -> Any:
        return self.file.staff(told[key]) if key in told else None

    def _answered_some(self, form: Form, told: Told) -> None:
        at = self.file.calendar.day(told["day"])
        actions.hand_over(form=form, by=self.file.staff(told["handed_over_by"]), at=at)
        sitting = form.sittings.get()
        actions.begin_answering(sitting=sitting, at=at)
        for item, value in told["answers"].items():
            at += ONE_ANSWER
            given = actions.Given(
                value=None if value is None else Decimal(value), declined=value is None
            )
            actions.answer(form=form, answers={item: given}, by=None, at=at)
        actions.end_sitting(sitting=sitting, because="stopped", at=at)
