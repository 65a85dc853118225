"""What is known of a child's life: scoping and life events, each written in its author's name."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import CHANGED, WROTE, Happening
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.rules import When

Told = dict[str, Any]
PARTS = {"resources_and_strengths": "resources"}


class HistoryStory:
    def __init__(self, file: ChildFile) -> None:
        self.file = file
        self.calendar = file.calendar

    def happenings(self) -> Iterator[Happening]:
        for one in self.file.told["life_events"]:
            day = one.get("written_day", self.file.first_day)
            yield Happening(day, WROTE, partial(self._event, one, day))
            if "changed" in one:
                changed = one["changed"]
                yield Happening(changed["day"], CHANGED, partial(self._change, one, changed))
        for part, entries in self.file.told["scoping"].items():
            for one in entries:
                yield Happening(one["day"], WROTE, partial(self._entry, part, one))

    def _entry(self, part: str, told: Told) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            scoping.write_entry(
                child=self.file.child,
                by=by,
                at=self.calendar.day(told["day"]),
                part=PARTS.get(part, part),
                text=told["text"],
                source=told["source"],
                whose_words=told["whose_words"],
                sharing_level=told["sharing_level"],
            )

    def _event(self, told: Told, day: int) -> None:
        with self.file.in_the_name_of(told["by"]) as by:
            self.file.events[told["key"]] = scoping.write_event(
                child=self.file.child,
                by=by,
                at=self.calendar.day(day),
                title=told["title"],
                text=told["text"],
                kind=told["kind"],
                when=when(told["when"]),
                source=told["source"],
                whose_words=told["whose_words"],
                sharing_level=told["sharing_level"],
            )

    def _change(self, told: Told, changed: Told) -> None:
        """What was learned since is written in the place of it; the first wording stays."""
        now = {**told, **changed}
        with self.file.in_the_name_of(now["by"]) as by:
            self.file.events[told["key"]] = scoping.change_event(
                event=self.file.events[told["key"]],
                by=by,
                at=self.calendar.day(changed["day"]),
                title=now["title"],
                text=now["text"],
                kind=now["kind"],
                when=when(now["when"]),
                source=now["source"],
                whose_words=now["whose_words"],
                sharing_level=now["sharing_level"],
            )


def when(told: Told) -> When:
    """As exact as it is known, with the words in which it was said."""
    words = told.get("words", "")
    if "exact" in told:
        return When.exact(told["exact"], words=words)
    if "month" in told:
        year, month = str(told["month"]).split("-")
        return When.month(int(year), int(month), words=words)
    if "year" in told:
        return When.year(int(told["year"]), words=words)
    if "about_age" in told:
        return When.about_age(int(told["about_age"]), words=words)
    return When.unknown(words=words)
