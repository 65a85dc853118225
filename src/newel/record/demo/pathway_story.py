"""Where a child lived and went to school, and a list of events that somebody brought in one go."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import WROTE, Happening
from newel.record.demo.history_story import when
from newel.record.stairs.scoping import actions as scoping

Told = dict[str, Any]


class PathwayStory:
    def __init__(self, file: ChildFile, told: Told) -> None:
        self.file = file
        self.told = told
        self.calendar = file.calendar

    def happenings(self) -> Iterator[Happening]:
        for one in self.told.get("places", []):
            day = one.get("day", self.file.first_day)
            yield Happening(day, WROTE, partial(self._place, one, day))
        for one in self.told.get("lists", []):
            yield Happening(one["day"], WROTE, partial(self._list, one))

    def _place(self, told: Told, day: int) -> None:
        with self.file.led() as by:
            scoping.write_place(
                child=self.file.child,
                by=by,
                at=self.calendar.day(day),
                kind=told["kind"],
                name=told["name"],
                starts=when(told["starts"]),
                ends=when(told.get("ends", {})),
                still=told.get("still", False),
                source=self.file.told.get("source", ""),
            )

    def _list(self, told: Told) -> None:
        lines = [
            scoping.Brought(
                kind=one["kind"],
                title=one["title"],
                when=when(one["when"]),
                source=told["source"],
                original=one["original"],
            )
            for one in told["lines"]
        ]
        with self.file.in_the_name_of(told["by"]) as by:
            scoping.bring_list(
                child=self.file.child,
                by=by,
                at=self.calendar.day(told["day"]),
                how=told["how"],
                lines=lines,
                source=told["source"],
                left_out=told.get("left_out", 0),
            )
