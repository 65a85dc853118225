"""What is done with measures."""

from newel.record.outcomes.actions.answering import (
    Given,
    answer,
    finish,
    see_to_talk,
    set_aside,
)
from newel.record.outcomes.actions.giving import (
    end_plan,
    name_adults,
    open_form,
    plan_measure,
)
from newel.record.outcomes.actions.together import (
    answer_together,
    decide_entry,
    given_of,
    type_in,
)

__all__ = [
    "Given",
    "answer",
    "answer_together",
    "decide_entry",
    "end_plan",
    "finish",
    "given_of",
    "name_adults",
    "open_form",
    "plan_measure",
    "see_to_talk",
    "set_aside",
    "type_in",
]
