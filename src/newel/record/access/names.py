"""Keys by which names sort, search and are held to be alike.

The database has no ICU and no trigrams where Newel runs, and its byte order puts "é" after "z";
so Python computes the key once, when a name is saved.
"""

import unicodedata
from functools import cache

from rapidfuzz import fuzz

from newel.definitions import read

ALIKE_FROM = 84  # of 100; "Jane Eyre" and "Jayne Eyre" are 95, "Jane" and "Jack" 50
NO_FAMILY: frozenset[int] = frozenset()


def sort_key(name: str) -> str:
    """Without accents, case or punctuation: "Ó Súilleabháin" becomes "o suilleabhain"."""
    plain = unicodedata.normalize("NFKD", name)
    letters = (c for c in plain if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() else " " for c in letters)
    return " ".join(kept.casefold().split())


def are_alike(one: str, other: str) -> bool:
    """Whether two sort keys could be mistaken for each other by somebody in a hurry."""
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = one.partition(" ")[0], other.partition(" ")[0]
    return (
        fuzz.ratio(one, other) >= ALIKE_FROM
        or fuzz.ratio(first, second) >= ALIKE_FROM
        or are_forms_of_one_name(first, second)
    )


def are_forms_of_one_name(one: str, other: str) -> bool:
    """ "davy" and "david"; "bob" and "bobby"."""
    families = _families()
    return not families.get(one, NO_FAMILY).isdisjoint(families.get(other, NO_FAMILY))


def forms_of(word: str) -> frozenset[str]:
    """A first name with its short forms and the names it is short for; the word itself always."""
    written = read("people/short_names.yaml")["short_names"]
    families = _families().get(word, NO_FAMILY)
    return frozenset({word}.union(*(written[number] for number in families)))


@cache
def _families() -> dict[str, frozenset[int]]:
    """In which lines of the definition a word stands."""
    found: dict[str, set[int]] = {}
    for number, names in enumerate(read("people/short_names.yaml")["short_names"]):
        for name in names:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}
