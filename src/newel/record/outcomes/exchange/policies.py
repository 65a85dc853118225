"""What may leave as a file, and what a file must say to come in."""

from collections.abc import Iterable, Sequence

from newel.evidence.measures.exchange import columns
from newel.evidence.measures.exchange.read_form import ReadForm
from newel.record.children.models import Child
from newel.record.children.policies import NotNow
from newel.record.outcomes.exchange.days_said import said_day
from newel.record.outcomes.exchange.matching import Incoming


class WrongChild(NotNow):
    """The file, or a part of it, is about somebody else (H1)."""


def check_is_this_child(
    forms: Iterable[ReadForm], *, child: Child, reference: str, nhs_numbers: Sequence[str]
) -> None:
    """Every form says whose it is, and all of them the same child. One of another child refuses
    the whole file: nobody then trusts the others."""
    for one in forms:
        if one.form is None:
            continue
        if not one.form.child:
            raise WrongChild(
                f"{one.where} does not say about which child it is. Every form of a file has the "
                "child’s reference: without it, nothing is brought in."
            )
        if one.form.child != reference:
            raise WrongChild(
                f"{one.where} is about “{one.form.child}”, and this page is about "
                f"{child.preferred_name}, whom the file should call “{reference}”. Nothing is "
                "brought in."
            )
        _check_who(one, child, nhs_numbers)


def _check_who(one: ReadForm, child: Child, nhs_numbers: Sequence[str]) -> None:
    """Where the file says more of the child, that must be so here too."""
    born, number = one.who.get(columns.BORN.name, ""), one.who.get(columns.NHS_NUMBER.name, "")
    if born and child.born_on and born != child.born_on.isoformat():
        raise WrongChild(
            f"{one.where} is about a child born on {said_day(born)}, and {child.preferred_name} "
            f"was born on {said_day(child.born_on.isoformat())}. Nothing is brought in."
        )
    if number and nhs_numbers and number.replace(" ", "") not in nhs_numbers:
        raise WrongChild(
            f"{one.where} has another NHS number than {child.preferred_name}. Nothing is brought "
            "in."
        )


def check_something_comes_in(chosen: Sequence[Incoming]) -> None:
    if not chosen:
        raise NotNow("Nothing is chosen to come in.")


def check_still_so(chosen: Sequence[Incoming], now: Sequence[Incoming]) -> None:
    """Between the look at the file and the saving of it, somebody may have brought it in."""
    by_number = {one.number: one for one in now}
    for one in chosen:
        there = by_number.get(one.number)
        if there is None or there.status != one.status:
            raise NotNow(
                "Meanwhile somebody changed what is here. Nothing was brought in: look at each "
                "form again."
            )
