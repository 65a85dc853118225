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
    "assessor": "trained professionals, who judge",
}
ELSEWHERE = "elsewhere"
WAYS = {
    "tablet": "on a tablet, by their own hand",
    "together": "together with an adult",
    "paper": "on paper, typed in afterwards",
    "link": "by a personal link",
    "judged": "judged by professionals, from several sources",
    ELSEWHERE: "in another system, which does not say how",
}


# What stands around a professional judgement, and around a goal, as names of columns.
ABOUT_JUDGEMENT = (
    *("assessors", "are_trained", "sources_used", "more_sources", "heard", "heard_words"),
    *("conclusion", "look_again_on", "look_again_because"),
)
WHAT_IT_IS, GOAL, GOAL_ID = "_what", "_goal", "_goal_id"
OF_A_GOAL = (GOAL, GOAL_ID, "_goal_since", "_goal_how")


def texts_of(measure: Measure) -> tuple[str, ...]:
    """Names of the texts that a form of this measure may have beside its answers and reasons."""
    if measure.is_judgement:
        what = (one.id + WHAT_IT_IS for one in measure.items if one.own_words)
        return (*what, *ABOUT_JUDGEMENT)
    if measure.kind == "goals":
        return tuple(one.id + ending for one in measure.items for ending in OF_A_GOAL)
    return ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: every item of it, also those that have no answer.

    `id` is the form's own, where it comes from, and `child` the reference of whom it is about;
    both are codes and no names. Empty text is “not told”.
    """

    answers: Mapping[str, Number | None]  # None: not answered
    declined: frozenset[str] = frozenset()  # “I don't want to answer this”, which is an answer
    reasons: Mapping[str, str] = field(default_factory=dict)  # of professional judgement only
    texts: Mapping[str, str] = field(default_factory=dict)  # by the names of `texts_of`
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
    for name in sorted(form.texts.keys() - {*texts_of(measure)}):
        faults.append(f"{measure.short_name} has no place for “{name}”.")
    return faults
