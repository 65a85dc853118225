"""The part of a child's file that people agreed together: versions, what is not agreed and by whom,
and what should be done."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.demo.child_file import ChildFile
from newel.record.demo.happening import CHANGED, TOGETHER, Happening
from newel.record.stairs.activators import actions, version_queries
from newel.record.stairs.activators.version_queries import PersonAround

Told = dict[str, Any]


class FormulationStory:
    def __init__(self, file: ChildFile, told: Told) -> None:
        self.file = file
        self.told = told
        self.calendar = file.calendar

    def happenings(self) -> Iterator[Happening]:
        for one in self.told.get("views", []):
            yield Happening(one["day"], CHANGED, partial(self._view, one))
        for one in self.told.get("versions", []):
            yield Happening(one["day"], TOGETHER, partial(self._agree, one))
        for one in self.told.get("recommendations", []):
            yield Happening(one["day"], TOGETHER, partial(self._recommend, one))

    def _view(self, told: Told) -> None:
        with self.file.led() as by:
            view = actions.write_view(
                child=self.file.child,
                statement=self.file.statements[told["statement"]] if "statement" in told else None,
                whose=told["whose"],
                text=told["text"],
                by=by,
                at=self.calendar.day(told["day"]),
            )
            if "settled" in told:
                settled = told["settled"]
                at = self.calendar.day(settled["day"])
                actions.settle_view(view=view, because=settled["because"], by=by, at=at)

    def _agree(self, told: Told) -> None:
        with self.file.led() as by:
            around = self._around(told["day"])
            agreement = actions.Agreement(
                on=self.calendar.on(told["day"]),
                summary=told["summary"],
                summary_level=told["summary_level"],
                involvement=told["involvement"],
                involvement_reason=told.get("involvement_reason", ""),
                people=[around[name] for name in told["people"]],
                others=[(one["name"], one["part"]) for one in told.get("others", [])],
            )
            actions.agree_formulation(
                child=self.file.child,
                agreement=agreement,
                seen=self._seen(by),
                by=by,
                at=self.calendar.day(told["day"]),
            )

    def _seen(self, by: StaffMember) -> actions.Seen:
        """All that stands there: in the demo nobody writes in between."""
        child = self.file.child
        last = version_queries.latest(child=child)
        agreed = version_queries.agreed_now(child=child, visible_to=by)
        views = version_queries.standing_views(child=child, visible_to=by)
        return actions.Seen(
            last=last.public_id if last else "",
            statements=frozenset(one.public_id for one in agreed),
            views=frozenset(one.public_id for one in views),
        )

    def _around(self, day: int) -> dict[str, PersonAround]:
        at = self.calendar.day(day)
        return {
            one.name: one for one in version_queries.people_around(child=self.file.child, at=at)
        }

    def _recommend(self, told: Told) -> None:
        with self.file.led() as by:
            recommended = actions.write_recommendation(
                child=self.file.child,
                text=told["text"],
                who=self._around(told["day"])[told["who"]],
                by_when=self.calendar.on(told["by_when_day"]),
                by=by,
                at=self.calendar.day(told["day"]),
                sharing_level=told.get("sharing_level", "team"),
            )
            if "closed" in told:
                closed = told["closed"]
                actions.close_recommendation(
                    recommendation=recommended,
                    became=closed["became"],
                    outcome=closed["outcome"],
                    outcome_on=self.calendar.on(closed["day"]),
                    by=by,
                    at=self.calendar.day(closed["day"]),
                )
