"""How a page with a form about a statement answers, also when somebody else was quicker."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.children.banner import banner
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.stairs.activators import queries
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.language import helped

__all__ = ["answer", "found", "not_now", "person", "show_about", "statement_of", "who"]


def person(request: HttpRequest) -> Any:
    """Who is signed in: a StaffMember, on every page of this room."""
    return request.user


def who(request: HttpRequest) -> dict[str, Any]:
    """For the actions."""
    return {"by": request.user, "at": timezone.now()}


def show_about(request: HttpRequest, child: Any, template: str, page: Page) -> HttpResponse:
    page.banner = banner(child=child, visible_to=person(request), at=timezone.now())
    return render_page(request, f"activators/{template}.jinja", page)


def statement_of(request: HttpRequest, child: Any, statement_id: str) -> Any:
    visible_to = person(request)
    return found(queries.statement(child=child, public_id=statement_id, visible_to=visible_to))


def save(request: HttpRequest, form: BaseForm, action: Callable[[], Any], *, done: str) -> Any:
    """What the action gave, or None: what cannot be done now is told on the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        saved = action()
    except NotNow as reason:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return None
    messages.success(request, done)
    return saved


def not_now(
    request: HttpRequest, child: Any, statement: Any, check: Callable[[Any], None]
) -> HttpResponse | None:
    """Nobody begins a form that cannot be saved. One that was already written is shown."""
    if request.method == "POST" or "held" in request.GET:
        return None
    try:
        check(statement)
    except NotNow as reason:
        messages.info(request, str(reason))
        return redirect(address_of("statement", child, statement.public_id))
    return None


def answer(
    request: HttpRequest,
    child: Any,
    *,
    form: BaseForm,
    action: Callable[[], Any],
    page: Callable[[], Page],
    template: str,
    done: str,
) -> HttpResponse:
    """Saved: on to the statement. Not saved: the same page, with everything that was typed."""
    saved = None if helped(request, form) else save(request, form, action, done=done)
    if saved is not None:
        return redirect(address_of("statement", child, saved.public_id))
    shown = page()
    shown.form = form
    return show_about(request, child, template, shown)
