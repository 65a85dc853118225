"""From the files of `newel/definitions/measures` to definitions."""

from functools import cache

from pydantic import ValidationError

from newel import definitions
from newel.evidence.measures.definition import Measure

# In the order in which they are listed. Scripts name measures by these ids: they do not change.
IDS = (
    *("essences", "cbi", "ors", "cors", "srs", "eq5dy3l", "tci14", "chi_esq"),
    *("job_satisfaction", "help_seeking", "gbo", "moas", "yp_core", "sdq", "honosca", "cgas"),
    *("wemwbs", "swemwbs", "proqol", "rcads", "start_av", "savry", "hcr20"),
    *("evaluation_child", "evaluation_staff", "meeting_before_after", "training_before_after"),
)


class UnknownMeasure(LookupError):
    """No measure has this id."""


class FaultyDefinition(ValueError):
    """A definition's file contradicts itself or the schema."""


@cache
def measure(id: str) -> Measure:
    """The definition of one measure.

    Raises UnknownMeasure, with the ids there are, and FaultyDefinition.
    """
    if id not in IDS:
        raise UnknownMeasure(f"There is no measure “{id}”. There are: {', '.join(IDS)}.")
    try:
        found = Measure.model_validate(definitions.read(f"measures/{id}.yaml"))
    except ValidationError as fault:
        raise FaultyDefinition(f"measures/{id}.yaml: {fault}") from fault
    if found.id != id:
        raise FaultyDefinition(f"measures/{id}.yaml says that it is “{found.id}”.")
    return found


def measures() -> tuple[Measure, ...]:
    """Every definition, in the order of `IDS`."""
    return tuple(measure(id) for id in IDS)
