"""How the pages of this room find a form and answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.children.pages import person
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found, save
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.outcomes import policies, queries
from newel.record.outcomes.presenters.words import address_of
from newel.record.outcomes.queries import told
from newel.record.outcomes.wording import in_words

__all__ = [
    "around",
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
    """The form and its measure in the words of this site."""
    form = found(queries.form(child=child, public_id=form_id))
    return form, in_words(form.measure)


def shut(request: HttpRequest, child: Any, form: Any) -> HttpResponse | None:
    """Nobody begins to answer a form that is finished: the page of the form says so."""
    try:
        policies.check_is_open(form)
    except NotNow as reason:
        if request.method == "POST":
            return None
        messages.info(request, str(reason))
        return redirect(address_of("form", child, form.public_id))
    return None


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
