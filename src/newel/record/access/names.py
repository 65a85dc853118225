"""Keys by which names sort, search and are held to be alike.

The database has no ICU and no trigrams where Newel runs, and its byte order puts "é" after "z";
so Python computes the key once, when a name is saved.
"""

import unicodedata

from rapidfuzz import fuzz

ALIKE_FROM = 84  # of 100; "Jane Eyre" and "Jayne Eyre" are 95, "Jane" and "Jack" 50


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
    first, second = one.split()[0], other.split()[0]
    whole = fuzz.ratio(one, other)
    return whole >= ALIKE_FROM or fuzz.ratio(first, second) >= ALIKE_FROM
