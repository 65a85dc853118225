"""What came of reading the child's words back, in a few words: the same on every page (H11)."""

from newel.record.design_system.dates import day
from newel.record.stairs.activators.words_models import ChildsWords, WordsChecked

NOT_CHECKED = "not yet checked with the child"


def checked_in_words(words: ChildsWords) -> str:
    """What came of it the last time. Only what the child heard and let stand is called checked."""
    checks: list[WordsChecked] = words.checks_made  # type: ignore[attr-defined]
    if not checks:
        return NOT_CHECKED
    on = day(checks[0].checked_on)
    if checks[0].outcome == "as_said":
        return f"checked with the child on {on}"
    if checks[0].outcome == "differently":
        return f"checked with the child on {on}: the child would say it differently now"
    return f"{NOT_CHECKED}: on {on} the child did not want to look at it"
