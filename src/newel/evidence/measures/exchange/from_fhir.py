"""The responses of a FHIR Bundle as forms."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.exchange import columns
from newel.evidence.measures.exchange.read_form import ReadForm, too_many, wrong_in
from newel.evidence.measures.fhir import ResponseRefused
from newel.evidence.measures.fhir.bundle import (
    PATIENT,
    RESPONSE,
    BundleRefused,
    measure_answered,
    resources_in,
)
from newel.evidence.measures.fhir.incoming import checked_response
from newel.evidence.measures.files import FileRefused
from newel.evidence.measures.form import ELSEWHERE, Form

_NHS = "https://fhir.nhs.uk/Id/nhs-number"
Resource = Mapping[str, Any]


def forms_in(
    content: bytes, *, known: Sequence[Measure], most: int, called: str
) -> Iterator[ReadForm]:
    """A form a response, in their order. Raises FileRefused where there is none."""
    try:
        found = resources_in(content)
    except BundleRefused as fault:
        raise FileRefused(f"{called} cannot be read. {fault}") from fault
    number = sum(_is(one, RESPONSE) for one in found)
    if not number:
        raise FileRefused(f"{called} holds no QuestionnaireResponse.")
    if number > most:
        raise FileRefused(too_many(called, number, most))
    return _forms(found, known)


def _is(resource: object, kind: str) -> bool:
    return isinstance(resource, dict) and resource.get("resourceType") == kind


def _forms(found: Sequence[object], known: Sequence[Measure]) -> Iterator[ReadForm]:
    who = next((_who(one) for one in found if isinstance(one, dict) and _is(one, PATIENT)), {})
    for number, one in enumerate(found, 1):
        if isinstance(one, dict) and _is(one, RESPONSE):
            yield _form(one, known, f"Entry {number}", who)
        elif not _is(one, PATIENT):
            kind = one.get("resourceType") if isinstance(one, dict) else None
            said = f"It is {kind or 'nothing that says what it is'}, and no QuestionnaireResponse."
            yield ReadForm(where=f"Entry {number}", wrong=(said,))


def _form(
    resource: Resource, known: Sequence[Measure], where: str, who: Mapping[str, str]
) -> ReadForm:
    measure = measure_answered(resource, known)
    if measure is None:
        named = resource.get("questionnaire")
        said = (
            f"It answers “{named}”, which Newel does not know."
            if named
            else "It does not say which questionnaire it answers."
        )
        return ReadForm(where=where, wrong=(said,))
    try:
        found = checked_response(measure, json.dumps(resource))
    except ResponseRefused as refused:
        return ReadForm(where=where, measure=measure, wrong=tuple(refused.faults))
    form = _with_what_is_not_told(found.form)
    wrong = wrong_in(measure, form, str(measure.version), "")
    return ReadForm(
        where=where, measure=measure, form=form, faults=found.faults, wrong=tuple(wrong), who=who
    )


def _with_what_is_not_told(form: Form) -> Form:
    return replace(
        form,
        way=form.way or ELSEWHERE,
        language=form.language or "en",
        child=form.child or form.subject.removeprefix("Patient/"),
        subject="",
    )


def _who(patient: Resource) -> dict[str, str]:
    """What the file says of who the child is; only to be held against the record."""
    numbers = [
        str(one.get("value") or "")
        for one in patient.get("identifier") or []
        if isinstance(one, dict) and one.get("system") == _NHS
    ]
    told = {
        columns.BORN.name: str(patient.get("birthDate") or ""),
        columns.NHS_NUMBER.name: numbers[0] if numbers else "",
    }
    return {name: value for name, value in told.items() if value}
