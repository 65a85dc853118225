"""What may be told to the next shift, and what may be changed, apart from who may write at all."""

import re
from collections.abc import Iterable

from newel.record.access.models import StaffMember
from newel.record.children.policies import NotNow
from newel.record.overview.models import HandoverNote, UnitNote
from newel.record.overview.rules import Times, too_close


class ChangedMeanwhile(NotNow):
    """These words were replaced in another tab. Nothing of either text is lost."""


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Whole words, and as names are written: "Will" is a name, "will" is not."""
    return [
        name for name in sorted(set(names)) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]


def check_names_nobody_else(text: str, what_helped: str, *, names: Iterable[str]) -> None:
    names = list(names)
    for field, words in (("text", text), ("what_helped", what_helped)):
        found = named_in(words, names)
        if found:
            raise NotNow(
                f"This has the name of another child: {found[0]}. These words stay in this child’s "
                "record. Write “another child” here, and what concerns the other one with them.",
                field=field,
            )


def check_names_no_child(text: str, *, names: Iterable[str]) -> None:
    found = named_in(text, names)
    if found:
        raise NotNow(
            f"This has the name of a child: {found[0]}. What is about a child belongs in that "
            "child’s record: write it for the next shift there.",
            field="text",
        )


def check_can_change(note: HandoverNote | UnitNote, *, by: StaffMember) -> None:
    if note.written_by_id != by.pk:
        raise NotNow("Somebody else wrote this. Write what you know beside it.")
    if not note.is_current:
        raise ChangedMeanwhile("These words have been changed since you opened them.")


def check_times(times: Times) -> None:
    if too_close(times):
        raise NotNow("Two shifts begin too close to each other. Leave at least 3 hours.")
