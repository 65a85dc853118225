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
from newel.record.outcomes.actions.goals import end_goal, replace_goal, write_goal
from newel.record.outcomes.actions.judging import (
    About,
    Theirs,
    about_of,
    judge,
    write_about_judgement,
)
from newel.record.outcomes.actions.sitting import (
    begin_answering,
    end_sitting,
    hand_over,
    make_link,
    open_link,
)
from newel.record.outcomes.actions.together import (
    answer_together,
    decide_entry,
    given_of,
    type_in,
)

__all__ = [
    "About",
    "Given",
    "Theirs",
    "about_of",
    "answer",
    "answer_together",
    "begin_answering",
    "decide_entry",
    "end_goal",
    "end_plan",
    "end_sitting",
    "finish",
    "given_of",
    "hand_over",
    "judge",
    "make_link",
    "name_adults",
    "open_form",
    "open_link",
    "plan_measure",
    "replace_goal",
    "see_to_talk",
    "set_aside",
    "type_in",
    "write_about_judgement",
    "write_goal",
]
