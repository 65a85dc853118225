"""Questionnaires that came in from another service’s file, and some that left as one."""

import csv
import hashlib
import io
from typing import Any

from newel.evidence.measures import measure, measures
from newel.record.access.transactions import acting
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.outcomes.exchange import actions, queries
from newel.record.outcomes.exchange.matching import matched

Told = dict[str, Any]


class FilesStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded
        self.told = estate.read("files")

    def tell(self) -> None:
        self._bring_in(self.told["came_in"])
        self._give_out(self.told["left"])

    def _bring_in(self, told: Told) -> None:
        # Loads what reads tables, which nothing else of the demo needs.
        from newel.evidence.measures.exchange.coming_in import read_file

        by, at = self.estate.staff[told["by"]], self.estate.calendar.day(told["day"])
        child, content = self.estate.children[told["child"]], self._file(told)
        today = self.estate.calendar.on(told["day"])
        with acting(by.pk, page="demo"):
            read = read_file(content, told["name"], known=measures(), most=9).forms
            here = list(queries.forms_here(child=child))
            actions.bring_in(
                child=child,
                file=actions.FileFacts(
                    name=told["name"],
                    kind="csv",
                    sha256=hashlib.sha256(content).hexdigest(),
                    source=told["source"],
                    reference=told["reference"],
                ),
                chosen=matched(
                    read, here=here, reference=told["reference"], born_on=child.born_on, today=today
                ),
                every=read,
                adults=actions.TwoAdults(),
                by=by,
                at=at,
                today=today,
            )

    def _file(self, told: Told) -> bytes:
        found = measure(told["measure"])
        text = io.StringIO()
        names = ["form", "child", "version", "date", "answered_by", "way"]
        writer = csv.writer(text)
        writer.writerow([*names, *(one.id for one in found.items)])
        for one in told["forms"]:
            day = self.estate.calendar.on(one["day"]).isoformat()
            first = [one["form"], told["reference"], found.version, day, "self", "paper"]
            writer.writerow([*first, *one["values"]])
        return text.getvalue().encode()

    def _give_out(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        with acting(by.pk, page="demo"):
            actions.give_out(
                child=self.estate.children[told["child"]],
                kind=told["kind"],
                measures=told["measures"],
                since=None,
                with_unfinished=False,
                who_it_is=[],
                why_who_it_is="",
                for_whom=told["for_whom"],
                why=told["why"],
                by=by,
                at=self.estate.calendar.day(told["day"]),
            )
