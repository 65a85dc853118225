"""What the child says: read, written down, read back, taken back. No page changes it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.stairs.activators import actions, queries, words_queries
from newel.record.stairs.activators.forms.childs_words import (
    BesideForm,
    CheckForm,
    OnPageForm,
    TakeBackForm,
    WordsForm,
)
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.presenters import childs_words as presenter
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.answering import (
    found,
    person,
    save,
    show_about,
    who,
)
from newel.record.stairs.activators.views.language import helped
from newel.record.stairs.scoping import queries as scoping


@child_page(Capability.READ_RECORD)
def childs_words(request: HttpRequest, child: Any) -> HttpResponse:
    page = presenter.words_page(
        child=child,
        sayings=words_queries.sayings(child=child, visible_to=person(request)),
        taken_back=words_queries.taken_back(child=child),
        person=person(request),
    )
    return show_about(request, child, "childs_words", page)


@child_page(Capability.WRITE_UNDERSTANDING)
def write_down(request: HttpRequest, child: Any) -> HttpResponse:
    form = WordsForm(typed_or_held(request), **_asking(request, child))
    return _answer(
        request,
        child,
        form,
        presenter.WRITE,
        None,
        lambda: actions.write_down_words(child=child, **who(request), **form.saying()),
    )


@child_page(Capability.WRITE_UNDERSTANDING)
def say_again(request: HttpRequest, child: Any, words_id: str) -> HttpResponse:
    saying = _saying(request, child, words_id)
    form = WordsForm(
        typed_or_held(request),
        initial={"sharing_level": saying.words.sharing_level, "where_told": ""},
        **_asking(request, child),
    )
    return _answer(
        request,
        child,
        form,
        presenter.AGAIN,
        saying,
        lambda: actions.write_down_words(
            child=child,
            replaces=saying.wording(words_id),
            **who(request),
            **form.saying(),
        ),
    )


@child_page(Capability.CONFIRM_UNDERSTANDING)
def check_with_child(request: HttpRequest, child: Any, words_id: str) -> HttpResponse:
    saying = _saying(request, child, words_id)
    form = CheckForm(typed_or_held(request), today=timezone.localdate())
    return _answer(
        request,
        child,
        form,
        presenter.CHECK,
        saying,
        lambda: actions.check_words_with_child(
            words=saying.wording(words_id), **who(request), **form.cleaned_data
        ),
    )


@child_page(Capability.WRITE_UNDERSTANDING)
def write_beside(request: HttpRequest, child: Any, words_id: str) -> HttpResponse:
    saying = _saying(request, child, words_id)
    form = BesideForm(typed_or_held(request))
    return _answer(
        request,
        child,
        form,
        presenter.BESIDE,
        saying,
        lambda: actions.add_adult_view(
            words=saying.wording(words_id), **who(request), **form.cleaned_data
        ),
    )


@child_page(Capability.OPEN_TO_CHILD)
def let_stand_on_page(request: HttpRequest, child: Any, words_id: str) -> HttpResponse:
    saying = _saying(request, child, words_id)
    form = OnPageForm(typed_or_held(request))
    return _answer(
        request,
        child,
        form,
        presenter.ON_PAGE,
        saying,
        lambda: actions.let_words_stand_on_page(words=saying.wording(words_id), **who(request)),
    )


@child_page(Capability.CONFIRM_UNDERSTANDING)
def take_back(request: HttpRequest, child: Any, words_id: str) -> HttpResponse:
    saying = _saying(request, child, words_id)
    form = TakeBackForm(request.POST or None, today=timezone.localdate())
    return _answer(
        request,
        child,
        form,
        presenter.TAKE_BACK,
        saying,
        lambda: actions.take_words_back(
            words=saying.wording(words_id),
            taken_back_on=form.cleaned_data["taken_back_on"],
            **who(request),
        ),
    )


def _saying(request: HttpRequest, child: Any, words_id: str) -> Any:
    to_me = {"child": child, "visible_to": person(request)}
    return found(words_queries.one_saying(public_id=words_id, **to_me))


def _asking(request: HttpRequest, child: Any) -> dict[str, Any]:
    return {
        "today": timezone.localdate(),
        "readers": scoping.possible_readers(child=child, at=timezone.now()),
        "held_back": queries.held_back_texts(child=child, visible_to=person(request)),
    }


def _answer(
    request: HttpRequest,
    child: Any,
    form: HelpedForm,
    act: presenter.Act,
    saying: Any,
    action: Callable[[], Any],
) -> HttpResponse:
    """What cannot be done now is told on the form, with everything that was typed. What is sent is
    about the words in the address; the page shows what the child says now, and goes on to that."""
    form.cancel = address_of("childs_words", child)
    if not helped(request, form) and save(request, form, action, done=act.done) is not None:
        return redirect(address_of("childs_words", child))
    page = presenter.act_page(act, child=child, saying=saying)
    page.form = form
    if saying is not None:
        _go_on_to_what_is_said_now(request, child, form, act, saying)
    return show_about(request, child, "childs_words_form", page)


def _go_on_to_what_is_said_now(
    request: HttpRequest, child: Any, form: HelpedForm, act: presenter.Act, saying: Any
) -> None:
    """Nobody marks as checked, or lets onto paper, words that came while they read others."""
    now = address_of(act.name, child, saying.words.public_id)
    if request.path != now:
        form.action = now
        form.words_are_others_now()
