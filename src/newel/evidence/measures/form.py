"""One form as other systems are told of it: answers, and what goes with them. No person's name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from newel.evidence.measures.definition import Measure, Number
from newel.evidence.measures.scoring import faults_of

FINISHED, BEGUN, SET_ASIDE = "finished", "begun", "set_aside"
STATES = {
    FINISHED: "answered to its end",
    BEGUN: "begun and not finished: no more than what stands in it so far",
    SET_ASIDE: "set aside: its answers do not count, and are never scored",
}
ANSWERED_BY = {
    "self": "the child",
    "carer": "a parent or carer",
    "worker": "a worker who knows the child",
}
ELSEWHERE = "elsewhere"
WAYS = {
    "tablet": "on a tablet, by their own hand",
    "together": "together with an adult",
    "paper": "on paper, typed in afterwards",
    "link": "by a personal link",
    ELSEWHERE: "in another system, which does not say how",
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: every item of it, also those that have no answer.

    `id` is the form's own, where it comes from, and `child` the reference of whom it is about;
    both are codes and no names. Empty text is “not told”.
    """

    answers: Mapping[str, Number | None]  # None: not answered
    declined: frozenset[str] = frozenset()  # “I don't want to answer this”, which is an answer
    reasons: Mapping[str, str] = field(default_factory=dict)  # of professional judgement only
    on: date | None  # the day the answers are of; none where it is only begun
    finished: bool = True
    set_aside: bool = False
    because: str = ""  # why it was set aside
    subject: str = ""  # a FHIR reference, such as “Patient/12”; empty in an anonymous survey
    id: str = ""
    child: str = ""
    answered_by: str = ""  # a code of ANSWERED_BY
    way: str = ""  # a code of WAYS
    language: str = ""
    has_wording: bool = False  # asked in a site's own wording, or else by our labels

    @property
    def state(self) -> str:
        if self.set_aside:
            return SET_ASIDE
        return FINISHED if self.finished else BEGUN


@dataclass(frozen=True)
class FaultyAnswer:
    """What stands where an answer should, and what is permitted there."""

    item: str
    told: str
    permitted: str


def faults_of_form(measure: Measure, form: Form) -> list[str]:
    """What in it does not fit the measure, a sentence each."""
    known = {one.id for one in measure.items}
    faults = faults_of(measure, form.answers)
    for id in sorted({*form.declined, *form.reasons} - known):
        faults.append(f"{measure.short_name} has no item “{id}”.")
    for id in sorted(form.declined):
        if form.answers.get(id) is not None:
            faults.append(f"{id}: it is declined and has an answer as well.")
    if form.reasons and not measure.is_judgement:
        faults.append(f"{measure.short_name} has no place for reasons.")
    return faults
