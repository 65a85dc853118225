"""The part of a child's file about what is understood: statements, keeping safe, the one page."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from newel.record.demo import queries
from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import CHANGED, SHOWN, WROTE, Happening
from newel.record.stairs.activators import actions, one_page_actions
from newel.record.stairs.activators.actions.rows import Wording
from newel.record.stairs.activators.models import KeepingSafe

Told = dict[str, Any]
SAFE_PARTS = {"restraint_dangers": "restraint", "current_watch": "watch"}


class UnderstandingStory:
    """Day by day, so that the page's version and its showing to the child come out right."""

    def __init__(self, file: ChildFile) -> None:
        self.file = file
        self.calendar = file.calendar
        self.statements = file.statements
        self.safe: dict[str, KeepingSafe] = {}
        self.event_days = {
            one["key"]: one.get("written_day", file.first_day) for one in file.told["life_events"]
        }

    def happenings(self) -> Iterator[Happening]:
        told = self.file.told
        for one in told["statements"]:
            yield from self._of_statement(one)
        for part, entry in told["keeping_safe"].items():
            for one in (*entry.get("before", ()), entry):
                keep = partial(self._keep_safe, SAFE_PARTS.get(part, part), one)
                yield Happening(one["day"], WROTE, keep)
        shown = told.get("shown_to_child")
        if shown:
            yield Happening(shown["day"], SHOWN, partial(self._show_to_child, shown))

    def _of_statement(self, told: Told) -> Iterator[Happening]:
        order, write = (CHANGED, self._replace) if "replaces" in told else (WROTE, self._write)
        yield Happening(told["written_day"], order, partial(write, told))
        for one in told.get("evidence", []):
            known = self.event_days[one["event"]]
            day = max(known, told["written_day"])
            yield Happening(day, order, partial(self._evidence, told, one, day))
        if "agreed_day" in told and "replaces" not in told:
            yield Happening(told["agreed_day"], CHANGED, partial(self._agree, told))
        if "confirmed_seen" in told:
            yield Happening(told["confirmed_day"], CHANGED, partial(self._confirm, told))
        for one in told.get("seen", []):
            yield Happening(one["day"], CHANGED, partial(self._note, told["key"], one))
        if told["state"] == "superseded":
            yield Happening(told["superseded_day"], CHANGED, partial(self._retire, told))

    def _write(self, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            at = self.calendar.day(told["written_day"])
            self.statements[told["key"]] = actions.write_statement(
                child=self.file.child, by=by, at=at, **self._wording(told)
            )

    def _replace(self, told: Told) -> None:
        """New words, agreed at once, in the place of earlier ones."""
        with self.file.led() as by:
            self.statements[told["key"]] = actions.replace_statement(
                statement=self.statements[told["replaces"]],
                by=by,
                at=self.calendar.day(told["written_day"]),
                because=told["because"],
                **self._wording(told),
            )

    def _wording(self, told: Told) -> Wording:
        return {
            "text": told["text"],
            "kind": told["kind"],
            "area": told["area"],
            "five_ps": told["five_ps"],
            "time": told["time"],
            "said_by_role": told["source_role"],
            "said_on": self.calendar.on(told["source_day"]),
            "whose_words": told["whose_words"],
            "confidence": told["confidence"],
            "sharing_level": told["sharing_level"],
        }

    def _evidence(self, told: Told, one: Told, day: int) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            actions.add_evidence(
                statement=self.statements[told["key"]],
                event=self.file.events[one["event"]],
                shows=one["shows"],
                note=one["note"],
                by=by,
                at=self.calendar.day(day),
            )

    def _note(self, key: str, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            actions.note_what_was_seen(
                statement=self.statements[key],
                by=by,
                at=self.calendar.day(told["day"]),
                shows=told["shows"],
                text=told["text"],
                seen_on=self.calendar.on(told["day"]),
            )

    def _agree(self, told: Told) -> None:
        with self.file.led() as by:
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

    def _confirm(self, told: Told) -> None:
        with self.file.in_the_name_of(told.get("confirmed_by", "losberne")) as by:
            actions.confirm_statement(
                statement=self.statements[told["key"]],
                by=by,
                at=self.calendar.day(told["confirmed_day"]),
                what_was_seen=told["confirmed_seen"],
                confirm_by=self._own_day(told, told["confirmed_day"]),
            )

    def _retire(self, told: Told) -> None:
        with self.file.led() as by:
            actions.retire_statement(
                statement=self.statements[told["key"]],
                by=by,
                at=self.calendar.day(told["superseded_day"]),
                because=told["ended_because"],
            )

    def _keep_safe(self, part: str, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            self.safe[part] = actions.write_keeping_safe(
                child=self.file.child,
                part=part,
                none_known=told["none_known"],
                text=told["text"],
                by=by,
                at=self.calendar.day(told["day"]),
                next_review_on=self.calendar.on(told["next_review_day"]),
                live_plan_at=told["live_plan_at"],
                replaces=self.safe.get(part),
            )

    def _show_to_child(self, told: Told) -> None:
        child = self.file.child
        with self.file.in_the_name_of(told["by"]) as by:
            version = queries.page_version(child=child)
            one_page_actions.show_to_child(
                child=child, version=version, by=by, at=self.calendar.day(told["day"])
            )
