"""The last month on the units: shifts taken over, words for the next shift."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.establishments.models import Unit
from newel.record.overview import actions as overview
from newel.record.overview.rules import PROPOSED, Shift, shift_at

Told = dict[str, Any]
A_MONTH = timedelta(days=30)
BEFORE_IT_BEGINS = timedelta(minutes=10)
BEFORE_IT_ENDS = timedelta(minutes=25)


class MonthStory:
    """`shifts`: those of the last month, the one that goes on now last. That one is not taken over:
    whoever comes into the demo does that."""

    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded
        self.told = estate.read("month")
        self.shifts = list(_shifts(loaded.calendar.loaded_at))

    def tell(self) -> None:
        for key, who in self.told["taken_over_by"].items():
            self._take_over(self.estate.units[key], who)
        for one in self.told["unit_notes"]:
            self._unit_note(one)
        for name in self.told["children"]:
            self._notes(name, self.told["children"][name])

    def _take_over(self, unit: Unit, who: dict[str, list[str]]) -> None:
        """Person by person, because each opens a transaction of their own."""
        turns: dict[str, list[Shift]] = defaultdict(list)
        for number, shift in enumerate(self.shifts[:-1]):
            if not self._missed(unit, number):
                turns[who[shift.code][number % len(who[shift.code])]].append(shift)
        for key, theirs in turns.items():
            by = self.estate.staff[key]
            with acting(by.pk, page="demo"):
                for shift in theirs:
                    at = shift.starts_at - BEFORE_IT_BEGINS
                    overview.take_over(unit=unit, shift=shift, by=by, at=at, read_until=at)

    def _missed(self, unit: Unit, number: int) -> bool:
        """Now and then nobody takes a shift over, as it happens; the last one always somebody."""
        every: int = self.told["one_missed_in"]
        return number % every == unit.pk % every and number != len(self.shifts) - 2

    def _unit_note(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            overview.write_unit_note(
                unit=self.estate.units[told["unit"]],
                by=by,
                at=self._late_in(self._ago(told["shifts_ago"])),
                text=told["text"],
            )

    def _notes(self, name: str, told: Told) -> None:
        turns: dict[str, list[tuple[Told, Shift]]] = defaultdict(list)
        for ago in range(told["shifts"], 0, -1):
            shift = self._ago(ago)
            words = told[shift.code][ago // 3 % len(told[shift.code])]
            turns[words["by"]].append((words, shift))
        for key, theirs in turns.items():
            by = self.estate.staff[key]
            with acting(by.pk, page="demo"):
                for words, shift in theirs:
                    self._note(name, told["unit"], by, words, shift)

    def _note(self, name: str, unit: str, by: StaffMember, words: Told, shift: Shift) -> None:
        overview.write_note(
            child=self.estate.children[name],
            unit=self.estate.units[unit],
            by=by,
            at=self._late_in(shift),
            text=words["text"],
            what_helped=words.get("what_helped", ""),
        )

    def _ago(self, shifts: int) -> Shift:
        return self.shifts[-1 - shifts]

    def _late_in(self, shift: Shift) -> datetime:
        return shift.ends_at - BEFORE_IT_ENDS


def _shifts(now: datetime) -> Iterator[Shift]:
    shift = shift_at(now - A_MONTH, PROPOSED)
    while shift.starts_at <= now:
        yield shift
        shift = shift_at(shift.ends_at, PROPOSED)
