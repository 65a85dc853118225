"""A blank form for paper. No child's name is on it: a short sign tells whose it is, in Newel."""

from dataclasses import dataclass
from datetime import datetime

from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Responses
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Page
from newel.record.outcomes.models import Form
from newel.record.outcomes.presenters.forms import said_before
from newel.record.outcomes.presenters.words import about, address_of, to_form

MOST_NUMBERS = 11  # side by side on a sheet
SIGN = 6  # letters of the form's id: enough to find it again, and no name on a sheet that is lost


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    number: int
    label: str
    options: tuple[str, ...]
    ends: tuple[str, str] | None
    numbers: str
    steps: tuple[str, ...] = ()


@dataclass(kw_only=True)
class PaperPage(Page):
    sign: str
    said_before: tuple[str, ...]
    questions: tuple[OnPaper, ...]
    licence: str
    print_href: str
    type_in: str
    not_wanted: str
    names_goals: bool

    @property
    def has_numbers(self) -> bool:
        return any(one.steps for one in self.questions)


def paper_page(
    *, child: Child, form: Form, measure: Measure, person: StaffMember, at: datetime
) -> PaperPage:
    return PaperPage(
        title=f"{measure.name} on paper",
        heading=measure.name,
        **about(child, person, at, back=to_form(child, form, measure)),
        sign=form.public_id[:SIGN].upper(),
        said_before=said_before(form, measure),
        questions=tuple(
            _question(number, one.label, measure.responses_of(one.id))
            for number, one in enumerate(measure.items, 1)
        ),
        licence=measure.licence.says,
        print_href=address_of("paper", child, form.public_id),
        type_in=address_of("type_in", child, form.public_id),
        names_goals=measure.kind == "goals",
        not_wanted="I don’t want to answer" if form.answered_by == "self" else "No answer",
    )


def _steps(one: Responses) -> tuple[str, ...]:
    """Numbers to put a ring around, where there are few enough; otherwise a line is marked."""
    few = not one.options and len(one.values) <= MOST_NUMBERS
    return tuple(str(value) for value in one.values) if few else ()


def _question(number: int, label: str, one: Responses) -> OnPaper:
    return OnPaper(
        number=number,
        label=label,
        options=tuple(option.label for option in one.options),
        ends=None if one.options else one.anchors or (str(one.lowest), str(one.highest)),
        numbers="" if one.options else f"{one.lowest} to {one.highest}",
        steps=_steps(one),
    )
