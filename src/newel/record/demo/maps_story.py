"""The part of a child's file about the maps: places, what goes with what, and the child's words."""

from typing import Any

from newel.record.children.models import Child
from newel.record.demo.child_story import ChildStory
from newel.record.stairs.activators import actions, map_queries
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.words_models import ChildsWords

PLACED_BY = "losberne"


class MapsStory:
    def __init__(
        self, story: ChildStory, told: dict[str, Any], statements: dict[str, Statement]
    ) -> None:
        self.story = story
        self.told = told
        self.statements = statements

    @property
    def _child(self) -> Child:
        return self.story.child

    def tell(self) -> None:
        for one in self.told.get("placed", []):
            self._place(one)
        for one in self.told.get("goes_with", []):
            self._goes_with(one)
        for one in self.told.get("seen", []):
            self._seen(one)
        for one in self.told.get("says", []):
            self._says(one)

    def _place(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(PLACED_BY) as by:
            statement = map_queries.with_place(self.statements[told["statement"]])
            before = map_queries.places_now(statement)
            actions.place_statement(
                statement=statement,
                by=by,
                at=self.story.calendar.day(told["day"]),
                seen="",
                five_ps=before.five_ps,
                area=told.get("area", before.area),
                life_stage=told["life_stage"],
            )

    def _goes_with(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(told["by"]) as by:
            actions.say_goes_with(
                first=self.statements[told["first"]],
                then=self.statements[told["then"]],
                by=by,
                at=self.story.calendar.day(told["day"]),
            )

    def _seen(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(told["by"]) as by:
            actions.note_what_was_seen(
                statement=self.statements[told["statement"]],
                by=by,
                at=self.story.calendar.day(told["day"]),
                shows=told["shows"],
                text=told["text"],
                seen_on=self.story.calendar.on(told["day"]),
            )

    def _says(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(told["by"]) as by:
            words = self._written_down(told, by)
            checked = told.get("checked")
            if checked:
                actions.check_words_with_child(
                    words=words,
                    by=by,
                    at=self.story.calendar.day(checked["day"]),
                    outcome=checked["outcome"],
                    what_child_said=checked["what_child_said"],
                    checked_on=self.story.calendar.on(checked["day"]),
                )
            if "beside" in told:
                at = self.story.calendar.day(told["day"])
                actions.add_adult_view(words=words, by=by, at=at, text=told["beside"])

    def _written_down(self, told: dict[str, Any], by: Any) -> ChildsWords:
        return actions.write_down_words(
            child=self._child,
            by=by,
            at=self.story.calendar.day(told["day"]),
            words=told["words"],
            told_on=self.story.calendar.on(told["day"]),
            how=told["how"],
            where_told=told["where_told"],
            sharing_level=told["sharing_level"],
            child_allows_page=told.get("child_allows_page", False),
        )
