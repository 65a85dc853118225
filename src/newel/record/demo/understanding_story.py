"""The part of a child's file about what is understood: statements, keeping safe, the one page."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from newel.record.demo import queries
from newel.record.demo.child_story import ChildStory
from newel.record.stairs.activators import actions, one_page_actions
from newel.record.stairs.activators.models import Statement

SAFE_PARTS = {"restraint_dangers": "restraint", "current_watch": "watch"}


class UnderstandingStory:
    def __init__(self, story: ChildStory) -> None:
        self.story = story
        self.calendar = story.calendar
        self.statements: dict[str, Statement] = {}

    def tell(self) -> None:
        """Day by day, so that the page's version and its showing to the child come out right."""
        for _, _, happen in sorted(self._happenings(), key=lambda each: each[:2]):
            happen()

    def _happenings(self) -> Iterator[tuple[int, int, Callable[[], None]]]:
        told = self.story.told
        for one in told["statements"]:
            yield one["written_day"], 0, partial(self._write, one)
            if "agreed_day" in one:
                yield one["agreed_day"], 1, partial(self._agree, one)
            if "confirmed_seen" in one:
                yield one["confirmed_day"], 2, partial(self._confirm, one)
            if one["state"] == "superseded":
                yield one["superseded_day"], 3, partial(self._retire, one)
        for part, entry in told["keeping_safe"].items():
            yield entry["day"], 0, partial(self._keep_safe, SAFE_PARTS.get(part, part), entry)
        shown = told.get("shown_to_child")
        if shown:
            yield shown["day"], 4, partial(self._show_to_child, shown)

    def _write(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(told["by"]) as by:
            at = self.calendar.day(told["written_day"])
            statement = actions.write_statement(
                child=self.story.child,
                by=by,
                at=at,
                text=told["text"],
                kind=told["kind"],
                area=told["area"],
                five_ps=told["five_ps"],
                time=told["time"],
                said_by_role=told["source_role"],
                said_on=self.calendar.on(told["source_day"]),
                whose_words=told["whose_words"],
                confidence=told["confidence"],
                sharing_level=told["sharing_level"],
            )
            for one in told.get("evidence", []):
                actions.add_evidence(
                    statement=statement,
                    event=self.story.events[one["event"]],
                    shows=one["shows"],
                    note=one["note"],
                    by=by,
                    at=at,
                )
        self.statements[told["key"]] = statement

    def _agree(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of("losberne") as by:
            actions.agree_statement(
                statement=self.statements[told["key"]],
                by=by,
                at=self.calendar.day(told["agreed_day"]),
                confirm_by=self._own_day(told, told["agreed_day"]),
            )

    def _own_day(self, told: dict[str, Any], after: int) -> date | None:
        """The day by which this one is to be confirmed, where its file wants an earlier one."""
        within = told.get("confirm_within_days")
        return None if within is None else self.calendar.on(after + within)

    def _confirm(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(told.get("confirmed_by", "losberne")) as by:
            actions.confirm_statement(
                statement=self.statements[told["key"]],
                by=by,
                at=self.calendar.day(told["confirmed_day"]),
                what_was_seen=told["confirmed_seen"],
                confirm_by=self._own_day(told, told["confirmed_day"]),
            )

    def _retire(self, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of("losberne") as by:
            actions.retire_statement(
                statement=self.statements[told["key"]],
                by=by,
                at=self.calendar.day(told["superseded_day"]),
                because=told["ended_because"],
            )

    def _keep_safe(self, part: str, told: dict[str, Any]) -> None:
        with self.story.in_the_name_of(told["by"]) as by:
            actions.write_keeping_safe(
                child=self.story.child,
                part=part,
                none_known=told["none_known"],
                text=told["text"],
                by=by,
                at=self.calendar.day(told["day"]),
                next_review_on=self.calendar.on(told["next_review_day"]),
                live_plan_at=told["live_plan_at"],
            )

    def _show_to_child(self, told: dict[str, Any]) -> None:
        child = self.story.child
        with self.story.in_the_name_of(told["by"]) as by:
            version = queries.page_version(child=child)
            one_page_actions.show_to_child(
                child=child, version=version, by=by, at=self.calendar.day(told["day"])
            )
