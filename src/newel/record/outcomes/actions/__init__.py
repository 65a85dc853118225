"""What is done with measures."""

from newel.record.outcomes.actions.answering import (
    Given,
    answer,
    finish,
    see_to_talk,
    set_aside,
)
from newel.record.outcomes.actions.giving import end_plan, open_form, plan_measure

__all__ = [
    "Given",
    "answer",
    "end_plan",
    "finish",
    "open_form",
    "plan_measure",
    "see_to_talk",
    "set_aside",
]
