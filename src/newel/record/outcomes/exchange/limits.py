"""What a page takes, from the definitions."""

from datetime import timedelta

from newel.definitions import read
from newel.record.design_system.brought_files import Taken

_LIMITS = read("asking/files.yaml")["limits"]
MOST_FORMS = int(_LIMITS["forms"])
FETCHED_WITHIN = timedelta(minutes=int(_LIMITS["fetched_within_minutes"]))
TAKEN = Taken(
    most_bytes=int(_LIMITS["file_bytes"]),
    most_unpacked=int(_LIMITS["unpacked_bytes"]),
    copy="Newel reads tables (Excel or CSV) and FHIR here.",
    smaller="save the questionnaires of this one child alone",
    unpacked="This file is far larger than the questionnaires of one child. Save them alone.",
    otherwise=" and choose it again",
    not_read="This file could not be read: it is broken, or no Excel, CSV or FHIR file.",
)
