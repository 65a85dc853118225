"""How a page with a form answers: shown, shown again with what is wrong, or saved and gone on."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from newel.record.children.policies import NotNow
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page

FORM = "children/form.jinja"
KEPT = "children/kept.jinja"
Row = TypeVar("Row")


def show(request: HttpRequest, template: str, page: Page) -> HttpResponse:
    return render_page(request, template, page)


def save(request: HttpRequest, form: BaseForm, action: Callable[[], object], *, done: str) -> bool:
    """Whether it was saved. What the state of things does not allow is told on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action()
    except NotNow as reason:
        field = reason.field if reason.field in form.fields else None
        form.add_error(field, str(reason))
        return False
    messages.success(request, done)
    return True


def save_or_show(
    request: HttpRequest,
    page: Callable[[], Page],
    *,
    form: BaseForm,
    action: Callable[[], object],
    done: str,
    then: str,
    template: str = FORM,
) -> HttpResponse:
    """`page` is built only when it is shown; `then` is the address one goes on to."""
    if save(request, form, action, done=done):
        return redirect(then)
    shown = page()
    shown.form = form
    return show(request, template, shown)


def found(row: Row | None) -> Row:
    if row is None:
        raise Http404("It is not written down for this child.")
    return row


def number_typed(typed: str, *, most: int) -> int:
    """A number in an address, from 1 to `most`. What is none is no error: it is 1."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        return 1
    return min(max(int(typed), 1), most)
