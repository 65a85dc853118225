"""One form out of a file, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.exchange import columns
from newel.evidence.measures.exchange.days import needs_an_order
from newel.evidence.measures.form import (
    ANSWERED_BY,
    FINISHED,
    SET_ASIDE,
    STATES,
    WAYS,
    FaultyAnswer,
    Form,
    texts_of,
)

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST = {"id": 64, "child": 64, "language": 10, "because": 300}
LONGEST_REASON = 5000


@dataclass(frozen=True, kw_only=True)
class ReadForm:
    """`form` counts each of `faults` as unanswered: a person decides whether it comes in so.
    `wrong` says why it cannot come in at all; without a `form` there was nothing to read."""

    where: str
    measure: Measure | None = None
    form: Form | None = None
    faults: tuple[FaultyAnswer, ...] = ()
    wrong: tuple[str, ...] = ()
    who: Mapping[str, str] = field(default_factory=dict)  # name, date_of_birth, nhs_number


def too_many(name: str, number: int, most: int) -> str:
    return (
        f"{name} has {number:,} forms, more than one child is likely to have. Newel takes {most} "
        "of one child at a time: send them in parts."
    )


def wrong_in(measure: Measure, form: Form, version: str, day_told: str) -> list[str]:
    """Why this form cannot come in, a sentence each; nothing about single answers."""
    return [
        *_wrong_version(measure, version),
        *_wrong_day(form, day_told),
        *_wrong_codes(form),
        *_too_long(form),
        *_wrong_declined(measure, form),
        *_wrong_texts(measure, form),
    ]


def _wrong_version(measure: Measure, version: str) -> Iterable[str]:
    name, own = measure.short_name, measure.version
    if not version:
        yield f"It does not say which version of {name} it answers."
    elif version != str(own):
        yield (
            f"It answers version {version} of {name}, and here is version {own}: the questions may "
            "be other ones."
        )


def _wrong_day(form: Form, told: str) -> Iterable[str]:
    if form.on is None and told:
        yield f"“{told}” is no day that can be read{_why_not(told)}."
    elif form.on is None and form.state == FINISHED:
        yield "It does not say on which day it was answered."


def _why_not(told: str) -> str:
    if needs_an_order(told):
        return " before somebody says which number is the month"
    return ". Write it as 2026-11-03"


def _wrong_codes(form: Form) -> Iterable[str]:
    if not form.answered_by:
        yield "It does not say who answered."
    elif form.answered_by not in ANSWERED_BY:
        yield _no_code("who answered", form.answered_by, ANSWERED_BY)
    if form.way not in WAYS:
        yield _no_code("how it was answered", form.way, WAYS)
    if form.state not in STATES:
        yield _no_code("its state", form.state, STATES)
    if form.state == SET_ASIDE and not form.because:
        yield "It was set aside, and does not say why."
    if not _LANGUAGE.fullmatch(form.language):
        yield f"“{form.language}” is no language, such as “en” or “cy”."


def _no_code(what: str, told: str, known: Iterable[str]) -> str:
    return f"“{told}” does not say {what}: one of {', '.join(known)}."


def _too_long(form: Form) -> Iterable[str]:
    for name, most in LONGEST.items():
        if len(getattr(form, name)) > most:
            yield f"Its {_CALLED[name]} is longer than {most} letters."
    for name, text in (*form.reasons.items(), *form.texts.items()):
        if len(text) > LONGEST_REASON:
            yield f"What is written at {name} is longer than {LONGEST_REASON:,} letters."


_CALLED = {
    "id": f"`{columns.FORM.name}`",
    "child": "reference of the child",
    "language": "language",
    "because": "reason for setting it aside",
}


def _wrong_declined(measure: Measure, form: Form) -> Iterable[str]:
    known = {one.id for one in measure.items}
    for id in sorted(form.declined - known):
        yield f"It names “{id}” as declined, and {measure.short_name} has no such item."
    for id in sorted(form.declined & known):
        if form.answers.get(id) is not None:
            yield f"{id} is declined and has an answer as well: only one of them can be so."


def _wrong_texts(measure: Measure, form: Form) -> Iterable[str]:
    for name in sorted(form.texts.keys() - {*texts_of(measure)}):
        yield f"{measure.short_name} has no place for “{name}”."
