"""A goal in somebody's own words: written down, said in other words, ended."""

from datetime import date
from typing import Any

from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import HiddenField, LongTextField
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.models import HOW_TOLD

LONGEST = 300


class GoalForm(NewelForm):
    """`how` is asked of a child's goal alone. `seen` is the goal whose words the page showed."""

    submit_label = "Write it down"

    words = LongTextField(label="The goal", called="the goal", max_length=LONGEST, rows=3)
    how = RadiosField(
        label="How did the child tell it?", called="how the child told it", choices=HOW_TOLD
    )
    since = DateField(label="Since when is it a goal?", called="the day")
    seen = HiddenField(required=False)

    def __init__(
        self,
        *args: Any,
        label: str,
        hint: str,
        is_the_childs: bool,
        today: date,
        earliest: date | None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"since": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        words, since = self.fields["words"], self.fields["since"]
        words.label, words.hint = label, hint  # type: ignore[attr-defined]
        since.earliest, since.latest = earliest, today  # type: ignore[attr-defined]
        if not is_the_childs:
            del self.fields["how"]

    @property
    def goal(self) -> dict[str, Any]:
        """For the actions."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class EndGoalForm(NewelForm):
    submit_label = "End this goal"

    because = LongTextField(label="Why does it end?", max_length=LONGEST, rows=2)
    ended_on = DateField(label="On which day?", called="the day")
    seen = HiddenField(required=False)

    def __init__(self, *args: Any, label: str, today: date, earliest: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"ended_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        because, ended_on = self.fields["because"], self.fields["ended_on"]
        because.label = label
        because.hint = (  # type: ignore[attr-defined]
            "For example: it is reached, something else matters more now, or it is not wanted any "
            "more. It is kept beside the goal."
        )
        ended_on.earliest, ended_on.latest = earliest, today  # type: ignore[attr-defined]

    @property
    def ending(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
