"""A blank form for paper. No child's name is on it: a short sign tells whose it is, in Newel."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from newel.evidence.measures.definition import Responses
from newel.evidence.measures.wording import Wording
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Page
from newel.record.outcomes.models import Form
from newel.record.outcomes.page_words import PageWords, Words, page_words
from newel.record.outcomes.presenters.forms import said_on_paper
from newel.record.outcomes.presenters.words import about, address_of, to_form
from newel.record.outcomes.shown_beside import ShownPicture, address_of_picture, picture_of

MOST_NUMBERS = 11  # side by side on a sheet
SIGN = 6  # letters of the form's id: enough to find it again, and no name on a sheet that is lost


@dataclass(frozen=True, kw_only=True)
class PaperOption:
    words: str
    picture: ShownPicture | None


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    number: int
    label: str
    picture: ShownPicture | None
    options: tuple[PaperOption, ...]
    ends: tuple[str, str] | None
    numbers: str
    steps: tuple[str, ...] = ()


@dataclass(kw_only=True)
class PaperPage(Page):
    sign: str
    words: PageWords
    said_before: tuple[Words, ...]
    questions: tuple[OnPaper, ...]
    licence: str
    print_href: str
    type_in: str
    not_wanted: Words
    names_goals: bool

    @property
    def has_numbers(self) -> bool:
        return any(one.steps for one in self.questions)


def paper_page(
    *, child: Child, form: Form, wording: Wording, person: StaffMember, at: datetime
) -> PaperPage:
    measure = wording.measure
    words = page_words(wording.language, direction=wording.direction)
    return PaperPage(
        title=f"{measure.name} on paper",
        heading=measure.name,
        **about(child, person, at, back=to_form(child, form, measure)),
        sign=form.public_id[:SIGN].upper(),
        words=words,
        said_before=said_on_paper(form, measure, words),
        questions=tuple(_question(number, wording) for number in range(1, len(measure.items) + 1)),
        licence=measure.licence.says,
        print_href=address_of("paper", child, form.public_id),
        type_in=address_of("type_in", child, form.public_id),
        names_goals=measure.kind == "goals",
        not_wanted=words.say("words.decline")
        if form.answered_by == "self"
        else Words("No answer", lang="en-GB", dir="ltr"),
    )


def _steps(one: Responses) -> tuple[str, ...]:
    """Numbers to put a ring around, where there are few enough; otherwise a line is marked."""
    few = not one.options and len(one.values) <= MOST_NUMBERS
    return tuple(str(value) for value in one.values) if few else ()


def _question(number: int, wording: Wording) -> OnPaper:
    item = wording.measure.items[number - 1]
    one = wording.measure.responses_of(item.id)
    address = partial(address_of_picture, wording)
    return OnPaper(
        number=number,
        label=item.label,
        picture=picture_of(wording, number, address=address),
        options=tuple(
            PaperOption(
                words=option.label,
                picture=picture_of(wording, number, option=place, address=address),
            )
            for place, option in enumerate(one.options, 1)
        ),
        ends=None if one.options else one.anchors or (str(one.lowest), str(one.highest)),
        numbers="" if one.options else f"{one.lowest} to {one.highest}",
        steps=_steps(one),
    )
