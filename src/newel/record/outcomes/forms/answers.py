"""The questions of one form: all of them, or one on a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from newel.evidence.measures import Measure
from newel.record.design_system.forms import NewelForm
from newel.record.outcomes.actions import Given
from newel.record.outcomes.codes import SEEN, code_of, given_by
from newel.record.outcomes.forms.line import AnswerField


class AnswersForm(NewelForm):
    """Nothing in it is required: what is left open stays open. `seen_…` says what the page showed,
    so that nobody writes over what somebody else has put down since."""

    def __init__(
        self,
        *args: Any,
        measure: Measure,
        now: Mapping[str, Given],
        items: Sequence[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.now = measure, dict(now)
        self.answered_meanwhile: frozenset[str] = frozenset()
        for number, one in enumerate(measure.items, 1):
            if items is None or one.id in items:
                self.fields[one.id] = AnswerField(measure=measure, item=one.id, number=number)
                self.initial[one.id] = code_of(self.now.get(one.id, Given(None)))

    @property
    def answers(self) -> dict[str, Given]:
        """Those that could be read. A group of options that was not touched sends nothing."""
        return {
            item: one
            for item, one in self.cleaned_data.items()
            if not (self._is_untouched(item) and one == Given(None))
        }

    def _is_untouched(self, item: str) -> bool:
        field: AnswerField = self.fields[item]  # type: ignore[assignment]
        return bool(field.responses.options) and not self.data.get(item)

    @property
    def seen(self) -> dict[str, Given]:
        return {item: given_by(self.seen_code(item)) for item in self.fields}

    def seen_code(self, item: str) -> str:
        """What the page showed: as it was sent, or as it stands now."""
        if self.is_bound and f"{SEEN}{item}" in self.data:
            return str(self.data[f"{SEEN}{item}"])
        return code_of(self.now.get(item, Given(None)))

    def has_seen(self, there: Mapping[str, Given]) -> None:
        """The page that is shown again has this before it."""
        seen = {f"{SEEN}{item}": code_of(one) for item, one in there.items()}
        self.data = {**dict(self.data.items()), **seen}

    def show_both(self, theirs: Mapping[str, Given], names: Mapping[str, str]) -> None:
        """Somebody else has answered meanwhile: the next save knows what it replaces."""
        self.has_seen(theirs)
        self.answered_meanwhile = frozenset(theirs)
        for item in theirs:
            field: AnswerField = self.fields[item]  # type: ignore[assignment]
            self.add_error(
                item,
                f"Question {field.number}: meanwhile {names[item]} put down another answer. Both "
                "are here; choose which one stands and save again",
            )
