"""A form with a free text in which an adult writes about a child: the language helper looks at it
when asked, and while somebody types. It changes no word and keeps nothing from being saved."""

from collections.abc import Sequence

from django.forms.utils import ErrorDict

from newel.record.design_system.forms import NewelForm
from newel.record.stairs.activators.rules import Suggestion, suggestions

# The name of the button that asks for a look, in what the browser sends.
LOOK = "look_at_words"


class HelpedForm(NewelForm):
    """`helped_field` is the text that is looked at. Never a field for a child's own words (H11)."""

    helped_field = ""
    # Answers that are given for the words on the page, and not for any that come in their place.
    for_these_words: tuple[str, ...] = ()
    thoughts: Sequence[Suggestion] = ()
    looked = False

    @property
    def order_on_page(self) -> list[str]:
        """The fields to draw one by one; a question that does not arise is not among them."""
        hidden = set(self.shown_by_choice)
        if not getattr(self, "asks_about_copies", True):
            hidden.add("copied_knowingly")
        return [name for name in self.fields if name not in hidden]

    @property
    def helped_after(self) -> str:
        """The question under which the helper stands: the text’s, or the one that shows it."""
        asking, _ = self.shown_by_choice.get(self.helped_field, (self.helped_field, ""))
        return asking

    def words_are_others_now(self) -> None:
        """Somebody was quicker: what was ticked for the words before is asked again, and what was
        typed stays."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        for name in self.for_these_words:
            self.data.pop(name, None)  # type: ignore[attr-defined]

    def look_at_words(self) -> None:
        """Only looking: nothing is checked, so nothing is wrong yet."""
        self._errors = ErrorDict()
        whose = self["whose_words"].value() if "whose_words" in self.fields else "adult"
        text = str(self[self.helped_field].value() or "")
        self.thoughts = suggestions(text, whose_words=str(whose or "adult"))
        self.looked = True
