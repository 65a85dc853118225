"""How a page with a form about a statement answers, also when somebody else was quicker."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.children.banner import banner
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found
from newel.record.design_system.pages import Link, Page
from newel.record.design_system.render import render_page
from newel.record.stairs.activators import queries
from newel.record.stairs.activators.presenters import agreeing, form_pages
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.language import helped

__all__ = [
    "answer",
    "found",
    "may_not_begin",
    "not_now",
    "person",
    "same_way_back",
    "show_about",
    "statement_of",
    "way_back",
    "who",
]


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
    there = address_of("statement", child, statement.public_id)
    return may_not_begin(request, there, lambda: check(statement))


def may_not_begin(
    request: HttpRequest, there: str, check: Callable[[], None]
) -> HttpResponse | None:
    """Nobody begins a form that cannot be saved. One that was already written is shown."""
    if request.method == "POST" or "held" in request.GET:
        return None
    try:
        check()
    except NotNow as reason:
        messages.info(request, str(reason))
        return redirect(there)
    return None


def way_back(request: HttpRequest, child: Any, otherwise: Link, *, row: str = "") -> Link:
    """To the row of the page on which somebody goes through all that is agreed, if they came from
    there. `row`: the statement that was saved, where the address names no other one."""
    if "through" not in request.GET:
        return otherwise
    row = quote(request.GET["through"] or row, safe="")
    there = address_of("reformulate", child)
    return Link(text=agreeing.REFORMULATION, href=f"{there}#row-{row}" if row else there)


def same_way_back(request: HttpRequest, address: str) -> str:
    """The same page about the newer words: from there one goes back as from here."""
    asked = request.META["QUERY_STRING"]
    return f"{address}?{asked}" if asked else address


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
    """Saved: on to the statement, or back to where all are gone through. Not saved: the same page,
    with everything that was typed."""
    saved = None if helped(request, form) else save(request, form, action, done=done)
    if saved is not None:
        there = form_pages.back_to(child, saved)
        return redirect(way_back(request, child, there, row=saved.public_id).href)
    shown = page()
    shown.form = form
    return show_about(request, child, template, shown)
