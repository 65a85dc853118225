"""Whether the parts of a form hold all of it: an item that is in none would be on no page."""

from collections.abc import Sequence
from typing import Protocol


class FromTo(Protocol):
    @property
    def first(self) -> str: ...
    @property
    def last(self) -> str: ...


def refuse_incomplete(sections: Sequence[FromTo], ids: Sequence[str]) -> None:
    """Raises ValueError unless they hold every item once, in the order of the form."""
    named = {id for one in sections for id in (one.first, one.last)}
    if not named <= set(ids):
        raise ValueError(f"Sections name what is not defined: {sorted(named - set(ids))}.")
    held = [id for one in sections for id in ids[ids.index(one.first) : ids.index(one.last) + 1]]
    if sections and held != list(ids):
        raise ValueError("Sections hold every item once, in the order of the form.")
