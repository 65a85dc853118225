"""What a definition of a measure may hold, and what makes it whole.

The files are `newel/definitions/measures/*.yaml`. Every rule in them says where it comes from and
how far that was confirmed; a file that contradicts itself is refused when it is read.
"""

import re
from collections import Counter
from functools import cached_property
from itertools import chain
from typing import Literal, Self

from pydantic import Field, model_validator

from newel.evidence.measures.parts import (
    Ages,
    Audience,
    Confirmed,
    Id,
    Number,
    Part,
    Reliability,
    ReliableChange,
)
from newel.evidence.measures.sections import refuse_incomplete

_RATING = re.compile(r"([a-z0-9_]+_\d\d)_[a-z]+")


class Fact(Part):
    """Something that is so, where it was read, and how far that is confirmed."""

    says: str
    source: str
    confirmed: Confirmed


class Option(Part):
    value: Number
    label: str
    scored: bool = True  # False for “don't know”: an answer that gives no points
    left_out: bool = False  # of professional judgement: nothing is rated here, on purpose


class Responses(Part):
    """Options to choose from, or every number from one to another by steps."""

    options: tuple[Option, ...] = ()
    lowest: Number | None = None
    highest: Number | None = None
    step: Number = 1
    anchors: tuple[str, str] | None = None  # the words at the two ends of a line

    @model_validator(mode="after")
    def _one_way_only(self) -> Self:
        has_range = self.lowest is not None and self.highest is not None
        if bool(self.options) == has_range:
            raise ValueError("Responses are either options or a lowest and a highest.")
        if len(set(self.values)) < len(self.values):
            raise ValueError("Two options have the same value.")
        return self

    @cached_property
    def values(self) -> tuple[Number, ...]:
        """Every value that may be answered, in the order shown."""
        if self.options:
            return tuple(one.value for one in self.options)
        assert self.lowest is not None and self.highest is not None  # noqa: S101
        steps = round((self.highest - self.lowest) / self.step)
        return tuple(_plain(self.lowest + number * self.step) for number in range(steps + 1))

    @cached_property
    def scored_values(self) -> tuple[Number, ...]:
        if not self.options:
            return self.values
        return tuple(one.value for one in self.options if one.scored)


