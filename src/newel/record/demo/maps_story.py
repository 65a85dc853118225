"""The part of a child's file about the maps: places, what goes with what, and the child's words."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import CHANGED, Happening
from newel.record.stairs.activators import actions, map_queries
from newel.record.stairs.activators.words_models import ChildsWords

Told = dict[str, Any]


class MapsStory:
    def __init__(self, file: ChildFile, told: Told) -> None:
        self.file = file
        self.told = told
        self.calendar = file.calendar
        self.statements = file.statements

    def happenings(self) -> Iterator[Happening]:
        for one in self.told.get("placed", []):
            yield Happening(one["day"], CHANGED, partial(self._place, one))
        for one in self.told.get("goes_with", []):
            yield Happening(one["day"], CHANGED, partial(self._goes_with, one))
        for one in self.told.get("says", []):
            yield Happening(one["day"], CHANGED, partial(self._says, one))

    def _place(self, told: Told) -> None:
        with self.file.led() as by:
            statement = map_queries.with_place(self.statements[told["statement"]])
            before = map_queries.places_now(statement)
            actions.place_statement(
                statement=statement,
                by=by,
                at=self.calendar.day(told["day"]),
                seen="",
                five_ps=before.five_ps,
                area=told.get("area", before.area),
                life_stage=told["life_stage"],
            )

    def _goes_with(self, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            actions.say_goes_with(
                first=self.statements[told["first"]],
                then=self.statements[told["then"]],
                by=by,
                at=self.calendar.day(told["day"]),
            )

    def _says(self, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            words = self._written_down(told, by)
            if "checked" in told:
                self._checked(words, told["checked"], by)
            if "now" in told:
                words = self._written_down({**told, **told["now"]}, by, replaces=words)
            if "beside" in told:
                at = self.calendar.day(told["day"])
                actions.add_adult_view(words=words, by=by, at=at, text=told["beside"])

    def _checked(self, words: ChildsWords, told: Told, by: StaffMember) -> None:
        actions.check_words_with_child(
            words=words,
            by=by,
            at=self.calendar.day(told["day"]),
            outcome=told["outcome"],
            what_child_said=told.get("what_child_said", ""),
            checked_on=self.calendar.on(told["day"]),
        )

    def _written_down(
        self, told: Told, by: StaffMember, replaces: ChildsWords | None = None
    ) -> ChildsWords:
        return actions.write_down_words(
            child=self.file.child,
            by=by,
            at=self.calendar.day(told["day"]),
            words=told["words"],
            told_on=self.calendar.on(told["day"]),
            how=told["how"],
            where_told=told["where_told"],
            sharing_level=told["sharing_level"],
            child_allows_page=told.get("child_allows_page", False),
            replaces=replaces,
        )
