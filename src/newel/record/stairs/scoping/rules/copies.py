"""Words that are copied from what is held back (H7)."""

from collections.abc import Iterable

RUN = 40


def repeats(text: str, held_back: Iterable[str]) -> bool:
    """Whether some of these words are copied from what is held back (H7): 40 characters alike."""
    mine = _plain(text)
    runs = {mine[at : at + RUN] for at in range(len(mine) - RUN + 1)}
    return any(
        theirs[at : at + RUN] in runs
        for theirs in map(_plain, held_back)
        for at in range(len(theirs) - RUN + 1)
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
