"""Two wordings of one thing, word by word: what stayed, what was taken out, what was put in."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, OUT, IN = "same", "out", "in"
_WORD = re.compile(r"\w[\w’'-]*\s*|[^\w\s]\s*|\s+")  # a mark of punctuation stands by itself
_AT_MOST = 300  # words a side; beyond that the two texts stand side by side, unmarked


@dataclass(frozen=True)
class Piece:
    text: str
    kind: str


def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The old wording with what was taken out, and the new one with what was put in."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _AT_MOST:
        return (Piece(old, SAME),), (Piece(new, SAME),)
    matcher = SequenceMatcher(
        None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False
    )
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        _put(left, before[a:b], SAME if kind == "equal" else OUT)
        _put(right, after[c:d], SAME if kind == "equal" else IN)
    return tuple(left), tuple(right)


def _put(side: list[Piece], words: list[str], kind: str) -> None:
    if words:
        side.append(Piece("".join(words), kind))
