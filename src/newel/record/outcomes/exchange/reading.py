"""A file that was chosen, beside what is in the record. Imports what reads tables only here, in the
moment in which there is one."""

from datetime import date
from typing import TYPE_CHECKING

from newel.evidence.measures import measures
from newel.record.children.models import Child
from newel.record.children.policies import NotNow
from newel.record.outcomes.exchange import policies, queries
from newel.record.outcomes.exchange.limits import MOST_FORMS
from newel.record.outcomes.exchange.matching import Incoming, matched

if TYPE_CHECKING:
    from newel.evidence.measures.exchange.coming_in import ReadFile


def read(content: bytes, *, name: str, order: str) -> "ReadFile":
    """Raises NotNow with the sentence where nothing of it can be read."""
    from newel.evidence.measures.exchange.coming_in import FileRefused, read_file

    try:
        return read_file(
            content, name or "The file", known=measures(), most=MOST_FORMS, order=order
        )
    except FileRefused as refused:
        raise NotNow(str(refused)) from refused


def beside_what_is_here(
    child: Child, found: "ReadFile", *, reference: str, today: date
) -> list[Incoming]:
    """Raises NotNow where the file, or a part of it, is about another child."""
    policies.check_is_this_child(
        found.forms, child=child, reference=reference,
        nhs_numbers=queries.nhs_numbers(child=child),
    )  # fmt: skip
    return matched(
        found.forms, here=list(queries.forms_here(child=child)), reference=reference,
        born_on=child.born_on, today=today,
    )  # fmt: skip
