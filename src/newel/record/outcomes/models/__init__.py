"""What outcomes keeps: what is asked when, each time it was given, and each answer.

No score is kept: it is worked out from the answers by the definition that the form names.
"""

from newel.record.outcomes.models.asked import ANSWERED_BY, RHYTHMS, Plan
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
    "HOW_TOLD",
    "LINK",
    "OPEN",
    "OPENED_LINK",
    "RHYTHMS",
    "SET_ASIDE",
    "STATES",
    "TABLET",
    "WAYS",
    "Answer",
    "Form",
    "Goal",
    "GoalOnForm",
    "Plan",
    "Sitting",
    "SurveyForm",
    "SurveyResult",
    "SurveySlip",
    "Talk",
    "Wave",
    "WaveGroup",
]
