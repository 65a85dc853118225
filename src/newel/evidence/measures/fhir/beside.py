"""What a QuestionnaireResponse says beside its answers: whose it is, who answered, how."""

from collections.abc import Iterator
from typing import Any

from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhir.resources.R4B.reference import Reference

from newel.evidence.measures.fhir.forms import BECAUSE, SOURCES, TEXT, WAY, WORDING

_BY_SOURCE = {kind: code for code, kind in SOURCES.items()}


def told_beside(resource: QuestionnaireResponse) -> dict[str, Any]:
    """For a Form. What is not told is empty, and never guessed."""
    return {
        "id": _form_id(resource),
        "subject": (resource.subject.reference or "") if resource.subject else "",
        "child": _identified(resource.subject),
        "answered_by": _BY_SOURCE.get(_kind(resource.source), ""),
        "language": resource.language or "",
        "way": _extended(resource, WAY, "valueCode") or "",
        "has_wording": bool(_extended(resource, WORDING, "valueBoolean")),
        "because": _extended(resource, BECAUSE, "valueString") or "",
        "texts": dict(_texts(resource)),
    }


def _form_id(resource: QuestionnaireResponse) -> str:
    """The business identifier; the id of a resource is one server's own and changes on its way."""
    return (resource.identifier.value or "") if resource.identifier else ""


def _identified(reference: Reference | None) -> str:
    if reference is None or reference.identifier is None:
        return ""
    return reference.identifier.value or ""


def _kind(reference: Reference | None) -> str:
    """“Patient”, from the type that is told or from an address such as “Patient/12”."""
    if reference is None:
        return ""
    if reference.type:
        return str(reference.type)
    parts = (reference.reference or "").split("/")
    return next((one for one in parts if one in _BY_SOURCE), "")


def _texts(resource: QuestionnaireResponse) -> Iterator[tuple[str, str]]:
    for one in resource.extension or []:
        if one.url == TEXT:
            parts = {part.url: part.valueString or "" for part in one.extension or []}
            yield parts.get("name", ""), parts.get("text", "")


def _extended(resource: QuestionnaireResponse, url: str, kind: str) -> Any:
    found = [one for one in resource.extension or [] if one.url == url]
    return getattr(found[0], kind) if found else None
