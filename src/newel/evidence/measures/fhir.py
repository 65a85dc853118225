"""A measure as a FHIR Questionnaire, kept to what R4 and R4B share."""

from typing import Any

from fhir.resources.R4B.questionnaire import Questionnaire

from newel.evidence.measures.definition import Item, Measure, Option, Responses

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def questionnaire(measure: Measure) -> Questionnaire:
    """Raises pydantic.ValidationError if it were no valid resource, which is a fault of ours."""
    return Questionnaire.model_validate(
        {
            "resourceType": "Questionnaire",
            "id": measure.id.replace("_", "-"),
            "version": str(measure.version),
            "name": measure.id,
            "title": measure.name,
            "status": "active",
            "copyright": measure.licence.says,
            "item": [_item(measure, one) for one in measure.items],
        }
    )


def _item(measure: Measure, item: Item) -> dict[str, Any]:
    responses = measure.responses_of(item.id)
    told: dict[str, Any] = {"linkId": item.id, "text": item.label, "required": False}
    if responses.options:
        options = [_option(item, one) for one in responses.options]
        return {**told, "type": "choice", "answerOption": options}
    return {**told, "type": "decimal" if responses.step != 1 else "integer", **_ends(responses)}


def _option(item: Item, option: Option) -> dict[str, Any]:
    coding: dict[str, Any] = {"code": str(option.value), "display": option.label}
    told: dict[str, Any] = {"valueCoding": coding}
    if option.scored:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": option.value}]
    return told


def _ends(responses: Responses) -> dict[str, Any]:
    kind = "valueDecimal" if responses.step != 1 else "valueInteger"
    base = "http://hl7.org/fhir/StructureDefinition/"
    return {
        "extension": [
            {"url": f"{base}minValue", kind: responses.lowest},
            {"url": f"{base}maxValue", kind: responses.highest},
        ]
    }
