"""One form from another system, refused in sentences where it does not fit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from fhir.resources.R4B.coding import Coding
from fhir.resources.R4B.questionnaireresponse import (
    QuestionnaireResponse,
    QuestionnaireResponseItem,
    QuestionnaireResponseItemAnswer,
)
from pydantic import ValidationError

from newel.evidence.measures.definition import Measure, Number, Responses
from newel.evidence.measures.fhir.beside import told_beside
from newel.evidence.measures.fhir.forms import ABSENT, DECLINED, STATUS
from newel.evidence.measures.fhir.questions import REASON, address, system_of
from newel.evidence.measures.form import FINISHED, SET_ASIDE, FaultyAnswer, Form
from newel.evidence.measures.scoring import permitted


class ResponseRefused(ValueError):
    """A response that cannot be taken as it stands. `faults` says why, in sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class CheckedResponse:
    """`form` with every faulty answer counted as unanswered, and which those are."""

    form: Form
    faults: tuple[FaultyAnswer, ...]


def read_response(measure: Measure, given: QuestionnaireResponse | str | bytes) -> Form:
    """One form from another system: the resource, or its JSON.

    Of a time only its date is kept, as it was written there. Raises ResponseRefused, with a
    sentence for each thing that is wrong: another measure or version, an item or a value that the
    measure does not have, an item twice, a day that is not told. Nothing is left out in silence.
    """
    resource = _parsed(given)
    checked = checked_response(measure, resource)
    _refuse(
        [f"The response has the status “{resource.status}”, so it is not taken."]
        if checked.form.set_aside
        else []
    )
    _refuse(_said(checked.faults))
    return checked.form


def checked_response(
    measure: Measure, given: QuestionnaireResponse | str | bytes
) -> CheckedResponse:
    """As `read_response`, but an answer that the item does not have is told apart, for a person to
    decide about; and what was entered in error comes as a form that was set aside."""
    resource = _parsed(given)
    _refuse(_faults_of_whole(measure, resource))
    items = {str(one.linkId): one for one in resource.item or []}
    faulty = tuple(_faulty_answers(measure, items))
    if faults := _faults_of_items(measure, list(resource.item or [])):
        raise ResponseRefused([*faults, *_said(faulty)])
    state = next(state for state, codes in STATUS.items() if resource.status in codes)
    form = Form(
        answers={one.id: _value(measure, one.id, items.get(one.id)) for one in measure.items},
        declined=frozenset(id for id, one in items.items() if _absent_because(one)),
        reasons={
            id.removesuffix(REASON): str(one.answer[0].valueString)
            for id, one in items.items()
            if id.endswith(REASON) and one.answer
        },
        on=_day(resource),
        finished=state == FINISHED,
        set_aside=state == SET_ASIDE,
        **told_beside(resource),
    )
    return CheckedResponse(form, faulty)


def _said(faults: Iterable[FaultyAnswer]) -> list[str]:
    return [
        f"{one.item}: its answer {one.told} is not permitted; {one.permitted}." for one in faults
    ]


def _faulty_answers(
    measure: Measure, items: Mapping[str, QuestionnaireResponseItem]
) -> Iterator[FaultyAnswer]:
    for one in measure.items:
        answers = list(items[one.id].answer or []) if one.id in items else []
        if answers and _read(measure, one.id, answers[0]) is None:
            yield FaultyAnswer(one.id, _as_told(answers[0]), permitted(measure, one.id))


def _parsed(given: QuestionnaireResponse | str | bytes) -> QuestionnaireResponse:
    if isinstance(given, QuestionnaireResponse):
        return given
    try:
        return QuestionnaireResponse.model_validate_json(given)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise ResponseRefused(
            [f"This is no FHIR QuestionnaireResponse of release 4 ({where}: {first['msg']})."]
        ) from fault


def _refuse(faults: list[str]) -> None:
    if faults:
        raise ResponseRefused(faults)


def _faults_of_whole(measure: Measure, resource: QuestionnaireResponse) -> list[str]:
    faults = list(_faults_of_questionnaire(measure, resource.questionnaire or ""))
    if resource.status not in [*chain.from_iterable(STATUS.values())]:
        faults.append(f"The response has the status “{resource.status}”, so it is not taken.")
    if resource.status in STATUS[FINISHED] and not isinstance(resource.authored, date):
        faults.append("The response does not say on which day it was answered.")
    if resource.modifierExtension or resource.implicitRules:
        faults.append("The response says that it must not be read without rules unknown here.")
    return faults


