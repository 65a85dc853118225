"""Forms of statements and of "Keeping safe now"."""

from newel.record.stairs.activators.forms.acts import (
    AgreeForm,
    ConfirmForm,
    EvidenceForm,
    OpenForm,
    RetireForm,
)
from newel.record.stairs.activators.forms.keeping_safe import KeepingSafeForm
from newel.record.stairs.activators.forms.statement import (
    WORDING,
    ReplacementForm,
    StatementForm,
)

__all__ = [
    "WORDING",
    "AgreeForm",
    "ConfirmForm",
    "EvidenceForm",
    "KeepingSafeForm",
    "OpenForm",
    "ReplacementForm",
    "RetireForm",
    "StatementForm",
]
