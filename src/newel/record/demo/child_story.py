"""One child's file, told through the actions in the order in which it happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child, Identifier, Stay
from newel.record.demo.loaded import Estate
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.rules import When

PARTS = {"resources_and_strengths": "resources"}
COMMUNICATION_REVIEW_DAY = 60


class ChildStory:
    """Scoping and the stay here; statements and keeping safe in `UnderstandingStory`."""

    def __init__(self, told: dict[str, Any], estate: Estate) -> None:
        self.told = told
        self.estate = estate
        self.calendar = estate.calendar
        self.events: dict[str, LifeEvent] = {}

    def tell(self) -> None:
        lead = self._lead()
        with acting(lead.pk, page="demo"):
            self.child = self._refer(lead)
            self.stay = Stay.objects.get(child=self.child)
            self._facts(lead)
            self._arrive()
            self._people()
            self._homes(lead)
        self._scoping()
        self._life()

    def _lead(self) -> StaffMember:
        """The psychologist, who reaches every child of the settings and may open things to them."""
        return next(one for one in self.estate.staff.values() if one.role == "psychologist")

    def staff(self, key: str) -> StaffMember:
        return self.estate.staff[key]

    @contextmanager
    def in_the_name_of(self, key: str) -> Iterator[StaffMember]:
        by = self.staff(key)
        with acting(by.pk, page="demo"):
            yield by

    def _refer(self, lead: StaffMember) -> Child:
        child, stay = self.told["child"], self.told["stay"]
        return children.refer(
            by=lead,
            at=self.calendar.day(stay["referred"]["day"]),
            unit=self.estate.units[stay["unit"]],
            preferred_name=child["preferred_name"],
            born_on=child["born_on"],
            pronouns=child["pronouns"],
            first_language=child["first_language"],
            interpreter_needed=child["interpreter_needed"],
            expected_at=self.calendar.moment(stay["expected"]),
        )

    def _facts(self, lead: StaffMember) -> None:
        child = self.told["child"]
        children.add_identifier(
            child=self.child, system=Identifier.NHS_NUMBER, value=child["nhs_number"]
        )
        for one in child["identifiers"]:
            children.add_identifier(child=self.child, system=one["system"], value=one["value"])
        for one in child["other_names"]:
            children.add_name(child=self.child, name=one["name"], kind=one["kind"])
        for one in child["communication_needs"]:
            children.record_communication_need(
                child=self.child,
                by=lead,
                at=self.calendar.day(self.told["stay"]["referred"]["day"]),
                need=one["need"],
                how_to_meet=one["how_to_meet"],
                review_on=self.calendar.on(COMMUNICATION_REVIEW_DAY),
            )
        for one in self.told["stay"]["legal_reasons"]:
            self._legal_reason(lead, one)

    def _legal_reason(self, lead: StaffMember, told: dict[str, Any]) -> None:
        starts_on = self.calendar.date_of(told["starts"])
        if starts_on is None:
            raise ValueError("A legal reason has a day on which it starts.")
        children.record_legal_reason(
            stay=self.stay,
            by=lead,
            at=self.calendar.day(min(told["starts"]["day"], 0)),
            kind=told["kind"],
            statute_text=told["text"],
            starts_on=starts_on,
            ends_on=self.calendar.date_of(told.get("ends")),
            review_due_on=self.calendar.date_of(told.get("review_due")),
        )

    def _arrive(self) -> None:
        arrived_at = self.calendar.moment(self.told["stay"]["arrived"])
        if arrived_at is not None:
            children.arrive(stay=self.stay, at=arrived_at)

    def _people(self) -> None:
        began = min(0, self.told["stay"]["referred"]["day"])
        since = self.calendar.on(began)
        for one in self.told["team"]:
            member = self.estate.staff.get(one.get("staff", ""))
            children.add_team_member(
                stay=self.stay,
                staff=member,
                name=member.name if member else one["name"],
                part=one["role_words"],
                agency=self.estate.agencies[one["agency"]],
                discipline=one["discipline"],
                contact=one.get("contact", ""),
                starts_on=since,
            )
        if self.told["keyworker"]:
            children.assign_keyworker(
                stay=self.stay, staff=self.staff(self.told["keyworker"]), on=since
            )

    def _homes(self, lead: StaffMember) -> None:
        at = self.calendar.day(self.told["stay"]["referred"]["day"])
        for one in self.told["home"]:
            home = children.add_home(
                child=self.child,
                by=lead,
                at=at,
                kind=one["kind"],
                name=one["name"],
                relationship=one.get("relationship", ""),
                why_home=one.get("why_home", ""),
                address=one.get("address", ""),
                address_is_protected=one.get("address_protected", False),
            )
            if one["safety_check"] != "not_done":
                children.check_home_is_safe(
                    home=home,
                    by=lead,
                    at=at,
                    safety_check=one["safety_check"],
                    safety_note=one.get("safety_note", ""),
                )

    def _scoping(self) -> None:
        for part, entries in self.told["scoping"].items():
            for one in entries:
                with self.in_the_name_of(one["by"]) as by:
                    scoping.write_entry(
                        child=self.child,
                        by=by,
                        at=self.calendar.day(one["day"]),
                        part=PARTS.get(part, part),
                        text=one["text"],
                        source=one["source"],
                        whose_words=one["whose_words"],
                        sharing_level=one["sharing_level"],
                    )

    def _life(self) -> None:
        at = self.calendar.day(self.told["stay"]["referred"]["day"])
        for one in self.told["life_events"]:
            with self.in_the_name_of(one["by"]) as by:
                self.events[one["key"]] = scoping.write_event(
                    child=self.child,
                    by=by,
                    at=at,
                    title=one["title"],
                    text=one["text"],
                    kind=one["kind"],
                    when=when(one["when"]),
                    source=one["source"],
                    whose_words=one["whose_words"],
                    sharing_level=one["sharing_level"],
                )


def when(told: dict[str, Any]) -> When:
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
