"""Answers that say why a form was not taken, and where its words are."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from newel.record.access.sign_in import held, idle
from newel.record.design_system.pages import ErrorPage, Link
from newel.record.design_system.render import render_page

TEMPLATE = "design_system/error.jinja"


def until_sign_in(request: HttpRequest, writer: held.Writer) -> HttpResponse:
    """The session ended in the middle of the form: to the sign-in page, and back to the words."""
    back = put_by(request, writer)
    if back is None:
        request.session[idle.ENDED_BECAUSE] = "too_long"
    sign_in = resolve_url(settings.LOGIN_URL)
    response = redirect(f"{sign_in}?{urlencode({'next': back or writer.path})}")
    if back is not None:
        response.headers["Newel-Form-Held"] = "1"  # the page need not keep the words as well
    return response


def somebody_elses_form(request: HttpRequest, writer: held.Writer) -> HttpResponse:
    kept = put_by(request, writer)
    page = ErrorPage(
        title="This form was opened by someone else",
        paragraphs=(
            "You are signed in now, but somebody else opened this form. Nothing was saved.",
            "What was typed is kept for them. They get it back when they sign in within 24 hours."
            if kept
            else "What was typed was too long to be kept. Go back with your browser and copy it.",
        ),
        next_step=Link(text="Go to the start page", href="/"),
    )
    return render_page(request, TEMPLATE, page, status=409)


def too_old(request: HttpRequest) -> HttpResponse:
    """For a form without a valid token: from before a sign-in, or from another site."""
    writer = held.writer(request)
    if writer is not None and not request.user.is_authenticated:
        return until_sign_in(request, writer)
    if writer is not None and writer.staff_id != request.user.pk:
        return somebody_elses_form(request, writer)
    back = put_by(request, writer) if writer else None
    page = ErrorPage(
        title="This page had been open for too long",
        paragraphs=_what_happened(back, writer),
        next_step=_next_step(back, request),
    )
    return render_page(request, TEMPLATE, page, status=403)


def _what_happened(back: str | None, writer: held.Writer | None) -> tuple[str, ...]:
    nothing_saved = "Newel could not be sure that it was you who sent it, so nothing was saved."
    if back is not None:
        return (nothing_saved, "What you had typed is kept. Open the form again and save.")
    if writer is not None:
        return (nothing_saved, "It was too long to be kept. Go back with your browser and copy it.")
    return (nothing_saved, "Open the page again and try once more.")


def _next_step(back: str | None, request: HttpRequest) -> Link:
    if back is not None:
        return Link(text="Open the form with what you had typed", href=back)
    if request.user.is_authenticated:
        return Link(text="Go to the start page", href="/")
    return Link(text="Go to the sign-in page", href=resolve_url(settings.LOGIN_URL))


def put_by(request: HttpRequest, writer: held.Writer) -> str | None:
    try:
        return held.keep(request, writer)
    except held.TooLong:
        return None
