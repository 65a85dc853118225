"""Who may be meant by a name that somebody typed: any of their names, misspelt, shortened, in
another order, without the accents. Pure: it is given names and gives back whose they are.

Nobody is told how like a name is: the order says it, and there is no number on a child.
"""

from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from newel.record.access.names import forms_of, sort_key

# Letters that are not a letter with a mark on it, so that `sort_key` leaves them as they are.
_AS_TYPED_HERE = tuple(
    pair.split() for pair in ("ł l", "ø o", "đ d", "ð d", "þ th", "æ ae", "œ oe", "ı i", "ħ h")
)
ONE_SLIP_FROM = 4  # letters: "Dvaid" finds David, "Jo" does not find Al
TWO_SLIPS_FROM = 8
WITHIN_A_WORD_FROM = 3  # letters: "field" finds Copperfield
EXACT, BEGINS, FORM, SLIP, WITHIN, NOT_MEANT = range(6)


def whose(typed: str, owners: str, keys: str) -> list[int]:
    """Whose name may be meant, the nearest first. Everybody once.

    `keys` are the keys of the names, one a line, and `owners` are the numbers of those who go by
    them, in the same order and with spaces between. There are thousands, so what is done for each
    is next to nothing.
    """
    readings = _readings(_as_searched(sort_key(typed)).split())
    asked = {word for reading in readings for word in reading}
    text = _as_searched(keys)
    alone = set(text.split())
    as_one = _as_one(asked, text)
    meant = {word: _meant_by(word, alone, as_one) for word in asked}
    readings = [reading for reading in readings if all(meant[word] for word in reading)]
    if not readings:
        return []
    names = zip(owners.split(), map(str.split, text.split("\n")), strict=True)
    known = _words_of_those_meant(names, meant=set().union(*meant.values()), as_one=as_one)
    near = {
        owner: min(_nearness(reading, meant, words) for reading in readings)
        for owner, words in known.items()
    }
    found = [owner for owner, how_near in near.items() if how_near < NOT_MEANT]
    return sorted(found, key=lambda owner: (near[owner], known[owner], owner))


def _as_searched(keys: str) -> str:
    if keys.isascii():
        return keys
    for letter, as_typed in _AS_TYPED_HERE:
        keys = keys.replace(letter, as_typed)
    return keys


def _as_one(asked: set[str], text: str) -> set[str]:
    """Two words beside each other that were typed as one: O’Brien as OBrien. Seldom any."""
    together = text.replace(" ", "")
    across = [one for one in asked if together.count(one) > text.count(one)]
    lines = zip(text.split("\n"), together.split("\n"), strict=True) if across else ()
    return {
        first + second
        for line, run in lines
        if any(one in run for one in across)
        for first, second in pairwise(line.split())
        if any((first + second).startswith(one) for one in across)
    }


def _words_of_those_meant(
    names: Iterable[tuple[str, list[str]]], *, meant: set[str], as_one: set[str]
) -> dict[int, list[str]]:
    known: dict[int, list[str]] = {}
    for owner, words in names:
        if as_one:
            words += as_one.intersection(map("".join, pairwise(words)))
        if not meant.isdisjoint(words):
            known.setdefault(int(owner), []).extend(words)
    return known


def _readings(typed: list[str]) -> list[list[str]]:
    """As typed, and with two words beside each other read as one: "Mary Ann" for Maryann."""
    joined = [
        [*typed[:place], typed[place] + typed[place + 1], *typed[place + 2 :]]
        for place in range(len(typed) - 1)
    ]
    return [typed, *joined] if typed else []


def _nearness(reading: list[str], meant: dict[str, dict[str, int]], words: list[str]) -> int:
    """As near as its farthest word. Each has to be in one of the child's names, in any order."""
    farthest = EXACT
    for one in reading:
        near = meant[one]
        found = [near[word] for word in words if word in near]
        if not found:
            return NOT_MEANT
        farthest = max(farthest, min(found))
    return farthest


def _meant_by(typed: str, alone: set[str], as_one: set[str]) -> dict[str, int]:
    """Which words of all names may be meant by one typed word, and how near each is."""
    every = alone | as_one
    near = {word: WITHIN for word in every if _is_within(typed, word)}
    near |= dict.fromkeys(_slips(typed, alone), SLIP)
    near |= dict.fromkeys(forms_of(typed).intersection(every), FORM)
    near |= {word: BEGINS for word in every if word.startswith(typed)}
    return near | ({typed: EXACT} if typed in near else {})


def _slips(typed: str, words: set[str]) -> list[str]:
    """A letter too many, too few, wrong, or two changed over."""
    allowed = (len(typed) >= ONE_SLIP_FROM) + (len(typed) >= TWO_SLIPS_FROM)
    if not allowed:
        return []
    near = [word for word in words if abs(len(word) - len(typed)) <= allowed]
    found = process.extract(typed, near, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [word for word, _, _ in found]


def _is_within(typed: str, word: str) -> bool:
    """In scripts that put no space between names, one letter may be one name."""
    return typed in word and (len(typed) >= WITHIN_A_WORD_FROM or not typed.isascii())
