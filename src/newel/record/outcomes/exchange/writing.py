"""The forms of a child as a file. Imports what writes files only when one is written."""

from itertools import groupby
from typing import TYPE_CHECKING

from newel.evidence.measures import UnknownMeasure, measure
from newel.record.children.models import Child
from newel.record.outcomes.exchange import queries
from newel.record.outcomes.exchange.models import GivenOut
from newel.record.outcomes.exchange.told import told
from newel.record.outcomes.models import Form

if TYPE_CHECKING:
    from newel.evidence.measures.exchange.going_out import WhoItIs, WrittenFile


def written(child: Child, made: GivenOut) -> "WrittenFile | None":
    """None where no form fits. What is in it is read as it stands now; a form that is finished
    never changes."""
    from newel.evidence.measures.exchange.going_out import WRITERS, OfOneMeasure

    rows = queries.forms_to_give(
        child=child, measures=made.measures, since=made.since,
        with_unfinished=made.with_unfinished,
    )  # fmt: skip
    tables = [
        OfOneMeasure(measure(id), [told(one, measure(id), reference=child.public_id) for one in of])
        for id, of in groupby(filter(_can_leave, rows), key=lambda one: one.measure)
    ]
    return WRITERS[made.kind](tables, _who(child, made)) if tables else None


def stays_here(child: Child) -> list[str]:
    """What cannot leave, in sentences."""
    stay = [one for one in queries.forms_here(child=child) if not _can_leave(one)]
    if not stay:
        return []
    forms = "1 form was" if len(stay) == 1 else f"{len(stay)} forms were"
    return [
        f"{forms} answered on an earlier version of a questionnaire. The file would say what was "
        "not asked, so they stay out of it."
    ]


def _can_leave(form: Form) -> bool:
    try:
        return measure(form.measure).version == form.version
    except UnknownMeasure:
        return False


def _who(child: Child, made: GivenOut) -> "WhoItIs":
    from newel.evidence.measures.exchange.going_out import WhoItIs

    numbers = queries.nhs_numbers(child=child) if "nhs_number" in made.who_it_is else []
    return WhoItIs(
        name=child.preferred_name if "name" in made.who_it_is else "",
        born_on=child.born_on if "date_of_birth" in made.who_it_is else None,
        nhs_number=next(iter(numbers), ""),
    )
