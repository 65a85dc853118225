"""Every fact of the definitions with how far it is confirmed, so that what is not can be listed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newel.definitions import read
from newel.evidence.measures.definition import (
    Ages,
    Band,
    Confirmed,
    CutOff,
    Fact,
    Licence,
    LookAgain,
    Measure,
    Reliability,
    ReliableChange,
    Section,
    Subscale,
    Threshold,
)

Sourced = (
    Ages
    | Band
    | CutOff
    | Fact
    | Licence
    | LookAgain
    | Reliability
    | ReliableChange
    | Section
    | Threshold
)
KINDS_OF_RELIABILITY = {
    "alpha": "Cronbach’s alpha",
    "test_retest": "Test-retest correlation",
    "icc": "Intraclass correlation",
}
IN_COMMON = read("reliable_change.yaml")
FORMULA = Fact.model_validate(IN_COMMON["formula"])


@dataclass(frozen=True)
class Told:
    """One fact as it is listed: what it is about, and itself in words."""

    about: str
    says: str
    source: str
    confirmed: Confirmed


def facts(measure: Measure) -> Iterator[Told]:
    """Everything in a definition that has a source."""
    yield from (_told("Who answers", one) for one in measure.who_answers)
    yield from (_told("Ages", one) for one in measure.ages)
    yield from (_told("How often", one) for one in measure.how_often)
    if measure.look_again:
        yield _told("When to look again", measure.look_again)
    yield _told("Licence", measure.licence)
    yield from (_told("Parts of the form", one) for one in measure.sections)
    for subscale in measure.subscales:
        yield from _of_subscale(subscale)
    names = {one.id: one.name for one in measure.subscales}
    yield from (_told(f"{names[one.subscale]}: band", one) for one in measure.bands)
    labels = {one.id: one.label for one in measure.items}
    yield from (_told(f"{labels[one.item]}: share", one) for one in measure.thresholds)
    yield from (_told("Note", one) for one in measure.notes)


def in_common(confirmed: Confirmed) -> list[Told]:
    """What holds of every measure alike and has this mark."""
    facts = (("Reliable change", told) for told in IN_COMMON.values())
    return [
        Told(about, told["says"] + "." * (told["says"][-1] != "."), told["source"], confirmed)
        for about, told in facts
        if told["confirmed"] == confirmed
    ]


def to_confirm(measures: Iterable[Measure], confirmed: Confirmed) -> list[tuple[Measure, Told]]:
    """The facts with this mark. One that holds alike of several scores is listed once."""
    return [(measure, one) for measure in measures for one in _once(measure, confirmed)]


def in_words(fact: Sourced) -> str:
    """The fact itself, as one or more sentences."""
    match fact:
        case Ages():
            ends = "from" if fact.highest is None else f"{fact.lowest} to"
            return f"{fact.who}: {ends} {fact.highest or fact.lowest} years."
        case Band():
            return f"{fact.for_whom}: {fact.from_} to {fact.to} is “{fact.name}”."
        case CutOff():
            side = fact.concern.replace("_", " ")
            return f"{fact.for_whom}: {side} {fact.value}. {fact.says}"
        case Reliability():
            return f"{KINDS_OF_RELIABILITY[fact.kind]} {fact.value}. {fact.in_whom}."
        case ReliableChange():
            return f"{fact.points} points."
        case Threshold():
            return f"{fact.at_least} or more: {fact.says}."
    return fact.says


def _of_subscale(subscale: Subscale) -> Iterator[Told]:
    yield _told(f"{subscale.name}: scoring", subscale.scoring)
    yield _told(f"{subscale.name}: missing answers", subscale.missing_rule)
    yield from (_told(f"{subscale.name}: cut-off", one) for one in subscale.cut_offs)
    yield from (_told(f"{subscale.name}: reliability", one) for one in subscale.reliability)
    if subscale.reliable_change:
        yield _told(f"{subscale.name}: reliable change", subscale.reliable_change)


def _told(about: str, fact: Sourced) -> Told:
    return Told(about, in_words(fact), fact.source, fact.confirmed)


def _once(measure: Measure, confirmed: Confirmed) -> list[Told]:
    alike: dict[tuple[str, str], list[str]] = {}
    for one in facts(measure):
        if one.confirmed == confirmed:
            alike.setdefault((one.says, one.source), []).append(one.about)
    return [
        Told("; ".join(dict.fromkeys(about)), says, source, confirmed)
        for (says, source), about in alike.items()
    ]
