"""One form as a FHIR QuestionnaireResponse."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from newel.evidence.measures.definition import Measure, Number
from newel.evidence.measures.fhir.questions import BASE, REASON, address, is_whole, system_of
from newel.evidence.measures.scoring import RefusedAnswers, faults_of

ABSENT, DECLINED = f"{BASE}data-absent-reason", "asked-declined"
FINISHED, BEGUN = ("completed", "amended"), ("in-progress", "stopped")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: every item of it, also those that have no answer."""

    answers: Mapping[str, Number | None]  # None: not answered
    declined: frozenset[str] = frozenset()  # “I don't want to answer this”, which is an answer
    reasons: Mapping[str, str] = field(default_factory=dict)  # of professional judgement only
    on: date
    finished: bool = True
    subject: str = ""  # a FHIR reference, such as “Patient/12”; empty in an anonymous survey


def response(measure: Measure, form: Form) -> QuestionnaireResponse:
    """One form for other systems: a date and no time, and every item in the order of the form.

    Raises RefusedAnswers for a form that does not fit the measure.
    """
    _refuse_what_does_not_fit(measure, form)
    told: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{address(measure)}|{measure.version}",
        "status": FINISHED[0] if form.finished else BEGUN[0],
        "authored": form.on,
        "item": [told for one in measure.items for told in _answered(measure, form, one.id)],
    }
    if form.subject:
        told["subject"] = {"reference": form.subject}
    return QuestionnaireResponse.model_validate(told)


def _refuse_what_does_not_fit(measure: Measure, form: Form) -> None:
    known = {one.id for one in measure.items}
    faults = faults_of(measure, form.answers)
    for id in sorted({*form.declined, *form.reasons} - known):
        faults.append(f"{measure.short_name} has no item “{id}”.")
    for id in sorted(form.declined):
        if form.answers.get(id) is not None:
            faults.append(f"{id}: it is declined and has an answer as well.")
    if form.reasons and not measure.is_judgement:
        faults.append(f"{measure.short_name} has no place for reasons.")
    if faults:
        raise RefusedAnswers(faults)


def _answered(measure: Measure, form: Form, id: str) -> Iterator[dict[str, Any]]:
    told: dict[str, Any] = {"linkId": id}
    value = form.answers.get(id)
    if id in form.declined:
        told["extension"] = [{"url": ABSENT, "valueCode": DECLINED}]
    elif value is not None:
        told["answer"] = [_coded(measure, id, value)]
    yield told
    if form.reasons.get(id):
        yield {"linkId": id + REASON, "answer": [{"valueString": form.reasons[id]}]}


def _coded(measure: Measure, id: str, value: Number) -> dict[str, Any]:
    responses = measure.responses_of(id)
    own = next(one for one in responses.values if one == value)  # 3 and not 3.0
    if responses.options:
        return {"valueCoding": {"system": system_of(measure, id), "code": str(own)}}
    return {"valueInteger": own} if is_whole(responses) else {"valueDecimal": Decimal(str(own))}
