"""The roles that a statement can come from. Never a name: paper gets found."""

from newel.definitions import choices

SAID_BY = choices("understanding/who_said_so.yaml", "roles")
_IN_WORDS = dict(SAID_BY)


def said_by_in_words(role: str) -> str:
    return _IN_WORDS.get(role, role)
