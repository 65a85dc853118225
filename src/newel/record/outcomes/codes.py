"""An answer as a code, as pages send it, and in words, as they show it."""

import re
from decimal import Decimal

from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Number
from newel.record.outcomes.actions import Given
from newel.record.outcomes.models import Answer

DECLINED = "declined"
TAKEN_BACK = "blank"
NOT_WANTED = "-not-wanted"  # ends the name of the box beside a number
SEEN = "seen_"  # begins the name of what the page showed
A_NUMBER = re.compile(r"\d{1,4}(\.\d{1,6})?")
NO_WISH = "Did not want to answer"
NOT_ANSWERED = "Not answered"


def code_of(given: Given) -> str:
    """ "2", "7.5", "declined", or "" where there is no answer."""
    if given.declined:
        return DECLINED
    return "" if given.value is None else f"{given.value.normalize():f}"


def given_by(code: str) -> Given:
    if code == DECLINED:
        return Given(None, declined=True)
    return Given(Decimal(code)) if A_NUMBER.fullmatch(code) else Given(None)


def plain_number(value: Number | Decimal) -> Number:
    """7.500 is 7.5 and 3.000 is 3, as the definition has them."""
    number = float(value)
    return int(number) if number == int(number) else round(number, 6)


def answer_in_words(answer: Answer | None, measure: Measure, item: str) -> str:
    if answer is None:
        return NOT_ANSWERED
    if answer.value is None:
        return NO_WISH
    value, responses = plain_number(answer.value), measure.responses_of(item)
    for option in responses.options:
        if option.value == value:
            return option.label
    return f"{value} out of {responses.highest}" if responses.lowest == 0 else str(value)
