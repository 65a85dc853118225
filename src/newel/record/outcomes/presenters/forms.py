"""One form: how far it is, its questions, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.forms import BaseForm

from newel.evidence.measures import Measure
from newel.evidence.measures.wording import Wording
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.children.presenters.pages import FormPage as SimplePage
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.outcomes import rules
from newel.record.outcomes.codes import answer_in_words
from newel.record.outcomes.exchange.presenters.files import brought_rows
from newel.record.outcomes.models import FINISHED, OPEN, SET_ASIDE, Answer, Form
from newel.record.outcomes.page_words import (
    ENGLISH,
    PageWords,
    Words,
    called,
    english,
    page_words,
)
from newel.record.outcomes.policies import why_not_asked
from newel.record.outcomes.presenters.words import (
    WAYS_IN_WORDS,
    about,
    address_of,
    answered_by_in_words,
    counted,
    to_form,
)


@dataclass(kw_only=True)
class FormPage(Page):
    next_thing: Link | None = None
    next_why: str = ""
    rows: tuple[SummaryRow, ...] = ()
    links: tuple[Link, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    said_before: tuple[Words, ...] = ()


@dataclass(kw_only=True)
class AnswerPage(Page):
    """`form` is an AnswersForm; its questions are drawn by outcomes/questions.jinja."""

    questions: tuple[object, ...]  # forms.questions.Question
    said_before: tuple[Words, ...]
    who: str
    progress: str = ""
    paragraphs: tuple[str, ...] = ()
    another_way: Link | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    labels_only: bool = False
    in_language: str = ""  # what it is called, where it is not English


@dataclass(kw_only=True)
class FinishPage(Page):
    said: str
    open_questions: tuple[str, ...]
    go_on: Link


BY_OWN_HAND = ("tablet", "link")


def said_before(form: Form, measure: Measure) -> tuple[Words, ...]:
    """What is read out before the first question; nothing where no answer asks for a talk."""
    if form.talk_to is None or form.cover is None or not rules.asks_for_a_talk(measure):
        return ()
    told = rules.told_before(adult=form.talk_to.name, cover=form.cover.name)
    return tuple(Words(one) for one in told)


def said_in_language(form: Form, measure: Measure, words: PageWords) -> tuple[Words, ...]:
    """The same as a child reads it on a tablet, in the language of the form."""
    if not said_before(form, measure):
        return ()
    named = {"talk_to": form.talk_to.name, "cover": form.cover.name}  # type: ignore[union-attr]
    sentences = [key for key in english() if key.startswith("before.safe.self.")]
    return tuple(words.say(key, **named) for key in sentences)


def said_on_paper(form: Form, measure: Measure, words: PageWords) -> tuple[Words, ...]:
    if words.language == ENGLISH:
        return said_before(form, measure)
    return said_in_language(form, measure, words)


def said_together(form: Form, measure: Measure, words: PageWords) -> tuple[Words, ...]:
    """What is translated, for the child; and the English, for the adult who says it."""
    if words.language == ENGLISH:
        return said_before(form, measure)
    own = [one for one in said_in_language(form, measure, words) if not one.lang]
    spoken = (Words(one, lang=words.html_lang, dir=words.direction) for one in own)
    return (*spoken, *said_before(form, measure))


def how_far(answered: int, measure: Measure) -> str:
    return f"{answered} of {counted(len(measure.items), 'question')} answered"


def form_page(
    *,
    child: Child,
    form: Form,
    measure: Measure,
    different: Sequence[str],
    twice: bool,
    gone: Sequence[StaffMember],
    person: StaffMember,
    at: datetime,
) -> FormPage:
    gives = person.may(Capability.GIVE_MEASURES)
    step = _next(child, form, measure, different) if gives else (None, "")
    if gives and gone and form.state == OPEN:
        step = _name_others(child, form, gone)
    return FormPage(
        title=f"{measure.name}: {child.preferred_name}",
        heading=measure.name,
        caption=answered_by_in_words(form.answered_by, child),
        **about(child, person, at),
        next_thing=step[0],
        next_why=step[1],
        rows=_rows(child, form, measure, twice),
        links=_links(child, form, measure, person) if gives else (),
        answers=_answers(form, measure) if person.may(Capability.READ_OUTCOMES) else (),
        said_before=said_before(form, measure) if form.state == OPEN else (),
    )


def _next(
    child: Child, form: Form, measure: Measure, different: Sequence[str]
) -> tuple[Link | None, str]:
    if form.state != OPEN or why_not_asked(form):
        return None, ""
    said, on_paper = how_far(_number(form), measure), form.way == "paper"
    if different:
        return (
            Link(text="Decide on the differences", href=_to("compare_entries", child, form)),
            f"It was typed twice, and {counted(len(different), 'answer')} differ.",
        )
    if _number(form) == len(measure.items):
        return Link(text="Finish", href=_to("finish", child, form)), f"{said}."
    if on_paper:
        return Link(text="Type in the answers", href=_to("type_in", child, form)), f"{said}."
    if form.way in BY_OWN_HAND and rules.is_answered_alone(measure, answered_by=form.answered_by):
        return Link(text="Let them answer", href=_to("hand_over", child, form)), f"{said}."
    text = "Go on" if _number(form) else "Begin with the first question"
    return Link(text=text, href=_to("answer", child, form)), f"{said}."


def _name_others(child: Child, form: Form, gone: Sequence[StaffMember]) -> tuple[Link, str]:
    """Before anything else is asked: the child is told who comes (H9)."""
    who = " and ".join(one.name for one in gone)
    does = "does" if len(gone) == 1 else "do"
    return (
        Link(text="Name other adults", href=_to("name_adults", child, form)),
        f"{who} {does} not work with {child.preferred_name} now, and cannot be told if an answer "
        "asks for a talk.",
    )


def _number(form: Form) -> int:
    return len(_now(form))


def _now(form: Form) -> dict[str, Answer]:
    return {one.item: one for one in form.answers_now}  # type: ignore[attr-defined]


def _to(name: str, child: Child, form: Form) -> str:
    return address_of(name, child, form.public_id)


def _rows(child: Child, form: Form, measure: Measure, twice: bool) -> tuple[SummaryRow, ...]:
    rows = [
        *_language(form),
        SummaryRow(key="Where it stands", lines=_stands(form, measure)),
        SummaryRow(key="How", value=WAYS_IN_WORDS[form.way] + (", typed twice" if twice else "")),
        SummaryRow(key="Begun", value=f"{day_time(form.opened_at)} by {form.opened_by.name}"),
    ]
    if form.due_on:
        rows.append(SummaryRow(key="Was due", value=day(form.due_on)))
    if form.talk_to and form.cover:
        both = f"{form.talk_to.name}; {form.cover.name} when {form.talk_to.name} is away"
        rows.append(SummaryRow(key="Who talks with the child if an answer asks for it", value=both))
    if not form.has_wording and measure.kind != "goals":
        said = (
            "Labels of our own stand in place of the questions: no wording is laid over them here."
        )
        rows.append(SummaryRow(key="Wording", value=said))
    if brought := getattr(form, "brought", None):
        rows = [one for one in rows if one.key != "Begun"]  # that was elsewhere, and is not told
        rows += brought_rows(brought, child)
    return tuple(rows)


def _language(form: Form) -> tuple[SummaryRow, ...]:
    """Said where it is another than English, and where what it was begun in is not there."""
    if gone := why_not_asked(form):
        return (SummaryRow(key="Language", lines=(called(form.language), gone)),)
    if form.language == ENGLISH:
        return ()
    said = "It stays the same to the last question. For another, set it aside and begin anew."
    return (SummaryRow(key="Language", lines=(called(form.language), said)),)


def _stands(form: Form, measure: Measure) -> tuple[str, ...]:
    said = how_far(_number(form), measure)
    if form.state == FINISHED:
        return (f"Finished. {said}.", f"The answers are of {day(form.answered_on)}.")
    if form.state == SET_ASIDE:
        return (f"Set aside on {day(form.ended_at)}. {said}.", form.set_aside_because)
    return (f"Begun. {said}.",)


def _links(child: Child, form: Form, measure: Measure, person: StaffMember) -> tuple[Link, ...]:
    if form.state != OPEN:
        return ()
    aside = Link(text="Set it aside", href=_to("set_aside", child, form))
    if why_not_asked(form):
        return (Link(text="Finish as it is", href=_to("finish", child, form)), aside)
    links = []
    if form.way in BY_OWN_HAND:
        links.append(Link(text="Together with an adult", href=_to("answer", child, form)))
    if rules.is_answered_alone(measure, answered_by=form.answered_by):
        text = "By their own hand, on this tablet or by a link"
        links.append(Link(text=text, href=_to("hand_over", child, form)))
    if measure.kind != "entered_scores":
        links += [
            Link(
                text="One question at a time",
                href=address_of("answer_one", child, form.public_id, 1),
            ),
            Link(text="Print it on paper", href=_to("paper", child, form)),
        ]
    links.append(Link(text="Type in the answers from paper", href=_to("type_in", child, form)))
    if form.way == "paper" and _number(form):
        links.append(Link(text="Type it in a second time", href=_to("type_in_again", child, form)))
    if form.talk_to:
        links.append(Link(text="Name other adults", href=_to("name_adults", child, form)))
    links.append(Link(text="Finish as it is", href=_to("finish", child, form)))
    links.append(aside)
    return tuple(links)


def _answers(form: Form, measure: Measure) -> tuple[tuple[str, str], ...]:
    if form.state == OPEN:
        return ()
    now = _now(form)
    return tuple(
        (f"{number}. {one.label}", answer_in_words(now.get(one.id), measure, one.id))
        for number, one in enumerate(measure.items, 1)
    )


def answer_page(
    *,
    child: Child,
    form: Form,
    wording: Wording,
    answers: BaseForm,
    questions: tuple[object, ...],
    person: StaffMember,
    at: datetime,
    number: int | None = None,
) -> AnswerPage:
    """All questions on one page; with `number`, that question alone."""
    measure = wording.measure
    words = page_words(wording.language, direction=wording.direction)
    whole = address_of("answer", child, form.public_id)
    one_by_one = address_of("answer_one", child, form.public_id, 1)
    return AnswerPage(
        title=f"{measure.name}: {child.preferred_name}",
        heading=measure.name if number is None else "",
        caption=answered_by_in_words(form.answered_by, child),
        **about(child, person, at, back=to_form(child, form, measure)),
        questions=questions,
        said_before=said_together(form, measure, words) if number in (None, 1) else (),
        who=child.preferred_name,
        progress="" if number is None else f"Question {number} of {len(measure.items)}",
        another_way=Link(text="One question at a time", href=one_by_one)
        if number is None
        else Link(text="All questions on one page", href=whole),
        buttons=_buttons(number, len(measure.items)),
        labels_only=not form.has_wording and measure.kind != "goals",
        in_language="" if words.language == ENGLISH else called(words.language, wording.called),
        form=answers,
    )


def _buttons(number: int | None, of: int) -> tuple[tuple[str, str], ...]:
    """Of each: what it does, and its words; the first is the usual one."""
    if number is None:
        return (("finish", "Save and finish"), ("stop", "Save and stop"))
    usual = ("next", "Save and go on") if number < of else ("finish", "Save and finish")
    return (usual, ("stop", "Save and stop"))


def finish_page(
    *, child: Child, form: Form, measure: Measure, person: StaffMember, at: datetime
) -> FinishPage:
    now = _now(form)
    left = [
        f"{number}. {one.label}" for number, one in enumerate(measure.items, 1) if one.id not in now
    ]
    way = "type_in" if form.way == "paper" else "answer"
    return FinishPage(
        title=f"Finish {measure.short_name}",
        **about(child, person, at, back=to_form(child, form, measure)),
        said=f"{how_far(len(now), measure)}.",
        open_questions=tuple(left),
        go_on=Link(text="Go back to the questions", href=_to(way, child, form)),
    )


def simple_page(
    *, title: str, child: Child, person: StaffMember, at: datetime, back: Link | None = None,
    paragraphs: tuple[str, ...] = (),
) -> SimplePage:  # fmt: skip
    return SimplePage(title=title, **about(child, person, at, back=back), paragraphs=paragraphs)
