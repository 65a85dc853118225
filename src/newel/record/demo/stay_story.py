"""A child's stays, told through the actions: referred, arrived, why here, with whom, and left."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children import actions as children
from newel.record.children.models import Grant, KeyworkerAssignment, Stay
from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import CAME, CHANGED, LEFT, REFERRED, Happening

Told = dict[str, Any]


class StayStory:
    """One of them; a child who came back has two on the same record."""

    def __init__(self, file: ChildFile, told: Told) -> None:
        self.file = file
        self.told = told
        self.calendar = file.calendar
        self.stay: Stay | None = None
        self.keyworkers: dict[int, KeyworkerAssignment] = {}

    def happenings(self) -> Iterator[Happening]:
        referred = self._day(self.told["referred"])
        yield Happening(referred, REFERRED, self._refer)
        if self.told.get("arrived"):
            yield Happening(self._day(self.told["arrived"]), CAME, self._arrive)
        for one in self.told["legal_reasons"]:
            starts = max(referred, self._day(one["starts"]))
            yield Happening(starts, CAME, partial(self._legal_reason, one))
        for one in self.told["team"]:
            since = max(referred, one.get("from_day", referred))
            yield Happening(since, CAME, partial(self._join, one, since))
        yield from self._keyworker_happenings(referred)
        for one in self.told.get("moves", []):
            yield Happening(one["day"], CHANGED, partial(self._move, one))
        if "ended_day" in self.told:
            yield Happening(self.told["ended_day"], LEFT, self._end)

    def _day(self, told: Told) -> int:
        return min(int(told["day"]), 0)

    def _keyworker_happenings(self, referred: int) -> Iterator[Happening]:
        for number, one in enumerate(self.told["keyworkers"]):
            since = one.get("from_day", referred)
            yield Happening(since, CAME, partial(self._keyworker, number, one["staff"], since))
            if "until_day" in one:
                until = partial(self._no_longer_keyworker, number, one["until_day"])
                yield Happening(one["until_day"], CHANGED, until)

    @property
    def _of(self) -> Stay:
        if self.stay is None:
            raise ValueError("A file tells of a stay before its referral.")
        return self.stay

    def _refer(self) -> None:
        if self.file.stays:
            self.stay = self._refer_again()
        else:
            with self.file.led() as by:
                self._refer_first(by)
                self.stay = Stay.objects.get(child=self.file.child)
        self.file.stays.append(self.stay)

    def _refer_first(self, by: StaffMember) -> None:
        child = self.file.told["child"]
        self.file.child = children.refer(
            by=by,
            at=self.calendar.day(self.told["referred"]["day"]),
            unit=self.file.estate.units[self.told["unit"]],
            preferred_name=child["preferred_name"],
            born_on=child["born_on"],
            pronouns=child["pronouns"],
            first_language=child["first_language"],
            interpreter_needed=child["interpreter_needed"],
            expected_at=self.calendar.moment(self.told["expected"]),
        )

    def _refer_again(self) -> Stay:
        """The record closed to everybody when the first stay ended: access by name opens it to
        whoever receives the child again, and ends when the new stay does the same."""
        day = self.told["referred"]["day"]
        opened = self._open_again(day)
        with self.file.led() as by:
            stay = children.refer_again(
                child=self.file.child,
                by=by,
                at=self.calendar.day(day),
                unit=self.file.estate.units[self.told["unit"]],
                expected_at=self.calendar.moment(self.told["expected"]),
            )
        with self.file.in_the_name_of(self.told["opened_again_by"]):
            children.end_grant(grant=opened, at=self.calendar.day(day + 1))
        return stay

    def _open_again(self, day: int) -> Grant:
        with self.file.in_the_name_of(self.told["opened_again_by"]) as by:
            return children.give_access(
                child=self.file.child,
                staff=self.file.staff(self.file.told["lead"]),
                by=by,
                at=self.calendar.day(day),
                purpose="The child is coming back: knows the record from the first stay.",
                ends_at=self.calendar.day(1),
            )

    def _arrive(self) -> None:
        arrived_at = self.calendar.moment(self.told["arrived"])
        if arrived_at is not None:
            with self.file.led():
                children.arrive(stay=self._of, at=arrived_at)

    def _legal_reason(self, told: Told) -> None:
        starts_on = self.calendar.date_of(told["starts"])
        if starts_on is None:
            raise ValueError("A legal reason has a day on which it starts.")
        with self.file.led() as by:
            children.record_legal_reason(
                stay=self._of,
                by=by,
                at=self.calendar.day(min(told["starts"]["day"], 0)),
                kind=told["kind"],
                statute_text=told["text"],
                starts_on=starts_on,
                ends_on=self.calendar.date_of(told.get("ends")),
                review_due_on=self.calendar.date_of(told.get("review_due")),
            )

    def _join(self, told: Told, since: int) -> None:
        member = self.file.estate.staff.get(told.get("staff", ""))
        at = self.calendar.day(since)
        with self.file.led():
            joined = children.add_team_member(
                stay=self._of,
                staff=member,
                name=member.name if member else told["name"],
                part=told["role_words"],
                agency=self.file.estate.agencies[told["agency"]],
                discipline=told["discipline"],
                contact=told.get("contact", ""),
                starts_on=self.calendar.on(since),
                at=at,
            )
            if "until_day" in told:
                until = self.calendar.on(told["until_day"])
                children.end_team_member(
                    member=joined, on=until, at=self.calendar.day(told["until_day"])
                )

    def _keyworker(self, number: int, key: str, since: int) -> None:
        with self.file.led():
            self.keyworkers[number] = children.assign_keyworker(
                stay=self._of,
                staff=self.file.staff(key),
                on=self.calendar.on(since),
                at=self.calendar.day(since),
            )

    def _no_longer_keyworker(self, number: int, day: int) -> None:
        with self.file.led():
            children.end_keyworker(
                assignment=self.keyworkers[number],
                on=self.calendar.on(day),
                at=self.calendar.day(day),
            )

    def _move(self, told: Told) -> None:
        with self.file.led():
            children.move_unit(
                stay=self._of,
                unit=self.file.estate.units[told["unit"]],
                at=self.calendar.day(told["day"]),
            )

    def _end(self) -> None:
        with self.file.led():
            children.end_stay(stay=self._of, at=self.calendar.day(self.told["ended_day"]))
