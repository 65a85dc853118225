"""What somebody sends from the page of one question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from newel.evidence.measures.definition import Responses
from newel.record.outcomes.actions import Given

LONGEST = 40


@dataclass(frozen=True)
class Wrong:
    """A sentence of the pages (`page_words`), and what is put into it."""

    key: str
    put_in: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """Which button was pressed, and the answer that came with it, if one did.

    wrong: what is the matter with what was typed; typed: exactly that, to be shown again.
    """

    button: str
    given: Given | None = None
    wrong: Wrong | None = None
    typed: str = ""


def sent(post: QueryDict, responses: Responses) -> Sent:
    button = post.get("do", "next")
    typed = post.get("value", "").strip()[:LONGEST]
    if button == "decline":
        return Sent(button, given=Given(value=None, declined=True))
    if not typed:
        return Sent(button, wrong=nothing_sent(responses))
    value = _value(typed, responses)
    if value is None:
        return Sent(button, wrong=_permitted(responses), typed=typed)
    return Sent(button, given=Given(value=value), typed=typed)


def nothing_sent(responses: Responses) -> Wrong:
    return Wrong("words.pick_one" if responses.options else "words.set_the_mark")


def _value(typed: str, responses: Responses) -> Decimal | None:
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None
    permitted = {Decimal(str(one)) for one in responses.values}
    return value if value.is_finite() and value in permitted else None


def _permitted(responses: Responses) -> Wrong:
    if responses.options:
        return nothing_sent(responses)
    between = {"lowest": responses.lowest, "highest": responses.highest}
    if responses.step == int(responses.step):
        return Wrong("words.whole_number", between)
    return Wrong("words.some_number", {**between, "example": _example(responses)})


def _example(responses: Responses) -> str:
    values = responses.values
    return str(values[len(values) // 3])
