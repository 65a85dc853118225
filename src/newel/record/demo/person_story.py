"""Who a child is: numbers, other names, what they need to be understood, and where home is."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from newel.record.children import actions as children
from newel.record.children.models import Home, Identifier
from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import CAME, CHANGED, Happening

Told = dict[str, Any]
COMMUNICATION_REVIEW_DAY = 60


class PersonStory:
    def __init__(self, file: ChildFile) -> None:
        self.file = file
        self.calendar = file.calendar
        self.homes: dict[str, Home] = {}

    def happenings(self) -> Iterator[Happening]:
        yield Happening(self.file.first_day, CAME, self._names_and_numbers)
        for one in self.file.told["child"]["communication_needs"]:
            day = one.get("day", self.file.first_day)
            yield Happening(day, CAME, partial(self._communication_need, one, day))
        for one in self.file.told["home"]:
            day = one.get("day", self.file.first_day)
            yield Happening(day, CAME, partial(self._home, one, day))
            for check in _checks(one, day):
                yield Happening(check["day"], CHANGED, partial(self._check, one["name"], check))

    def _names_and_numbers(self) -> None:
        told, child = self.file.told["child"], self.file.child
        with self.file.led():
            children.add_identifier(
                child=child, system=Identifier.NHS_NUMBER, value=told["nhs_number"]
            )
            for one in told["identifiers"]:
                children.add_identifier(child=child, system=one["system"], value=one["value"])
            for one in told["other_names"]:
                children.add_name(child=child, name=one["name"], kind=one["kind"])

    def _communication_need(self, told: Told, day: int) -> None:
        with self.file.led() as by:
            need = children.record_communication_need(
                child=self.file.child,
                by=by,
                at=self.calendar.day(day),
                need=told["need"],
                how_to_meet=told["how_to_meet"],
                review_on=self.calendar.on(told.get("review_day", COMMUNICATION_REVIEW_DAY)),
            )
            if "ended_day" in told:
                at = self.calendar.day(told["ended_day"])
                children.end_communication_need(need=need, at=at)

    def _home(self, told: Told, day: int) -> None:
        with self.file.led() as by:
            self.homes[told["name"]] = children.add_home(
                child=self.file.child,
                by=by,
                at=self.calendar.day(day),
                kind=told["kind"],
                name=told["name"],
                relationship=told.get("relationship", ""),
                why_home=told.get("why_home", ""),
                address=told.get("address", ""),
                address_is_protected=told.get("address_protected", False),
            )

    def _check(self, name: str, told: Told) -> None:
        by_key = told.get("by", self.file.told["lead"])
        with self.file.in_the_name_of(by_key) as by:
            children.check_home_is_safe(
                home=self.homes[name],
                by=by,
                at=self.calendar.day(told["day"]),
                safety_check=told["found"],
                safety_note=told["note"],
            )


def _checks(home: Told, day: int) -> list[Told]:
    """Every check that was made, or the one that its file tells in short."""
    if "checks" in home:
        return list(home["checks"])
    if home["safety_check"] == "not_done":
        return []
    return [{"day": day, "found": home["safety_check"], "note": home.get("safety_note", "")}]
