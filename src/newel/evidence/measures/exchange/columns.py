"""What the columns of a table of forms hold. The page about the formats is written from this."""

import re
from dataclasses import dataclass

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.form import ANSWERED_BY, STATES, WAYS, texts_of


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    holds: str
    needed: bool = False  # a file without it is not read
    fhir: str = ""  # where the same stands in FHIR


def _codes(known: dict[str, str]) -> str:
    return "; ".join(f"`{code}`: {words}" for code, words in known.items())


FORM = Column(
    name="form",
    holds="The form’s own id where it was answered. It stays the same however often the form goes "
    "out and comes in, so that it is known again.",
    fhir="`identifier`, system `urn:newel:form`",
)
CHILD = Column(
    name="child",
    holds="The child’s reference in the system that the file is from: a code, never a name.",
    needed=True,
    fhir="`subject.identifier`, system `urn:newel:child`; of other systems also a `subject."
    "reference` such as `Patient/12`",
)
MEASURE = Column(
    name="measure",
    holds="The questionnaire’s id. Where the column is not there, it is known by its items.",
    fhir="`questionnaire`, as `urn:newel:measure:<measure>|<version>`",
)
VERSION = Column(
    name="version",
    holds="Of the questionnaire’s definition. Another version than the one here is not read: its "
    "questions may be other ones.",
    needed=True,
    fhir="`questionnaire`, after the `|`",
)
DATE = Column(
    name="date",
    holds="The day that the answers are of, as `2026-11-03`. Empty where the form is only begun.",
    needed=True,
    fhir="`authored`; of a time its day is kept",
)
ANSWERED_BY_COLUMN = Column(
    name="answered_by",
    holds=_codes(ANSWERED_BY),
    needed=True,
    fhir="`source.type`: `Patient`, `RelatedPerson`, `Practitioner` or `PractitionerRole`",
)
WAY = Column(
    name="way",
    holds=f"{_codes(WAYS)}. Not told is read as `elsewhere`.",
    fhir="extension `urn:newel:extension:way`",
)
LANGUAGE = Column(
    name="language",
    holds="In which it was asked, as `en` or `cy`. Not told is read as `en`.",
    fhir="`language`",
)
WORDING = Column(
    name="wording",
    holds="`site`: asked in a site’s own wording; `labels`: by the neutral labels of the "
    "definition. Not told is read as `labels`.",
    fhir="extension `urn:newel:extension:has-wording`, true for `site`",
)
STATE = Column(
    name="state",
    holds=f"{_codes(STATES)}. Not told is read as `finished`.",
    fhir="`status`: `completed`, `in-progress` or `entered-in-error`",
)
BECAUSE = Column(
    name="because",
    holds="Why it was set aside, where it was.",
    fhir="extension `urn:newel:extension:set-aside-because`",
)
DECLINED = Column(
    name="declined",
    holds="Ids of the items to which somebody said “I don’t want to answer”, with spaces between. "
    "Their cells are empty. An empty cell whose item is not named here was not answered.",
    fhir="on the item, extension `data-absent-reason` with `asked-declined`, and no answer",
)

# Before the items of the questionnaire, one column each in the order of the form…
FIRST = (
    *(FORM, CHILD, MEASURE, VERSION, DATE, ANSWERED_BY_COLUMN, WAY, LANGUAGE, WORDING, STATE),
    BECAUSE,
)
# …and after them.
LAST = (DECLINED,)

# Who the child is, only where somebody asked for it with a reason.
NAME = Column(name="name", holds="The name that the child likes.", fhir="`Patient.name.text`")
BORN = Column(name="date_of_birth", holds="As `2011-03-04`.", fhir="`Patient.birthDate`")
NHS_NUMBER = Column(
    name="nhs_number",
    holds="Ten digits.",
    fhir="`Patient.identifier`, system `https://fhir.nhs.uk/Id/nhs-number`",
)
WHO = (NAME, BORN, NHS_NUMBER)

REASON = "_reason"  # ends the name of the column with the reasons of professional judgement


def item_columns(measure: Measure) -> tuple[str, ...]:
    """The items; of professional judgement each with its reasons beside it; and then the texts
    that the form has besides, such as the words of a goal."""
    names = [one.id for one in measure.items]
    if measure.is_judgement:
        names = [name for id in names for name in (id, id + REASON)]
    return (*names, *texts_of(measure))


# A spreadsheet takes a cell that begins so for a formula, and would run it.
_FORMULA = re.compile(r"'*[=+\-@\t\n\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\n\r]")


def guarded(text: str) -> str:
    """The text as it may stand in a cell: with an apostrophe before what begins a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell
