"""Forms of statements and of "Keeping safe now"."""

from newel.record.stairs.activators.forms.acts import (
    AgreeForm,
    ConfirmForm,
    EvidenceForm,
    OpenForm,
    RetireForm,
)
from newel.record.stairs.activators.forms.keeping_safe import KeepingSafeForm
from newel.record.stairs.activators.forms.recommendations import OutcomeForm, RecommendationForm
from newel.record.stairs.activators.forms.statement import (
    WORDING,
    ReplacementForm,
    StatementForm,
)
from newel.record.stairs.activators.forms.versions import (
    WHOLE,
    AgreeFormulationForm,
    CopyForm,
    SettleForm,
    ViewForm,
)

__all__ = [
    "WHOLE",
    "WORDING",
    "AgreeForm",
    "AgreeFormulationForm",
    "ConfirmForm",
    "CopyForm",
    "EvidenceForm",
    "KeepingSafeForm",
    "OpenForm",
    "OutcomeForm",
    "RecommendationForm",
    "ReplacementForm",
    "RetireForm",
    "SettleForm",
    "StatementForm",
    "ViewForm",
]
