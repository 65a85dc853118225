"""What the state of a statement allows, apart from who may do it.

`check_can_…` raises `NotNow` with a reason for the person; `can_…` answers yes or no. Which act
fits which state is in one table, `rules.states.MOVES`.
"""

from collections.abc import Callable, Sequence
from datetime import date

from newel.record.children.models import READ_BY_CHILD
from newel.record.children.policies import NotNow
from newel.record.stairs.activators.models import (
    AGREED,
    DRAFT,
    OPEN,
    SUPERSEDED,
    DifferingView,
    FormulationVersion,
    Recommendation,
    Statement,
)
from newel.record.stairs.activators.rules import moves_from
from newel.record.stairs.activators.words_models import ChildsWords


class MayNotStandOnPage(NotNow):
    """The words name somebody, say where somebody lives, or say what paper must not say."""

    def __init__(self, reasons: list[str], *, field: str) -> None:
        super().__init__(
            " ".join(("This may not stand on paper that gets found.", *reasons)), field=field
        )
        self.reasons = reasons


CHILDS_OWN = (
    "These are the child’s own words, and nobody changes them. Write what you see as a statement "
    "of its own. If the child says it differently now, write the new words and retire these."
)
ABOUT_SOMEBODY_ELSE = (
    "This is held back because it is about somebody else. Write what the child may read as a "
    "statement of its own."
)
_NOT_IN_STATE = {
    SUPERSEDED: "These words are no longer used: somebody has put others in their place, or "
    "retired them.",
    DRAFT: "This is still a draft. It has to be agreed first.",
    AGREED: "Somebody has agreed this meanwhile. It can be replaced, but no longer changed.",
}


def _check_state(statement: Statement, act: str) -> None:
    if act in moves_from(statement.state):
        return
    if act == "agree" and statement.state == AGREED:
        raise NotNow("Somebody has already agreed this.")
    raise NotNow(_NOT_IN_STATE[statement.state])


def _check_not_childs_own(statement: Statement) -> None:
    if statement.whose_words == "child":
        raise NotNow(CHILDS_OWN)


def check_can_change(statement: Statement) -> None:
    _check_state(statement, "change")
    _check_not_childs_own(statement)


def check_can_agree(statement: Statement) -> None:
    _check_state(statement, "agree")


def check_day_is_ahead(confirm_by: date | None, *, on: date) -> None:
    """A draft can be older than the day by which its writer wanted it confirmed."""
    if confirm_by is not None and confirm_by < on:
        raise NotNow("The day by which this was to be confirmed has passed. Give another day.")


def check_can_confirm(statement: Statement) -> None:
    _check_state(statement, "confirm")
    if statement.time == "past":
        raise NotNow("This is written as something that was so in the past: it stays as it is.")


def check_can_replace(statement: Statement) -> None:
    _check_state(statement, "replace")
    _check_not_childs_own(statement)


def check_can_retire(statement: Statement) -> None:
    _check_state(statement, "retire")


def check_can_open_to_child(statement: Statement) -> None:
    _check_state(statement, "open_to_child")
    if statement.sharing_level == READ_BY_CHILD:
        raise NotNow("The child may already read this.")
    if statement.sharing_level == "restricted_third_party":
        raise NotNow(ABOUT_SOMEBODY_ELSE)


def check_can_add_evidence(statement: Statement) -> None:
    if statement.state == SUPERSEDED:
        raise NotNow(_NOT_IN_STATE[SUPERSEDED])


def check_can_place(statement: Statement) -> None:
    """Where it stands on the maps, and what it goes with: a draft too, and past things too."""
    if statement.state == SUPERSEDED:
        raise NotNow(_NOT_IN_STATE[SUPERSEDED])


def check_can_look_again(statement: Statement) -> None:
    if statement.state != AGREED:
        raise NotNow(_NOT_IN_STATE[statement.state])


def check_is_what_the_child_says(words: ChildsWords) -> None:
    """What was said before stays as it is: what is done is done with what the child says now."""
    if not words.is_current:
        raise NotNow("The child says this differently now. Look at the newer words.")


def check_can_stand_on_page(words: ChildsWords) -> None:
    check_is_what_the_child_says(words)
    if words.opened_at is not None:
        raise NotNow("These words stand on “How to be with me” already.")
    if not words.child_allows_page:
        raise NotNow("The child has not allowed that these words stand on “How to be with me”.")


def check_can_agree_formulation(statements: Sequence[Statement]) -> None:
    if not statements:
        raise NotNow("No statement is agreed yet. A formulation is made of agreed statements.")


def check_day_of_agreeing(on: date, *, last: FormulationVersion | None) -> None:
    if last is not None and on < last.agreed_on:
        raise NotNow(
            "This day is before the day of the version that is there now.", field="agreed_on"
        )


def check_can_settle(view: DifferingView) -> None:
    if not view.is_current:
        raise NotNow("Somebody has already written down how this was settled.")


def check_can_close(recommendation: Recommendation) -> None:
    if not recommendation.is_current:
        raise NotNow("Somebody has changed this recommendation meanwhile. Open it again.")
    if recommendation.became != OPEN:
        raise NotNow("What became of it has been written down already.")


def _allows(check: Callable[[Statement], None]) -> Callable[[Statement], bool]:
    def can(statement: Statement) -> bool:
        try:
            check(statement)
        except NotNow:
            return False
        return True

    return can


can_change = _allows(check_can_change)
can_agree = _allows(check_can_agree)
can_confirm = _allows(check_can_confirm)
can_replace = _allows(check_can_replace)
can_retire = _allows(check_can_retire)
can_open_to_child = _allows(check_can_open_to_child)
can_add_evidence = _allows(check_can_add_evidence)
can_place = _allows(check_can_place)
can_look_again = _allows(check_can_look_again)
