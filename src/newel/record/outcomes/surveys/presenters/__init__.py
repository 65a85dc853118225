"""The pages of surveys."""

from newel.record.outcomes.surveys.presenters.answering import (
    about_page,
    code_page,
    end_page,
    screen_page,
    stopped_page,
    thank_you_page,
)
from newel.record.outcomes.surveys.presenters.results import results_page
from newel.record.outcomes.surveys.presenters.slips import slips_page
from newel.record.outcomes.surveys.presenters.waves import (
    close_page,
    make_slips_page,
    plan_page,
    together_page,
    wave_page,
    waves_page,
)

__all__ = [
    "about_page",
    "close_page",
    "code_page",
    "end_page",
    "make_slips_page",
    "plan_page",
    "results_page",
    "screen_page",
    "slips_page",
    "stopped_page",
    "thank_you_page",
    "together_page",
    "wave_page",
    "waves_page",
]