def _faults_of_questionnaire(measure: Measure, named: str) -> Iterator[str]:
    url, _, version = named.partition("|")
    name = measure.short_name
    if not named:
        yield "The response does not say which questionnaire it answers."
    elif url != address(measure):
        yield f"The response answers “{url}”; {name} is “{address(measure)}”."
    elif not version:
        yield f"The response does not say which version of {name} it answers."
    elif version != str(measure.version):
        own = measure.version
        yield f"The response answers version {version} of {name}; here is version {own}."


def _faults_of_items(measure: Measure, items: list[QuestionnaireResponseItem]) -> list[str]:
    known = {one.id for one in measure.items}
    reasons = {id + REASON for id in known} if measure.is_judgement else set()
    faults, seen = [], set()
    for one in items:
        if one.linkId not in known | reasons:
            faults.append(f"{measure.short_name} has no item “{one.linkId}”.")
        elif one.linkId in seen:
            faults.append(f"{one.linkId} stands in the response twice.")
        elif one.linkId in reasons:
            faults += _faults_of_reason(one)
        else:
            faults += _faults_of_item(measure, one)
        seen.add(one.linkId)
    return faults


def _faults_of_reason(item: QuestionnaireResponseItem) -> Iterator[str]:
    answers = list(item.answer or [])
    more = item.item or item.modifierExtension or _absent_because(item) or len(answers) > 1
    if more or any(one.item or not one.valueString for one in answers):
        yield f"{item.linkId}: reasons are one text."


def _faults_of_item(measure: Measure, item: QuestionnaireResponseItem) -> Iterator[str]:
    id, answers = str(item.linkId), list(item.answer or [])
    absent = _absent_because(item)
    if item.item or item.modifierExtension or any(one.item for one in answers):
        yield f"{id}: it holds more than an answer, which cannot be read here."
    elif len(answers) > 1:
        yield f"{id}: it has {len(answers)} answers, and takes one."
    elif absent and answers:
        yield f"{id}: it is declined and has an answer as well."
    elif absent not in ("", DECLINED):
        yield f"{id}: “{absent}” as the reason for no answer is not known here."


def _absent_because(item: QuestionnaireResponseItem) -> str:
    """Why there is no answer, as the code of FHIR; empty where nothing is said."""
    told = [one.valueCode or "?" for one in item.extension or [] if one.url == ABSENT]
    return " ".join(told)


def _value(measure: Measure, id: str, item: QuestionnaireResponseItem | None) -> Number | None:
    return _read(measure, id, item.answer[0]) if item and item.answer else None


def _read(measure: Measure, id: str, answer: QuestionnaireResponseItemAnswer) -> Number | None:
    """The value that is meant; None where it is none of the item's."""
    responses = measure.responses_of(id)
    if responses.options:
        return _chosen(responses, system_of(measure, id), answer.valueCoding)
    number = answer.valueInteger if answer.valueDecimal is None else answer.valueDecimal
    if number is None:
        return None
    return next((one for one in responses.values if Decimal(str(one)) == number), None)


def _chosen(responses: Responses, system: str, coding: Coding | None) -> Number | None:
    """A code of another list is none of ours, nor is one that is shown as another option."""
    if coding is None or coding.system not in (None, system):
        return None
    shown_as = [one for one in responses.options if one.label == coding.display]
    found = [one for one in responses.options if str(one.value) == coding.code]
    if shown_as and found and shown_as != found:
        return None
    return found[0].value if found else None


def _as_told(answer: QuestionnaireResponseItemAnswer) -> str:
    coding = answer.valueCoding
    if coding is None:
        told = answer.model_dump(exclude_none=True)
        return ", ".join(f"“{value}”" for value in told.values()) or "(empty)"
    return " ".join(f"“{part}”" for part in (coding.code, coding.display) if part) or "(empty)"


def _day(resource: QuestionnaireResponse) -> date | None:
    told = resource.authored
    if isinstance(told, datetime):
        return told.date()
    return told if isinstance(told, date) else None
