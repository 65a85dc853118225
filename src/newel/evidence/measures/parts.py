"""What every part of a definition has in common; whom a published limit is meant for; and how far
a score can be relied on."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Number = int | float

# How far a fact was confirmed: read in the source that is named; read in a copy or a second-hand
# account; known in general and seen nowhere; or a rule of Newel's own where no source has one.
Confirmed = Literal["seen", "second_hand", "general_knowledge", "ours"]

# Who may have answered: whoever it is about, a parent or carer, a teacher, or a worker who rates.
Answerer = Literal["self", "carer", "teacher", "worker"]


class Part(BaseModel):
    """A definition is never changed in memory, and a key that nobody reads is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ages(Part):
    who: str
    lowest: int
    highest: int | None = None
    source: str
    confirmed: Confirmed


class Audience(Part):
    """Whose scores a published limit may be held against. Nothing said: everybody's."""

    answered_by: tuple[Answerer, ...] = ()
    from_age: int | None = None
    to_age: int | None = None  # in whole years; the year itself is within

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_age is not None and self.to_age is not None and self.from_age > self.to_age:
            raise ValueError("An audience begins at an age and ends at a later one.")
        return self

    def includes(self, *, answered_by: str | None, age: int | None) -> bool:
        """answered_by: a code of `Answerer`; age: in whole years. What is not known (None) shuts
        nobody out: then the words of `for_whom` have to be read."""
        if self.answered_by and answered_by is not None and answered_by not in self.answered_by:
            return False
        if age is None:
            return True
        return (self.from_age or 0) <= age <= (age if self.to_age is None else self.to_age)


class Reliability(Part):
    kind: Literal["alpha", "test_retest", "icc"]
    value: float = Field(gt=0, lt=1)
    in_whom: str
    source: str
    confirmed: Confirmed


class ReliableChange(Part):
    """A published number of points, where there is one."""

    points: Number
    source: str
    confirmed: Confirmed
