"""How the pages of this room find a form and answer."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.evidence.measures.goals import NoGoals
from newel.evidence.measures.wording import Wording
from newel.record.children.pages import person
from newel.record.children.views.answering import found, save
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.outcomes import policies, queries
from newel.record.outcomes.presenters.words import address_of
from newel.record.outcomes.queries import told
from newel.record.outcomes.wording import in_words

Asked = TypeVar("Asked")

__all__ = [
    "around",
    "asked_of",
    "form_of",
    "found",
    "nobody_comes",
    "person",
    "save",
    "save_or_show",
    "show",
    "shut",
    "who",
]


def who(request: HttpRequest) -> dict[str, Any]:
    """For the actions."""
    return {"by": person(request), "at": timezone.now()}


def around(request: HttpRequest, child: Any) -> dict[str, Any]:
    """For the presenters."""
    return {"child": child, "person": person(request), "at": timezone.now()}


def show(request: HttpRequest, template: str, page: Page) -> HttpResponse:
    return render_page(request, f"outcomes/{template}.jinja", page)


def form_of(child: Any, form_id: str) -> tuple[Any, Any]:
    """The form and what it asks, in English, for those who work here."""
    form = found(queries.form(child=child, public_id=form_id))
    return form, _shown(lambda: queries.as_asked(in_words(form.measure), form=form))


def asked_of(child: Any, form_id: str) -> tuple[Any, Wording]:
    """The form and what is asked, in the language in which it was begun. Where that is not there
    any more, `shut` lets nobody begin; what is sent all the same is kept by the value."""
    form = found(queries.form(child=child, public_id=form_id))
    asked = _shown(lambda: queries.asked_in_words(form=form))
    return form, asked or Wording(in_words(form.measure))


def _shown(ask: Callable[[], Asked]) -> Asked:
    """Goals of a sealed history are asked about on no page of somebody to whom it is not opened."""
    try:
        return ask()
    except NoGoals as hidden:
        raise Http404("What this form asks is not shown to you.") from hidden


def shut(request: HttpRequest, child: Any, form: Any) -> HttpResponse | None:
    """Nobody begins to answer a form that is finished, or goes on in another language than the one
    it was begun in: the page of the form says so."""
    why_not = policies.why_not_open(form) or policies.why_not_asked(form)
    if not why_not or request.method == "POST":
        return None
    messages.info(request, why_not)
    return redirect(address_of("form", child, form.public_id))


def nobody_comes(request: HttpRequest, child: Any, form: Any) -> HttpResponse | None:
    """Nobody begins to ask while neither of the adults of whom they are told would come (H9)."""
    if not told.nobody_would_come(form=form, at=timezone.now()):
        return None
    messages.info(
        request,
        f"{form.talk_to.name} and {form.cover.name} cannot be told any more: they do not work with "
        f"{child.preferred_name} now. Name two others first.",
    )
    return redirect(address_of("name_adults", child, form.public_id))


def save_or_show(
    request: HttpRequest,
    page: Callable[[], Page],
    *,
    form: Any,
    action: Callable[[], object],
    done: str,
    then: str,
    template: str = "simple",
) -> HttpResponse:
    """Saved: on to `then`. Not saved: the same page, with everything that was typed."""
    if save(request, form, action, done=done):
        return redirect(then)
    shown = page()
    shown.form = form
    return show(request, template, shown)
