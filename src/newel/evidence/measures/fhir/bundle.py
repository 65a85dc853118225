"""Several forms of one child as a FHIR Bundle, out and in."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fhir.resources.R4B.bundle import Bundle

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.fhir.forms import CHILD_ID, response
from newel.evidence.measures.fhir.questions import address
from newel.evidence.measures.form import Form

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:newel:form")
RESPONSE, PATIENT = "QuestionnaireResponse", "Patient"


class BundleRefused(ValueError):
    """JSON that holds no forms, and why, in a sentence."""


def bundle(
    forms: Iterable[tuple[Measure, Form]], *, patient: Mapping[str, Any] | None = None
) -> Bundle:
    """A Bundle of the kind “collection”, an entry a form, in the order given.

    patient: what is to be told of the child beside the reference; no Patient without it.
    """
    told = list(forms)
    entries = [
        {"fullUrl": _address(measure, form), "resource": response(measure, form)}
        for measure, form in told
    ]
    if patient and told:
        entries.insert(0, _patient(told[0][1].child, patient))
    return Bundle.model_validate(
        {"resourceType": "Bundle", "type": "collection", "entry": entries or None}
    )


def _address(measure: Measure, form: Form) -> str:
    """Told from the form itself, so that the same form has the same address each time."""
    return f"urn:uuid:{uuid.uuid5(_OURS, f'{measure.id} {form.child} {form.id}')}"


def _patient(child: str, told: Mapping[str, Any]) -> dict[str, Any]:
    own = {"system": CHILD_ID, "value": child}
    resource = {
        **told,
        "resourceType": PATIENT,
        "identifier": [own, *told.get("identifier", [])],
    }
    return {"fullUrl": f"urn:uuid:{uuid.uuid5(_OURS, child)}", "resource": resource}


def resources_in(content: bytes) -> list[dict[str, Any]]:
    """The resources of a Bundle, or the one that stands alone, unchecked and as they stand there.

    Raises BundleRefused.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise BundleRefused("This is no JSON, or it is broken off.") from fault
    if not isinstance(told, dict) or not isinstance(told.get("resourceType"), str):
        raise BundleRefused("This is JSON, and not of FHIR: it does not say its resourceType.")
    if told["resourceType"] != "Bundle":
        return [told]
    entries = told.get("entry", [])
    if not isinstance(entries, list):
        raise BundleRefused("The entries of this Bundle are no list.")
    return [one.get("resource") if isinstance(one, dict) else None for one in entries]  # type: ignore[misc]


def measure_answered(resource: Mapping[str, Any], known: Sequence[Measure]) -> Measure | None:
    """The measure whose questionnaire a response names."""
    url = str(resource.get("questionnaire") or "").partition("|")[0]
    return next((one for one in known if address(one) == url), None)