def _plain(value: Number) -> Number:
    """0.30000000000000004 is 0.3, and 3.0 is 3."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


class Item(Part):
    id: Id
    label: str  # ours and neutral: never the licensed wording
    responses: Id
    conversation_above: Number | None = None  # any answer above it asks an adult to talk (H9)
    own_words: bool = False  # what it is, whoever rates says: it is particular to one child

    @property
    def printed(self) -> str:
        """The item of the printed form of which this is a rating: `hcr20_01_presence` is one of
        `hcr20_01`. Where an item takes one rating without a name, itself."""
        found = _RATING.fullmatch(self.id)
        return found.group(1) if found else self.id


class CutOff(Part):
    value: Number
    # which side means that something is the matter; at the value itself only if it says so
    concern: Literal["below", "at_or_below", "above", "at_or_above"]
    for_whom: str  # in words, as it is shown
    audience: Audience  # the same, as it is asked
    says: str
    source: str
    confirmed: Confirmed


class Subscale(Part):
    id: Id
    name: str
    items: tuple[Id, ...]
    reversed: tuple[Id, ...] = ()
    minimum: int  # so many items must be answered
    # An answer that gives no points (“not known”) counts as answered, and the rest is added up.
    counts_unscored: bool = False
    method: Literal["sum", "mean", "percent_of_maximum", "profile"]
    prorate: bool = False  # a sum with items missing is stretched to the full number of items
    times: Number = 1
    weights: dict[Id, Number] = Field(default_factory=dict)
    # half_up to whole numbers; tenths for lines read to a tenth, whose binary sum would be 27.99…96
    rounding: Literal["none", "half_up", "tenths"] = "none"
    conversion: dict[int, float] = Field(default_factory=dict)  # a sum looked up in a table
    lowest: Number | None = None
    highest: Number | None = None
    better: Literal["higher", "lower", "neither"]
    cut_offs: tuple[CutOff, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    reliable_change: ReliableChange | None = None
    scoring: Fact
    missing_rule: Fact

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for name, told in (("reversed", self.reversed), ("weights", tuple(self.weights))):
            strange = set(told) - set(self.items)
            if strange:
                raise ValueError(f"{self.id}: {name} names {sorted(strange)}, not items of it.")
        if not 1 <= self.minimum <= len(self.items):
            raise ValueError(f"{self.id}: minimum must be between 1 and {len(self.items)}.")
        if self.prorate and self.method != "sum":
            raise ValueError(f"{self.id}: only a sum is prorated.")
        if (self.weights or self.conversion) and self.minimum < len(self.items):
            raise ValueError(f"{self.id}: weights and a conversion need every item.")
        if self.counts_unscored and (self.method != "sum" or self.prorate):
            raise ValueError(f"{self.id}: only a plain sum leaves out what gives no points.")
        if self.method == "profile" and self.minimum < len(self.items):
            raise ValueError(f"{self.id}: a profile needs every item.")
        return self


class Band(Part):
    """A named stretch of a score, as published. It is data for evaluators, never a label."""

    subscale: Id
    for_whom: str
    audience: Audience
    from_: Number = Field(alias="from")
    to: Number
    name: str
    source: str
    confirmed: Confirmed


class Threshold(Part):
    """“At least somewhat”: the share of answers at or above a value, as the evaluation counts."""

    item: Id
    at_least: Number
    says: str
    source: str
    confirmed: Confirmed


class Section(Part):
    """A part of a form with its heading, from one item to another."""

    name: str
    first: Id
    last: Id
    source: str
    confirmed: Confirmed

    @property
    def says(self) -> str:
        return f"“{self.name}”, from `{self.first}` to `{self.last}`."


class LookAgain(Part):
    """After how many months a judgement is out of date, where a source says so."""

    months: int = Field(ge=1, le=36)
    source: str
    confirmed: Confirmed

    @property
    def says(self) -> str:
        return f"To be looked at again after {self.months} month{'s' if self.months > 1 else ''}."


class Licence(Part):
    may_ship: Literal["labels", "wording", "scores_only"]
    says: str
    source: str
    confirmed: Confirmed


class Measure(Part):
    id: Id
    name: str
    short_name: str
    version: int  # of this definition; a wording file names the version that it was made for
    kind: Literal["questionnaire", "rating", "entered_scores", "goals", "professional_judgement"]
    measures: Literal["child", "home", "staff", "meeting", "training"]
    who_answers: tuple[Fact, ...]
    ages: tuple[Ages, ...] = ()
    how_often: tuple[Fact, ...] = ()
    look_again: LookAgain | None = None
    schedule: Literal[
        "once", "per_session", "monthly", "six_monthly", "at_review", "before_and_after"
    ]
    languages: tuple[str, ...] = ("en",)
    licence: Licence
    responses: dict[Id, Responses]
    items: tuple[Item, ...]
    sections: tuple[Section, ...] = ()
    subscales: tuple[Subscale, ...] = ()
    bands: tuple[Band, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    notes: tuple[Fact, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        ids = [one.id for one in self.items]
        _unique("item", ids)
        _unique("subscale", [one.id for one in self.subscales])
        _known("responses", {one.responses for one in self.items}, self.responses)
        _known("items", chain.from_iterable(one.items for one in self.subscales), ids)
        _known("bands", {one.subscale for one in self.bands}, [s.id for s in self.subscales])
        _known("thresholds", {one.item for one in self.thresholds}, ids)
        if self.kind == "professional_judgement" and self.subscales:
            raise ValueError("Structured professional judgement is never totalled.")
        refuse_incomplete(self.sections, ids)
        self._can_reverse()
        return self

    def _can_reverse(self) -> None:
        for one in self.subscales:
            for item in one.reversed:
                values = self.responses_of(item).scored_values
                turned = {_plain(min(values) + max(values) - value) for value in values}
                if turned != set(values):
                    raise ValueError(f"{item}: its values do not mirror, so it cannot be reversed.")

    def item(self, id: str) -> Item:
        return next(one for one in self.items if one.id == id)

    def responses_of(self, id: str) -> Responses:
        return self.responses[self.item(id).responses]

    @cached_property
    def scored_items(self) -> tuple[str, ...]:
        """Ids of the items that any subscale uses, in the order of the form."""
        used = set(chain.from_iterable(one.items for one in self.subscales))
        return tuple(one.id for one in self.items if one.id in used)

    @property
    def is_judgement(self) -> bool:
        return self.kind == "professional_judgement"


def _unique(what: str, ids: list[str]) -> None:
    twice = [one for one, number in Counter(ids).items() if number > 1]
    if twice:
        raise ValueError(f"The same {what} twice: {', '.join(twice)}.")


def _known(what: str, named: object, known: object) -> None:
    strange = set(named) - set(known)  # type: ignore[call-overload]
    if strange:
        raise ValueError(f"{what} names what is not defined: {', '.join(sorted(strange))}.")
