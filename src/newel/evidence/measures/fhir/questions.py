"""A measure as a FHIR Questionnaire."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fhir.resources.R4B.questionnaire import Questionnaire

from newel.evidence.measures.definition import Item, Measure, Option, Responses

BASE = "http://hl7.org/fhir/StructureDefinition/"
ORDINAL = f"{BASE}ordinalValue"
# The reasons for a rating of professional judgement stand beside it, as text.
REASON = "_reason"


def address(measure: Measure) -> str:
    """What a measure is called wherever FHIR wants a canonical URL; its version comes apart."""
    return f"urn:newel:measure:{measure.id}"


def questionnaire(measure: Measure) -> Questionnaire:
    """Raises pydantic.ValidationError if it were no valid resource, which is a fault of ours."""
    return Questionnaire.model_validate(
        {
            "resourceType": "Questionnaire",
            "id": measure.id.replace("_", "-"),
            "url": address(measure),
            "version": str(measure.version),
            # FHIR wants names of classes: a capital first, and no other signs.
            "name": "".join(part.capitalize() for part in measure.id.split("_")),
            "title": measure.name,
            "status": "active",
            "copyright": measure.licence.says,
            "item": [told for one in measure.items for told in _items(measure, one)],
        }
    )


def _items(measure: Measure, item: Item) -> Iterator[dict[str, Any]]:
    responses = measure.responses_of(item.id)
    told: dict[str, Any] = {"linkId": item.id, "text": item.label, "required": False}
    if responses.options:
        options = [_option(measure, item, one) for one in responses.options]
        yield {**told, "type": "choice", "answerOption": options}
    else:
        kind = "integer" if is_whole(responses) else "decimal"
        yield {**told, "type": kind, "extension": _ends(responses)}
    if measure.is_judgement:
        text = f"{item.label}: the reasons"
        yield {"linkId": item.id + REASON, "text": text, "type": "text", "required": False}


def _option(measure: Measure, item: Item, option: Option) -> dict[str, Any]:
    coding: dict[str, Any] = {
        "system": system_of(measure, item.id),
        "code": str(option.value),
        "display": option.label,
    }
    # Judgement has no points: another system that found some would add them up.
    if option.scored and not measure.is_judgement:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": option.value}]
    return {"valueCoding": coding}


def system_of(measure: Measure, id: str) -> str:
    return f"{address(measure)}:{measure.item(id).responses}"


def _ends(responses: Responses) -> list[dict[str, Any]]:
    whole = is_whole(responses)
    kind = "valueInteger" if whole else "valueDecimal"
    told: list[dict[str, Any]] = [
        {"url": f"{BASE}minValue", kind: responses.lowest},
        {"url": f"{BASE}maxValue", kind: responses.highest},
    ]
    if not whole:
        places = max(0, -int(Decimal(str(responses.step)).as_tuple().exponent))
        told.append({"url": f"{BASE}maxDecimalPlaces", "valueInteger": places})
    return told


def is_whole(responses: Responses) -> bool:
    return all(isinstance(one, int) for one in responses.values)
