"""Until when a statement counts as current, and how fresh it is on a day (H2)."""

from datetime import date, timedelta

from newel.definitions import read

_WORDS = read("understanding/statements.yaml")
_DAYS = {kind["code"]: int(kind["confirm_within_days"]) for kind in _WORDS["kinds"]}
SOON_DAYS = int(_WORDS["one_page"]["soon_days"])

CURRENT, SOON, PAST = "current", "soon", "past"


def longest_confirm_by(*, kind: str, on: date, days: int | None = None) -> date:
    """The last day on which a statement of this kind, confirmed on this day, is current.

    days: what the child's setting has chosen; without it, the proposal of the definitions.
    """
    return on + timedelta(days=_DAYS[kind] if days is None else days)


def confirm_by(*, kind: str, on: date, own: date | None = None, days: int | None = None) -> date:
    """The writer may ask for an earlier date of their own, never for a later one."""
    longest = longest_confirm_by(kind=kind, on=on, days=days)
    if own is None:
        return longest
    if own < on:
        raise ValueError("A statement cannot be out of date on the day it is confirmed.")
    return min(own, longest)


def freshness(confirm_by: date, *, on: date) -> str:
    """On its date a statement is still current; on the very next day it is past it."""
    if on > confirm_by:
        return PAST
    return SOON if is_due(confirm_by, on=on) else CURRENT


def is_due(confirm_by: date, *, on: date) -> bool:
    """Past its date, or past it within a few days: somebody should confirm it."""
    return confirm_by <= on + timedelta(days=SOON_DAYS)
