"""What somebody sends from the page of one question."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from newel.evidence.measures.definition import Responses
from newel.record.outcomes.actions import Given

LONGEST = 40
PICK_ONE = "Pick one, or press “I don’t want to answer this”."
SET_THE_MARK = "Put your mark on the line, or press “I don’t want to answer this”."


@dataclass(frozen=True)
class Sent:
    """Which button was pressed, and the answer that came with it, if one did.

    wrong: what is the matter with what was typed; typed: exactly that, to be shown again.
    """

    button: str
    given: Given | None = None
    wrong: str = ""
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


def nothing_sent(responses: Responses) -> str:
    return PICK_ONE if responses.options else SET_THE_MARK


def _value(typed: str, responses: Responses) -> Decimal | None:
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None
    permitted = {Decimal(str(one)) for one in responses.values}
    return value if value.is_finite() and value in permitted else None


def _permitted(responses: Responses) -> str:
    if responses.options:
        return PICK_ONE
    between = f"It has to be a number from {responses.lowest} to {responses.highest}"
    whole = responses.step == int(responses.step)
    return f"{between}, without a point." if whole else f"{between}, like {_example(responses)}."


def _example(responses: Responses) -> str:
    values = responses.values
    return str(values[len(values) // 3])
