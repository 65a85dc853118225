"""Choosing a file that questionnaires come in from."""

import base64
import binascii
import hashlib
import zlib
from typing import Any

from django import forms

from newel.record.design_system import brought_files, nhs
from newel.record.design_system.fields import NhsBoundField, NhsField, TextField
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.exchange.limits import TAKEN

FHIR_XML = b"http://hl7.org/fhir"


class FileField(NhsField, forms.FileField):
    def draw(self, bound: NhsBoundField) -> str:
        return nhs.component("file-upload", self.shared_params(bound))


class ChooseFileForm(NewelForm):
    submit_label = "Look at what is in it"
    keep_words = False

    file = FileField(
        label="The file",
        hint=f"Excel, CSV or FHIR, up to {TAKEN.most_bytes // brought_files.MEGABYTE} MB, with the "
        "questionnaires of this one child.",
        called="the file",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )
    source = TextField(
        label="Where does it come from?",
        called="where the file comes from",
        hint="Who sent it, from which service, and how it came.",
        max_length=200,
    )
    reference = TextField(
        label="What is the child called in it?",
        called="the child’s reference",
        hint="The reference in the letter that came with the file. Leave it empty if the file was "
        "made here.",
        max_length=64,
        required=False,
    )

    def clean_file(self) -> Any:
        brought = self.cleaned_data["file"]
        try:
            brought_files.check_size(brought.size, TAKEN)
            self.content = brought.read()
            refuse_other_kinds(self.content)
        except brought_files.NotRead as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return brought

    def to_check(self) -> dict[str, str]:
        """What the next page begins with."""
        return {
            "content": packed(self.content),
            "name": self.cleaned_data["file"].name.replace("\x00", "")[:200],
            "source": self.cleaned_data["source"],
            "reference": self.cleaned_data["reference"],
        }


def refuse_other_kinds(content: bytes) -> None:
    """Raises NotRead for what is neither a table nor FHIR."""
    if content.lstrip()[:1] == b"<" and FHIR_XML in content[:1000]:
        raise brought_files.NotRead("This is FHIR as XML. Newel reads FHIR as JSON: ask for that.")
    brought_files.kind_of(content, TAKEN)


def packed(content: bytes) -> str:
    """The file as it goes from page to page: on no disk, and in no session."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def unpacked(text: str) -> bytes | None:
    """None where it is no such thing; never more than a file may have."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(base64.b64decode(text, validate=True), TAKEN.most_bytes + 1)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return content if 0 < len(content) <= TAKEN.most_bytes else None


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
