"""Until when something holds: the usual day, or an earlier one of the writer's own."""

from datetime import date

from newel.record.design_system.dates import day
from newel.record.design_system.forms import NewelForm

LONGEST = 2000  # characters of an answer


def check_not_later(form: NewelForm, own: date, longest: date) -> None:
    if own > longest:
        form.add_error(
            "confirm_by", f"The day to ask again must not be after {day(longest)}, the usual time"
        )
