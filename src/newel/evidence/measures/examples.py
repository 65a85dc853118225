"""Worked examples: answers in, scores out, computed by hand.

They stand in `tests/spec/measures`, are run as tests and become part of `docs/measures`.
"""

from typing import Self

from pydantic import Field, model_validator

from newel.evidence.measures.definition import Number, Part


class Expected(Part):
    score: Number | str | None
    answered: int
    prorated: bool


class Example(Part):
    """Either the scores of every subscale, or what the refusal says."""

    says: str
    answers: dict[str, Number | None]
    working: tuple[str, ...] = ()
    scores: dict[str, Expected] = Field(default_factory=dict)
    refused: str = ""  # words of the sentence with which these answers are refused

    @model_validator(mode="after")
    def _scored_or_refused(self) -> Self:
        if bool(self.scores) == bool(self.refused):
            raise ValueError(f"“{self.says}” needs either scores or a refusal.")
        if self.scores and not self.working:
            raise ValueError(f"“{self.says}” does not show its working.")
        return self


class Examples(Part):
    """One file: the examples of one measure."""

    examples: tuple[Example, ...] = Field(min_length=1)
