"""The full formulation as a Word document, written by hand: a handful of parts in a zip.

The words go through templates with autoescape on, so no sentence can become markup. Headings are
headings and lists are lists, because that is what a screen reader finds its way by.
"""

import io
import re
import zipfile
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.template.loader import get_template

from newel.record.stairs.activators.presenters.formulation_parts import Document

PARTS = {
    "[Content_Types].xml": "content_types",
    "_rels/.rels": "rels",
    "docProps/core.xml": "core",
    "word/_rels/document.xml.rels": "document_rels",
    "word/document.xml": "document",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/footer1.xml": "footer",
}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the day says nothing: it stands in the document
# What XML 1.0 has no letter for, and signs that turn the direction of what stands beside them.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def word(document: Document, *, at: datetime) -> bytes:
    words = _each(asdict(document)) | {"made_at": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, template in PARTS.items():
            text = get_template(f"activators/word/{template}.jinja").render({"it": words})
            file.writestr(zipfile.ZipInfo(name, _FIRST_DAY), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _each(value: Any) -> Any:
    if isinstance(value, str):
        return _TURNS.sub("", _NOT_XML.sub("", value))
    if isinstance(value, dict):
        return {key: _each(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one) for one in value]
    return value
