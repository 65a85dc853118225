"""One child's file while it is being told: what of it is in the record already."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child, Stay
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

    @property
    def first_day(self) -> int:
        """Before it there was no record to write in."""
        day: int = self.told["stays"][0]["referred"]["day"]
        return min(day, 0)

    def staff(self, key: str) -> StaffMember:
        return self.estate.staff[key]

    @contextmanager
    def in_the_name_of(self, key: str) -> Iterator[StaffMember]:
        by = self.staff(key)
        with acting(by.pk, page="demo"):
            yield by

    def led(self) -> AbstractContextManager[StaffMember]:
        """By the psychologist who leads here, and who reaches every child of the setting."""
        return self.in_the_name_of(self.told["lead"])
