"""Dates of the one page: until when it counts, and until when a printed one may be kept."""

from collections.abc import Iterable
from datetime import date, timedelta

from newel.definitions import read

_ONE_PAGE: dict[str, int] = read("understanding/statements.yaml")["one_page"]
FIRST_INFORMATION_FOR = timedelta(days=_ONE_PAGE["first_information_days"])
FORMULATED_FOR = timedelta(days=_ONE_PAGE["formulated_days"])
SOON = timedelta(days=_ONE_PAGE["soon_days"])


def days_in_force(*, formulated: bool) -> timedelta:
    return FORMULATED_FOR if formulated else FIRST_INFORMATION_FOR


def good_until(*, last_agreed_or_confirmed: date, formulated: bool) -> date:
    """The last day on which the page counts.

    It runs from the newest line, not from any change to the page: writing down tonight's watch
    says nothing about whether what sets things off is still so (H2).
    """
    return last_agreed_or_confirmed + days_in_force(formulated=formulated)


def keep_paper_until(*, good_until: date, changes_due: Iterable[date], today: date) -> date:
    """A sheet is old as soon as one thing on it is: a review of what keeps the child safe, a line
    that has to be confirmed, or the page itself. Never before today, or nobody could use it."""
    return max(today, min([good_until, *(due for due in changes_due if due >= today)]))
