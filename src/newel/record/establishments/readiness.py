"""What a setting has on record about itself, and what is missing before children are entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from newel.definitions import read
from newel.record.establishments.models import (
    DataProtectionAssessment,
    OnRecord,
    SafetyOfficer,
    Setting,
    SharingAgreement,
)

ASSESSMENT, OFFICER, AGREEMENT = "assessment", "officer", "agreement"
MODELS: dict[str, Any] = {
    ASSESSMENT: DataProtectionAssessment,
    OFFICER: SafetyOfficer,
    AGREEMENT: SharingAgreement,
}
WORDS: dict[str, dict[str, str]] = {
    one["code"]: one for one in read("places/set_up.yaml")["before_children"]
}


@dataclass(frozen=True)
class Readiness:
    """What a setting has on record now, each kind with its rows."""

    setting: Setting
    assessments: tuple[DataProtectionAssessment, ...] = ()
    officers: tuple[SafetyOfficer, ...] = ()
    agreements: tuple[SharingAgreement, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(kind for kind in WORDS if not self.rows(kind))

    @property
    def is_ready(self) -> bool:
        return not self.missing

    def rows(self, kind: str) -> tuple[OnRecord, ...]:
        held: dict[str, tuple[OnRecord, ...]] = {
            ASSESSMENT: self.assessments,
            OFFICER: self.officers,
            AGREEMENT: self.agreements,
        }
        return held[kind]


def kind_of(row: OnRecord) -> str:
    return next(kind for kind, model in MODELS.items() if isinstance(row, model))


def overdue(readiness: Readiness, *, on: date) -> list[OnRecord]:
    """What should have been looked at again before this day, or has ended."""
    dated: list[DataProtectionAssessment | SharingAgreement] = [
        *readiness.assessments,
        *readiness.agreements,
    ]
    return [row for row in dated if row.review_on < on or has_ended(row, on=on)]


def has_ended(row: OnRecord, *, on: date) -> bool:
    ends_on: date | None = getattr(row, "ends_on", None)
    return ends_on is not None and ends_on < on


def missing_in_words(kinds: Iterable[str]) -> str:
    """In one sentence: "the data protection impact assessment (DPIA) and a sharing agreement"."""
    words = [WORDS[kind]["in_a_sentence"] for kind in kinds]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
