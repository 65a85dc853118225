"""What the governance lead has to look at: named access, a block, an emergency."""

from datetime import timedelta
from typing import Any

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children import review_queries
from newel.record.children.models import ChildName, Notice
from newel.record.children.models.review import KEEPS
from newel.record.demo import estate
from newel.record.demo.loaded import Estate

Told = dict[str, Any]


class GovernanceStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded
        self.told = estate.read("governance")

    def tell(self) -> None:
        for one in self.told["access_given"]:
            self._give_access(one)
        for one in self.told["blocked"]:
            self._block(one)
        for one in self.told["asked_to_seal"]:
            self._ask_to_seal(one)
        for one in self.told["reviews"]:
            self._review(one)
        for one in self.told["opened_in_an_emergency"]:
            self._break_glass(one)

    def _give_access(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        calendar = self.estate.calendar
        with acting(by.pk, page="demo"):
            children.give_access(
                child=self.estate.children[told["child"]],
                staff=self.estate.staff[told["staff"]],
                by=by,
                at=calendar.day(told["day"]),
                purpose=told["purpose"],
                ends_at=calendar.day(told["until_day"]),
            )

    def _block(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            children.block(
                child=self.estate.children[told["child"]],
                staff=self.estate.staff[told["staff"]],
                by=by,
                at=self.estate.calendar.day(told["day"]),
                reason=told["reason"],
            )

    def _ask_to_seal(self, told: Told) -> None:
        """Not sealed yet: the second of two people decides that, and may do it in the demo."""
        by = self.estate.staff[told["by"]]
        child = self.estate.children[told["child"]]
        with acting(by.pk, page="demo"):
            names = ChildName.objects.filter(child=child, name=told["name"])
            children.ask_to_seal(
                child=child,
                by=by,
                at=self.estate.calendar.day(told["day"]),
                why=told["why"],
                names=list(names),
            )

    def _break_glass(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        child = self.estate.children[told["child"]]
        at = self.estate.calendar.loaded_at - timedelta(minutes=told["minutes_ago"])
        with acting(by.pk, page="demo"):
            broken = children.break_glass(child_id=child.pk, by=by, at=at, reason=told["reason"])
        if "seen_by" in told:
            seen_by = self.estate.staff[told["seen_by"]]
            with acting(seen_by.pk, page="demo"):
                for notice in Notice.objects.filter(broken_glass=broken):
                    seen_at = at + timedelta(minutes=told["seen_after_minutes"])
                    children.see_notice(notice=notice, by=seen_by, at=seen_at)

    def _review(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        at = self.estate.calendar.day(told["day"])
        with acting(by.pk, page="demo"):
            review = children.begin_review(
                setting=self.estate.settings[told["setting"]],
                by=by,
                at=at,
                together_with=told["together_with"],
            )
            holders = review_queries.holders(review=review, at=at)
            decided = [children.Decided(one.staff, KEEPS) for one in holders[: told.get("decided")]]
            children.decide(review=review, decided=decided, by=by, at=at)
            if told["finished"]:
                children.finish_review(review=review, by=by, at=at)
