"""What is done with measures."""

from newel.record.outcomes.actions.answering import (
    Given,
    answer,
    finish,
    see_to_talk,
    set_aside,
)
from newel.record.outcomes.actions.giving import end_plan, open_form, plan_measure
from newel.record.outcomes.actions.sitting import (
    begin_answering,
    end_sitting,
    hand_over,
    make_link,
    open_link,
)

__all__ = [
    "Given",
    "answer",
    "begin_answering",
    "end_plan",
    "end_sitting",
    "finish",
    "hand_over",
    "make_link",
    "open_form",
    "open_link",
    "plan_measure",
    "see_to_talk",
    "set_aside",
]
