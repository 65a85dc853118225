"""One child's file while it is being told: what of it is in the record already."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child, Stay
from newel.record.demo.happening import CAME, LEFT, REFERRED, Happening
from newel.record.demo.loaded import Estate
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.scoping.models import LifeEvent


class ChildFile:
    child: Child

    def __init__(self, told: dict[str, Any], estate: Estate) -> None:
        self.told = told
        self.estate = estate
        self.calendar = estate.calendar
        self.stays: list[Stay] = []
        self.events: dict[str, LifeEvent] = {}
        self.statements: dict[str, Statement] = {}
        self._open = ExitStack()
        self._acting = ""

    @property
    def first_day(self) -> int:
        """Before it there was no record to write in."""
        day: int = self.told["stays"][0]["referred"]["day"]
        return min(day, 0)

    def staff(self, key: str) -> StaffMember:
        return self.estate.staff[key]

    @contextmanager
    def in_the_name_of(self, key: str) -> Iterator[StaffMember]:
        """Whoever wrote last and writes again goes on: each change of person costs the database
        a question, and a history is written by few."""
        if key != self._acting:
            self.nobody_acts()
            self._open.enter_context(acting(self.staff(key).pk, page="demo"))
            self._acting = key
        yield self.staff(key)

    def led(self) -> AbstractContextManager[StaffMember]:
        """By the psychologist who leads here, and who reaches every child of the setting."""
        return self.in_the_name_of(self.told["lead"])

    def nobody_acts(self) -> None:
        """Who comes next is asked anew whom they reach."""
        self._open.close()
        self._acting = ""

    def after(self, happening: Happening) -> None:
        """A stay that begins or ends changes who reaches the child."""
        if happening.order in (REFERRED, CAME, LEFT):
            self.nobody_acts()
