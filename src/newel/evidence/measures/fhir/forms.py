"""One form as a FHIR QuestionnaireResponse."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from newel.evidence.measures.definition import Measure, Number
from newel.evidence.measures.fhir.questions import BASE, REASON, address, is_whole, system_of
from newel.evidence.measures.form import (
    ANSWERED_BY,
    BEGUN,
    FINISHED,
    SET_ASIDE,
    Form,
    faults_of_form,
    texts_of,
)
from newel.evidence.measures.scoring import RefusedAnswers

ABSENT, DECLINED = f"{BASE}data-absent-reason", "asked-declined"
# The first of each is what Newel writes; the others are read as the same.
STATUS = {
    FINISHED: ("completed", "amended"),
    BEGUN: ("in-progress", "stopped"),
    SET_ASIDE: ("entered-in-error",),
}
# Who answered, as the type of the resource that `source` would lead to. None is ever sent along.
SOURCES = {
    "self": "Patient",
    "carer": "RelatedPerson",
    "worker": "Practitioner",
    "assessor": "PractitionerRole",
}
FORM_ID, CHILD_ID = "urn:newel:form", "urn:newel:child"
WAY, WORDING, BECAUSE, TEXT = (
    f"urn:newel:extension:{name}" for name in ("way", "has-wording", "set-aside-because", "text")
)


def response(measure: Measure, form: Form) -> QuestionnaireResponse:
    """One form for other systems: a date and no time, and every item in the order of the form.

    Raises RefusedAnswers for a form that does not fit the measure.
    """
    faults = faults_of_form(measure, form)
    if faults:
        raise RefusedAnswers(faults)
    told: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        **_about(measure, form),
        "questionnaire": f"{address(measure)}|{measure.version}",
        "status": STATUS[form.state][0],
        "item": [told for one in measure.items for told in _answered(measure, form, one.id)],
    }
    if form.on:
        told["authored"] = form.on
    return QuestionnaireResponse.model_validate(told)


def _about(measure: Measure, form: Form) -> dict[str, Any]:
    """What is known beside the answers; what is not told is left out."""
    told: dict[str, Any] = {}
    if form.id:
        told["identifier"] = {"system": FORM_ID, "value": form.id}
    if form.language:
        told["language"] = form.language
    if form.subject:
        told["subject"] = {"reference": form.subject}
    elif form.child:
        told["subject"] = _child(form)
    if form.answered_by:
        told["source"] = _source(form)
    if extensions := list(_extensions(measure, form)):
        told["extension"] = extensions
    return told


def _child(form: Form) -> dict[str, Any]:
    return {"type": "Patient", "identifier": {"system": CHILD_ID, "value": form.child}}


def _source(form: Form) -> dict[str, Any]:
    """The kind of person, never a name."""
    if form.answered_by == "self" and form.child and not form.subject:
        return _child(form)
    words = ANSWERED_BY[form.answered_by]
    return {"type": SOURCES[form.answered_by], "display": words[:1].upper() + words[1:]}


def _extensions(measure: Measure, form: Form) -> Iterator[dict[str, Any]]:
    if form.way:
        yield {"url": WAY, "valueCode": form.way}
    if form.has_wording:
        yield {"url": WORDING, "valueBoolean": True}
    if form.because:
        yield {"url": BECAUSE, "valueString": form.because}
    for name in texts_of(measure):
        if text := form.texts.get(name):
            parts = [{"url": "name", "valueString": name}, {"url": "text", "valueString": text}]
            yield {"url": TEXT, "extension": parts}


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
