"""What outcomes keeps: what is asked when, each time it was given, and each answer.

No score is kept: it is worked out from the answers by the definition that the form names.
"""

from newel.record.outcomes.exchange.models import BroughtFile, BroughtForm, GivenOut
from newel.record.outcomes.models.asked import ANSWERED_BY, RHYTHMS, WHOSE_GOALS, Plan
from newel.record.outcomes.models.given import (
    FINISHED,
    GIVEN,
    OPEN,
    SET_ASIDE,
    STATES,
    WAYS,
    Answer,
    Form,
)
from newel.record.outcomes.models.goal import HOW_TOLD, Goal, GoalOnForm
from newel.record.outcomes.models.judged import (
    HEARD,
    REASONS,
    SOURCES,
    WHAT_IT_IS,
    Judgement,
    Reason,
)
from newel.record.outcomes.models.sitting import LINK, OPENED_LINK, TABLET, Sitting
from newel.record.outcomes.models.talk import Talk
from newel.record.outcomes.surveys.models import (
    SurveyForm,
    SurveyResult,
    SurveySlip,
    Wave,
    WaveGroup,
)

__all__ = [
    "ANSWERED_BY",
    "FINISHED",
    "GIVEN",
    "HEARD",
    "HOW_TOLD",
    "LINK",
    "OPEN",
    "OPENED_LINK",
    "REASONS",
    "RHYTHMS",
    "SET_ASIDE",
    "SOURCES",
    "STATES",
    "TABLET",
    "WAYS",
    "WHAT_IT_IS",
    "WHOSE_GOALS",
    "Answer",
    "BroughtFile",
    "BroughtForm",
    "Form",
    "GivenOut",
    "Goal",
    "GoalOnForm",
    "Judgement",
    "Plan",
    "Reason",
    "Sitting",
    "SurveyForm",
    "SurveyResult",
    "SurveySlip",
    "Talk",
    "Wave",
    "WaveGroup",
]
